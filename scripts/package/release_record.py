"""Read `releases.json`, and check that it has the form in which `release --prepare` writes it.

The code that reads the record relies on this check.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts.package import git
from scripts.package.contract import NOT_RELEASED
from scripts.package.files import UnreadableFile, UsageError, read_page_text
from scripts.package.git import NoGit
from scripts.package.package import Package

NAME = "releases.json"
A_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}")
FIX = "Put the file back as git has it, then run “python -m scripts release --prepare”."


@dataclass(frozen=True)
class RecordFault:
    """An error in the record: its place as a JSONPath, the value there, and why it is wrong."""

    place: str
    value: str
    message: str


class UnreadableRecord(UsageError):
    """Raised if the record cannot be read; the message says why in a sentence."""


def upcoming_version(package: Package) -> str:
    """The next version to be released: the contract's or, if that is already recorded, the one after it."""
    version = str(package.descriptor["version"]).removesuffix(NOT_RELEASED)
    if version not in [entry["version"] for entry in read_release_entries(package.folder)]:
        return version
    major, minor, _ = version.split(".")
    return f"{major}.{int(minor) + 1}.0"


def read_release_entries(folder: Path) -> list[dict[str, Any]]:
    """The entries of the record in a folder; empty if there is no such file."""
    path = folder / NAME
    try:
        return parse_release_record(read_page_text(folder, path)) if path.exists() else []
    except UnreadableFile as error:
        raise UnreadableRecord(f"{NAME}: {error} {FIX}") from error


def published_release_entries(folder: Path, tag: str) -> list[dict[str, Any]]:
    """The entries of the record in a published, tagged version; empty if git has none."""
    try:
        return parse_release_record(git.git_output(folder, "show", f"{tag}:./{NAME}").decode())
    except (NoGit, UnreadableRecord, UnicodeDecodeError):
        return []


def parse_release_record(text: str) -> list[dict[str, Any]]:
    """Parse the record; raises UnreadableRecord with the place of the first fault."""
    if fault := next(record_faults(text), None):
        raise UnreadableRecord(f"{NAME}, {fault.place}: {fault.message} {FIX}")
    whole: list[dict[str, Any]] = json.loads(text)
    return whole


def record_faults(text: str) -> Iterator[RecordFault]:
    """Yield faults in the record: invalid JSON, a wrong structure, or wrong dates, versions or order."""
    import jsonschema  # imported here because most callers never read the record

    try:
        whole = json.loads(text)
        found = [*map(_schema_fault, jsonschema.Draft7Validator(RECORD).iter_errors(whole))]
    except (ValueError, RecursionError) as error:  # not JSON, or a number too large or nested too deep
        yield RecordFault("the whole file", "", f"It cannot be read: {error}.")
        return
    yield from found or _faults_in_order_of_entries(whole)


def _schema_fault(error: Any) -> RecordFault:
    value = error.instance if isinstance(error.instance, str) else json.dumps(error.instance)
    lacks = error.validator == "required"
    return RecordFault(
        error.json_path, value, f"{error.message}." if lacks else "It is not as it is written."
    )


def _faults_in_order_of_entries(whole: list[dict[str, Any]]) -> Iterator[RecordFault]:
    """Yield dates that do not exist or are out of order, and versions that are out of order."""
    for at, entry in enumerate(whole):
        previous = whole[at + 1]["version"] if at + 1 < len(whole) else ""
        yield from _entry_order_faults(f"$[{at}].", entry, previous)
    days = [entry["date"] for entry in whole]
    for at, (day, earlier) in enumerate(pairwise(days)):
        if day < earlier:
            yield RecordFault(f"$[{at}].date", day, f"The version before it is of {earlier}.")


def _entry_order_faults(place: str, entry: dict[str, Any], previous: str) -> Iterator[RecordFault]:
    """Yield faults in the entry of a version; `previous` is the version before it, blank for the first."""
    version = entry["version"]
    if not _is_existing_day(entry["date"]):
        yield RecordFault(f"{place}date", entry["date"], "There is no such day.")
    if previous and version_numbers(version) <= version_numbers(previous):
        yield RecordFault(f"{place}version", version, f"It has to come after {previous}, which follows it.")
    if entry["previous"] != previous:
        said = f"The version before {version} is {previous}." if previous else f"{version} is the first."
        yield RecordFault(f"{place}previous", entry["previous"], said)


def _is_existing_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def version_numbers(version: str) -> tuple[int, ...]:
    """The major, minor and patch numbers of a version, for comparison."""
    return tuple(int(number) for number in version.split("."))


def _pattern_schema(pattern: str) -> dict[str, str]:
    return {"type": "string", "pattern": rf"^(?:{pattern})\Z"}


def _object_schema(parts: dict[str, Any]) -> dict[str, Any]:
    """A schema for an object with these properties and no others."""
    return {"type": "object", "properties": parts, "required": [*parts], "additionalProperties": False}


PLAIN = _pattern_schema(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{0,999}")
COUNT = {"type": "integer", "minimum": 0, "maximum": 10**12 - 1}
COUNTS = _object_schema(dict.fromkeys(("rows", "added", "removed", "changed"), COUNT))
ENTRY = _object_schema(
    {
        "version": _pattern_schema(A_VERSION.pattern),
        "date": _pattern_schema("20[0-9]{2}-[01][0-9]-[0-3][0-9]"),
        "previous": _pattern_schema(f"({A_VERSION.pattern})?"),
        "data_sha256": _pattern_schema("[0-9a-f]{64}"),
        "structure": {"type": "array", "items": PLAIN},
        "corrections": {"type": "array", "items": PLAIN},
        "tables": {"type": "object", "additionalProperties": COUNTS, "propertyNames": PLAIN},
    }
)
RECORD = {"type": "array", "items": ENTRY}
