"""Is `datapackage.json` a contract that can be kept? Stricter than frictionless, which skips typos."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb
import jsonschema
from jsonschema.exceptions import best_match

from scripts.checks import contract_words, json_words
from scripts.checks.contract_schema import READ, Json
from scripts.checks.descriptor_rules import (
    COMPLETE,
    FILES,
    FORM,
    KEYS,
    OFFICIAL,
    PROPERTY,
    READABLE,
)
from scripts.checks.descriptor_rules import RULES as RULES
from scripts.checks.json_place import line_of
from scripts.checks.subject import Subject
from scripts.findings import Finding, did_you_mean, finding, is_derived
from scripts.package.contract import EDITORIAL
from scripts.package.files import MERGED, NotPlain, merge_mark, read_text
from scripts.package.opening import DESCRIPTOR

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

KNOWN = {
    "package": "$schema name id title description version country created homepage licenses contributors "
    "sources keywords commonWords resources includedInDataCatalog",
    "resource": "name type path title description format mediatype encoding licenses dialect schema "
    "mayBeEmpty group",
    "dialect": "delimiter quoteChar doubleQuote lineTerminator header",
    "schema": "fields primaryKey foreignKeys missingValues",
    "field": "name type title description blank unit example sameWordsAs categories constraints",
    "category": "value label description",
    "constraints": "required unique enum pattern minimum maximum minLength maxLength",
    "foreign key": "fields reference",
    "reference": "resource fields",
}
NEEDED = {
    "package": "$schema name title description version country licenses contributors sources resources",
    "resource": "name type path title description format mediatype encoding licenses dialect schema",
    "dialect": "delimiter header",
    "schema": "fields primaryKey missingValues",
    "field": "name type title description",
    "category": "value label",
    "foreign key": "fields reference",
    "reference": "fields",
}
LEFT_BEHIND = " A program left it behind: close the program, then delete the file."
SETTINGS = f"data/{EDITORIAL}/"
OLDER = f"This contract is older than this check: settings of the site lie in {SETTINGS} now."
MOVE = f"Bring in main (git merge main), or move each file: git mv data/NAME.csv {SETTINGS}NAME.csv."
TYPES = ("string", "integer", "number")
NUMBERS_ONLY, TEXT_ONLY = {"minimum", "maximum"}, {"enum", "pattern", "minLength", "maxLength"}
NOT_FOR = defaultdict(set, string=NUMBERS_ONLY, integer=TEXT_ONLY, number=TEXT_ONLY)


def check(subject: Subject) -> list[Finding]:
    """List the faults of the descriptor, then of the files that it names, for which it must be sound."""
    folder = subject.package.folder
    try:
        found, descriptor = _judged(read_text(folder, folder / DESCRIPTOR))
    except NotPlain as error:
        return [finding(READABLE, DESCRIPTOR, str(error))]
    found = found or tuple(_file_faults(folder, descriptor))
    return [one for one in found if subject.package.with_derived or not is_derived(one.table)]


@lru_cache(maxsize=8)  # a process checks one text many times; nobody changes what is returned
def _judged(text: str) -> tuple[tuple[Finding, ...], Json]:
    """The faults that the text alone shows, and what it says where it has none."""
    if line := merge_mark(text):
        return (finding(READABLE, DESCRIPTOR, MERGED, line=line),), {}
    if json_words.is_too_deep(text):
        return (finding(READABLE, DESCRIPTOR, json_words.TOO_DEEP),), {}
    try:
        descriptor = json.loads(
            text,
            object_pairs_hook=_without_doubles,
            parse_constant=_no_number,
            parse_int=json_words.whole_number,
        )
        json.dumps(descriptor, ensure_ascii=False).encode()
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        return (finding(READABLE, DESCRIPTOR, json_words.why_unreadable(error), line=line),), {}
    if not isinstance(descriptor, dict):
        return (finding(READABLE, DESCRIPTOR, "The file does not hold a JSON object."),), {}
    looks = (_age_faults, _form_faults, _property_faults, _key_faults, contract_words.faults)
    for look in (lambda _: profile_faults(text), *looks):
        if found := list(look(descriptor)):  # each group of questions trusts the one before
            return tuple(replace(one, line=line_of(text, descriptor, one.field)) for one in found), {}
    return (), descriptor


def _age_faults(descriptor: Json) -> Iterator[Finding]:
    """One sentence on a contract of before, in place of one for each table."""
    if "'group': 'housekeeping'" in str(descriptor.get("resources")):
        yield finding(FORM, DESCRIPTOR, OLDER, fix=MOVE)


@lru_cache(maxsize=8)
def profile_faults(text: str) -> tuple[Finding, ...]:
    """What the official profile forbids: slow, and without a database, so that a browser begins with it."""
    return tuple(_profile_faults(json.loads(text)))


def _without_doubles(pairs: list[tuple[str, Any]]) -> Json:
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise ValueError(f"the property {name} stands twice in one object")
    return dict(pairs)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _one_of(validator: Any, forms: list[Json], instance: Any, schema: Json) -> Iterator[Any]:
    """`oneOf` of JSON Schema. The profile has 15 forms of a field: those of another type are not tried."""
    fitting = (form for form in forms if _may_have(form, instance))
    if sum(validator.evolve(schema=form).is_valid(instance) for form in fitting) != 1:
        yield from jsonschema.Draft7Validator.VALIDATORS["oneOf"](validator, forms, instance, schema)


def _items(validator: Any, form: Json, instance: Any, schema: Json) -> Iterator[Any]:
    """`items` of JSON Schema. One process judges many contracts, and most of each was sound in another."""
    for place, item in enumerate(instance if isinstance(instance, list) else ()):
        told = (id(form), json.dumps(item))
        if told not in _sound:
            faults = list(validator.descend(item, form, path=place))
            _sound.update(() if faults else (told,))
            yield from faults


_sound: set[tuple[int, str]] = set()  # by the form, which is kept, and the text of an item


def _may_have(form: Json, instance: Any) -> bool:
    """Is the type of this object one that the form allows, as far as its words tell?"""
    allowed = form.get("properties", {}).get("type", {}).get("enum")
    return not allowed or not isinstance(instance, dict) or instance.get("type", allowed[0]) in allowed


QUICKER: Any = jsonschema.validators.extend(jsonschema.Draft7Validator, {"oneOf": _one_of, "items": _items})


@cache
def profile() -> Any:
    """The official profile, as a validator."""
    file = resources.files(__package__) / "profiles" / "datapackage-2.0.json"
    return QUICKER(json.loads(file.read_text(encoding="utf-8")))


def _profile_faults(descriptor: Json) -> Iterator[Finding]:
    for error in profile().iter_errors(descriptor):
        closest = best_match([error])
        place = ".".join(str(part) for part in closest.absolute_path)
        value = closest.instance if isinstance(closest.instance, str | int | float) else ""
        yield finding(OFFICIAL, DESCRIPTOR, _words(closest), field=place, value=value)
    if descriptor.get("$schema") != PROFILE:
        message = f"$schema is not {PROFILE}."
        yield finding(OFFICIAL, DESCRIPTOR, message, field="$schema", value=descriptor.get("$schema"))


def _words(error: jsonschema.ValidationError) -> str:
    """Say the error without the regular expression or the whole object that jsonschema prints."""
    if error.validator in ("anyOf", "oneOf"):
        return "The object has none of the forms that the profile allows."
    if error.validator == "pattern":
        return f"The profile asks for another form. {error.schema.get('description', '')}".strip()
    return json_words.of_form(error)


def _form_faults(descriptor: Json) -> Iterator[Finding]:
    for error in QUICKER(READ).iter_errors(descriptor):
        place = ".".join(str(part) for part in error.absolute_path)
        value = json.dumps(error.instance, ensure_ascii=False)
        yield finding(FORM, DESCRIPTOR, json_words.of_form(error), field=place, value=value)


def _parts(descriptor: Json) -> Iterator[tuple[str, str, Json]]:
    """Walk all objects with their kind and their place."""
    yield "package", "", descriptor
    yield from (("category", "commonWords", one) for one in descriptor.get("commonWords", []))
    for resource in descriptor["resources"]:
        place = str(resource.get("name", ""))
        schema = resource.get("schema", {})
        yield "resource", place, resource
        yield "dialect", f"{place}.dialect", resource.get("dialect", {})
        yield "schema", f"{place}.schema", schema
        for field in schema.get("fields", []):
            yield "field", f"{place}.{field.get('name', '')}", field
            yield "constraints", f"{place}.{field.get('name', '')}", field.get("constraints", {})
            for one in field.get("categories", []):
                yield "category", f"{place}.{field.get('name', '')}", one
        for key in schema.get("foreignKeys", []):
            yield "foreign key", f"{place}.foreignKeys", key
            yield "reference", f"{place}.foreignKeys", key.get("reference", {})


def _property_faults(descriptor: Json) -> Iterator[Finding]:
    for kind, place, part in _parts(descriptor):
        known = KNOWN[kind].split()
        for name in sorted(part.keys() - set(known)):
            message = f"The property {name} is not known here ({kind}).{did_you_mean(name, known)}"
            yield finding(PROPERTY, DESCRIPTOR, message, field=place, value=name)
        for name in NEEDED.get(kind, "").split():
            if part.get(name) in (None, "", [], {}):
                yield finding(COMPLETE, DESCRIPTOR, f"The {kind} lacks {name}.", field=place, value=name)
        if kind == "field" and part.get("type") not in TYPES:
            message = f"The type is not one of {', '.join(TYPES)}."
            yield finding(COMPLETE, DESCRIPTOR, message, field=place, value=part.get("type"))
        if kind == "field":
            for name in sorted(part.get("constraints", {}).keys() & NOT_FOR[str(part.get("type"))]):
                message = f"The constraint {name} says nothing about a {part['type']}."
                yield finding(FORM, DESCRIPTOR, message, field=place, value=name)
        if kind == "constraints" and not _is_readable(part.get("pattern", "")):
            message = "The pattern cannot be read as a regular expression."
            yield finding(FORM, DESCRIPTOR, message, field=place, value=part["pattern"])


@cache
def _is_readable(pattern: str) -> bool:
    """Can DuckDB read it, and Python, in which the public validator is written?"""
    try:
        re.compile(f"^{pattern}$")
    except re.error:
        return False
    [[tried]] = duckdb.execute("SELECT TRY(regexp_matches('', ?))", [pattern]).fetchall()
    return tried is not None


def _key_faults(descriptor: Json) -> Iterator[Finding]:
    columns = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in descriptor["resources"]
    }
    is_editorial = {one["name"]: one["path"].startswith(SETTINGS) for one in descriptor["resources"]}
    for resource in descriptor["resources"]:
        name, schema = resource["name"], resource["schema"]
        if is_editorial[name] != (resource.get("group") == EDITORIAL):
            message = f"Tables of the group {EDITORIAL} lie in {SETTINGS}, and no others."
            yield finding(FILES, DESCRIPTOR, message, field=name, value=resource["path"])
        for column, times in Counter(columns[name]).items():
            if times > 1:
                message = f"The table has {times} columns {column}."
                yield finding(KEYS, DESCRIPTOR, message, field=name, value=f"{name}.{column}")
        wanted = [(name, column) for column in schema["primaryKey"]]
        for key in schema.get("foreignKeys", []):
            wanted += [(name, column) for column in key["fields"]]
            target = key["reference"].get("resource", name)
            wanted += [(target, column) for column in key["reference"]["fields"]]
        for table, column in wanted:
            if column not in columns.get(table, []):
                message = f"There is no column {column} in a table {table}."
                yield finding(KEYS, DESCRIPTOR, message, field=name, value=f"{table}.{column}")
            elif is_editorial[table] > is_editorial[name]:
                message = f"The table is released, and {table}, to which it refers, is not."
                yield finding(KEYS, DESCRIPTOR, message, field=name, value=f"{table}.{column}")


def _file_faults(package: Path, descriptor: Json) -> Iterator[Finding]:
    declared = [resource["path"] for resource in descriptor["resources"]]
    names = [resource["name"] for resource in descriptor["resources"]]
    for value, times in Counter([*declared, *names]).items():
        if times > 1:
            yield finding(FILES, DESCRIPTOR, "Two tables share this name or path.", value=value)
    settings = (path.removeprefix(SETTINGS) for path in declared if path.startswith(SETTINGS))
    if old := ", ".join(name for name in settings if (package / "data" / name).is_file()):
        message = f"Of data/ these lie in {SETTINGS} now: {old}."
        yield finding(FILES, DESCRIPTOR, message, value="data/", fix=MOVE)
        return
    for path in declared:
        if not re.fullmatch(rf"data/((derived|{EDITORIAL})/)?[a-z_]+\.csv", path):
            message = f"A path is data/NAME.csv, data/derived/NAME.csv or {SETTINGS}NAME.csv."
            yield finding(FILES, DESCRIPTOR, message, value=path)
        elif not (package / path).exists():
            yield finding(FILES, path, "datapackage.json names this file, but it is not there.", value=path)
    folders = ("data", "data/derived", SETTINGS.removesuffix("/"))
    linked = [path for path in folders if (package / path).is_symlink()]
    for path in linked:
        yield finding(FILES, path, "This is a link, or lies behind one.", value=path)
    for file in sorted((package / "data").rglob("*")) if not linked else ():
        path = PurePosixPath(file.relative_to(package)).as_posix()
        if (file.is_symlink() or not file.is_dir()) and path not in declared:
            left = LEFT_BEHIND if file.name.startswith((".~lock.", "~$", ".DS_Store", "Thumbs.db")) else ""
            message = f"datapackage.json does not name this file.{did_you_mean(path, declared)}{left}"
            yield finding(FILES, path, message, value=path, fix=FILES.mend)
