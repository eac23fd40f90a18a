"""What the check reads of `datapackage.json`, as a JSON Schema: less than the profile allows."""

from typing import Any

from scripts.package.contract import EDITORIAL, GROUPS
from scripts.package.record_file import A_VERSION
from scripts.package.views import GATHERED, VIEWS

Json = dict[str, Any]


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties}


# The profile allows more than the check reads: schemas in other files, keys of several columns
# that point elsewhere, constraints that are switched off.
TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "number", "minimum": -1e15, "maximum": 1e15}  # beyond, floats lose units
OUR_NAMES = [
    "line",
    "first",
    "role_uses",
    "placeholders",
    *VIEWS,
    *GATHERED,
]  # of what the check makes itself
NAME_IN_SQL: Json = {"pattern": "^[a-z][a-z0-9_]*$", "not": {"enum": OUR_NAMES}}
SWITCHED_ON: Json = {"const": True}
NAMES: Json = {"type": "array", "items": TEXT}
ONE_NAME = NAMES | {"minItems": 1, "maxItems": 1}
# Licences for data and for code, by their names in the list of SPDX. Whoever needs another adds it here.
LICENCES = ["CC-BY-4.0", "CC0-1.0", "CC-BY-SA-4.0", "ODC-By-1.0", "ODbL-1.0", "PDDL-1.0", "MIT"]
ADDRESS: Json = {"pattern": r"^$|^https?://[A-Za-z0-9._-]+(:[0-9]+)?([/?#][^\s<>\"\\\\^`{|}]*)?$"}
PATH_OR_ADDRESS: Json = {"anyOf": [ADDRESS, {"pattern": r"^data(/[a-z_]+)+\.csv$"}]}
READ_LICENCES: Json = {"items": _object(name={"enum": LICENCES}, path=ADDRESS)}
CATEGORIES: Json = {"type": "array", "items": _object(value=TEXT, label=TEXT, description=TEXT)}
READ_FIELD = _object(
    name=NAME_IN_SQL,
    title=TEXT,
    description=TEXT,
    blank=TEXT,
    unit=TEXT,
    sameWordsAs=TEXT,
    categories=CATEGORIES,
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
    title=TEXT,
    description=TEXT,
    licenses=READ_LICENCES,
    encoding={"const": "utf-8"},
    schema=READ_SCHEMA,
    dialect=READ_DIALECT,
    mayBeEmpty=SWITCHED_ON,
    group={"enum": [*GROUPS, EDITORIAL]},
)
READ = _object(
    title=TEXT,
    description=TEXT,
    version={"pattern": f"^$|^{A_VERSION.pattern}(-dev0)?$"},
    country=TEXT,
    homepage=ADDRESS,
    includedInDataCatalog=ADDRESS,
    licenses=READ_LICENCES,
    sources={"items": _object(path=PATH_OR_ADDRESS)},
    keywords=NAMES,
    commonWords=CATEGORIES,
    resources={"items": READ_RESOURCE},
)
