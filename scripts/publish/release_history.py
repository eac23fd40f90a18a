"""The record of releases, `releases.json`: what each contains, and how it differs from its predecessor.

Only `release --prepare` writes it; everything else reads it. The hash covers the data but not the zip: the
zip records a commit that contains this file, so the zip's hash could not be stored here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scripts.package import git, release_record
from scripts.package.contract import NOT_RELEASED, structure_changes
from scripts.package.files import Row, sha256_hex
from scripts.package.package import DESCRIPTOR, Package

NAME = release_record.NAME
MAJOR, MINOR, PATCH = 0, 1, 2
Rows = Mapping[str, Row]  # by key


@dataclass(frozen=True)
class RowCounts:
    """The number of rows in a table, and of rows that differ from the previous release."""

    rows: int
    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class RecordedRelease:
    """A release as the record lists it."""

    version: str
    date: str
    previous: str
    data_sha256: str
    structure: tuple[str, ...]  # changes in tables, columns, types, keys and constraints, in words
    corrections: tuple[str, ...]
    tables: dict[str, RowCounts]

    @property
    def comparison_sentence(self) -> str:
        """A sentence naming the version with which this release is compared."""
        return f"Compared with {self.previous}." if self.previous else "The first release."


def is_recorded_with_present_data(package: Package) -> bool:
    """Return whether the record lists the contract's version with exactly the present data."""
    entry = release_of_contract_version(package)
    return entry is not None and entry.data_sha256 == data_sha256(package)


def release_of_contract_version(package: Package) -> RecordedRelease | None:
    """The record's entry for the version in the contract; None if there is none."""
    version = package.contract.version
    return next((entry for entry in read_recorded_releases(package) if entry.version == version), None)


def package_as_published(package: Package, site_url: str = "") -> Package:
    """A copy of the package with the version, date and site address that its published files state.

    A released version keeps its own version and date. Other data get the upcoming version with -dev0,
    and the date of the last commit that changed the data. A homepage in the contract takes precedence over
    `site_url`.
    """
    homepage = package.descriptor.get("homepage", site_url)
    if is_recorded_with_present_data(package):
        return package.with_version(package.contract.version, package.descriptor["created"][:10], homepage)
    version = release_record.upcoming_version(package) + NOT_RELEASED
    return package.with_version(version, git.day_of_last_commit(package.folder, "data"), homepage)


def read_recorded_releases(package: Package) -> list[RecordedRelease]:
    """All releases in the record, newest first."""
    return [parse_release(entry) for entry in release_record.read_release_entries(package.folder)]


def parse_release(entry: dict[str, Any]) -> RecordedRelease:
    """Turn an entry of the record into an object."""
    tables = {name: RowCounts(**counts) for name, counts in entry["tables"].items()}
    lists = {name: tuple(entry[name]) for name in ("structure", "corrections")}
    return RecordedRelease(**(entry | lists | {"tables": tables}))


def releases_as_json(releases: Sequence[RecordedRelease]) -> str:
    """The record as JSON, newest release first."""
    newest_first = sorted(releases, key=lambda entry: parse_version_numbers(entry.version), reverse=True)
    return json.dumps([asdict(entry) for entry in newest_first], ensure_ascii=False, indent=1) + "\n"


def parse_version_numbers(version: str) -> tuple[int, ...]:
    """Major, minor and patch as numbers, for comparison; raises ValueError for any other form."""
    if not release_record.A_VERSION.fullmatch(version):
        form = "such as 1.0.0: none begins with a zero that can be left out, or has more than nine digits"
        raise ValueError(f"{version} is not a version of three numbers, {form}")
    return release_record.version_numbers(version)


def data_sha256(package: Package) -> str:
    """A single hash over the contract and every released table."""
    paths = [DESCRIPTOR, *(table.path for table in package.contract.released_contract.tables)]
    hashes = [f"{sha256_hex(package.bytes_of_file(path))}  {path}\n" for path in paths]
    return sha256_hex("".join(sorted(hashes)).encode())


def compare_with_previous_release(package: Package, base: Package | None, previous: str) -> RecordedRelease:
    """Compare the data with the previous release, and return the entry for the record.

    For the first release, `base` is None and `previous` is blank.
    """
    tables, version = package.contract.released_contract.tables, package.contract.version
    old = (
        {table.name: base.rows_by_key(table.name) for table in base.contract.released_contract.tables}
        if base
        else {}
    )
    corrections = package.rows_with_cells("corrections", version=version)  # those made in this version
    return RecordedRelease(
        version=version,
        date=package.descriptor.get("created", "")[:10],
        previous=previous,
        data_sha256=data_sha256(package),
        structure=tuple(structure_changes(base.contract.released_contract.tables, tables)) if base else (),
        corrections=tuple(row["correction_id"] for row in corrections),
        tables={
            table.name: _count_row_changes(old.get(table.name, {}), package.rows_by_key(table.name))
            for table in tables
        },
    )


def _count_row_changes(before: Rows, now: Rows) -> RowCounts:
    both = before.keys() & now.keys()
    changed = [key for key in both if _rows_differ(before[key], now[key])]
    return RowCounts(len(now), len(now.keys() - both), len(before.keys() - both), len(changed))


def _rows_differ(before: Row, now: Row) -> bool:
    """Return whether a row differs in the columns that both versions have.

    A new column therefore changes no row.
    """
    return any(now.get(name, cell) != cell for name, cell in before.items())


def least_version_step(release: RecordedRelease) -> int:
    """The index of the number in the version that must rise, by semantic versioning of the data.

    That is the major number (0) if something on which code may rely is gone, the minor one (1) if the data
    differ in some other way, and otherwise the patch number (2).
    """
    if any(change.startswith("gone: ") for change in release.structure):
        return MAJOR
    differ = [
        counts for counts in release.tables.values() if counts.added or counts.removed or counts.changed
    ]
    return MINOR if release.structure or differ else PATCH


def version_step_between(earlier: str, later: str) -> int:
    """The index, 0 to 2, of the number in the version that rose; raises ValueError if none did."""
    old, new = parse_version_numbers(earlier), parse_version_numbers(later)
    if new <= old:
        raise ValueError(f"{later} does not come after {earlier}")
    return next(place for place in (MAJOR, MINOR, PATCH) if new[place] != old[place])


def changelog_text(releases: Sequence[RecordedRelease]) -> str:
    """The changelog of the data, as Markdown."""
    sections = [_changelog_section(release) for release in releases] or [
        "\nNo version has been released yet.\n"
    ]
    return "# Changelog of the data\n" + "".join(sections)


def _changelog_section(release: RecordedRelease) -> str:
    lines = [f"\n## {release.version} ({release.date})\n", release.comparison_sentence]
    lines += [f"- {change}" for change in release.structure]
    if release.corrections:
        lines.append(f"- corrections: {', '.join(release.corrections)} (data/corrections.csv)")
    lines += ["", "| Table | Rows | Added | Removed | Changed |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {counts.rows} | {counts.added} | {counts.removed} | {counts.changed} |"
        for name, counts in release.tables.items()
    ]
    return "\n".join(lines) + "\n"
