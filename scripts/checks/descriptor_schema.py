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


def _object(kind: str, needed: str = "", known: str = "", texts: str = "", **properties: Json) -> Json:
    """A schema for an object with some required and some optional properties, some of them text."""
    properties |= dict.fromkeys(texts.split(), TEXT)
    told = {"known": [*needed.split(), *known.split(), *properties], "needed": needed.split()}
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
CATEGORY = _object("category", "value label", texts="value label description")
CATEGORIES: Json = {"type": "array", "items": CATEGORY}
CONSTRAINTS = _object(
    "constraints",
    known="minLength maxLength",
    required=SWITCHED_ON,
    unique=SWITCHED_ON,
    enum=NAMES,
    minimum=NUMBER,
    maximum=NUMBER,
    pattern=TEXT | {"format": "regex", "readable": True},
)
FIELD = _object(
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
REFERENCE = _object("reference", "fields", "resource", fields=ONE_NAME)
SCHEMA = _object(
    "schema",
    "fields primaryKey missingValues",
    fields={"type": "array", "items": FIELD},
    primaryKey=NAMES,
    foreignKeys={"items": _object("foreign key", "fields reference", fields=ONE_NAME, reference=REFERENCE)},
    missingValues={"const": [""]},
)
DIALECT = _object(
    "dialect",
    "delimiter header",
    delimiter={"const": ","},
    quoteChar={"const": '"'},
    doubleQuote=SWITCHED_ON,
    lineTerminator={"const": "\n"},
    header=SWITCHED_ON,
)
RESOURCE = _object(
    "resource",
    "name type path title description format mediatype encoding licenses dialect schema",
    texts="path title description",
    name=NAME_IN_SQL,
    licenses=READ_LICENCES,
    encoding={"const": "utf-8"},
    schema=SCHEMA,
    dialect=DIALECT,
    group={"enum": [*GROUPS, EDITORIAL]},
)
READ = _object(
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
def matches(pattern: str, text: str) -> bool | None:
    """Match a text using DuckDB's linear-time engine; None for a pattern that it cannot read."""
    [[found]] = duckdb.execute("SELECT TRY(regexp_full_match(?, ?))", [text, pattern]).fetchall()
    answer: bool | None = found
    return answer


def _needed(validator: Any, names: list[str], part: Json, schema: Json) -> Iterator[ValidationError]:
    """JSON Schema's `required`, except that a blank counts as missing."""
    for name in names if validator.is_type(part, "object") else ():
        if part.get(name) in (None, "", [], {}):
            yield ValidationError(f"The {schema['title']} lacks {name}.", instance=name)


def _known(validator: Any, names: list[str], part: Json, schema: Json) -> Iterator[ValidationError]:
    """JSON Schema's `additionalProperties`, with a suggestion for a misspelt name."""
    for name in sorted(part.keys() - set(names)) if validator.is_type(part, "object") else ():
        said = f"The property {name} is not known here ({schema['title']}).{did_you_mean(name, names)}"
        yield ValidationError(said, instance=name)


def _misapplied_constraints(
    validator: Any, is_asked: bool, field: Json, schema: Json
) -> Iterator[ValidationError]:
    """Yield constraints that do not apply to the type of their column."""
    constraints = field.get("constraints", {})
    for name in sorted(constraints.keys() & NOT_FOR[str(field.get("type"))]):
        yield ValidationError(f"The constraint {name} says nothing about a {field['type']}.", instance=name)


def _readable(validator: Any, is_asked: bool, pattern: str, schema: Json) -> Iterator[ValidationError]:
    """Yield patterns that DuckDB cannot read; JSON Schema's `format` finds those that Python cannot."""
    if matches(pattern, "") is None:
        yield ValidationError("The pattern cannot be read as a regular expression.", instance=pattern)


def _one_of(validator: Any, forms: list[Json], part: Any, schema: Json) -> Iterator[ValidationError]:
    """JSON Schema's `oneOf`, but trying only the forms that allow the field's type."""
    fitting = (form for form in forms if _is_allowed_type(form, part))
    if sum(validator.evolve(schema=form).is_valid(part) for form in fitting) != 1:
        yield from jsonschema.Draft7Validator.VALIDATORS["oneOf"](validator, forms, part, schema)


def _is_allowed_type(form: Json, part: Any) -> bool:
    """Return whether the form allows this object's type; without one, the form's first type is assumed."""
    allowed = form.get("properties", {}).get("type", {}).get("enum")
    return not allowed or not isinstance(part, dict) or part.get("type", allowed[0]) in allowed


Validator: Any = jsonschema.validators.extend(
    jsonschema.Draft7Validator,
    {
        "needed": _needed,
        "known": _known,
        "fitting": _misapplied_constraints,
        "readable": _readable,
        "oneOf": _one_of,
    },
)
