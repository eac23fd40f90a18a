"""A package in which all text that people type is hostile, to test that none of it ever runs."""

import json
import shutil
from pathlib import Path

from scripts.package.contract import Field, Table
from scripts.package.package import Package
from tests.conftest import change_rows

HOSTILE = (
    "{{ cycler.__init__.__globals__.os.popen('touch pwned') }} {% include 'report.html' %} "
    "<img src=x onerror=alert(1)> [x](javascript:alert(1)) **bold** | `code` # h "
    "\n\n# h\n</script><script>alert(1)</script> 2.2"
)
FORMULAS = ('=HYPERLINK("http://x")', "+1+cmd", "@SUM(1)", "-2+3", "-2.5", 'a "b", =c')


def is_typed_by_people(field: Field, table: Table) -> bool:
    """Return whether a column is free text, without a pattern or key, where anything can be typed."""
    keys = {*table.primary_key, *(key.field for key in table.foreign_keys)}
    return field.is_free_text and "pattern" not in field.constraints and field.name not in keys


def write_hostile_text(package: Path, step: int = 3) -> None:
    """Put hostile text into all free-text cells of every third row, and into datapackage.json.

    A third of the rows covers each column, and a site takes half as long to build as with all of them.
    """
    for table in Package(package).contract.tables:
        columns = [field.name for field in table.fields if is_typed_by_people(field, table)]

        def change(rows: list[dict[str, str]], table: Table = table, columns: list[str] = columns) -> None:
            for row, column in ((row, column) for row in rows[::step] for column in columns):
                if row.get("channel") != "web" or column != "contact_as_printed":
                    row[column] = f"{table.name}.{column} {HOSTILE}"

        change_rows(package, table.name, change)
    write_hostile_contract(package / "datapackage.json")


def write_hostile_contract(path: Path) -> None:
    """Put hostile text into the titles, descriptions and examples of datapackage.json."""
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["title"] = f"contract.title {HOSTILE}"
    for resource in descriptor["resources"]:
        for word in ("title", "description"):
            resource[word] = f"table.{word} {HOSTILE}"
        for field in resource["schema"]["fields"]:
            field.update({word: f"field.{word} {HOSTILE}" for word in ("title", "description", "example")})
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def write_formulas_into_values(package: Path, sound: Path) -> None:
    """Write spreadsheet formulas into the first rows of `values`, the table that readers download.

    Its other cells are restored from the sound package, since the page splits the file at line breaks,
    which the check refuses.
    """
    name = "data/derived/values.csv"
    shutil.copyfile(sound / name, package / name)

    def write(rows: list[dict[str, str]]) -> None:
        for row, text in zip(rows, FORMULAS, strict=False):
            row["printed"] = text

    change_rows(package, "values", write)
