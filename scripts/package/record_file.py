"""Is `releases.json` the record that `release --prepare` writes? What reads it trusts it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scripts.package.contract import NOT_RELEASED
from scripts.package.files import MERGED, NotPlain, UsageError, merge_mark, read_text
from scripts.package.opening import Package

NAME = "releases.json"
A_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}")
BETWEEN = re.compile(r"[\s,]*")
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
    """Read the record. NoRecord names the line of what is wrong."""
    if line := merge_mark(text):
        raise NoRecord(line, MERGED)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise NoRecord(error.lineno, f"The file is no JSON: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise NoRecord(0, "The file holds what no record holds.") from error
    if not isinstance(whole, list):
        raise NoRecord(1, "The file holds no list of releases.")
    for entry, line in zip(whole, _lines(text), strict=True):
        if fault := _fault_of(entry):
            raise NoRecord(line, fault)
    versions = [entry["version"] for entry in whole]
    if len(set(versions)) < len(versions):
        raise NoRecord(1, "A version stands twice.")
    return whole


def _lines(text: str) -> Iterator[int]:
    """The line on which each entry begins."""
    at, decoder = BETWEEN.match(text, text.index("[") + 1), json.JSONDecoder()
    while at and text[at.end()] != "]":
        yield text.count("\n", 0, at.end()) + 1
        at = BETWEEN.match(text, decoder.raw_decode(text, at.end())[1])


def _is_plain(text: Any) -> bool:
    return isinstance(text, str) and text.isprintable() and len(text) < 1_000


def _are_plain(texts: Any) -> bool:
    return isinstance(texts, list) and all(map(_is_plain, texts))


def _are_counts(tables: Any) -> bool:
    if not isinstance(tables, dict) or not all(map(_is_plain, tables)):
        return False
    if not all(isinstance(one, dict) and set(one) == COUNTS for one in tables.values()):
        return False
    numbers = [number for one in tables.values() for number in one.values()]
    return all(type(number) is int and 0 <= number < 10**12 for number in numbers)


def _like(pattern: str) -> Callable[[Any], bool]:
    return lambda text: isinstance(text, str) and bool(re.fullmatch(pattern, text))


COUNTS = {"rows", "added", "removed", "changed"}
FORMS = {  # of each part of an entry
    "version": _like(A_VERSION.pattern),
    "date": _like("20[0-9]{2}-[01][0-9]-[0-3][0-9]"),
    "previous": _like(f"({A_VERSION.pattern})?"),
    "data_sha256": _like("[0-9a-f]{64}"),
    "structure": _are_plain,
    "corrections": _are_plain,
    "tables": _are_counts,
}


def _fault_of(entry: Any) -> str:
    if not isinstance(entry, dict) or set(entry) != set(FORMS):
        return f"An entry has {', '.join(FORMS)}, and nothing else."
    wrong = [name for name, has_form in FORMS.items() if not has_form(entry[name])]
    return f"{wrong[0]} of this entry has not its form." if wrong else ""
