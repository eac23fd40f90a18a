"""Is `releases.json` the record that `release --prepare` writes? What reads it trusts it."""

import json
import re
from pathlib import Path
from typing import Any

from scripts.package.contract import NOT_RELEASED
from scripts.package.files import MERGED, NotPlain, UsageError, merge_mark, read_text
from scripts.package.opening import Package

NAME = "releases.json"
A_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}")
MEND = "Put the file back as git has it, then run “python -m scripts release --prepare”."


class NoRecord(UsageError):
    """Why the record cannot be read: its line, and a sentence."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"{NAME}, line {line}: {message} {MEND}" if line else f"{NAME}: {message} {MEND}")
        self.line, self.message = line, message


def to_come(package: Package) -> str:
    """The version in which a change comes out: that of the contract; the next, if that one is recorded."""
    version = str(package.descriptor["version"]).removesuffix(NOT_RELEASED)
    if version not in [entry["version"] for entry in read(package.folder)]:
        return version
    major, minor, _ = version.split(".")
    return f"{major}.{int(minor) + 1}.0"


def read(folder: Path) -> list[dict[str, Any]]:
    """The entries of the record in a folder; none where there is no such file."""
    path = folder / NAME
    try:
        return entries(read_text(folder, path)) if path.exists() else []
    except NotPlain as error:
        raise NoRecord(0, str(error)) from error


def entries(text: str) -> list[dict[str, Any]]:
    """Read the record. NoRecord names the line, or the entry, of what is wrong."""
    if line := merge_mark(text):
        raise NoRecord(line, MERGED)
    try:
        whole: list[dict[str, Any]] = json.loads(text)
    except json.JSONDecodeError as error:
        raise NoRecord(error.lineno, f"The file is no JSON: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise NoRecord(0, "The file holds what no record holds.") from error
    if fault := _fault_of(whole):
        raise NoRecord(0, fault)
    versions = [entry["version"] for entry in whole]
    if len(set(versions)) < len(versions):
        raise NoRecord(0, "A version stands twice.")
    return whole


def _fault_of(whole: Any) -> str:
    """What has not the form of a record, by JSON Schema; blank where nothing is wrong."""
    import jsonschema  # most of what reads a version reads no record

    for error in jsonschema.Draft7Validator(RECORD).iter_errors(whole):
        place = list(error.absolute_path)  # number of the entry, its part, and further in
        if not place:
            return "The file holds no list of releases."
        if len(place) == 1:
            return f"Entry {place[0] + 1} has to have {', '.join(ENTRY['required'])}, and nothing else."
        return f"{place[1]} of entry {place[0] + 1} has not its form."
    return ""


def _like(pattern: str) -> dict[str, str]:
    return {"type": "string", "pattern": rf"^(?:{pattern})\Z"}


def _object(parts: dict[str, Any]) -> dict[str, Any]:
    """An object with these properties, and no other."""
    return {"type": "object", "properties": parts, "required": [*parts], "additionalProperties": False}


PLAIN = _like(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{0,999}")
COUNT = {"type": "integer", "minimum": 0, "maximum": 10**12 - 1}
COUNTS = _object(dict.fromkeys(("rows", "added", "removed", "changed"), COUNT))
ENTRY = _object(
    {
        "version": _like(A_VERSION.pattern),
        "date": _like("20[0-9]{2}-[01][0-9]-[0-3][0-9]"),
        "previous": _like(f"({A_VERSION.pattern})?"),
        "data_sha256": _like("[0-9a-f]{64}"),
        "structure": {"type": "array", "items": PLAIN},
        "corrections": {"type": "array", "items": PLAIN},
        "tables": {"type": "object", "additionalProperties": COUNTS, "propertyNames": PLAIN},
    }
)
RECORD = {"type": "array", "items": ENTRY}
