"""The conditions for a release, and what `release --prepare` writes for it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from scripts import checks
from scripts.findings import Report
from scripts.package import git, release_record
from scripts.package.contract import NOT_RELEASED
from scripts.package.earlier_state import NoComparisonBase, open_comparison_base
from scripts.package.file_transaction import LockedFiles
from scripts.package.files import UsageError
from scripts.package.package import DESCRIPTOR, Package
from scripts.publish import citation_and_pyproject_texts, release_history
from scripts.publish.release_history import RecordedRelease

CHANGELOG = "CHANGELOG.md"
PREPARE = "Run “python -m scripts release --prepare” and commit what it writes."
LATER = "prepare a later one: python -m scripts release --prepare X.Y.Z"
WORDS = ("first", "second", "third")


class ReleaseRefused(UsageError):
    """Raised if a release must not be made; the message says why, and what to do."""


def reasons_to_refuse(package: Package) -> list[str]:
    """The reasons not to publish the package, apart from findings of the check; empty if there are none."""
    return [*reasons_not_to_build(package), *_reason_if_version_published(package, by_the_same_data=True)]


def reasons_not_to_build(package: Package) -> list[str]:
    """The reasons not to build files that are marked as released; empty if there are none."""
    if not git.is_repository_root(package.folder):
        nowhere = "The package is not in git, so no one could find its commit. Release from a clone."
        return [git.why_git_history_unavailable(package.folder) or nowhere]
    return [
        *_reasons_in_uncommitted_files(package),
        *_reasons_in_changelog(package),
        *_reasons_in_release_record(package),
        *_reason_if_version_published(package),
        *_reasons_in_outdated_files(package),
    ]


def _reasons_in_uncommitted_files(package: Package) -> Iterator[str]:
    changed = git.uncommitted_files(package.folder)
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        yield f"Not committed: {', '.join(changed[:3])}{more}. Commit or undo these changes."


def _reasons_in_changelog(package: Package) -> Iterator[str]:
    version = package.contract.version
    path = package.folder / CHANGELOG
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    heading = re.search(rf"^## {re.escape(version)}(?!\S)(.*)$", text, re.MULTILINE)
    if heading is None:
        yield f"{CHANGELOG} has no section “## {version}”. Write one."
    elif "not released" in heading[1]:
        yield f"{CHANGELOG} calls {version} not released. Write the date of the release in its place."


def _reasons_in_release_record(package: Package) -> Iterator[str]:
    if not release_history.is_recorded_with_present_data(package):
        version = f"version {package.contract.version} with these data"
        yield f"{release_history.NAME} does not record {version}. {PREPARE} If that version is out, {LATER}"


def _reason_if_version_published(package: Package, by_the_same_data: bool = False) -> Iterator[str]:
    """Yield a reason if this version has already been published from another commit with other data.

    If `by_the_same_data` is true, yield a reason only if that commit has the same data.
    """
    version = package.contract.version
    tagged = git.commit_hash_of(package.folder, f"refs/tags/v{version}")
    if not tagged or tagged == git.commit_hash_of(package.folder, "HEAD"):
        return
    with _open_published_version(package, version) as out:
        is_same = out is not None and release_history.data_sha256(out) == release_history.data_sha256(
            package
        )
    if is_same == by_the_same_data:
        other = "the same" if is_same else "other"
        yield (
            f"Version {version} was used before with {other} data (tag v{version}, commit {tagged[:12]}). "
            f"Check that tag out to build it again, or {LATER}."
        )


def _reasons_in_outdated_files(package: Package) -> Iterator[str]:
    for name in _texts_that_differ(package, citation_and_pyproject_texts(package)):
        yield f"{name} is not what datapackage.json gives. {PREPARE}"


def _texts_that_differ(package: Package, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, by file name, that differ from the files in the package."""
    old = {name: package.folder / name for name in texts}
    old_bytes = {name: path.read_bytes() for name, path in old.items() if path.exists()}
    return {name: text for name, text in texts.items() if old_bytes.get(name) != text.encode()}


def report_of_failing_check(package: Package) -> Report | None:
    """The report of the full check with all its layers; None if it has no errors."""
    entry = (
        release_history.release_of_contract_version(package)
        if release_history.is_recorded_with_present_data(package)
        else None
    )
    with _open_published_version(package, entry.previous if entry else "") as base:
        report = checks.run_layers(package, checks.LAYERS, base=base)
    return None if report.is_valid else report


@contextmanager
def _open_published_version(package: Package, version: str) -> Iterator[Package | None]:
    """Open the package of a published version; yields None if the version is blank."""
    try:
        with open_comparison_base(f"refs/tags/v{version}" if version else None, package.folder) as base:
            yield base
    except NoComparisonBase as error:
        raise ReleaseRefused(
            f"The data of version {version} are needed, and no tag v{version} of git gives them. Fetch the "
            f"tags; or take its entry out of {release_history.NAME}, if that version was never out."
        ) from error


def prepare_version(package: Package, files: LockedFiles, version: str = "") -> list[str]:
    """Write a version with its date, record and metadata; return a sentence for each file written.

    If no version is given, prepare the next one. A -dev0 version gets no date and no record.
    """
    if lost := git.why_git_history_unavailable(
        package.folder
    ):  # published versions are known by their tags
        raise ReleaseRefused(lost)
    package = _package_with_version(package, version)
    had_other = release_history.release_of_contract_version(
        package
    ) is not None and not release_history.is_recorded_with_present_data(package)
    contract, record = (
        package.bytes_of_file(DESCRIPTOR).decode(),
        release_history.releases_as_json(_record_with_new_entry(package)),
    )
    changed = _texts_that_differ(
        package,
        {DESCRIPTOR: contract, release_history.NAME: record} | citation_and_pyproject_texts(package),
    )
    files.write_all_or_none(changed)
    said = [f"Wrote {name}." for name in changed]
    if had_other:
        had = f"{release_history.NAME} had other data for {package.contract.version}."
        said.append(f"{had} If that version is out, undo this, and {LATER}")
    return said


def _package_with_version(package: Package, version: str) -> Package:
    """The package with the new version in its contract, and today's date unless it was prepared earlier."""
    if not version:
        is_done = release_history.is_recorded_with_present_data(package)
        version = package.contract.version if is_done else release_record.upcoming_version(package)
    package = package.with_version(version, "")
    if version.endswith(NOT_RELEASED):
        return package
    entry = release_history.release_of_contract_version(package)
    before = package.with_version(version, entry.date if entry else "")
    today = date.today().isoformat()
    return (
        before
        if release_history.is_recorded_with_present_data(before)
        else package.with_version(version, today)
    )


def _record_with_new_entry(package: Package) -> list[RecordedRelease]:
    """The record with a new entry for the contract's version, in place of an unpublished entry for it."""
    version = package.contract.version.removesuffix(NOT_RELEASED)
    try:
        earlier = [
            entry for entry in release_history.read_recorded_releases(package) if entry.version != version
        ]
        _refuse_lower_version(version, [entry.version for entry in earlier])
        if version != package.contract.version:
            return release_history.read_recorded_releases(package)
        before = [
            entry.version
            for entry in earlier
            if release_history.parse_version_numbers(entry.version)
            < release_history.parse_version_numbers(version)
        ]
        previous = max(before, key=release_history.parse_version_numbers, default="")
        with _open_published_version(package, previous) as base:
            release = release_history.compare_with_previous_release(package, base, previous)
        _refuse_too_small_version_step(release)
    except ValueError as error:
        raise ReleaseRefused(f"{error}. Name another: release --prepare X.Y.Z") from error
    if not git.is_repository_root(package.folder) or not git.commit_hash_of(
        package.folder, f"refs/tags/v{version}"
    ):
        return [*earlier, release]
    if release not in release_history.read_recorded_releases(package):
        raise ReleaseRefused(f"Version {version} is out (tag v{version}). Instead, {LATER}")
    return [*earlier, release]


def _refuse_lower_version(version: str, earlier: list[str]) -> None:
    """Refuse a version lower than a recorded one, since readers take the highest to be the newest."""
    last = max(earlier, key=release_history.parse_version_numbers, default=version)
    if release_history.parse_version_numbers(version) < release_history.parse_version_numbers(last):
        raise ValueError(f"{version} is lower than {last}, which {release_history.NAME} holds already")


def _refuse_too_small_version_step(release: RecordedRelease) -> None:
    """Refuse a version number that suggests a smaller change than was made."""
    if not release.previous:
        return
    needed = release_history.least_version_step(release)
    if release_history.version_step_between(release.previous, release.version) > needed:
        raise ValueError(
            f"From {release.previous} the {WORDS[needed]} number has to rise, because of what changed; "
            f"{release.version} raises a smaller one"
        )
