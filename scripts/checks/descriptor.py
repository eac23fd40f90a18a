"""Check that `datapackage.json` is valid and, unlike frictionless, report properties that are misspelt."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema
from jsonschema.exceptions import best_match

from scripts.checks import descriptor_texts
from scripts.checks.context import CheckContext
from scripts.checks.descriptor_schema import READ, Json, Validator
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import Finding, Rule, did_you_mean, is_derived, make_finding, to_one_printable_line
from scripts.package.contract import EDITORIAL, WITH_A_FOLDER
from scripts.package.files import MERGED, UnreadableFile, line_of_conflict_marker, read_page_text
from scripts.package.package import DESCRIPTOR

READABLE = rule_from_table("descriptor-readable")
OFFICIAL = rule_from_table("descriptor-profile")
PROPERTY = rule_from_table("descriptor-property")
COMPLETE = rule_from_table("descriptor-complete")
FORM = rule_from_table("descriptor-form")
FILES = rule_from_table("descriptor-files")
KEYS = rule_from_table("descriptor-keys")
TABLES = rule_from_table("descriptor-tables")
RULES = (READABLE, OFFICIAL, FORM, PROPERTY, COMPLETE, FILES, KEYS, TABLES)

LONGEST = 400  # characters of a library's message, which may quote half a file
LEFT_BEHIND = " A program left it behind: close the program, then delete the file."
SETTINGS = f"data/{EDITORIAL}/"
FOLDERS = ("derived", *WITH_A_FOLDER)  # the folders that data/ may have
TOO_DEEP = "it has too many brackets within brackets"


def check(context: CheckContext) -> list[Finding]:
    """Faults in the descriptor or, if it is valid, in the list of files that it declares."""
    folder = context.package.folder
    try:
        found, descriptor = _parse_with_findings(read_page_text(folder, folder / DESCRIPTOR))
    except UnreadableFile as error:
        return [make_finding(READABLE, DESCRIPTOR, str(error))]
    found = found or tuple(_findings_on_declared_files(folder, descriptor))
    return [fault for fault in found if context.package.with_derived or not is_derived(fault.table)]


@lru_cache(maxsize=8)  # a process checks one text many times; callers must not modify the result
def _parse_with_findings(text: str) -> tuple[tuple[Finding, ...], Json]:
    """The faults in the descriptor, and its parsed content, which is empty if there are faults."""
    if line := line_of_conflict_marker(text):
        return (make_finding(READABLE, DESCRIPTOR, MERGED, line=line),), {}
    try:
        descriptor = json.loads(text, object_pairs_hook=_refuse_repeated_keys, parse_constant=_refuse_nan)
        json.dumps(descriptor, ensure_ascii=False).encode()  # raises an error for half a surrogate pair
    except (ValueError, RecursionError) as error:
        said = TOO_DEEP if isinstance(error, RecursionError) else error
        message, line = f"The file cannot be read: {said}.", getattr(error, "lineno", 0)
        return (make_finding(READABLE, DESCRIPTOR, message, line=line),), {}
    if not isinstance(descriptor, dict):
        return (make_finding(READABLE, DESCRIPTOR, "The file does not hold a JSON object."),), {}
    looks = (_findings_on_descriptor, _findings_on_keys, _findings_on_texts)
    for look in (lambda _: findings_by_official_profile(text), *looks):
        if found := list(look(descriptor)):  # each group of tests relies on the previous one
            return tuple(
                replace(fault, line=line_of_json_path(text, descriptor, fault.field)) for fault in found
            ), {}
    return (), descriptor


def _refuse_repeated_keys(keys_with_values: list[tuple[str, Any]]) -> Json:
    for name, times in Counter(name for name, _ in keys_with_values).items():
        if times > 1:
            raise ValueError(f"the property {name} stands twice in one object")
    return dict(keys_with_values)


def _refuse_nan(word: str) -> None:
    raise ValueError(f"{word} is no number")


def line_of_json_path(text: str, parsed: Any, json_path: str) -> int:
    """The line number of a path such as `resources.3.schema`; 0 if no part of the path is found.

    A part is a property, the name of a table or column, or a position in a list. If the last part is not
    found, the line is that of the last part that is. The text itself is searched, since a parser that
    reports lines would be one more dependency.
    """
    at, part_of = -1, parsed
    for part in json_path.split("."):
        part_of, wanted = _child_and_search_text(part_of, part)
        found = text.find(wanted, at + 1) if wanted else -1
        at = found if found >= 0 else at
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def _child_and_search_text(parent: Any, key_or_position: str) -> tuple[Any, str]:
    """The value that one part of a path leads to, and the text to search for.

    The value is None if there is no such part; the text is blank for a list item without a name.
    """
    if isinstance(parent, list) and key_or_position.isdigit() and int(key_or_position) < len(parent):
        item = parent[int(key_or_position)]
        return item, f'"name": "{item["name"]}"' if isinstance(item, dict) and "name" in item else ""
    if isinstance(parent, dict) and key_or_position in parent:
        return parent[key_or_position], f'"{key_or_position}":'
    return (
        None,
        f'"name": "{key_or_position}"',
    )  # the name of a table or column; one called “name” is not its property


@lru_cache(maxsize=8)
def findings_by_official_profile(text: str) -> tuple[Finding, ...]:
    """The faults that the official profile finds.

    This is slow, but it needs no database, so a browser runs it while the database is loading.
    """
    return tuple(_schema_findings(OFFICIAL, official_profile_validator(), json.loads(text)))


@cache
def official_profile_validator() -> Any:
    """A validator for the official Data Package profile, of which we keep a copy."""
    file = resources.files(__package__) / "profiles" / "datapackage-2.0.json"
    return Validator(json.loads(file.read_text(encoding="utf-8")))


def _findings_on_descriptor(descriptor: Json) -> Iterator[Finding]:
    """Yield findings on anything that other programs would read differently or not at all."""
    yield from _schema_findings(FORM, Validator(READ, format_checker=Validator.FORMAT_CHECKER), descriptor)


def _schema_findings(rule: Rule, validator: Any, descriptor: Json) -> Iterator[Finding]:
    """Yield a finding for each error by a JSON Schema, located as closely as possible."""
    own = {"needed": COMPLETE, "known": PROPERTY}
    for error in map(best_match, ([error] for error in validator.iter_errors(descriptor))):
        place = ".".join(map(str, error.absolute_path))
        part = error.instance
        value = part if isinstance(part, str) else json.dumps(part, ensure_ascii=False)
        yield make_finding(
            own.get(error.validator, rule), DESCRIPTOR, _error_in_words(error), field=place, value=value
        )


def _error_in_words(error: jsonschema.ValidationError) -> str:
    """A readable message for an error, without the pattern or whole object that jsonschema prints."""
    if error.validator in ("anyOf", "oneOf"):
        return "The object has none of the forms that the profile allows."
    if error.validator == "pattern" and "description" in error.schema:
        return f"The profile asks for another form. {error.schema['description']}"
    is_short = len(error.message) < LONGEST
    said = error.message if is_short else f"{error.validator} is not {error.validator_value!r}"
    return to_one_printable_line(said if said.endswith((".", "?")) else f"{said}.", LONGEST)


def _findings_on_keys(descriptor: Json) -> Iterator[Finding]:
    tables = descriptor["resources"]
    columns = {table["name"]: [field["name"] for field in table["schema"]["fields"]] for table in tables}
    is_editorial = {table["name"]: table["path"].startswith(SETTINGS) for table in tables}
    for resource in tables:
        name = resource["name"]
        yield from _findings_on_folder(resource)
        repeated = {column: times for column, times in Counter(columns[name]).items() if times > 1}
        for column, times in repeated.items():
            message = f"The table has {times} columns {column}."
            yield make_finding(KEYS, DESCRIPTOR, message, field=name, value=f"{name}.{column}")
        for table, column in _table_and_column_of_keys(resource):
            if column not in columns.get(table, []):
                message = f"There is no column {column} in a table {table}."
                yield make_finding(KEYS, DESCRIPTOR, message, field=name, value=f"{table}.{column}")
            elif is_editorial[table] > is_editorial[name]:
                message = f"The table is released, and {table}, to which it refers, is not."
                yield make_finding(KEYS, DESCRIPTOR, message, field=name, value=f"{table}.{column}")


def _findings_on_folder(resource: Json) -> Iterator[Finding]:
    path, own = resource["path"], resource.get("group")
    for group in WITH_A_FOLDER:
        if path.startswith(f"data/{group}/") != (own == group):
            message = f"Tables of the group {group} lie in data/{group}/, and no others."
            yield make_finding(FILES, DESCRIPTOR, message, field=resource["name"], value=path)


def _table_and_column_of_keys(resource: Json) -> Iterator[tuple[str, str]]:
    """Yield table and column for each primary and foreign key, and for what each foreign key refers to."""
    name, schema = resource["name"], resource["schema"]
    yield from ((name, column) for column in schema["primaryKey"])
    for key in schema.get("foreignKeys", []):
        yield name, key["fields"][0]
        yield key["reference"].get("resource", name), key["reference"]["fields"][0]


def _findings_on_texts(descriptor: Json) -> Iterator[Finding]:
    """Yield findings on text that cannot be shown, and on examples that break constraints."""
    for place, message, value in descriptor_texts.faults_in_texts(descriptor):
        yield make_finding(FORM, DESCRIPTOR, message, field=place, value=value)


def _findings_on_declared_files(package: Path, descriptor: Json) -> Iterator[Finding]:
    declared = [resource["path"] for resource in descriptor["resources"]]
    names = [resource["name"] for resource in descriptor["resources"]]
    for value, times in Counter([*declared, *names]).items():
        if times > 1:
            yield make_finding(FILES, DESCRIPTOR, "Two tables share this name or path.", value=value)
    for path in declared:
        if not re.fullmatch(rf"data/(({'|'.join(FOLDERS)})/)?[a-z_]+\.csv", path):
            message = f"A path is data/NAME.csv or data/FOLDER/NAME.csv. Folders are {', '.join(FOLDERS)}."
            yield make_finding(FILES, DESCRIPTOR, message, value=path)
        elif not (package / path).exists():
            yield make_finding(
                FILES, path, "datapackage.json names this file, but it is not there.", value=path
            )
    yield from _findings_on_undeclared_files(package, declared)


def _findings_on_undeclared_files(package: Path, declared: list[str]) -> Iterator[Finding]:
    """Yield a finding for each file in data/ that `datapackage.json` does not declare.

    If data/ or one of its folders is a link, that is reported instead, and no link is followed.
    """
    folders = ("data", *(f"data/{name}" for name in FOLDERS))
    linked = [path for path in folders if (package / path).is_symlink()]
    for path in linked:
        yield make_finding(FILES, path, "This is a link, or lies behind one.", value=path)
    for file in sorted((package / "data").rglob("*")) if not linked else ():
        path = PurePosixPath(file.relative_to(package)).as_posix()
        if (file.is_symlink() or not file.is_dir()) and path not in declared:
            left = LEFT_BEHIND if file.name.startswith((".~lock.", "~$", ".DS_Store", "Thumbs.db")) else ""
            message = f"datapackage.json does not name this file.{did_you_mean(path, declared)}{left}"
            yield make_finding(FILES, path, message, value=path, fix=FILES.fix)
