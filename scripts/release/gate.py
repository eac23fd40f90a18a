"""What has to hold before a release is made, and what `--prepare` writes so that it does."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import checks, contract
from scripts.files import clear_leftovers, write_text
from scripts.findings import Report
from scripts.history import NoBase, opened
from scripts.metadata import committed_files
from scripts.release import git, history
from scripts.release.history import Release

CHANGELOG = "CHANGELOG.md"
PREPARE = "Run “python -m scripts release --prepare” and commit what it writes."
WORDS = ("first", "second", "third")


class Refused(Exception):
    """The release is not made; the text says why and what to do."""


def reasons_to_refuse(package: Path) -> list[str]:
    """Everything that stands against a release, apart from the check. Empty where all is well."""
    if not git.is_root(package):
        return ["The package is not in git, so no one could find its commit. Release from a clone."]
    return [*_dirty(package), *_changelog(package), *_record(package), *_used(package), *_stale(package)]


def _dirty(package: Path) -> Iterator[str]:
    changed = git.changes(package)
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        yield f"Not committed: {', '.join(changed[:3])}{more}. Commit or undo these changes."


def _changelog(package: Path) -> Iterator[str]:
    version = contract.load(package).version
    path = package / CHANGELOG
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    heading = re.search(rf"^## {re.escape(version)}(?!\S)(.*)$", text, re.MULTILINE)
    if heading is None:
        yield f"{CHANGELOG} has no section “## {version}”. Write one."
    elif "not released" in heading[1]:
        yield f"{CHANGELOG} calls {version} not released. Write the date of the release in its place."


def _record(package: Path) -> Iterator[str]:
    version = contract.load(package).version
    entry = _entry(package)
    if entry is None:
        yield f"{history.NAME} does not know version {version}. {PREPARE}"
    elif _is_of_other_data(entry, package):
        yield (
            f"{history.NAME} records version {version} with other data. Raise the version in "
            f"datapackage.json if that version is out; else: {PREPARE}"
        )


def _entry(package: Path) -> Release | None:
    """The entry of the record for the version in the contract."""
    version = contract.load(package).version
    return next((one for one in history.read_history(package) if one.version == version), None)


def _is_of_other_data(entry: Release, package: Path) -> bool:
    return entry.data_sha256 != history.data_sha256(history.data_files(package))


def _used(package: Path) -> Iterator[str]:
    """A version that is out stands for one commit."""
    version = contract.load(package).version
    tagged = git.commit_of(package, f"refs/tags/v{version}")
    if tagged and tagged != git.commit_of(package, "HEAD"):
        other = "the same" if _data_at(package, tagged) == history.data_files(package) else "other"
        yield (
            f"Version {version} was used before with {other} data (tag v{version}, commit {tagged[:12]}). "
            "Raise the version in datapackage.json, or check that tag out to build it again."
        )


def _data_at(package: Path, commit: str) -> dict[str, str]:
    """The contract and every table as they stood at a commit."""
    text = git.file_at(package, commit, "datapackage.json")
    paths = [resource["path"] for resource in json.loads(text)["resources"]]
    tables = {path: git.file_at(package, commit, path) for path in paths}
    return {"datapackage.json": text} | tables


def _stale(package: Path) -> Iterator[str]:
    for name, text in committed_files(package).items():
        path = package / name
        if not path.exists() or path.read_bytes() != text.encode():
            yield f"{name} is not what datapackage.json gives. {PREPARE}"


def failing_check(package: Path, tell: Callable[[str], None]) -> Report | None:
    """The report of the whole check, every layer at any size, if it has faults."""
    with _published(package) as base:
        report = checks.run(package, checks.LAYERS, tell, base=base, at_any_size=True)
    return None if report.is_valid else report


@contextmanager
def _published(package: Path) -> Iterator[Path | None]:
    """The package as it was in the release before, whose rows stay; None before the first."""
    entry = _entry(package)
    if entry is None or not entry.previous:  # a version without an entry is refused later
        yield None
        return
    try:
        with opened(f"refs/tags/v{entry.previous}", package) as base:
            yield base
    except NoBase as error:
        raise Refused(f"The rows of version {entry.previous} are needed. {error}") from error


def other_data(package: Path) -> str:
    """Say that the record holds the version in the contract with other data; blank if it does not."""
    entry = _entry(package)
    if entry is None or not _is_of_other_data(entry, package):
        return ""
    return (
        f"{history.NAME} had other data for {entry.version}. If {entry.version} is out, undo this, and "
        "raise the version in datapackage.json."
    )


def prepare(package: Path) -> list[str]:
    """Write the record and the metadata for the version in the contract; gives the names of the files."""
    texts = {history.NAME: history.history_json(_with_new(package))} | committed_files(package)
    changed = {
        name: text
        for name, text in texts.items()
        if not (package / name).exists() or (package / name).read_bytes() != text.encode()
    }
    for name, text in changed.items():
        clear_leftovers(package / name)
        write_text(package / name, text)
    return list(changed)


def _with_new(package: Path) -> list[Release]:
    """The record with an entry for the version in the contract."""
    version = contract.load(package).version
    try:
        earlier = [one for one in history.read_history(package) if one.version != version]
        before = [one.version for one in earlier if history.parts(one.version) < history.parts(version)]
        previous = max(before, key=history.parts, default="")
        release = history.compare(package, _old_data(package, previous), previous)
        _refuse_small_step(release)
    except ValueError as error:
        raise Refused(f"{error}. Mend the version in datapackage.json.") from error
    if not git.is_root(package) or not git.commit_of(package, f"refs/tags/v{version}"):
        return [*earlier, release]
    if release not in history.read_history(package):
        raise Refused(f"Version {version} is out (tag v{version}). Raise the version in datapackage.json.")
    return [*earlier, release]


def _old_data(package: Path, previous: str) -> dict[str, str]:
    if not previous:
        return {}
    commit = git.commit_of(package, f"refs/tags/v{previous}") if git.is_root(package) else ""
    if not commit:
        raise Refused(
            f"The data of version {previous} are needed, but git has no tag v{previous}. Fetch the tags; "
            f"or take its entry out of {history.NAME}, if that version was never out."
        )
    return _data_at(package, commit)


def _refuse_small_step(release: Release) -> None:
    """A version must not promise less change than there is."""
    if not release.previous:
        return
    needed = history.needed_step(release)
    if history.step(release.previous, release.version) > needed:
        raise ValueError(
            f"From {release.previous} the {WORDS[needed]} number has to rise, because of what changed; "
            f"{release.version} raises a smaller one"
        )
