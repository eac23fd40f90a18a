"""Add contributed rows to the tables in memory: make up keys and sort rows; existing rows do not change."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from scripts.checks.contributed_file_rules import NO_BASE, PART, TWICE, UNREAD_WORDS
from scripts.contribute import contribution_layout, defaults
from scripts.contribute.cell_coercion import Coercion, coerced_cells, slug
from scripts.contribute.contribution_layout import (
    LIMITS,
    LINKS,
    NOT_READ,
    NOT_REPORTED,
    SCOPES,
    VALUES,
    WHOLE,
    Entry,
)
from scripts.contribute.key_labels import SEVERAL, Labels
from scripts.contribute.plain_numbers import ENDS
from scripts.contribute.printed_result import parse_count, unknown_words_before_number
from scripts.findings import Finding, make_finding
from scripts.package.contract import Table
from scripts.package.files import Row
from scripts.package.package import Package

OF_READING = (NOT_READ, NOT_REPORTED)
OF_LEVEL, UNKNOWN = ("interval_level_reason",), "unknown"
STUDIES, OF_A_SCOPE = "studies", "limitation_id"
OF_A_LIMIT = {"handled_by": "narrative", "reach": STUDIES}  # what blanks in the sheet of limitations mean
# A blank source or study means the only one in the contribution, if there is exactly one.
FILLED_IN = {"source_id": "sources", "study_id": "studies"}
# Tables with names that others refer to come first.
TAKEN_FIRST = (*contribution_layout.NEW_WORDS, *contribution_layout.MAIN, "study_facts")
WHICH = (
    "Give the row that is meant a short name in the first column, such as Denominator-1, "
    "and write that name here."
)
DISTINCT = ("printed", "title", "name", "limitation_id", "study_id")  # the most distinctive columns
MOST = 5  # the most rows listed if a number occurs in several


@dataclass(frozen=True)
class Merged:
    """The merged tables, with the lines of their new rows, and findings on rows that were not added."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    added: dict[str, dict[int, Entry]] = field(default_factory=dict)  # by table and new line
    unchanged: dict[str, list[str]] = field(default_factory=dict)  # existing keys, by table
    findings: list[Finding] = field(default_factory=list)
    unanswered: dict[str, str] = field(default_factory=dict)  # title of blank column: reason
    coercions: list[Coercion] = field(default_factory=list)  # cells that are not stored as they were typed
    of_share: dict[int, int] = field(default_factory=dict)  # line of part: line of share
    unknown_words: dict[int, str] = field(default_factory=dict)  # line: unknown words before its number


def merge(entries: Sequence[Entry], package: Package) -> Merged:
    """Add entries to the tables; an entry that only repeats a row of the package changes nothing."""
    merger = _Merger(package, entries)
    names = [table.name for table in contribution_layout.contribution_tables(package.contract)]
    for name in sorted(names, key=(*TAKEN_FIRST, *names).index):
        for entry in _sort_containing_places_first([entry for entry in entries if entry.table == name]):
            merger.add_entry(entry, package.contract.table(name))
        if name == VALUES:
            merger.add_links_of_shares()
    return merger.sorted_tables()


def _sort_containing_places_first(entries: Sequence[Entry]) -> list[Entry]:
    """Move places that contain others to the front; all other entries stay in order."""
    parents = {entry.cells.get("parent_id") for entry in entries}
    return sorted(entries, key=lambda entry: entry.cells.get("name") not in parents)


class _Merger:
    """The tables, and the rows added to them so far."""

    def __init__(self, package: Package, entries: Sequence[Entry]) -> None:
        self._package = package
        self._values = [entry for entry in entries if entry.table == VALUES]
        self._scoped = {entry.cells[OF_A_SCOPE] for entry in entries if entry.table == SCOPES}
        self._shares = PartsOfShares(self._values)
        self._new: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._seen: dict[str, set[str]] = defaultdict(set)  # contributed keys, new or not
        self._proposals: dict[tuple[str, str], Iterator[str]] = {}  # by table and first key
        self._keys: dict[int, str] = {}  # of readings, by row of the sheet
        self._own_names: dict[str, Entry] = {}  # limitations by the short name that their sender made up
        self._labels: dict[str, Labels] = {}
        of_share = {line: share.line for line, (share, _) in self._shares.of_part.items()}
        self._merged = Merged(of_share=of_share)

    def add_entry(self, entry: Entry, table: Table) -> None:
        """Add an entry, or note that its row is already there, or report why it cannot be added."""
        if table.name == LIMITS:
            entry = _drop_scope_cells(entry)
        sent = replace(entry, cells=self._replace_names_with_keys(entry, table))
        own_name = _own_short_name(sent, table)
        if first := self._own_names.get(own_name):
            self._merged.findings.append(_duplicate_finding(sent, table, own_name, first))
            return
        if own_name:
            sent = replace(sent, cells=sent.cells | {OF_A_SCOPE: ""})
        is_known = table.key_of(sent.cells) in self._package.rows_by_key(table.name)
        sent = sent if is_known else self._complete_entry(sent, table)
        key = table.key_of(sent.cells)
        present, twin = self._package.rows_by_key(table.name).get(key), self._new[table.name].get(key)
        self._remember_key(sent, table, key)
        if own_name:
            self._remember_own_name(own_name, sent, table)
        if present:
            self._compare_with_existing_row(sent, table, present)
        elif twin:
            self._merged.findings.append(_duplicate_finding(sent, table, key, twin))
        else:
            self._new[table.name][key] = sent
        if table.name == LIMITS:
            self._add_scopes(sent, is_new=not present)

    def _remember_key(self, entry: Entry, table: Table, key: str) -> None:
        self._seen[table.name].add(key)
        self._labels_of(table).add(entry.cells)
        if table.name == VALUES:
            self._keys[entry.line] = key

    def _remember_own_name(self, own_name: str, entry: Entry, table: Table) -> None:
        """Let other rows name a limitation by the sender's short name, and note its key."""
        key = table.key_of(entry.cells)
        self._own_names[own_name] = entry
        self._labels_of(table).add_name(own_name, key)
        self._merged.coercions.append(Coercion(entry.place(OF_A_SCOPE).title, own_name, key))

    def _compare_with_existing_row(self, entry: Entry, table: Table, present: Row) -> None:
        """Compare an entry with the row that has its key; a blank cell in the entry matches anything."""
        typed = [name for name in table.column_names if entry.cells[name]]
        if differing := [name for name in typed if present[name] != entry.cells[name]]:
            self._merged.findings.append(_difference_finding(entry, table, present, differing[0]))
        else:
            self._merged.unchanged.setdefault(table.name, []).append(table.key_of(present))

    def _labels_of(self, table: Table) -> Labels:
        return self._labels.setdefault(table.name, Labels(self._package, table))

    def _replace_names_with_keys(self, entry: Entry, table: Table) -> Row:
        """The cells with keys in place of names."""
        cells = dict(entry.cells)
        for key in table.foreign_keys:
            if text := cells[key.field]:
                cells[key.field] = self._labels_of(self._table(key.table)).key_of(text)
        return cells

    def _complete_entry(self, entry: Entry, table: Table) -> Entry:
        """Fill in references, inferred cells, reasons for blanks, and a key."""
        cells = self._fill_in_from_share(entry)
        cells = self._fill_in_only_references(cells, table)
        cells = self._infer_and_report_cells(replace(entry, cells=cells), table)
        return replace(entry, cells=self._add_key(replace(entry, cells=cells), table))

    def _fill_in_from_share(self, entry: Entry) -> Row:
        """The cells of an entry; in a count or a denominator, blanks are filled in from the share."""
        if entry.table != VALUES or entry.line not in self._shares.of_part:
            return entry.cells
        share, relation = self._shares.of_part[entry.line]
        whole = replace(share, cells=self._replace_names_with_keys(share, self._table(VALUES)))
        return defaults.cells_from_share(whole, entry, relation)

    def add_links_of_shares(self) -> None:
        """Add a row to `links` for each count and denominator that a share names."""
        cells = [cell for found in self._merged.findings for cell in found.cells]
        reported_lines = {cell.line for cell in cells if cell.table == VALUES}
        for share in (entry for entry in self._values if entry.parts and entry.line not in reported_lines):
            for relation, token in share.parts.items():
                self._add_link_to_part(share, relation, token)

    def _add_link_to_part(self, share: Entry, relation: str, token: str) -> None:
        rows = self._shares.parts(relation, share)
        known = [token] if token in self._package.rows_by_key(VALUES) else []
        keys = [self._keys[row] for row in rows] or known
        if len(keys) == 1:
            self.add_entry(self._make_link(share, relation, keys[0]), self._table(LINKS))
        else:
            self._merged.findings.append(missing_part_finding(share, relation, rows))

    def _make_link(self, share: Entry, relation: str, key: str) -> Entry:
        ends = {"from_id": key, "relation": relation, "to_id": self._keys[share.line]}
        cells = dict.fromkeys(self._table(LINKS).column_names, "") | ends
        if not {ends["from_id"], ends["to_id"]} <= self._package.rows_by_key(VALUES).keys():
            cells |= {"basis": "as_printed", "reason": "The source sets the two side by side."}
        places, typed = dict.fromkeys(cells, share.place(relation)), {"relation": share.parts[relation]}
        return replace(share, table=LINKS, cells=cells, places=places, typed=typed)

    def _add_scopes(self, limit: Entry, is_new: bool) -> None:
        """Add rows to `scopes` for what a limitation applies to.

        A new limitation that names nothing applies to the only study that was sent or, if none was sent, to
        all values that were sent.
        """
        table, named = self._table(SCOPES), {**limit.parts}
        is_named = any(named.values()) or self._has_contributed_scopes(limit)
        if is_new and limit.cells["reach"] == STUDIES and not is_named:
            named["study_id"] = self._key_of_only_contributed_row(STUDIES)
            named["value_id"] = "" if self._seen[STUDIES] else SEVERAL.join(self._keys.values())
        ends = [(name, end.strip()) for name in named for end in named[name].split(SEVERAL.strip())]
        for name, end in ends:
            scope_cells = {"limitation_id": limit.cells["limitation_id"], name: end}
            cells = dict.fromkeys(table.column_names, "") | scope_cells
            places = dict.fromkeys(cells, limit.place(name))
            if end:
                self.add_entry(
                    replace(limit, table=SCOPES, cells=cells, places=places, typed=scope_cells), table
                )

    def _has_contributed_scopes(self, limit: Entry) -> bool:
        """Return whether rows of `scopes` were sent for a limitation, under its key or its name."""
        labels = self._labels_of(self._table(LIMITS))
        return limit.cells[OF_A_SCOPE] in map(labels.key_of, self._scoped)

    def _key_of_only_contributed_row(self, table: str) -> str:
        """The key of the only row of a table that was sent; blank if there is not exactly one."""
        keys = self._seen[table]
        return next(iter(keys)) if len(keys) == 1 else ""

    def _table(self, name: str) -> Table:
        return self._package.contract.table(name)

    def _find_row(self, table: str, key: str) -> Row:
        new = self._new.get(table, {}).get(key)
        return new.cells if new else self._package.rows_by_key(table).get(key, {})

    def _infer_and_report_cells(self, entry: Entry, table: Table) -> Row:
        """Fill in inferred cells and reasons for blanks, and record what to tell the contributor."""
        cells = self._fill_in_inferred_cells(entry, table)
        blanks = self._reasons_for_blanks(replace(entry, cells=cells), table)
        indicator = self._find_row("indicators", cells.get("indicator_id", ""))
        unit = indicator.get("unit", "")
        unit = self._package.contract.label_by_code.get(unit, unit)
        if table.name == VALUES and not any(map(entry.typed.get, (*ENDS, "qualifier"))):
            mark = defaults.decimal_mark_of_source(cells, self._find_row)
            self._merged.unknown_words[entry.line] = unknown_words_before_number(cells, mark, indicator)
        self._merged.coercions.extend(coerced_cells(entry, cells, table, unit))
        for name, word in self._blank_reasons_worth_reporting(entry, cells | blanks, blanks).items():
            name = name.removesuffix("_reason")
            title = (
                entry.place(name).title
                if entry.has_column(name)
                else f"“{table.field_by_name[name].title}”"
            )
            self._merged.unanswered[title] = word
        return cells | blanks

    def _blank_reasons_worth_reporting(self, entry: Entry, cells: Row, blanks: Row) -> Row:
        """The reasons for blanks that the contributor is told.

        “Not read” and “not reported” are left out for a column that the file lacks, and for the level of an
        interval if there is no interval. An unknown weighting is added if the study has both kinds.
        """
        has_interval = bool(cells.get("interval_low"))
        reasons = {
            name: word
            for name, word in blanks.items()
            if word not in OF_READING or (entry.has_column(name) and (has_interval or name not in OF_LEVEL))
        }
        is_unsure = cells.get("weighted") == UNKNOWN and not entry.typed.get("weighted")
        weighting = self._find_row(STUDIES, cells.get("study_id", "")).get("weighting")
        return reasons | ({"weighted": UNKNOWN} if is_unsure and weighting == "mixed" else {})

    def _fill_in_inferred_cells(self, entry: Entry, table: Table) -> Row:
        """The cells of a row, with those that follow from other cells."""
        cells = entry.cells
        if table.name == VALUES:
            return defaults.reading_defaults(cells, self._find_row, is_plain=entry.noun == "line")
        if table.name == "sources":
            tokens = [value.cells["printed"] for value in self._values]
            return defaults.fill_in_decimal_mark(
                defaults.fill_in_independence(cells, self._find_row), tokens
            )
        if table.name == LIMITS:
            return cells | {name: cells[name] or word for name, word in OF_A_LIMIT.items()}
        return cells

    def _reasons_for_blanks(self, entry: Entry, table: Table) -> Row:
        """The reason for each blank; “not reported”, not “not read”, if the whole document was read."""
        blanks = defaults.reasons_for_blanks(entry.cells, table)
        source_id = entry.cells.get("source_id") or self._key_of_only_contributed_row("sources")
        source = self._find_row("sources", source_id) or entry.cells
        if source.get("read_extent") == WHOLE:
            unread = [name for name, word in blanks.items() if word == NOT_READ]
            blanks |= dict.fromkeys(unread, NOT_REPORTED)
        return blanks

    def _fill_in_only_references(self, cells: Row, table: Table) -> Row:
        """Fill in the contribution's only source and only study where they are blank.

        If a limitation names neither a page nor who raised it, it is stated by this publication itself, and
        so has no source.
        """
        if table.name == SCOPES or (table.name == LIMITS and not cells["raised_by"] + cells["locator"]):
            return cells
        names = [name for name in FILLED_IN if name in cells and name not in table.primary_key]
        needed = [name for name in names if not cells[name] + cells.get(f"{name}_reason", "")]
        return cells | {name: self._key_of_only_contributed_row(FILLED_IN[name]) for name in needed}

    def _add_key(self, entry: Entry, table: Table) -> Row:
        """Fill in a blank key: that of a row that is equal or has the same name; else the next free key."""
        cells, (name, *others) = entry.cells, table.primary_key
        if cells[name] or others:
            return cells
        column = next(distinct for distinct in DISTINCT if distinct in cells)
        for row in self._package.rows_with_cell(table.name, column, cells[column]):
            if row | {name: ""} == cells and row[name] not in self._seen[table.name]:
                return row
        rows = self._package.rows(table.name) if table.name in contribution_layout.NEW_WORDS else ()
        for row in (
            named for named in rows if _name_and_parent_place(named) == _name_and_parent_place(cells)
        ):
            existing = f"{row[name]} of the package"
            self._merged.coercions.append(Coercion(entry.place("name").title, cells["name"], existing))
            return row | {
                field: cells[field]
                for field in entry.typed or cells
                if field != "name" and cells.get(field)
            }
        return cells | {name: self._next_free_key(table, cells)}

    def _next_free_key(self, table: Table, cells: Row) -> str:
        """The first proposed key that is free; the next search continues after it."""
        keys = proposed_keys(table.name, cells)
        first = next(keys)
        keys = self._proposals.setdefault((table.name, first), chain([first], keys))
        old, new = self._package.rows_by_key(table.name), self._new[table.name]
        return next(key for key in keys if key not in old and key not in new)

    def _explain_missing_denominators(self) -> None:
        """Record why a change or a “none found” result without links has no denominator."""
        links = [link.cells for link in self._new[LINKS].values()]
        linked = {row["from_id"] for row in links if row["relation"] == "part_of"}
        linked |= {row["to_id"] for row in links}
        for key, entry in self._new[VALUES].items():
            cells = entry.cells
            kind = self._find_row("indicators", cells["indicator_id"]).get("kind")
            is_told = key in linked or cells["denominator_reason"] + cells["mention_of"]
            if not is_told and (kind == "change" or cells["qualifier"] == "none_found"):
                is_read = self._find_row("sources", cells["source_id"]).get("read_extent") == WHOLE
                reason = {"denominator_reason": NOT_REPORTED if is_read else NOT_READ}
                self._new[VALUES][key] = replace(entry, cells=cells | reason)

    def sorted_tables(self) -> Merged:
        """The result, with the tables that get new rows sorted by key."""
        self._explain_missing_denominators()
        for name, new in ((name, new) for name, new in self._new.items() if new):
            table = self._table(name)
            both = [*self._package.rows(name), *(entry.cells for entry in new.values())]
            rows = sorted(both, key=lambda row: [row[column] for column in table.primary_key])
            keys = enumerate(map(table.key_of, rows), start=2)
            self._merged.rows[name] = rows
            self._merged.added[name] = {line: new[key] for line, key in keys if key in new}
        return self._merged


def _drop_scope_cells(entry: Entry) -> Entry:
    """A limitation as its own table has it; the studies and values from its sheet are moved to `parts`."""
    if "reach" in entry.cells:
        return entry
    cells = dict(entry.cells)
    parts = {name: cells.pop(name) for name in contribution_layout.BESIDE_A_LIMIT}
    cells["reach"] = cells.pop("study_id_reason")
    places = {**entry.places, "reach": entry.place("study_id")}
    return replace(entry, cells=cells, parts=parts, places=places)


def _own_short_name(entry: Entry, table: Table) -> str:
    """The short name of a limitation if it cannot be a key of the package, such as L-KC-1; else blank."""
    if table.name != LIMITS:
        return ""
    pattern = table.field_by_name[OF_A_SCOPE].constraints["pattern"]
    return "" if re.fullmatch(pattern, entry.cells[OF_A_SCOPE]) else entry.cells[OF_A_SCOPE]


def _name_and_parent_place(row: Row) -> tuple[str, str]:
    """What identifies a row that others refer to: its name and, for a place, the place that contains it."""
    return " ".join(row["name"].split()).casefold(), row.get("parent_id", "")


def _difference_finding(entry: Entry, table: Table, present: Row, name: str) -> Finding:
    labels = table.field_by_name[name].label_by_code if entry.noun == "row" else {}
    column, has = entry.place(name).title or name, labels.get(present[name], present[name])
    message = f"The package has {table.key_of(present)} already, and there {column} is “{has}”."
    key_column = table.primary_key[0]
    key = entry.place(key_column).title or key_column
    fix = f"If this is a row of yours, give it another name, or empty its cell {key}. {TWICE.fix}"
    return entry.finding(
        TWICE, message, key_column, value=entry.typed.get(key_column) or entry.cells[key_column], fix=fix
    )


def _duplicate_finding(entry: Entry, table: Table, key: str, first: Entry) -> Finding:
    message = f"{key} stands in {first.row_reference} already."
    name = table.primary_key[0]
    return entry.finding(TWICE, message, name, entry.cells[name])


class PartsOfShares:
    """The readings of a contribution by key and number, to find the count and denominator of each share."""

    def __init__(self, values: Sequence[Entry]) -> None:
        self._rows: dict[str, list[int]] = defaultdict(list)
        self._sexes = {entry.line: entry.cells["sex"] for entry in values}
        self._shares: dict[tuple[str, str], list[int]] = defaultdict(list)  # by relation and number
        for share in values:
            for relation in share.parts:
                self._shares[_relation_and_number(relation, share)].append(share.line)
        self._nearest: dict[tuple[str, str], set[int]] = {}  # rows that are nearest below such a share
        for entry in values if any(row.parts for row in values) else ():
            printed = entry.cells["printed"]
            for name in {entry.cells["value_id"], printed, _normalised_number(printed)}:
                self._rows[name].append(entry.line)
        self.of_part = {  # line: the only share that names it, and the relation
            lines[0]: (share, relation)
            for share in values
            for relation in share.parts
            if len(lines := self.parts(relation, share)) == 1
        }

    def parts(self, relation: str, share: Entry) -> list[int]:
        """The lines of the readings whose key, printed result or number a share gives for this part.

        If count and denominator are the same number, as in 88 of 88, the first line is the count.
        """
        token = share.parts[relation]
        names = [name for name in (token, _normalised_number(token)) if name]
        found = {line for name in names for line in self._rows.get(name, ())[: MOST + 1]}
        lines = sorted(found - {share.line})[:MOST]
        is_whole = len({*map(_normalised_number, share.parts.values())}) == 1
        is_of_few = 1 < len(found) <= MOST and not (is_whole and len(share.parts) > 1)
        if is_of_few and (row := self._row_of_group(relation, share, lines)):
            return [row]
        return (
            [lines[[*contribution_layout.PARTS].index(relation)]] if is_whole and len(lines) == 2 else lines
        )

    def _row_of_group(self, relation: str, share: Entry, lines: Sequence[int]) -> int:
        """The row of the share's own group where several give its number; 0 if that is uncertain.

        That is the only row of its sex, if each row says its sex. Otherwise it is the nearest row below, if
        each row is the nearest below some share.
        """
        same_sex = [line for line in lines if self._sexes[line] == share.cells["sex"]]
        if len(same_sex) == 1 and all(self._sexes[line] for line in lines):
            return same_sex[0]
        group = _relation_and_number(relation, share)
        if group not in self._nearest:
            self._nearest[group] = {_nearest_below(line, lines) for line in self._shares[group]}
        return _nearest_below(share.line, lines) if self._nearest[group] == {*lines} else 0


def _relation_and_number(relation: str, share: Entry) -> tuple[str, str]:
    """What shares with the same count or denominator have in common: the relation and its number."""
    token = share.parts[relation]
    return relation, _normalised_number(token) or token


def _nearest_below(line: int, lines: Sequence[int]) -> int:
    """The first of these sorted lines after a line; 0 if there is none."""
    return next((other for other in lines if other > line), 0)


def _normalised_number(token: str) -> str:
    """A number in a form that does not depend on how it is written; blank if there is no number."""
    number = parse_count(token)
    return f"= {number}" if number else ""


def missing_part_finding(share: Entry, relation: str, rows: Sequence[int]) -> Finding:
    """The finding that no row, or more than one, gives the count or denominator that a share names."""
    token = share.parts[relation]
    lines = f"{share.noun.capitalize()}s {', '.join(map(str, rows))} all give"
    listed = lines if rows else "No other row gives"
    return share.finding(PART, f"{listed} “{token}”.", relation, value=token, fix=WHICH if rows else "")


def shares_without_denominator(merged: Merged, package: Package) -> list[Finding]:
    """A finding for each new share with neither a denominator nor a reason, if the whole document was read.

    Somebody who only read passages may not have come across the denominator.
    """
    indicators, links, sources = (
        merged.rows.get(name) or package.rows(name) for name in ("indicators", LINKS, "sources")
    )
    read_whole = {row["source_id"] for row in sources if row["read_extent"] == WHOLE}
    of_shares = {row["indicator_id"] for row in indicators if row["kind"] == "share"}
    based = {row["to_id"] for row in links if row["relation"] == "denominator_of"}
    shares = [
        entry
        for entry in merged.added.get(VALUES, {}).values()
        if entry.cells["indicator_id"] in of_shares
        and entry.cells["source_id"] in read_whole
        and entry.line not in merged.of_share  # a part of a share; its indicator is wrong
        and "denominator_of" not in entry.parts
        and not entry.cells["mention_of"] + entry.cells["denominator_reason"]
        and entry.cells["value_id"] not in based
    ]
    return [entry.finding(NO_BASE, "The share has no denominator.", "denominator_of") for entry in shares]


def findings_on_unknown_words(merged: Merged, package: Package) -> list[Finding]:
    """A finding for each new number that is stored although words next to it are unknown."""
    path, new = package.contract.table(VALUES).path, merged.added.get(VALUES, {})
    message = "The program does not know “{words}”. It takes the number as it stands, as {taken}."
    return [
        make_finding(
            UNREAD_WORDS,
            path,
            message,
            line=line,
            field="printed",
            value=entry.cells["printed"],
            fix=UNREAD_WORDS.fix,
            parameters={"words": words, "taken": entry.cells["qualifier"]},
        )
        for line, entry in new.items()
        if (words := merged.unknown_words.get(entry.line))
    ]


def proposed_keys(table: str, row: Row) -> Iterator[str]:
    """Yield possible keys for a row that has none, best first."""
    return PROPOSED[table](row) if table in PROPOSED else _numbered_slugs(row["name"])


def _numbered_slugs(*words: str) -> Iterator[str]:
    stem = slug(*words)
    return chain([stem], (f"{stem}-{number}" for number in count(2)))


def _numbered_keys(prefix: str, digits: int) -> Iterator[str]:
    return (f"{prefix}{number:0{digits}}" for number in count(1))


def _keys_joined_by_dots(*ends: str) -> Iterator[str]:
    return chain([".".join(ends)], _numbered_slugs(*ends))


def _key_prefix_in_capitals(word: str) -> str:
    letters = word.upper().replace(".", "-")
    return letters if letters[:1].isalpha() else f"N-{letters}"


PROPOSED: dict[str, Callable[[Row], Iterator[str]]] = {
    "sources": lambda row: _numbered_slugs(row["publisher"], row["date_published"][:4]),
    STUDIES: lambda row: _numbered_slugs(row["organisation_id"], row["place_id"], row["fieldwork"][:4]),
    VALUES: lambda row: _numbered_keys(f"{_key_prefix_in_capitals(row['source_id'])}-", 3),
    LIMITS: lambda row: _numbered_keys("L", 2),
    SCOPES: lambda row: _keys_joined_by_dots(row["limitation_id"], row["study_id"] or row["value_id"]),
    "study_facts": lambda row: _numbered_keys(f"{_key_prefix_in_capitals(row['study_id'])}-F", 2),
}
