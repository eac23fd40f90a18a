"""The dictionary of the data: every table and column, and how much the tables cover by topic."""

from dataclasses import dataclass

from scripts.package.contract import Field, Table
from scripts.site.page_data import PageData
from scripts.wording.words import plain_word, whole

COVERED = (  # columns of `coverage`, in the order of the page
    "readings",
    "quantities",
    "documents",
    "documents_read_whole",
    "primary",
    "not_available",
)


@dataclass(frozen=True)
class Column:
    """A column of a table, with its type and what it allows in words."""

    field: Field
    type: str
    allowed: str


@dataclass(frozen=True)
class Described:
    """A table with its columns."""

    name: str
    title: str
    about: str
    columns: list[Column]


@dataclass(frozen=True)
class Covered:
    """What is covered of a topic: the number of each thing."""

    topic: str
    numbers: list[str]


def dictionary(data: PageData) -> list[Described]:
    """Every table of the contract."""
    return [_described(table) for table in data.package.contract.tables]


def _described(table: Table) -> Described:
    about = f"{table.description} Key: {', '.join(table.primary_key)}."
    return Described(table.name, table.title, about, [_column(field) for field in table.fields])


def _column(field: Field) -> Column:
    blank = "" if "required" in field.constraints else " may be blank"
    allowed = ", ".join(field.constraints.get("enum", []))
    return Column(field, ", ".join(filter(None, (field.type, field.unit))), allowed + blank)


def coverage(data: PageData) -> list[Covered]:
    """What is covered, topic by topic, and in all."""
    package = data.package
    rows = package.matching("coverage", dimension="topic") + package.matching("coverage", dimension="all")
    return [Covered(plain_word(row["item"]), [whole(row[name]) for name in COVERED]) for row in rows]
