"""What the public validator says, in our words: each kind of its errors under a rule, at its cell.

Whatever it quotes from a file is hostile text, so it is shown on one line, and not in full.
"""

import re
from typing import Any

from scripts.checks.descriptor_rules import NAME
from scripts.findings import LONGEST_MESSAGE, Finding, Rule, finding, shown
from scripts.package.contract import Field, Table

TYPE = Rule(
    "frictionless-type",
    "The public validator reads every number",
    "A reader who opens the package with it finds no number in this cell.",
    "Write a plain number, or leave the cell blank and fill its reason.",
)
CONSTRAINT = Rule(
    "frictionless-constraint",
    "The public validator finds every cell within what its column allows",
    "Readers rely on the contract, and this is how they test it.",
    "Correct the cell; or the constraint in datapackage.json, where that is wrong.",
)
KEY = Rule(
    "frictionless-key",
    "The public validator finds each key once",
    "Two spellings of one number are one key to a reader who compares numbers.",
    "Use the row that is there already, or correct the key of this one.",
)
REFERENCE = Rule(
    "frictionless-reference",
    "The public validator finds each key of another table there",
    "A row that points nowhere cannot be followed.",
    "Correct the key, or add the row it points to.",
)
CELLS = Rule(
    "frictionless-cells",
    "The public validator reads each line as one row",
    "Where two readers cut a line in two ways, one of them puts values under the wrong names.",
    "Give the row as many cells as the header, with quotes around a cell that holds a comma or a quote.",
)
HEADER = Rule(
    "frictionless-header",
    "The public validator finds the columns of the contract",
    "A column under another name is another column to a reader.",
    "Give the file the columns that datapackage.json names, in that order.",
)
FILE = Rule(
    "frictionless-file",
    "The public validator can open each file, and finds it whole",
    "A reader gets no table from a file that it refuses.",
    "Save the table again as CSV in UTF-8, or correct the size or the hash that datapackage.json gives.",
)
DESCRIPTOR = Rule(
    "frictionless-descriptor",
    "The public validator accepts datapackage.json",
    "It reads no table of a contract that it refuses.",
    "Correct what the message names in datapackage.json.",
)
OTHER = Rule(
    "frictionless-other",
    "The public validator finds nothing else",
    "This check must never be more lenient than one that any reader can run.",
    "See the error in full with “frictionless validate datapackage.json”, and correct what it names.",
)
RULES = (TYPE, CONSTRAINT, KEY, REFERENCE, CELLS, HEADER, FILE, DESCRIPTOR, OTHER)

KINDS = {  # its name for an error: our rule and our words
    "type-error": (TYPE, "The public validator does not read this as {type}."),
    "constraint-error": (CONSTRAINT, "{constraint}"),
    "unique-error": (KEY, "The value {again}."),
    "primary-key": (KEY, "The key {again}."),
    "foreign-key": (REFERENCE, "There is no such {key} in the table {other}."),
    "blank-row": (CELLS, "The row is blank."),
    "missing-cell": (CELLS, "The row has fewer cells than the header."),
    "extra-cell": (CELLS, "The row has more cells than the header."),
    "blank-header": (HEADER, "The header is blank."),
    "missing-label": (HEADER, "The column is missing."),
    "extra-label": (HEADER, "The contract has no such column."),
    "blank-label": (HEADER, "A column has no name."),
    "duplicate-label": (HEADER, "Two columns have this name."),
    "incorrect-label": (HEADER, "The contract has another column in this place."),
    "unmatched-header": (HEADER, "The contract has none of the columns."),
    "hash-count": (FILE, "The hash is not that of datapackage.json: {note}."),
    "byte-count": (FILE, "The number of bytes is not that of datapackage.json: {note}."),
    "field-count": (FILE, "The number of columns is not that of datapackage.json: {note}."),
    "row-count": (FILE, "The number of rows is not that of datapackage.json: {note}."),
    "source-error": (FILE, "The file cannot be read as a table: {note}."),
    "scheme-error": (FILE, "The file cannot be opened: {note}."),
    "format-error": (FILE, "The file cannot be read as CSV: {note}."),
    "encoding-error": (FILE, "The file cannot be read as UTF-8: {note}."),
    "package-error": (DESCRIPTOR, "{note}."),
    "resource-error": (DESCRIPTOR, "{note}."),
    "dialect-error": (DESCRIPTOR, "{note}."),
    "schema-error": (DESCRIPTOR, "{note}."),
    "field-error": (DESCRIPTOR, "{note}."),
}
UNKNOWN = (OTHER, "The public validator reports {kind}: {note}.")
CONSTRAINTS = {
    "required": "The cell is blank.",
    "enum": "Expected one of: {wanted}.",
    "pattern": "The form is not that of the example {example}.",
    "minimum": "The number is below {wanted}.",
    "maximum": "The number is above {wanted}.",
    "minLength": "Shorter than {wanted}.",
    "maxLength": "Longer than {wanted}.",
}
TYPES = {"integer": "a whole number", "number": "a number", "string": "text"}

Said = dict[str, Any]  # one error, as scripts/checks/frictionless_process.py writes it


def finding_of(said: Said, table: Table | None) -> Finding:
    """Word one error. Without a table it is about the contract."""
    rule, words = KINDS.get(said["kind"], UNKNOWN)
    message = words.format(**_facts(said, table))
    if table is None or rule is DESCRIPTOR:
        named = re.search(r"""(?:property|field) ["'](.+?)["']""", said["note"])
        return finding(rule, NAME, message, field=named[1] if named else table.name if table else "")
    line = said.get("row_number", 1 if rule is HEADER else 0)
    return finding(
        rule, table.path, message, line=line, field=_column(said, table), value=_value(said, table)
    )


def _facts(said: Said, table: Table | None) -> dict[str, str]:
    """Whatever the words may name, as text that is safe to print."""
    first = re.search(r"the same as in the row at position (\d+)", said["note"])
    field = {field.name: field for field in table.fields}.get(said.get("field_name", "")) if table else None
    facts = {
        "kind": said["kind"],
        "note": said["note"].rstrip("."),
        "type": TYPES.get(field.type, field.type) if field else "a value of this column",
        "constraint": _constraint(said["note"], field),
        "again": f"stands in line {first[1]} already" if first else "is blank",
        "key": ", ".join(said.get("reference_field_names", ())),
        "other": said.get("reference_name") or (table.name if table else ""),
    }
    return {name: shown(text, LONGEST_MESSAGE) for name, text in facts.items()}


def _constraint(note: str, field: Field | None) -> str:
    """What a cell breaks, which the note gives by its name in the contract."""
    named = re.match(r'constraint "(\w+)"', note)
    if field is None or named is None or named[1] not in CONSTRAINTS:
        return f"The public validator says: {note}"
    wanted = field.constraints.get(named[1])
    listed = ", ".join(wanted) if isinstance(wanted, list) else wanted
    return CONSTRAINTS[named[1]].format(wanted=listed, example=field.example)


def _column(said: Said, table: Table) -> str:
    """The column at fault, or the first of the key."""
    of_a_key = table.primary_key if said["kind"] == "primary-key" else said.get("field_names", ())
    return str(said.get("field_name") or next(iter(of_a_key), ""))


def _value(said: Said, table: Table) -> str:
    """What stands there: a cell, the cells of a key, or the name of a column."""
    if said["kind"] == "primary-key":
        cells = dict(zip(table.header, said["cells"], strict=False))
        return ", ".join(cells.get(name, "") for name in table.primary_key)
    return str(said.get("cell") or said.get("label") or ", ".join(said.get("field_cells", ())))
