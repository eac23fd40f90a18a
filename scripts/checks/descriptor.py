"""Is `datapackage.json` a contract that can be kept? Stricter than frictionless, which skips typos."""

import difflib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb
import jsonschema
from jsonschema.exceptions import best_match

from scripts.checks.plain_file import NotPlain, read_text
from scripts.checks.subject import Subject
from scripts.findings import Finding, Rule, finding, is_derived

NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

READABLE = Rule(
    "descriptor-readable",
    "datapackage.json is JSON in UTF-8",
    "Every check starts from the contract.",
    "Open the file in an editor that knows JSON and mend the place that is named.",
)
OFFICIAL = Rule(
    "descriptor-profile",
    "The descriptor satisfies the official Data Package 2.0 profile",
    "Other tools read the package by that profile.",
    "Change the property as the profile asks.",
)
PROPERTY = Rule(
    "descriptor-property",
    "Every property has a known name",
    "A misspelt property, such as constraint for constraints, is skipped by readers without a word.",
    "Correct the name, or remove the property.",
)
COMPLETE = Rule(
    "descriptor-complete",
    "Licence, version, source, dialect, and words for every column are there",
    "A column without title and description cannot be read by a stranger.",
    "Add the property that is named.",
)
FORM = Rule(
    "descriptor-form",
    "Properties have the form and the values that the check reads",
    "Another delimiter or another word for missing shows other readers other data.",
    "Give the property the value or the form that the message names.",
)
FILES = Rule(
    "descriptor-files",
    "The files of data/ are those of the contract, each once, inside the package",
    "A file that no one declared is not checked, and a path that leaves the package is not ours.",
    "Delete the file, or give it the path that datapackage.json names, or add it there.",
)
KEYS = Rule(
    "descriptor-keys",
    "Keys name columns that exist",
    "A key that points nowhere is never checked.",
    "Name a table and a column that the contract has.",
)
TABLES = Rule(
    "descriptor-tables",
    "Every table that a rule reads is in the contract, and in its folder",
    "A rule without its table checks nothing.",
    "Put the table back in datapackage.json and in data/, or take the rule out of scripts/checks/rules/.",
)
RULES = (READABLE, OFFICIAL, FORM, PROPERTY, COMPLETE, FILES, KEYS, TABLES)

KNOWN = {
    "package": "$schema name id title description version created homepage licenses contributors "
    "sources keywords resources",
    "resource": "name type path title description format mediatype encoding licenses dialect schema "
    "mayBeEmpty",
    "dialect": "delimiter quoteChar doubleQuote lineTerminator header",
    "schema": "fields primaryKey foreignKeys missingValues",
    "field": "name type title description unit example constraints",
    "constraints": "required unique enum pattern minimum maximum minLength maxLength",
    "foreign key": "fields reference",
    "reference": "resource fields",
}
NEEDED = {
    "package": "$schema name title description version created licenses contributors sources resources",
    "resource": "name type path title description format mediatype encoding licenses dialect schema",
    "dialect": "delimiter header",
    "schema": "fields primaryKey missingValues",
    "field": "name type title description",
    "foreign key": "fields reference",
    "reference": "fields",
}
LEFT_BEHIND = " A program left it behind: close the program, then delete the file."
TYPES = ("string", "integer", "number")
NUMBERS_ONLY, TEXT_ONLY = {"minimum", "maximum"}, {"enum", "pattern", "minLength", "maxLength"}
NOT_FOR = defaultdict(set, string=NUMBERS_ONLY, integer=TEXT_ONLY, number=TEXT_ONLY)
VIEWS = ("text_cells", "texts", "cells_with_reason", "keys_of_rows", "role_uses")  # the check's own

Json = dict[str, Any]


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties}


# The profile allows more than the check reads: schemas in other files, keys of several columns
# that point elsewhere, constraints that are switched off.
TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "number", "minimum": -1e15, "maximum": 1e15}  # beyond, floats lose units
NAME_IN_SQL: Json = {"pattern": "^[a-z][a-z0-9_]*$", "not": {"enum": ["line", "first", *VIEWS]}}
SWITCHED_ON: Json = {"const": True}
NAMES: Json = {"type": "array", "items": TEXT}
ONE_NAME = NAMES | {"minItems": 1, "maxItems": 1}
READ_FIELD = _object(
    name=NAME_IN_SQL,
    unit=TEXT,
    constraints=_object(
        required=SWITCHED_ON, unique=SWITCHED_ON, enum=NAMES, minimum=NUMBER, maximum=NUMBER, pattern=TEXT
    ),
)
READ_SCHEMA = _object(
    fields={"type": "array", "items": READ_FIELD},
    primaryKey=NAMES,
    foreignKeys={"items": _object(fields=ONE_NAME, reference=_object(fields=ONE_NAME))},
    missingValues={"const": [""]},
)
READ_DIALECT = _object(
    delimiter={"const": ","},
    quoteChar={"const": '"'},
    doubleQuote=SWITCHED_ON,
    lineTerminator={"const": "\n"},
    header=SWITCHED_ON,
)
READ_RESOURCE = _object(
    name=NAME_IN_SQL,
    path=TEXT,
    encoding={"const": "utf-8"},
    schema=READ_SCHEMA,
    dialect=READ_DIALECT,
    mayBeEmpty=SWITCHED_ON,
)
READ = _object(resources={"items": READ_RESOURCE})


def check(subject: Subject) -> list[Finding]:
    """List the faults of the descriptor; each group of questions trusts the one before."""
    try:
        text = read_text(subject.folder, subject.folder / NAME)
        descriptor = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_number)
        json.dumps(descriptor, ensure_ascii=False).encode()
    except NotPlain as error:
        return [finding(READABLE, NAME, str(error))]
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        return [finding(READABLE, NAME, f"The file cannot be read: {error}.", line)]
    if not isinstance(descriptor, dict):
        return [finding(READABLE, NAME, "The file does not hold a JSON object.")]
    for look in (_profile_faults, _form_faults, _property_faults, _key_faults):
        found = list(look(descriptor))
        if found:
            return found
    found = list(_file_faults(subject.folder, descriptor))
    return found if subject.with_derived else [one for one in found if not is_derived(one.table)]


def _without_doubles(pairs: list[tuple[str, Any]]) -> Json:
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise ValueError(f"the property {name} stands twice in one object")
    return dict(pairs)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _profile_faults(descriptor: Json) -> Iterator[Finding]:
    file = resources.files("dplib") / "profiles" / "2.0" / "datapackage.json"
    profile = json.loads(file.read_text(encoding="utf-8"))
    for error in jsonschema.Draft7Validator(profile).iter_errors(descriptor):
        closest = best_match([error])
        place = ".".join(str(part) for part in closest.absolute_path)
        value = closest.instance if isinstance(closest.instance, str | int | float) else ""
        yield finding(OFFICIAL, NAME, _words(closest), field=place, value=value)
    if descriptor.get("$schema") != PROFILE:
        message = f"$schema is not {PROFILE}."
        yield finding(OFFICIAL, NAME, message, field="$schema", value=descriptor.get("$schema"))


def _words(error: jsonschema.ValidationError) -> str:
    """Say the error without the regular expression or the whole object that jsonschema prints."""
    if error.validator in ("anyOf", "oneOf"):
        return "The object has none of the forms that the profile allows."
    if error.validator == "pattern":
        return f"The profile asks for another form. {error.schema.get('description', '')}".strip()
    return f"{error.message}."


def _form_faults(descriptor: Json) -> Iterator[Finding]:
    for error in jsonschema.Draft7Validator(READ).iter_errors(descriptor):
        place = ".".join(str(part) for part in error.absolute_path)
        value = json.dumps(error.instance, ensure_ascii=False)
        yield finding(FORM, NAME, f"{error.message}.", field=place, value=value)


def _parts(descriptor: Json) -> Iterator[tuple[str, str, Json]]:
    """Walk all objects with their kind and their place."""
    yield "package", "", descriptor
    for resource in descriptor["resources"]:
        place = str(resource.get("name", ""))
        schema = resource.get("schema", {})
        yield "resource", place, resource
        yield "dialect", f"{place}.dialect", resource.get("dialect", {})
        yield "schema", f"{place}.schema", schema
        for field in schema.get("fields", []):
            yield "field", f"{place}.{field.get('name', '')}", field
            yield "constraints", f"{place}.{field.get('name', '')}", field.get("constraints", {})
        for key in schema.get("foreignKeys", []):
            yield "foreign key", f"{place}.foreignKeys", key
            yield "reference", f"{place}.foreignKeys", key.get("reference", {})


def _property_faults(descriptor: Json) -> Iterator[Finding]:
    for kind, place, part in _parts(descriptor):
        known = KNOWN[kind].split()
        for name in sorted(part.keys() - set(known)):
            close = difflib.get_close_matches(name, known, 1)
            hint = f" Did you mean {close[0]}?" if close else ""
            message = f"The property {name} is not known here ({kind}).{hint}"
            yield finding(PROPERTY, NAME, message, 0, place, name)
        for name in NEEDED.get(kind, "").split():
            if part.get(name) in (None, "", [], {}):
                yield finding(COMPLETE, NAME, f"The {kind} lacks {name}.", 0, place, name)
        if kind == "field" and part.get("type") not in TYPES:
            message = f"The type is not one of {', '.join(TYPES)}."
            yield finding(COMPLETE, NAME, message, 0, place, part.get("type"))
        if kind == "field":
            for name in sorted(part.get("constraints", {}).keys() & NOT_FOR[str(part.get("type"))]):
                message = f"The constraint {name} says nothing about a {part['type']}."
                yield finding(FORM, NAME, message, 0, place, name)
        if kind == "constraints" and not _is_readable(part.get("pattern", "")):
            message = "The pattern cannot be read as a regular expression."
            yield finding(FORM, NAME, message, 0, place, part["pattern"])


@cache
def _is_readable(pattern: str) -> bool:
    try:
        duckdb.execute("SELECT regexp_matches('', ?)", [pattern]).fetchall()
    except duckdb.Error:
        return False
    return True


def _key_faults(descriptor: Json) -> Iterator[Finding]:
    columns = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in descriptor["resources"]
    }
    for resource in descriptor["resources"]:
        name, schema = resource["name"], resource["schema"]
        for column, times in Counter(columns[name]).items():
            if times > 1:
                message = f"The table has {times} columns {column}."
                yield finding(KEYS, NAME, message, field=name, value=f"{name}.{column}")
        wanted = [(name, column) for column in schema["primaryKey"]]
        for key in schema.get("foreignKeys", []):
            wanted += [(name, column) for column in key["fields"]]
            target = key["reference"].get("resource", name)
            wanted += [(target, column) for column in key["reference"]["fields"]]
        for table, column in wanted:
            if column not in columns.get(table, []):
                message = f"There is no column {column} in a table {table}."
                yield finding(KEYS, NAME, message, field=name, value=f"{table}.{column}")


def _file_faults(package: Path, descriptor: Json) -> Iterator[Finding]:
    declared = [resource["path"] for resource in descriptor["resources"]]
    names = [resource["name"] for resource in descriptor["resources"]]
    for value, times in Counter([*declared, *names]).items():
        if times > 1:
            yield finding(FILES, NAME, "Two tables share this name or path.", value=value)
    for path in declared:
        if not re.fullmatch(r"data/(derived/)?[a-z_]+\.csv", path):
            yield finding(FILES, NAME, "A path is data/NAME.csv or data/derived/NAME.csv.", value=path)
        elif not (package / path).exists():
            yield finding(FILES, path, "datapackage.json names this file, but it is not there.", value=path)
    linked = [path for path in ("data", "data/derived") if (package / path).is_symlink()]
    for path in linked:
        yield finding(FILES, path, "This is a link, or lies behind one.", value=path)
    for file in sorted((package / "data").rglob("*")) if not linked else ():
        path = PurePosixPath(file.relative_to(package)).as_posix()
        if (file.is_symlink() or not file.is_dir()) and path not in declared:
            close = difflib.get_close_matches(path, declared, 1)
            hint = f" Did you mean {close[0]}?" if close else ""
            left = LEFT_BEHIND if file.name.startswith((".~lock.", "~$", ".DS_Store", "Thumbs.db")) else ""
            message = f"datapackage.json does not name this file.{hint}{left}"
            yield finding(FILES, path, message, value=path, fix=FILES.mend)
