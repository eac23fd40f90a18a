"""Is `releases.json` the record that `release --prepare` writes? What reads it trusts it."""

import json
import re
from pathlib import Path
from typing import Any

from scripts.package.contract import NOT_RELEASED
from scripts.package.files import NotPlain, UsageError, read_text
from scripts.package.opening import Package

NAME = "releases.json"
A_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}")
FIX = "Put the file back as git has it, then run “python -m scripts release --prepare”."


class NoRecord(UsageError):
    """Why the record cannot be read, in a sentence."""


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
        raise NoRecord(f"{NAME}: {error} {FIX}") from error


def entries(text: str) -> list[dict[str, Any]]:
    """Read the record, held against its JSON Schema. NoRecord names the place of what is wrong."""
    import jsonschema  # most of what reads a version reads no record

    try:
        whole: list[dict[str, Any]] = json.loads(text)
        wrong = [error.json_path for error in jsonschema.Draft7Validator(RECORD).iter_errors(whole)]
        versions = [] if wrong else [entry["version"] for entry in whole]
    except (ValueError, RecursionError) as error:  # no JSON, or a number or a depth that nobody writes
        raise NoRecord(f"{NAME} cannot be read: {error}. {FIX}") from error
    if wrong or len(set(versions)) < len(versions):
        raise NoRecord(
            f"{NAME}: {(*wrong, 'a version that stands twice')[0]} is not as it is written. {FIX}"
        )
    return whole


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
