"""Check that the files that `release --prepare` writes are up to date, since people and programs use them.

They are the record of versions, CITATION.cff, and the version in pyproject.toml. A package that contains
only data has none of these files.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from scripts.checks.context import CheckContext
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import Finding, Rule, make_finding
from scripts.package import earlier_state, git, release_record
from scripts.package.earlier_state import NoComparisonBase
from scripts.package.files import UnreadableFile, read_page_text
from scripts.package.package import Package
from scripts.publish import citation_and_pyproject_texts, release_history
from scripts.publish.release_history import RecordedRelease

RECORD = rule_from_table("record-as-written")
OUT = rule_from_table("record-as-published")
OF_DATA = rule_from_table("record-of-these-data")
MADE = rule_from_table("made-from-contract")
RULES = (RECORD, OUT, OF_DATA, MADE)

PROJECT = "pyproject.toml"  # a folder with this file also holds the code, so it must have the other files
A_LINE = re.compile(r"([\w-]+) ?[:=] ?(.*)")
NO_FILE = "There is no such file."
SET_OUT = "Its parts are in another order, stand twice or are set out otherwise than they are written."


def check(context: CheckContext) -> list[Finding]:
    """Findings on all that differs from what `release --prepare` writes, beginning with the record."""
    return [*_findings_on_release_record(context), *_findings_on_generated_files(context.package)]


def _finding_on_release_record(rule: Rule, fault: release_record.RecordFault, fix: str = "") -> Finding:
    """A finding for a fault in the record of versions."""
    return make_finding(
        rule, release_record.NAME, fault.message, field=fault.place, value=fault.value, fix=fix
    )


def _findings_on_release_record(context: CheckContext) -> Iterator[Finding]:
    package, path = context.package, context.package.folder / release_record.NAME
    if not path.exists():
        if (package.folder / PROJECT).exists():
            yield make_finding(RECORD, release_record.NAME, NO_FILE)
        return
    try:
        text = read_page_text(package.folder, path)
    except UnreadableFile as error:
        yield make_finding(RECORD, release_record.NAME, str(error))
        return
    found = [*release_record.record_faults(text)]
    yield from (_finding_on_release_record(RECORD, fault) for fault in found)
    if not found:
        history = release_history.read_recorded_releases(package)
        if path.read_bytes() != release_history.releases_as_json(history).encode():
            yield make_finding(RECORD, release_record.NAME, SET_OUT)
        yield from (
            _finding_on_release_record(RECORD, fault)
            for fault in _releases_later_than_contract(context, history)
        )
        yield from (
            _finding_on_release_record(OUT, fault)
            for fault in _releases_changed_since_published(context, history)
        )
        if own := release_history.release_of_contract_version(package):
            yield from _findings_on_current_release(package, f"$[{history.index(own)}]", own)


def _findings_on_current_release(package: Package, place: str, own: RecordedRelease) -> Iterator[Finding]:
    """Yield findings on the record's entry for the version in `datapackage.json`."""
    if _is_prepared_with_other_data(package, own):
        said = f"Version {own.version} was prepared with other data than these."
        fault = release_record.RecordFault(f"{place}.data_sha256", own.data_sha256, said)
        yield _finding_on_release_record(OF_DATA, fault, prepare_command(package))
    for name, value, is_so in _record_differences_from_data(package, own):
        yield _finding_on_release_record(
            RECORD,
            release_record.RecordFault(f"{place}{name}", value, f"In these data: {is_so}."),
            prepare_command(package),
        )


def _releases_later_than_contract(
    context: CheckContext, history: list[RecordedRelease]
) -> Iterator[release_record.RecordFault]:
    """Yield a fault for each version later than that of `datapackage.json`, and for each future date."""
    version = str(context.package.contract.version)
    for at, entry in enumerate(history):
        if earlier_state.parse_version(entry.version) > earlier_state.parse_version(version):  # type: ignore[operator]
            said = f"This version is not out: datapackage.json has {version}."
            yield release_record.RecordFault(f"$[{at}].version", entry.version, said)
        if entry.date > f"{context.day}":
            yield release_record.RecordFault(f"$[{at}].date", entry.date, "This day is still to come.")


def _releases_changed_since_published(
    context: CheckContext, history: list[RecordedRelease]
) -> Iterator[release_record.RecordFault]:
    """Yield a fault for each published version that the record now lacks or describes differently."""
    folder = context.package.folder
    try:
        tag = earlier_state.newest_version_tag(folder)
    except NoComparisonBase as error:
        context.notes.append(f"{release_record.NAME} was compared with no version that is out. {error}")
        return
    now = {release.version: (at, release) for at, release in enumerate(history)}
    for was in map(
        release_history.parse_release, release_record.published_release_entries(folder, tag) if tag else []
    ):
        if was.version not in now:
            yield release_record.RecordFault("$", "", f"Version {was.version}, which is out, is gone.")
            continue
        at, release = now[was.version]
        when = f"When {was.version} was published"
        for name, value, before in _differences_between_entries(asdict(release), asdict(was)):
            yield release_record.RecordFault(f"$[{at}]{name}", value, f"{when}: {before}.")


def _is_prepared_with_other_data(package: Package, own: RecordedRelease) -> bool:
    """Return whether an unpublished version was prepared with other data; False without git tags."""
    try:
        has_tags = earlier_state.newest_version_tag(package.folder) is not None
    except NoComparisonBase:
        return False
    is_out = git.commit_hash_of(package.folder, f"refs/tags/v{own.version}")
    return has_tags and not is_out and own.data_sha256 != release_history.data_sha256(package)


def _record_differences_from_data(package: Package, own: RecordedRelease) -> Iterator[tuple[str, str, str]]:
    """Yield what the record gets wrong about the current data: name, recorded value and true value.

    Nothing is yielded if the record is of other data or if the previous version cannot be opened.
    """
    if own.data_sha256 != release_history.data_sha256(package):
        return
    try:
        with earlier_state.open_comparison_base(
            f"refs/tags/v{own.previous}" if own.previous else None, package.folder
        ) as base:
            is_so = release_history.compare_with_previous_release(package, base, own.previous)
    except NoComparisonBase:
        return
    yield from _differences_between_entries(asdict(own), asdict(is_so))


def _differences_between_entries(
    recorded: Any, actual: Any, name: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield the values that differ between two entries: name, recorded value and actual value."""
    if isinstance(recorded, dict) and isinstance(actual, dict):
        for part in sorted(recorded.keys() | actual.keys()):
            yield from _differences_between_entries(recorded.get(part), actual.get(part), f"{name}.{part}")
    elif recorded != actual:
        value, is_so = ("nothing" if entry is None else f"{entry}" for entry in (recorded, actual))
        yield name, value, is_so


def prepare_command(package: Package) -> str:
    """A sentence that says which command writes these files for the contract's version."""
    command = f"python -m scripts release --prepare {package.contract.version}"
    return f"Run “{command}” and commit what it writes."


def _findings_on_generated_files(package: Package) -> Iterator[Finding]:
    """Yield findings on files that are missing or not as they are generated from `datapackage.json`."""
    has_code = (package.folder / PROJECT).exists()
    for name, made in citation_and_pyproject_texts(package).items():
        path = package.folder / name
        if not path.exists():
            if has_code:
                yield make_finding(MADE, name, NO_FILE, fix=prepare_command(package))
            continue
        try:
            found = read_page_text(package.folder, path)
        except UnreadableFile as error:
            yield make_finding(MADE, name, str(error), fix=prepare_command(package))
            continue
        faults = [*_findings_on_differing_lines(package, name, made, found)]
        yield from faults
        if not faults and path.read_bytes() != made.encode():
            yield make_finding(MADE, name, SET_OUT, fix=prepare_command(package))


def _findings_on_differing_lines(
    package: Package, name: str, generated: str, committed: str
) -> Iterator[Finding]:
    """Yield a finding for each line that the file has but should not, and for each that it lacks.

    A line in the file is compared with the generated line of the same name.
    """
    wanted, there = generated.split("\n"), committed.split("\n")
    lacking = {_name_and_value_on_line(line)[0]: line for line in wanted if line not in there}
    for number, line in enumerate(there, start=1):
        if line not in wanted:
            field, value = _name_and_value_on_line(line)
            gives = lacking.pop(field, "")
            said = (
                f"datapackage.json gives: {_name_and_value_on_line(gives)[1]}"
                if gives
                else "No such line is made."
            )
            yield make_finding(
                MADE, name, said, line=number, field=field, value=value, fix=prepare_command(package)
            )
    for field, line in lacking.items():
        said = f"It lacks this line; datapackage.json gives: {_name_and_value_on_line(line)[1]}"
        yield make_finding(MADE, name, said, field=field, fix=prepare_command(package))


def _name_and_value_on_line(line: str) -> tuple[str, str]:
    """The name and the value on a line; if the line has another form, a blank and the whole line."""
    match = A_LINE.fullmatch(line)
    return (match[1], match[2]) if match else ("", line)
