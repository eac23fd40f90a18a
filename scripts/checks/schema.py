"""Check every cell against the contract, `datapackage.json`, by compiling it to SQL.

Each fault has its line number.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of_class

import duckdb

from scripts.checks.context import CheckContext, add_row_keys
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import MOST_OF_A_KIND, Finding, Rule, did_you_mean, make_finding
from scripts.package.contract import Contract, Field, ForeignKey, Table
from scripts.package.package import DESCRIPTOR
from scripts.package.sql_quoting import quote_literal, quote_name

TYPE = rule_from_table("schema-type")
REQUIRED = rule_from_table("schema-required")
ENUM = rule_from_table("schema-enum")
PATTERN = rule_from_table("schema-pattern")
BOUND = rule_from_table("schema-bound")
UNIQUE = rule_from_table("schema-unique")
REFERENCE = rule_from_table("schema-reference")
RULES = (TYPE, REQUIRED, ENUM, PATTERN, BOUND, UNIQUE, REFERENCE)

CONSTRAINTS = {  # by name in the contract: the rule, the condition for a fault in SQL, and the message
    "required": (REQUIRED, "{cell} IS NULL", "The [cell] is blank."),
    "enum": (ENUM, "{cell} NOT IN ({words})", "Expected one of: {wanted}."),
    "pattern": (
        PATTERN,
        "NOT regexp_full_match({cell}, {wanted})",
        "The form is not that of the example {example}. {description}",
    ),
    "minimum": (
        BOUND,
        "TRY_CAST({cell} AS DOUBLE) < {wanted}",
        "The number is below {wanted}, unlike the example {example}. {description}",
    ),
    "maximum": (
        BOUND,
        "TRY_CAST({cell} AS DOUBLE) > {wanted}",
        "The number is above {wanted}, unlike the example {example}. {description}",
    ),
    "minLength": (BOUND, "length({cell}) < {wanted}", "Shorter than {wanted}."),
    "maxLength": (BOUND, "length({cell}) > {wanted}", "Longer than {wanted}."),
}
SEVERAL = "Expected one or more of these, with semicolons between them: {wanted}."
SPACE = "The [cell] begins or ends with a space."
MOST_HINTS, MOST_WORDS = 100, 5_000  # limits, so that a file full of faults does not take forever
FORMS = {  # pattern and message of each type; programs differ on numbers with too many digits
    "integer": ("-?(0|[1-9][0-9]{0,14})", "This is not a plain whole number, such as {example}."),
    "number": (r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,30})?", "This is not a plain number, such as {example}."),
    "date": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "This is not a whole day, such as {example}."),
    "boolean": ("true|false", "This is neither true nor false."),
}


@dataclass(frozen=True)
class ConstraintQuery:
    """A condition in SQL that the faulty rows of a table meet, with its rule and message."""

    rule: Rule
    field: str
    condition: str
    message: str  # a template; {first} becomes the line of the first row with the same key
    parameters: Mapping[str, str] = field_of_class(default_factory=dict)
    key: tuple[str, ...] = ()  # columns whose combined values must be unique
    words: str = ""  # a query for the allowed words
    count: str = ""  # a query for the number of rows that fail, if that is faster than testing each row


def check(context: CheckContext) -> list[Finding]:
    """Findings for every cell that breaks a constraint of the contract."""
    connection, asked = context.database, context.asked.tables
    found: dict[tuple[object, ...], Finding] = {}
    tables = [table for table in context.package.tables if asked is None or table.name in asked]
    for table in _tables_with_failing_rows(context, tables):
        for question in _queries_with_failing_rows(
            connection, table, list(_constraint_queries_for_table(table, context.package.contract))
        ):
            for fault in _findings_of_constraint_query(connection, table, question):
                # A leading or trailing space breaks several rules at once. One finding is enough.
                rule = "" if fault.template == SPACE else (fault.rule, fault.template)
                found.setdefault((fault.table, fault.line, fault.field, rule), fault)
    named = add_row_keys([*found.values()], connection, context.package.tables)
    return named + _finding_if_package_country_is_no_place(context)


def _finding_if_package_country_is_no_place(context: CheckContext) -> list[Finding]:
    """A finding if the country of `datapackage.json` is not in `places`.

    There is none if a package lacks that table.
    """
    if "places" not in {table.name for table in context.package.tables}:
        return []
    known = context.database.execute("SELECT place_id FROM raw.places").fetchall()
    if (context.package.country_id,) in known:
        return []
    message = "There is no such place_id in data/places.csv."
    return [make_finding(REFERENCE, DESCRIPTOR, message, field="country", value=context.package.country_id)]


def _queries_with_failing_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, questions: list[ConstraintQuery]
) -> list[ConstraintQuery]:
    """The queries for constraints that some row breaks.

    One query counts the failing rows of every constraint, so that only these few must be run to find the
    rows.
    """
    [numbers] = connection.execute(failure_counts_query(table, questions)).fetchall()
    return [question for question, number in zip(questions, numbers, strict=True) if number]


def _tables_with_failing_rows(context: CheckContext, tables: Sequence[Table]) -> Iterator[Table]:
    """Yield the tables that may have a faulty row, found with one query per table.

    If a foreign key has the same pattern as the column to which it refers, the pattern is tested only
    there. A table is therefore also yielded if a table to which it refers has a fault.
    """
    form = {
        (table.name, cell.name): cell.constraints.get("pattern")
        for table in tables
        for cell in table.fields
    }
    faulty = set()
    for table in tables:
        context.at(f"Layer schema, {table.path}")
        keys = {key.field: form.get((key.table, key.key), "") for key in table.foreign_keys}
        formed_there = {name for name, pattern in keys.items() if pattern == form[table.name, name]}
        query = total_failures_query(
            table, [*_constraint_queries_for_table(table, context.package.contract)], formed_there
        )
        if any(number for (number,) in context.database.execute(query).fetchall()):
            faulty.add(table.name)
    yield from (
        table for table in tables if faulty & {table.name, *(key.table for key in table.foreign_keys)}
    )


def total_failures_query(
    table: Table, questions: list[ConstraintQuery], formed_there: Collection[str]
) -> str:
    """A query that counts faulty rows: in all for conditions without a `count`, then for each `count`.

    Patterns of the columns in `formed_there` are left out.
    """
    asked = (
        question
        for question in questions
        if question.rule is not PATTERN or question.field not in formed_there
    )
    uncounted = (
        " OR ".join(f"({question.condition})" for question in asked if not question.count) or "false"
    )
    rows = f"SELECT count(*) FROM raw.{quote_name(table.name)} WHERE {uncounted}"
    return " UNION ALL ".join((rows, *(question.count for question in questions if question.count)))


def failure_counts_query(table: Table, questions: list[ConstraintQuery]) -> str:
    """A query for the number of rows that break each constraint."""
    counts = ", ".join(
        f"({question.count})" if question.count else f"count_if({question.condition})"
        for question in questions
    )
    return f"SELECT {counts} FROM raw.{quote_name(table.name)}"


def _findings_of_constraint_query(
    connection: duckdb.DuckDBPyConnection, table: Table, question: ConstraintQuery
) -> Iterator[Finding]:
    first = f"min(line) OVER (PARTITION BY {_column_names_in_words(question.key)})" if question.key else "0"
    query = (
        f"SELECT line, {quote_name(question.field)}, first FROM (SELECT *, {first} AS first "
        f"FROM raw.{quote_name(table.name)}) WHERE {question.condition} ORDER BY line"
    )
    rows = connection.execute(query).fetchmany(MOST_OF_A_KIND)
    words = connection.execute(question.words).fetchmany(MOST_WORDS) if rows and question.words else []
    for number, (line, value, first_line) in enumerate(rows):
        place = {"line": line, "field": question.field, "value": value}
        if value and value != value.strip():
            yield make_finding(
                question.rule, table.path, SPACE, fix="Delete the space.", parameters={}, **place
            )
            continue
        hint = _suggest_value(value, question, [word for (word,) in words]) if number < MOST_HINTS else ""
        told = {**question.parameters, "first": first_line, "hint": hint}
        yield make_finding(
            question.rule, table.path, f"{question.message}{{hint}}", parameters=told, **place
        )


def _suggest_value(value: str, question: ConstraintQuery, words: list[str]) -> str:
    """A suggestion of what was probably meant; blank if there is none."""
    if question.rule is TYPE:
        return _suggest_number_without_comma(value)
    return did_you_mean(value, words) if words else ""


def _suggest_number_without_comma(value: str) -> str:
    """Advice on writing a number without its comma; blank for any other text.

    Two ways are given if the comma may either separate thousands or be a decimal mark.
    """
    if not re.fullmatch("-?[0-9]+,[0-9]+", value):
        return ""
    point, none = value.replace(",", "."), value.replace(",", "")
    either = f"{none}, or {point} if the comma is a decimal mark"
    return f" Write {either if re.fullmatch('-?[1-9][0-9]{0,2},[0-9]{3}', value) else point}."


def _column_names_in_words(columns: tuple[str, ...]) -> str:
    return ", ".join(quote_name(column) for column in columns)


def _constraint_queries_for_table(table: Table, contract: Contract) -> Iterator[ConstraintQuery]:
    for field in table.fields:
        if field.type in FORMS:
            yield _type_query(field)
        yield from (
            _constraint_query(field, keyword) for keyword in field.constraints if keyword != "unique"
        )
    yield _uniqueness_query(table, table.primary_key, "The key stands in line {first} already.")
    for field in table.fields:
        if field.constraints.get("unique"):
            yield _uniqueness_query(table, (field.name,), "The value stands in line {first} already.")
    for key in table.foreign_keys:
        yield _foreign_key_query(table, key, contract.table(key.table).path)


def _type_query(field: Field) -> ConstraintQuery:
    pattern, message = FORMS[field.type]
    bad = f"NOT regexp_full_match({quote_name(field.name)}, {quote_literal(pattern)})"
    told = {"example": field.example or "12"}
    return ConstraintQuery(TYPE, field.name, bad, message, parameters=told)


def _constraint_query(field: Field, keyword: str) -> ConstraintQuery:
    rule, condition, message = CONSTRAINTS[keyword]
    allowed = field.constraints[keyword]
    listed = ", ".join(allowed) if isinstance(allowed, list) else str(allowed)
    words = ", ".join(map(quote_literal, field.label_by_code))
    if field.is_list and keyword == "pattern":
        rule, message, listed = ENUM, SEVERAL, ", ".join(field.label_by_code)
    bad = condition.format(cell=quote_name(field.name), wanted=quote_literal(allowed), words=words)
    told = {"wanted": listed, "example": field.example, "description": field.description}
    query = f"SELECT unnest([{words}])" if rule is ENUM else ""
    return ConstraintQuery(rule, field.name, bad, message, parameters=told, words=query)


def _uniqueness_query(table: Table, columns: tuple[str, ...], message: str) -> ConstraintQuery:
    present = " AND ".join(f"{quote_name(column)} IS NOT NULL" for column in columns)
    told = f"FROM raw.{quote_name(table.name)} WHERE {present}"
    count = f"SELECT count(*) - count(DISTINCT ({_column_names_in_words(columns)})) {told}"
    bad = f"{present} AND line > first"
    return ConstraintQuery(UNIQUE, columns[0], bad, message, key=columns, count=count)


def _foreign_key_query(table: Table, key: ForeignKey, path: str) -> ConstraintQuery:
    """The query for a foreign key; its count avoids NOT IN, which would load every key."""
    here, there = f"raw.{quote_name(table.name)} here", f"raw.{quote_name(key.table)} there"
    field, wanted = quote_name(key.field), quote_name(key.key)
    words = f"SELECT {wanted} FROM {there} WHERE {wanted} IS NOT NULL"
    bad = f"{field} IS NOT NULL AND {field} NOT IN ({words})"
    message = f"There is no such [{key.key}] in {path}."
    count = f"SELECT count(here.{field}) FROM {here} ANTI JOIN {there} ON here.{field} = there.{wanted}"
    return ConstraintQuery(REFERENCE, key.field, bad, message, words=words, count=count)
