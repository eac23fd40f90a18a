"""Locate findings at the cells of a contribution: one finding for each mistake, and causes first.

Findings use the contributor's terms: sheet names, column titles, row names and the values that were typed.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from scripts.checks import finding_causes
from scripts.checks.rule_files import words_in_query_of_rule
from scripts.checks.schema import ENUM, PATTERN, REFERENCE, REQUIRED, TYPE, UNIQUE
from scripts.checks.sql_rules import NEEDED, OPEN
from scripts.contribute.cell_coercion import coerce_text_to_column
from scripts.contribute.contribution_layout import (
    ALWAYS,
    PARTS,
    VALUES,
    Entry,
    blank_reasons,
    column_description,
    sheet_columns,
    sheet_name,
    sheet_tables,
)
from scripts.contribute.key_labels import Labels, Names, row_name
from scripts.contribute.merge import FILLED_IN, Merged
from scripts.contribute.plain_numbers import IN_DOUBT, to_ascii_digits
from scripts.contribute.printed_result import unclear_part_of_token
from scripts.findings import MARK, Finding, FindingWording
from scripts.package.contract import Field, Table
from scripts.package.package import Package

NEEDS_REASON = "blank-needs-a-reason"
QUALIFY = (
    "[exact], [about]: the same number under both. [at_least], [more_than]: [high] stays blank. "
    "[at_most], [less_than]: [low] stays blank. [range]: its two ends. [none_found]: 0 under both."
)
UNREAD = (
    "Give each number a row of its own. Where it is plain to you, type it under [low] and [high], and "
    f"choose [qualifier]. {QUALIFY}"
)
IN_A_MARK = "Where the document writes decimals so, say it under [decimal_mark] in data/sources.csv. "
FIXES = {
    NEEDS_REASON: "Fill the cell, or choose why it is blank.",
    UNIQUE.id: "If it is the same, delete this row, and name that one elsewhere. If not, correct the cell.",
}
DAY_ZERO = date(1899, 12, 30)  # from which spreadsheets count days
MOST_HINTS, MOST_NAMES = 100, 1_000  # limit the work on a file full of mistakes
KEY = re.compile(r"(?<![\w./“-])[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*(?![\w-])")

OF_ONE_ROW = {*OPEN, NEEDED.id}  # rules that allow exceptions, and the rule on unneeded ones
ENDS = ("low", "high")
OF_THE_TOKEN = (*ENDS, "qualifier", "written_in")
NOTHING = "Nothing for you to do: the maintainer looks at that row."
BESIDE_IT = "Beside it, the row {of_package} of the package is no longer right: "
FITS = "qualifier-fits-bounds"
NOT_QUALIFIED = "The number is filled in, but [qualifier] is blank."
HELD = "The {first} holds this already."

NO_DATE = "date-does-not-exist"
NO_ANSWER = {PATTERN.id, TYPE.id, ENUM.id, REFERENCE.id, NO_DATE}  # the cell has no usable value
INSTEAD = {PATTERN.id: REFERENCE.id, NO_DATE: PATTERN.id}  # rule: the rule that replaces it in a cell
FILLED_FROM = {"credited_to": {"organisation_id"}}  # column: the columns it is filled in from
FILLED_FROM_STUDY = ("place_id", "population_id", "period", "credited_to")  # of a row without its own
TOLD_BY = {  # rule: the plainer rules that say the same about a row
    "printed-interval-holds-value": ("low-above-high",),
    "small-cell-is-marked": ("count-not-whole",),
    "share-against-counts": ("share-above-100", "low-above-high", "reading-against-token"),
    FITS: ("bounding-word-against-qualifier",),
    "linked-share-alike": ("age-against-scope", "sex-against-scope"),
    "unit-against-token": ("linked-share-alike",),
}
Place = tuple[str, int]  # table and line
ShareOfPart = Mapping[Place, Place]  # row of a count or denominator: row of its share


class SheetWords:
    """What messages on a workbook call tables, columns and codes: sheet names, titles and labels."""

    def __init__(self, names: Names) -> None:
        self.names, self._tables = names, sheet_tables(names.package.contract)
        self.words = names.package.contract.label_by_code  # the labels of all codes
        self._hints: dict[tuple[str, str], str] = {}

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The quoted titles of all columns, by name; a reason column has that of the column it explains."""
        titles = {field.name: field.title for table in reversed(self._tables) for field in table.fields}
        return {
            name: f"“{titles.get(name.removesuffix('_reason'), title)}”" for name, title in titles.items()
        }

    def titles(self, table: Table) -> Mapping[str, str]:
        """The quoted column titles by name; if several tables have a column, its title in this table."""
        return self._titles | {column.name: f"“{column.title}”" for column in sheet_columns(table)}

    def table(self, name: str) -> str:
        """What messages call a table: its sheet or, if it has none, the table of the package."""
        name = name.rpartition("/")[2]
        table = next((table for table in self._tables if table.name == name), None)
        words = name.replace("_", " ")
        return f"the sheet “{sheet_name(table)}”" if table else f"the table “{words}” of the package"

    def has_typed_row(self, table: str) -> bool:
        """Return whether somebody typed a row of this table with its key; the import may add other rows."""
        key = self.names.package.contract.table(table).primary_key[0]
        return any(entry.typed.get(key) for entry in self.names.entries.get(table, {}).values())

    def no_single_match_message(self, text: str, table: Table) -> str:
        """The message that no row, or more than one, has this name; brief after many such messages."""
        if (table_and_text := (table.name, text)) not in self._hints:
            is_late = len(self._hints) >= MOST_HINTS
            self._hints[table_and_text] = (
                "No single row has this name." if is_late else self._suggest_name(text, table)
            )
        return self._hints[table_and_text]

    def _suggest_name(self, text: str, table: Table) -> str:
        """The message that no row, or more than one, has this name, with a similar name, if any."""
        where = f"{self.table(table.name)} or of the package"
        entries = self.names.entries.get(table.name, {}).values()
        own = [row_name(entry.cells) for entry in [*entries][:MOST_NAMES]]
        known = [*map(row_name, self.names.package.rows(table.name)), *own]
        if [name.casefold() for name in known].count(text.casefold()) > 1:
            return f"Several rows of {where} have this name. Write the short name of the one that you mean."
        labels = Labels(self.names.package, table).by_key
        names = {name.casefold(): name for name in (*labels.values(), *own)}
        names |= {key.casefold(): label for key, label in labels.items()}
        close = difflib.get_close_matches(text.casefold(), names, 1)
        return f"No row of {where} has this name." + (f" Did you mean {names[close[0]]}?" if close else "")


class FileWords(SheetWords):
    """What messages on a folder of CSV files call tables and columns: the names of files and columns."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self.words = {}  # codes are shown as they are

    def titles(self, table: Table) -> Mapping[str, str]:
        """The column names in the first line of the files."""
        tables = self.names.package.contract.tables
        return {name: f"“{name}”" for table in tables for name in (*table.column_names, *PARTS)}

    def table(self, name: str) -> str:
        """The name of the table's file."""
        return f"{name.rpartition('/')[2]}.csv"


class RowWords(FindingWording):
    """The wording of findings on one row in a sheet or file."""

    def __init__(self, sheets: SheetWords, entry: Entry) -> None:
        self.sheets, self.entry = sheets, entry
        self._contract = sheets.names.package.contract
        self._table = self._contract.table(entry.table)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return self.sheets.titles(self._table)

    def fill_template(self, found: Finding, template: str) -> str:
        """Fill in a template, but leave out a row key at its start, which the import may have made up."""
        first = re.match(r"\{(\w+)\}: ", template)
        if first and dict(found.parameters).get(first[1]) == self._table.key_of(self.entry.cells):
            template = template[first.end() :]
        text = super().fill_template(found, template)
        return text[:1].upper() + text[1:]

    def name_of_column_or_code(self, name: str) -> str:
        """Return the title of a column, or the label of a code."""
        return self._titles.get(name) or self.sheets.words.get(name, name)

    def name_of_table(self, name: str) -> str:
        """What to call a table in messages."""
        return self.sheets.table(name)

    def words_for_value(self, parameter: str, value: str) -> str:
        """The name of the row with a key, or the label of a code; also for keys and codes in a sentence."""
        if parameter == "wanted":  # a list of codes, never of columns
            return ", ".join(self.sheets.words.get(word, word) for word in value.split(", "))
        if parameter == "example":  # an example of a key, which may also be a row's key
            return value
        if " " in value:
            return KEY.sub(lambda match: self._word_as_displayed(match[0]), value)
        return (
            self.name_of_column_or_code(value)
            if parameter.endswith("field")
            else self._word_as_displayed(value, is_alone=True)
        )

    def _word_as_displayed(self, word: str, is_alone: bool = False) -> str:
        """A column, code or key as displayed; inside a sentence, ordinary words stay as they are."""
        if "_" in word:
            return self.name_of_column_or_code(word)
        return self.sheets.names.name_of_key(word) if is_alone or re.search("[0-9.-]", word) else word

    def message(self, found: Finding) -> str:
        """What is wrong, in the words that the sheet uses."""
        text, column = super().message(found), self._column_of_finding(found)
        if column is None:
            return text
        if found.rule == REFERENCE.id:
            return self.sheets.no_single_match_message(
                self.entry.typed.get(found.field, found.value), self._referenced_table(found)
            )
        if found.rule == PATTERN.id and (day := _day_of_spreadsheet(column, found.value)):
            return f"{found.value} is the number under which a spreadsheet keeps {day}."
        if is_due_to_unread_result(found, self.entry):
            part = unclear_part_of_token(self.entry.cells["printed"])
            title = self.name_of_column_or_code("printed")
            return (
                f"“{part}” is not understood. What the number is cannot be told for certain from {title}."
            )
        if found.rule == NEEDS_REASON and not found.value:
            words = ", ".join(why.label for why in blank_reasons(self._table, column))
            return f"The cell is blank, and nothing says why. It takes an answer, or one of: {words}."
        return text

    def _column_of_finding(self, found: Finding) -> Field | None:
        return self._table.field_by_name.get(found.field)

    def _referenced_table(self, found: Finding) -> Table:
        """Return the table that the finding's foreign key refers to."""
        [name] = {key.table for key in self._table.foreign_keys if key.field == found.field}
        return self._contract.table(name)

    def fix(self, found: Finding) -> str:
        """What to type and where; if the file lacks the column, the fix also says to add it."""
        fix, name = self._fix_by_rule(found), found.field
        if found.rule in (NEEDS_REASON, REQUIRED.id) and not found.value and name in FILLED_IN:
            fix += (
                f" It may stay blank only where {self.name_of_table(FILLED_IN[name])} has one row of yours."
            )
        named = [name] if name and not found.value else []
        named += [
            word for word in _marked_names(found.fix_template) if self.name_of_column_or_code(word) in fix
        ]
        for title in dict.fromkeys(
            map(self.name_of_column_or_code, filter(self._is_missing_column, named))
        ):
            fix += f" Your file has no column {title}: add one with that title at the right."
        return fix

    def _is_missing_column(self, name: str) -> bool:
        """Return whether this is a column of the table that is missing from the sheet."""
        return name in self._table.field_by_name and not self.entry.has_column(name)

    def sentences_on_visible_tables(self, fix: str) -> str:
        """The sentences of a fix that mention only what the contributor sees; else the whole fix."""
        sentences = re.split(r"(?<=[.:]) (?=[A-Z“])", fix)
        usable = [
            sentence
            for sentence in sentences
            if not any(map(self._is_missing_column, _marked_names(sentence)))
            and self._has_visible_tables_only(sentence)
        ]
        return " ".join(usable) or fix

    def _has_visible_tables_only(self, sentence: str) -> bool:
        """Return whether each table that is mentioned is in every template or has a row that was typed."""
        tables = {mark["table"] for mark in MARK.finditer(sentence) if mark["table"]}
        return all(table in ALWAYS or self.sheets.has_typed_row(table) for table in tables)

    def _fix_by_rule(self, found: Finding) -> str:
        fix, column = (
            self.fill_template(found, self.sentences_on_visible_tables(found.fix_template)),
            self._column_of_finding(found),
        )
        if column is None:
            return fix
        if found.rule == REFERENCE.id:
            referenced = self.name_of_table(self._referenced_table(found).name)
            return f"Choose a name of the list, or add a row to {referenced}."
        if found.rule == PATTERN.id and (day := _day_of_spreadsheet(column, found.value)):
            written = coerce_text_to_column(column, day)
            return f"Write {written}, or only as much of it as the document gives."
        if is_due_to_unread_result(found, self.entry):
            is_of_mark = IN_DOUBT.search(to_ascii_digits(self.entry.cells["printed"]))
            is_mark_missing = is_of_mark and not self._has_typed_decimal_mark()
            return self.fill_template(found, (IN_A_MARK if is_mark_missing else "") + UNREAD)
        if found.rule == REQUIRED.id and not found.value:
            return f"{fix} {column_description(column).partition('. ')[0].rstrip('.')}."
        return FIXES.get(found.rule, fix)

    def _has_typed_decimal_mark(self) -> bool:
        """Return whether somebody typed the decimal mark for a source."""
        sources = self.sheets.names.entries.get("sources", {}).values()
        return any(source.typed.get("decimal_mark") for source in sources)


def _day_of_spreadsheet(column: Field, text: str) -> str:
    """The date whose day number a column of dates holds, from 1927 to 2119; blank for any other text."""
    if not (column.is_date_or_period and re.fullmatch("[1-7][0-9]{4}", text)):
        return ""
    day = DAY_ZERO + timedelta(days=int(text))
    return f"{day.day} {day:%B %Y}"


def _marked_names(text: str) -> list[str]:
    """The names of columns and codes that stand in square brackets in a template."""
    return [mark["name"] for mark in MARK.finditer(text) if mark["name"]]


def is_due_to_unread_result(found: Finding, entry: Entry) -> bool:
    """Return whether a number or qualifier is missing only because the result was not understood."""
    is_blank = (found.rule, found.field) in ((REQUIRED.id, "qualifier"), (FITS, "printed"))
    return is_blank and not any(map(entry.typed.get, ENDS))


def findings_at_cells(findings: Iterable[Finding], merged: Merged, package: Package) -> tuple[Finding, ...]:
    """Findings on the package, moved to the cells where contributors look for them."""
    shares = {(VALUES, part): (VALUES, share) for part, share in merged.of_share.items()}
    locator = _FindingLocator(merged, package)
    remaining = [*drop_repeated_findings(locator.locate_findings(findings), shares)]
    return tuple(finding_causes.sort_causes_first(remaining, locator.is_contributed_row, lambda row: None))


class _FindingLocator:
    """A locator that moves findings from lines of the merged tables to the contributed rows behind them."""

    def __init__(self, merged: Merged, package: Package) -> None:
        self._package = package
        self._tables = {table.path: table for table in package.contract.entered_tables}
        self._merged = merged
        self._corrections_by_cell = [
            entry for entries in merged.added.values() for entry in entries.values()
        ]
        is_of_files = any(entry.noun == "line" for entry in self._corrections_by_cell)
        self._sheets = (FileWords if is_of_files else SheetWords)(Names(package, merged.added))

    def locate_findings(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield each finding at a contributed row: the row that it is on, or the row that causes it.

        If a cell that somebody typed has an error, only findings on typed cells are yielded, since the
        others may follow from it.
        """
        typed: list[Finding] = []
        filled_in: list[Finding] = []
        others: list[Finding] = []
        for found in map(self._move_to_contributed_duplicate, findings):
            entry = self._entry_at(found.table, found.line)
            if entry and _is_filled_in_by_import(entry, found.field):
                filled_in.append(self._move_from_filled_in_cell(found, entry))
            elif entry:
                typed.append(self._move_to_entry(found, entry))
            elif not self._is_unrelated(found):
                others.append(self._move_to_causing_entry(found))
        yield from typed
        if not any(found.level == "error" for found in typed):  # from which others may follow
            reported = {(table_and_line(found), found.rule, found.field) for found in typed}
            for found in filled_in:
                if (self._place_of_share(found), found.rule, found.field) not in reported:
                    yield found
            yield from others

    def is_contributed_row(self, row: str) -> bool:
        """Return whether a contributed row has this key, other than a row that many readings may share.

        Only such a row can be the cause of other findings.
        """
        holders = {
            table.name for table in finding_causes.tables_shared_by_many_readings(self._package.contract)
        }
        return any(entry.table not in holders for entry in self._entries_by_key.get(row.casefold(), ()))

    def _place_of_share(self, found: Finding) -> Place:
        """The row of the share from which blanks in the finding's row were filled in; line 0 if none."""
        table, line = table_and_line(found)
        return table, self._merged.of_share.get(line, 0) if table == VALUES else 0

    def _entry_at(self, path: str, line: int) -> Entry | None:
        table = self._tables.get(path)
        return self._merged.added.get(table.name, {}).get(line) if table else None

    def _move_to_entry(self, found: Finding, entry: Entry) -> Finding:
        """The finding, moved to the contributor's row, in the sheet's words and with the typed value."""
        typed = entry.typed.get(found.field, "")
        if typed and found.value:
            facts = ((name, typed if fact == found.value else fact) for name, fact in found.parameters)
            found = replace(found, parameters=tuple(facts))
        column = _column_to_look_at(found, entry)
        if (
            found.rule == REQUIRED.id
            and found.field == "qualifier"
            and not is_due_to_unread_result(found, entry)
        ):
            choose = f"Choose [qualifier] for [low] and [high]. {QUALIFY}"
            found = replace(found, rule=FITS, template=NOT_QUALIFIED, fix_template=choose)
        value = entry.typed.get(column) or self._sheets.names.name_of_key(found.value)
        place, words = entry.place(column), RowWords(self._sheets, entry)
        return replace(found, table=entry.file, line=entry.line, value=value, cells=(place,), words=words)

    def _move_from_filled_in_cell(self, found: Finding, entry: Entry) -> Finding:
        """Move a finding on a cell that the import filled in to the contributed row.

        If the file does not have the column, the finding becomes a warning, as there is nothing to correct.
        """
        is_seen = entry.has_column(found.field) or (found.field in ENDS and entry.table == VALUES)
        return self._move_to_entry(
            found if is_seen else replace(found, level="warning", fix_template=NOTHING), entry
        )

    def _move_to_contributed_duplicate(self, found: Finding) -> Finding:
        """If a finding is on duplicate rows, move it to the contributed row, and name the other row."""
        other = int(dict(found.parameters).get("first", 0)) if found.rule == UNIQUE.id else 0
        if not other:
            return found
        line, other = (
            (found.line, other) if self._entry_at(found.table, found.line) else (other, found.line)
        )
        table, entry = self._tables[found.table], self._entry_at(found.table, other)
        key = table.key_of(self._merged.rows[table.name][other - 2])
        first = entry.row_reference if entry else f"row {key} of the package"
        return replace(found, line=line, template=HELD, parameters=(("first", first),), names=(key,))

    def _move_to_causing_entry(self, found: Finding) -> Finding:
        """Move a finding on a row of the package to a contributed row that it mentions, or the first."""
        entry = (self._mentioned_entries(found) or self._corrections_by_cell)[0]
        parameters = (*found.parameters, ("of_package", found.row or found.value))
        template = f"{BESIDE_IT}{found.template}"
        found = replace(found, template=template, parameters=parameters, field="", value="")
        return self._move_to_entry(found, entry)

    def _is_unrelated(self, found: Finding) -> bool:
        """Return whether a finding that an exception may allow has nothing to do with the contribution."""
        return (
            found.rule in OF_ONE_ROW
            and not self._mentioned_entries(found)
            and found.row not in self._contributed_values
        )

    def _mentioned_entries(self, found: Finding) -> list[Entry]:
        """The contributed rows whose keys the finding mentions."""
        keys = (*found.names, found.value)
        return [entry for key in keys for entry in self._entries_by_key.get(key.casefold(), ())]

    @cached_property
    def _contributed_values(self) -> set[str]:
        """All values in contributed rows, including the keys of rows to which they refer."""
        return {cell for entry in self._corrections_by_cell for cell in entry.cells.values()}

    @cached_property
    def _entries_by_key(self) -> dict[str, list[Entry]]:
        """The contributed rows by key; rows of several tables may have the same key."""
        rows: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._corrections_by_cell:
            rows[self._package.contract.table(entry.table).key_of(entry.cells).casefold()].append(entry)
        return rows


def _column_to_look_at(found: Finding, entry: Entry) -> str:
    """The column to look at; for a number that nobody typed, the column with the printed result."""
    typed = (found.field, *(ENDS if found.rule == REQUIRED.id else ()))
    is_read = found.field in OF_THE_TOKEN and not any(map(entry.typed.get, typed))
    return "printed" if is_read and entry.table == VALUES else found.field


def _is_filled_in_by_import(entry: Entry, name: str) -> bool:
    """Return whether the import, rather than a person, filled in this cell.

    The numbers `low` and `high` count as typed if the result from which they were read was typed.
    """
    name = "printed" if name in ENDS and entry.table == VALUES else name
    return bool(entry.cells.get(name) and not entry.typed.get(name))


def drop_repeated_findings(findings: Iterable[Finding], shares: ShareOfPart) -> Iterator[Finding]:
    """Leave out findings that repeat others, and merge those that say the same about cells of one row."""
    repeated = _RepeatedFindings(
        _merge_same_findings(_drop_blanks_due_to_share([*findings], shares)), shares
    )
    return filter(repeated.is_new, repeated.findings)


class _RepeatedFindings:
    """The findings on one contribution, and which of them repeat others."""

    def __init__(self, findings: Sequence[Finding], shares: ShareOfPart) -> None:
        self.findings, self._shares = findings, shares
        self._reported: set[tuple[str, str]] = set()  # rule and cell; rule "" for a blank cell
        self._rules_by_cell: dict[str, set[str]] = defaultdict(set)  # rules
        self._rules_by_row: dict[Place, set[str]] = defaultdict(set)
        self._unreadable_by_row: dict[Place, set[str]] = defaultdict(set)  # columns without a usable value
        self._columns_by_text: dict[str, set[str]] = defaultdict(set)  # columns by their unusable text
        self._errors = {found.cell for found in findings if found.level == "error"}
        for found in findings:
            self._rules_by_cell[found.cell].add(found.rule)
            self._rules_by_row[table_and_line(found)] |= {found.rule} if found.cell else set()
            if found.rule in {*NO_ANSWER, REQUIRED.id, UNIQUE.id}:
                self._unreadable_by_row[table_and_line(found)].add(found.field)
                self._columns_by_text[found.value].add(found.field)
        self._unreadable_columns = set[str]().union(*self._unreadable_by_row.values())

    def is_new(self, found: Finding) -> bool:
        """Return whether no earlier finding says the same; call it once for each finding, in order."""
        rules_and_cells = {(found.rule, found.cell), *([] if found.value else [("", found.cell)])}
        if found.cell and (rules_and_cells & self._reported or self._is_superseded(found)):
            return False
        if found.rule not in NO_ANSWER and self._is_based_on_unreadable_cell(found):
            return False
        self._reported |= rules_and_cells
        return True

    def _is_superseded(self, found: Finding) -> bool:
        rules = self._rules_by_cell[found.cell]
        is_judged_further = rules & NO_ANSWER and found.rule not in NO_ANSWER
        is_plainer = self._rules_by_row[table_and_line(found)].intersection(TOLD_BY.get(found.rule, ()))
        is_beside_an_error = found.level != "error" and found.cell in self._errors
        return bool(
            is_judged_further or is_plainer or is_beside_an_error or INSTEAD.get(found.rule) in rules
        )

    def _is_based_on_unreadable_cell(self, found: Finding) -> bool:
        """Return whether a finding depends on an unusable value, in its row or in a row that it quotes."""
        if not found.value:
            is_of_body = FILLED_FROM.get(found.field, set()) & self._unreadable_columns
            return bool(is_of_body) or self._is_due_to_unreadable_study(found)
        reads = words_in_query_of_rule(found.rule)
        if reads.isdisjoint(self._unreadable_columns):  # as for most findings; saves the search for texts
            return False
        facts = " ".join(fact for _, fact in found.parameters)
        repeated = (
            columns for text, columns in self._columns_by_text.items() if len(text) > 2 and text in facts
        )
        return any(
            reads & columns for columns in (self._unreadable_by_row[table_and_line(found)], *repeated)
        )

    def _is_due_to_unreadable_study(self, found: Finding) -> bool:
        """Return whether a blank waits for the study of its row, or of its share."""
        place = table_and_line(found)
        rows = {place, self._shares.get(place, place)}
        is_unknown = any("study_id" in self._unreadable_by_row.get(row, ()) for row in rows)
        return found.field in FILLED_FROM_STUDY and is_unknown


def _drop_blanks_due_to_share(findings: Sequence[Finding], shares: ShareOfPart) -> Iterator[Finding]:
    """Leave out blanks in the row of a count or a denominator that are only due to a blank in its share."""
    blank = {(table_and_line(found), found.field) for found in findings if _is_blank(found)}
    for found in findings:
        share = shares.get(table_and_line(found))
        if not (_is_blank(found) and share and (share, found.field) in blank):
            yield found


def _is_blank(found: Finding) -> bool:
    return found.rule == REQUIRED.id and not found.value


def _merge_same_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Merge findings with the same rule and message on cells of one row."""
    joined: dict[tuple[object, ...], Finding] = {}
    for number, found in enumerate(findings):
        same = (found.rule, table_and_line(found), found.message) if found.cell else (number,)
        first = joined.setdefault(same, found)
        if not {*found.cells} <= {*first.cells}:
            joined[same] = first.located_at(*first.cells, *found.cells)
    return [*joined.values()]


def table_and_line(found: Finding) -> Place:
    """The table (or, for a finding without a cell, the file) and the line that a finding is about."""
    return next((cell.table for cell in found.cells if cell.place), found.table), found.line
