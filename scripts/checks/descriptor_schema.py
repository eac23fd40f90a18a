"""A JSON Schema for what the check reads in `datapackage.json`; stricter than the official profile.

The profile allows things that we do not support: external schemas, composite foreign keys, disabled
constraints, and unknown (for example misspelt) properties.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb
import jsonschema
from jsonschema import ValidationError

from scripts.findings import did_you_mean
from scripts.package.contract import EDITORIAL, GROUPS
from scripts.package.release_record import A_VERSION
from scripts.package.sql_views import GATHERED, VIEWS

Json = dict[str, Any]
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


TEXT: Json = {"type": "string"}


def _object_schema(
    kind: str, required_names: str = "", optional_names: str = "", text_names: str = "", **properties: Json
) -> Json:
    """A schema for an object, given the names of its required, optional and text properties."""
    properties |= dict.fromkeys(text_names.split(), TEXT)
    told = {
        "known": [*required_names.split(), *optional_names.split(), *properties],
        "needed": required_names.split(),
    }
    return {"type": "object", "title": kind, "properties": properties} | told


NUMBER: Json = {"type": "number", "minimum": -1e15, "maximum": 1e15}  # floats beyond this are inexact
# Names that the check itself uses in SQL.
OUR_NAMES = ["line", "first", "role_uses", "placeholders", "asked", *VIEWS, *GATHERED]
NAME_IN_SQL: Json = {"pattern": "^[a-z][a-z0-9_]*$", "not": {"enum": OUR_NAMES}}
SWITCHED_ON: Json = {"const": True}
NAMES: Json = {"type": "array", "items": TEXT}
ONE_NAME = NAMES | {"minItems": 1, "maxItems": 1}
# Licences for data and for code, as SPDX identifiers. Add others here as needed.
LICENCES = ["CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "ODC-By-1.0", "ODbL-1.0", "PDDL-1.0", "MIT"]
ADDRESS: Json = {"pattern": r"^$|^https?://[A-Za-z0-9._-]+(:[0-9]+)?([/?#][^\s<>\"\\\\^`{|}]*)?$"}
PATH_OR_ADDRESS: Json = {"anyOf": [ADDRESS, {"pattern": r"^data(/[a-z_]+)+\.csv$"}]}
READ_LICENCES: Json = {"items": {"properties": {"name": {"enum": LICENCES}, "path": ADDRESS}}}
CATEGORY = _object_schema("category", "value label", text_names="value label description")
CATEGORIES: Json = {"type": "array", "items": CATEGORY}
CONSTRAINTS = _object_schema(
    "constraints",
    optional_names="minLength maxLength",
    required=SWITCHED_ON,
    unique=SWITCHED_ON,
    enum=NAMES,
    minimum=NUMBER,
    maximum=NUMBER,
    pattern=TEXT | {"format": "regex", "readable": True},
)
FIELD = _object_schema(
    "field",
    "name type title description",
    "example",
    "title description blank unit sameWordsAs",
    name=NAME_IN_SQL,
    type={"enum": ["string", "integer", "number", "date", "boolean"]},
    categories=CATEGORIES,
    listOf=CATEGORIES,
    constraints=CONSTRAINTS,
) | {"fitting": True}
REFERENCE = _object_schema("reference", "fields", "resource", fields=ONE_NAME)
SCHEMA = _object_schema(
    "schema",
    "fields primaryKey missingValues",
    fields={"type": "array", "items": FIELD},
    primaryKey=NAMES,
    foreignKeys={
        "items": _object_schema("foreign key", "fields reference", fields=ONE_NAME, reference=REFERENCE)
    },
    missingValues={"const": [""]},
)
DIALECT = _object_schema(
    "dialect",
    "delimiter header",
    delimiter={"const": ","},
    quoteChar={"const": '"'},
    doubleQuote=SWITCHED_ON,
    lineTerminator={"const": "\n"},
    header=SWITCHED_ON,
)
RESOURCE = _object_schema(
    "resource",
    "name type path title description format mediatype encoding licenses dialect schema",
    text_names="path title description",
    name=NAME_IN_SQL,
    licenses=READ_LICENCES,
    encoding={"const": "utf-8"},
    schema=SCHEMA,
    dialect=DIALECT,
    group={"enum": [*GROUPS, EDITORIAL]},
)
READ = _object_schema(
    "package",
    "$schema name title description version country licenses contributors sources resources",
    "id created",
    "title description country",
    **{"$schema": {"const": PROFILE}},
    version={"pattern": f"^$|^{A_VERSION.pattern}(-dev0)?$"},
    homepage=ADDRESS,
    licenses=READ_LICENCES,
    sources={"items": {"properties": {"path": PATH_OR_ADDRESS}}},
    keywords=NAMES,
    commonWords=CATEGORIES,
    resources={"items": RESOURCE},
)
NUMBERS_ONLY, TEXT_ONLY = {"minimum", "maximum"}, {"enum", "pattern", "minLength", "maxLength"}
NOT_FOR = defaultdict(set, string=NUMBERS_ONLY, integer=TEXT_ONLY, number=TEXT_ONLY)
NOT_FOR |= dict.fromkeys(("date", "boolean"), NUMBERS_ONLY | TEXT_ONLY)


@cache
def matches_regex(pattern: str, text: str) -> bool | None:
    """Return whether a pattern matches a whole text in DuckDB's linear-time engine.

    Returns None if DuckDB cannot read the pattern.
    """
    [[found]] = duckdb.execute("SELECT TRY(regexp_full_match(?, ?))", [text, pattern]).fetchall()
    answer: bool | None = found
    return answer


def _errors_for_missing_properties(
    validator: Any, names: list[str], value: Json, schema: Json
) -> Iterator[ValidationError]:
    """Yield an error for each missing property, as `required` does, but also for each blank one."""
    for name in names if validator.is_type(value, "object") else ():
        if value.get(name) in (None, "", [], {}):
            yield ValidationError(f"The {schema['title']} lacks {name}.", instance=name)


def _errors_for_unknown_properties(
    validator: Any, names: list[str], value: Json, schema: Json
) -> Iterator[ValidationError]:
    """Yield an error for each unknown property, as `additionalProperties` does, and suggest a name."""
    for name in sorted(value.keys() - set(names)) if validator.is_type(value, "object") else ():
        said = f"The property {name} is not known here ({schema['title']}).{did_you_mean(name, names)}"
        yield ValidationError(said, instance=name)


def _errors_for_misapplied_constraints(
    validator: Any, is_asked: bool, field: Json, schema: Json
) -> Iterator[ValidationError]:
    """Yield an error for each constraint that does not apply to the type of its column."""
    constraints = field.get("constraints", {})
    for name in sorted(constraints.keys() & NOT_FOR[str(field.get("type"))]):
        yield ValidationError(f"The constraint {name} says nothing about a {field['type']}.", instance=name)


def _error_for_unreadable_pattern(
    validator: Any, is_asked: bool, pattern: str, schema: Json
) -> Iterator[ValidationError]:
    """Yield an error for a pattern that DuckDB cannot read.

    JSON Schema's `format` finds patterns that Python cannot read.
    """
    if matches_regex(pattern, "") is None:
        yield ValidationError("The pattern cannot be read as a regular expression.", instance=pattern)


def _errors_unless_one_form_fits(
    validator: Any, forms: list[Json], value: Any, schema: Json
) -> Iterator[ValidationError]:
    """Yield the errors of JSON Schema's `oneOf`, unless exactly one form is valid for the value.

    Only forms that allow the value's type are tried at first, which saves time.
    """
    fitting = (form for form in forms if _is_type_allowed_by_form(form, value))
    if sum(validator.evolve(schema=form).is_valid(value) for form in fitting) != 1:
        yield from jsonschema.Draft7Validator.VALIDATORS["oneOf"](validator, forms, value, schema)


def _is_type_allowed_by_form(form: Json, value: Any) -> bool:
    """Return whether a form allows the type of an object.

    An object that gives no type is taken to have the first type that the form lists.
    """
    allowed = form.get("properties", {}).get("type", {}).get("enum")
    return not allowed or not isinstance(value, dict) or value.get("type", allowed[0]) in allowed


Validator: Any = jsonschema.validators.extend(
    jsonschema.Draft7Validator,
    {
        "needed": _errors_for_missing_properties,
        "known": _errors_for_unknown_properties,
        "fitting": _errors_for_misapplied_constraints,
        "readable": _error_for_unreadable_pattern,
        "oneOf": _errors_unless_one_form_fits,
    },
)
