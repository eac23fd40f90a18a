"""Turn the answers in the form for one result into a contribution, and link findings to questions.

A name that is not in the list becomes a new row if one of the questions that describe it is answered.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from textwrap import shorten

from openpyxl.workbook.workbook import Workbook

from scripts.checks.contributed_file_rules import NO_BASE, PART
from scripts.checks.schema import PATTERN, REFERENCE, REQUIRED
from scripts.contribute import contribution_layout, defaults, filled_workbook, result_questions, template
from scripts.contribute.answers import normalise_text
from scripts.contribute.cell_coercion import NOTHING, Coercion
from scripts.contribute.cell_findings import (
    NEEDS_REASON,
    OF_THE_TOKEN,
    RowWords,
    SheetWords,
    is_due_to_unread_result,
)
from scripts.contribute.contribution_layout import LIMITS, NEW_WORDS, PARTS, VALUES, Contribution, Entry
from scripts.contribute.key_labels import Labels, Names
from scripts.contribute.plain_numbers import to_ascii_digits
from scripts.contribute.result_questions import (
    ORIGIN,
    STUDY,
    Answers,
    Question,
    is_asked_of,
    own_field,
    question_rows,
)
from scripts.findings import Cell, Finding
from scripts.package.contract import Table
from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import ENOUGH_PEOPLE

NAME = "one-result.xlsx"
NO_SIGNS = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")  # not allowed in a workbook
CREDITED, SMALL = "credited_to", "disclosure"
LINE = 2  # the row in a sheet
LINES = {"": LINE, "numerator_of": LINE + 1, "denominator_of": LINE + 2}  # share, count, denominator
NOT_STATED, ALL, VAGUE_TIME = "not_stated", "all", "vague"
YEAR = re.compile("[0-9]{4}(?!['’]?s)")  # not “the early 2000s”
OF_WOMEN = re.compile(
    r"\b(?:girls?|wom[ae]n|females?|hostesses|femmes|filles|mujer(?:es)?|niñas?|mulher(?:es)?"
    r"|meninas?|meisjes|vrouwen|mädchen|frauen|perempuan|wasichana|wanawake)\b|ស្ត្រី|ស្រី|នារី|ผู้หญิง|เด็กหญิง|लड़कि|महिला",
    re.IGNORECASE,
)
OF_MEN = re.compile(
    r"\b(?:boys?|m[ae]n|males?|hommes|garçons|hombres?|niños|homens?|meninos?|rapaz(?:es)?"
    r"|jongens|mannen|jungen|männer|laki-laki|wavulana|wanaume)\b|បុរស|ប្រុស|ผู้ชาย|เด็กชาย|लड़क[ेो]|पुरुष",
    re.IGNORECASE,
)
MEASURED = ("years", "ratio", "rank", "us_dollars")  # units of what is measured, not counted
COVERAGE, SHORT = "coverage", 60  # the usual kind of a limitation; the most letters in its name
OF_THE_SHARE_ALONE = ("age_min_reason", "age_max_reason")  # the denominator's ages are not asked for
OF_AGES = ("age_min", "age_max")
AGES = re.compile(  # aged 13 to 17, de 13 a 17 años, 13-17 tahun
    r"(?P<aged>\baged\s+)?(?<![0-9])(?P<age_min>[0-9]{1,2})"
    r"(?:\s*[-–]\s*|\s+(?:to|and|à|a|y|et|tot|en|bis|hadi|hingga|sampai|dan)\s+)(?P<age_max>[0-9]{1,2})"
    r"(?(aged)(?![0-9])|\s*(?:years?|yrs?|ans|años|anos|jaar|jahre|tahun|ปี|ឆ្នាំ|वर्ष|साल)(?!\w))",
    re.IGNORECASE,
)
BLANK = "This question has no answer."
DESCRIBE = "If it is a new one, answer the questions below it, which describe it."
HELP_IS_ENOUGH = {
    PATTERN.id,
    REQUIRED.id,
    "evidence-fits-speaker",
    "independence-against-body",
    "place-inside-parent",
    "small-cell-is-marked",
}
# The beginnings of fixes that are too vague without the help text.
VAGUE = ("Correct the [cell]", "Correct one of")
Place = tuple[str, int, str]  # table, line of its sheet, field


class FormRows:
    """The rows made from the answers, and the question behind each cell.

    The rows are a source, a study, its result with count and denominator, a limitation, and new names.
    """

    def __init__(self, package: Package, answers: Answers) -> None:
        self.package = package
        normalised = {name: _normalise_answer(text) for name, text in answers.items()}
        self._origin = normalised.get(ORIGIN) or STUDY
        self._asked = asked_rows = [row for row in question_rows() if is_asked_of(self._origin, row)]
        self.given = {row["question"]: normalised.get(row["question"], "") for row in asked_rows}
        if self._kind not in ("", "share"):
            self.given |= {row["question"]: "" for row in asked_rows if row["of_a_share"]}
        self.rows: dict[str, list[Row]] = {
            table.name: [] for table in contribution_layout.contribution_tables(package.contract)
        }
        self.asked: dict[Place, Row] = {}  # the question of each cell
        self.blank: dict[str, str] = {}  # the reason for each blank, by the quoted question
        self.coercions: list[Coercion] = []  # answers that are not stored as they were typed
        self._questions = [
            row for row in asked_rows if row["table"] not in NEW_WORDS and row["question"] != ORIGIN
        ]
        self._fill_rows()

    def workbook(self) -> Workbook:
        """The workbook that the answers would fill."""
        return template.build_workbook(self.package, self.rows)

    def contribution(self, book: Workbook) -> Contribution:
        """The contribution in this workbook, with each cell linked to its question."""
        read = filled_workbook.read_open_workbook(book, NAME, self.package.contract)
        findings = [found.located_at(*map(self._question_at, found.cells)) for found in read.findings]
        return replace(read, entries=[*map(self._add_question_places, read.entries)], findings=findings)

    def _add_question_places(self, entry: Entry) -> Entry:
        table, line = entry.table, entry.line
        names = {
            name
            for table_name, asked_line, name in self.asked
            if table_name == table and asked_line in (LINE, line)
        }
        beside = {name: self._question_at(Cell("", table, line, name)) for name in names - {*entry.places}}
        places = {name: self._question_at(place) for name, place in entry.places.items()}
        return replace(entry, places=places, beside=beside)

    def _question_at(self, place: Cell) -> Cell:
        question = self.question(place.table, place.line, place.field)
        return Cell(f"“{question['label']}”", place.table, place.line, question["question"])

    def question(self, table: str, line: int, name: str) -> Row:
        """The question that fills a cell; if it is only asked about the share, that question.

        If there is no such question either, the first question about the table.
        """
        of_table = [row for place, row in self.asked.items() if place[0] == table]
        own = [row for row in of_table if row["table"] == table]
        first = (own or of_table or [self.asked[VALUES, LINE, "printed"]])[0]
        name = name.removesuffix("_reason")
        return self.asked.get((table, line, name)) or self.asked.get((table, LINE, name)) or first

    def _fill_rows(self) -> None:
        for question in self._questions:
            self._record_cells_of_question(question)
        tables = self._tables_with_a_row()
        why = self._reasons_by_table(tables)
        for name in tables:
            cells = {row["field"]: self._answer(row) for row in self._questions if row["table"] == name}
            row = dict.fromkeys(self._table(name).column_names, "") | cells | why[name]
            self.rows[name] = self._rows_of_table(name, row)
        for question in self._asked:
            self._add_row_for_new_name(question)
        [first] = [row for row in question_rows() if row["question"] == ORIGIN]
        self.asked.setdefault((VALUES, LINE, "study_id"), first)

    def _tables_with_a_row(self) -> list[str]:
        """The tables that get a row: none without an answer, and limitations only if one is given."""
        answered = {row["table"] for row in self._questions if self._answer(row)}
        table_names = dict.fromkeys(row["table"] for row in self._questions)
        return [name for name in table_names if answered and (name != LIMITS or LIMITS in answered)]

    def _rows_of_table(self, table: str, row: Row) -> list[Row]:
        if table == LIMITS:
            row |= {"name": _name_of_limitation(row["text"]), "kind": row["kind"] or COVERAGE}
            # if no organisation is named, this publication states the limitation, so no page is cited
            return [row if row["raised_by"] else row | {"locator": ""}]
        if table != VALUES:
            return [row]
        row |= self._cells_of_study(row) | self._reason_for_no_denominator(row)
        if not row[CREDITED] and self._origin == STUDY:  # credited to the organisation that ran the study
            self.asked[VALUES, LINE, CREDITED] = self.question("studies", LINE, "organisation_id")
        return _split_into_parts(row, self._reason_for_blanks)

    def _cells_of_study(self, row: Row) -> Row:
        """The cells that depend on whether the number comes from a study.

        For a study: its population. Otherwise: the reason, a topic if none was given, and a vague time.
        """
        if self._origin == STUDY:
            return {"population_id": self.given["population"]}
        topic = {} if row["topic"] else {"topic": self._commonest_topic()}
        return {"study_id_reason": self._origin} | topic | self._cells_of_vague_time(row["period"])

    def _commonest_topic(self) -> str:
        """The commonest topic of figures with this origin.

        If some of these figures have the same indicator as the result, only they count.
        """
        alike = [row for row in self.package.rows(VALUES) if row["study_id_reason"] == self._origin]
        same = [row for row in alike if row["indicator_id"] == self._indicator]
        topics = Counter(row["topic"] for row in same or alike)
        topic = max(topics, key=lambda topic: topics[topic], default="")
        self.blank[f"“{self.question(VALUES, LINE, 'topic')['label']}”"] = topic
        return topic

    @cached_property
    def _indicator(self) -> str:
        """The key of the indicator; if it is not in the list, its name as typed."""
        return Labels(self.package, self._table("indicators")).key_of(self.given["indicator"])

    @cached_property
    def _kind(self) -> str:
        """The kind of the indicator; blank if it is not known yet."""
        if known := self.package.rows_by_key("indicators").get(self._indicator):
            return known["kind"]
        return _kind_of_new_indicator(self.given["indicator_unit"], self.given["indicator_direction"])

    def _cells_of_vague_time(self, words: str) -> Row:
        """The cells for a time without a year: its words, and a blank period marked as vague."""
        table = self._table(VALUES)
        is_reason = contribution_layout.matching_code(
            words, contribution_layout.blank_reasons(table, table.field_by_name["period"])
        )
        if not words or is_reason or YEAR.search(to_ascii_digits(words)):
            return {}
        question = self.question(VALUES, LINE, "period")
        self.coercions.append(Coercion(f"“{question['label']}”", words, VAGUE_TIME))
        return {"period": "", "period_reason": VAGUE_TIME, "period_as_printed": words}

    def _answer(self, question: Row) -> str:
        return self.given.get(question["question"], "")

    def _table(self, name: str) -> Table:
        return self.package.contract.table(name)

    def _reason_for_no_denominator(self, row: Row) -> Row:
        """The cell with the reason why a change or a “none found” result has no denominator, if so."""
        qualifiers = self._table(VALUES).field_by_name["qualifier"].categories
        is_none = (
            contribution_layout.matching_code(row["qualifier"], qualifiers) == "none_found"
            and not row["denominator_of"]
        )
        return {"denominator_reason": self._reason_for_blanks} if self._kind == "change" or is_none else {}

    def _record_cells_of_question(self, question: Row) -> None:
        table, name = question["table"], question["field"]
        self.asked[table, LINES[name.rpartition(".")[0]], own_field(question)] = question
        if name in PARTS:  # a count or denominator has its own row
            self.asked[table, LINES[name], "printed"] = question
        for target in question["tells"].split():
            table_name, _, field = target.partition(".")
            self.asked.setdefault((table_name, LINE, field), question)

    @property
    def _reason_for_blanks(self) -> str:
        """Why questions are blank: not reported, if the whole document was read; otherwise, not read."""
        return (
            contribution_layout.NOT_REPORTED
            if self.given.get("extent") == contribution_layout.WHOLE
            else contribution_layout.NOT_READ
        )

    def _reasons_by_table(self, tables: Sequence[str]) -> Mapping[str, Row]:
        """The reasons for blank cells, by table and column, whether or not there is a question for them."""
        cells: dict[str, Row] = defaultdict(dict)
        for question in self._questions:
            if not self._answer(question) and question["field"] != CREDITED:
                for table_name, column, why in self._cells_left_blank_with_question(question):
                    cells[table_name][column] = why
                    if table_name == question["table"] and table_name in tables:
                        self.blank[f"“{question['label']}”"] = why
        for table in map(self._table, tables):
            unasked = self._titles_of_unasked_fields_by_reason_column(table)
            cells[table.name] |= dict.fromkeys(unasked, self._reason_for_blanks)
        return cells

    def _cells_left_blank_with_question(self, question: Row) -> Iterator[tuple[str, str, str]]:
        """Yield where to record that a question has no answer: table, column and reason."""
        why = self._reason_for_blanks
        for place in (f"{question['table']}.{question['field']}", *question["tells"].split()):
            table, _, name = place.partition(".")
            if column := _column_that_records_reason(why, self._table(table), name):
                yield table, column, why

    def _titles_of_unasked_fields_by_reason_column(self, table: Table) -> dict[str, str]:
        """The `_reason` columns that no question fills, with the titles of the columns they explain."""
        blanks = defaults.reasons_for_blanks(dict.fromkeys(table.column_names, ""), table)
        fields = {
            name: table.field_by_name[name.removesuffix("_reason")]
            for name, word in blanks.items()
            if word == contribution_layout.NOT_READ
        }
        return {
            name: f"“{field.title}”"
            for name, field in fields.items()
            if (table.name, LINE, field.name) not in self.asked
        }

    def _add_row_for_new_name(self, question: Row) -> None:
        """Add a row for a name that is not in the list, if there are answers that describe it."""
        name = self._answer(question)
        target = result_questions.table_of_names(question, self._table(question["table"]))
        below = [row for row in question_rows() if row["describes"] == question["question"]]
        descriptions = [row for row in below if row["table"] in NEW_WORDS]
        cells = {row["field"]: self._answer(row) for row in descriptions}
        if not any(cells.values()) or self._is_listed(name, question, target):
            return
        if target == "indicators":
            is_part = question["field"] != own_field(question)
            cells["kind"] = "count" if is_part else self._kind
        position = self._find_or_add_name(name, target)
        row = self.rows[target][position]
        row |= {column: cell for column, cell in cells.items() if cell and not row[column]}
        self.asked.setdefault((target, LINE + position, "name"), question)
        for description in descriptions:
            self.asked.setdefault((target, LINE + position, description["field"]), description)

    def _find_or_add_name(self, name: str, table: str) -> int:
        """The position of the row with this name, which is added at the end if it is missing."""
        rows = self.rows[table]
        names = [row["name"].casefold() for row in rows]
        if name.casefold() in names:
            return names.index(name.casefold())
        rows.append(dict.fromkeys(self._table(table).column_names, "") | {"name": name})
        return len(names)

    def _is_listed(self, name: str, question: Row, target: str) -> bool:
        table = self._table(question["table"])
        is_reason = contribution_layout.matching_code(
            name, contribution_layout.blank_reasons(table, result_questions.question_field(question, table))
        )
        key = Labels(self.package, self._table(target)).key_of(name)
        return not name or bool(is_reason) or key in self.package.rows_by_key(target)


def _normalise_answer(text: str) -> str:
    """An answer with plain spacing; blank if it only says that there is no answer, such as “n/a”."""
    normalised = normalise_text(NO_SIGNS.sub("", text))
    return "" if NOTHING.fullmatch(normalised) else normalised


def _kind_of_new_indicator(unit: str, direction: str) -> str:
    """The kind of a new indicator, from its unit and the direction of a change; blank without a unit."""
    if direction:
        return "change"
    kinds = {"": "", "percent": "share", **dict.fromkeys(MEASURED, "measure")}
    return kinds.get(unit, "count")


def _column_that_records_reason(why: str, table: Table, name: str) -> str:
    """The column that can hold this reason: the blank column or its reason column; blank if neither can."""
    column = table.field_by_name.get(name)
    if column and why in column.allowed_codes:
        return name
    words = contribution_layout.blank_reasons(table, column) if column else ()
    return f"{name}_reason" if any(word.value == why for word in words) else ""


def _name_of_limitation(text: str) -> str:
    """The name of a limitation: its first sentence, shortened between two words where possible."""
    first = text.partition(". ")[0].rstrip(" .")
    return shorten(first, SHORT, placeholder="…") if " " in first[:SHORT] else first[:SHORT]


def _split_into_parts(row: Row, why: str) -> list[Row]:
    """A share, its count and its denominator as rows; a blank row for one of the two that is missing."""
    why_blank = {name: cell for name, cell in row.items() if name.endswith("_reason")}
    parts = {relation: _pop_cells_with_prefix(row, f"{relation}.") for relation in PARTS}
    if not any(row[relation] for relation in PARTS):
        return [row]
    rows, blank = [row | {SMALL: ""}], dict.fromkeys(row, "")
    for relation, cells in parts.items():
        if token := row[relation]:
            is_small = token.isdecimal() and int(token) < ENOUGH_PEOPLE
            cells |= {"printed": token, SMALL: row[SMALL] if is_small else ""}
            rows.append(blank | why_blank | cells)
        else:
            rows.append(blank)
    if row["denominator_of"]:
        rows[-1] |= {"sex": _sex_of_denominator(rows[-1], row)} | _denominator_ages_from_its_words(
            rows[-1], row, why
        )
    return rows


def _pop_cells_with_prefix(row: Row, prefix: str) -> Row:
    """Remove the cells whose names begin with the prefix, and return them."""
    names = [name for name in row if name.startswith(prefix)]
    return {name.removeprefix(prefix): row.pop(name) for name in names}


def _denominator_ages_from_its_words(base: Row, share: Row, why: str) -> Row:
    """The ages in the denominator, from its words; if the share has the same words, those of the share."""
    words = to_ascii_digits(base["scope_as_printed"])
    if words.casefold() == to_ascii_digits(share["scope_as_printed"]).casefold():
        return {name: share[name] for name in (*OF_AGES, *OF_THE_SHARE_ALONE)}
    if ages := AGES.search(words):
        return {name: ages[name] for name in OF_AGES} | dict.fromkeys(OF_THE_SHARE_ALONE, "")
    return dict.fromkeys(OF_THE_SHARE_ALONE, why)


def _sex_of_denominator(base: Row, share: Row) -> str:
    """The sex of the people in the denominator, from its words; “all” if both sexes were counted."""
    if base["scope_as_printed"].casefold() == share["scope_as_printed"].casefold():
        return share["sex"]
    women, men = (bool(words.search(base["scope_as_printed"])) for words in (OF_WOMEN, OF_MEN))
    if share["sex"] == ALL or (women and men):
        return ALL
    return "female" if women else "male" if men else NOT_STATED


OWN_ROWS, ONE_AT_A_TIME = "Give each number a row of its own.", "Enter one number at a time."


class FormWords(SheetWords):
    """What messages on the form call columns: the questions that fill them."""

    def __init__(self, filled: FormRows, names: Names) -> None:
        super().__init__(names)
        self._filled = filled

    def titles(self, table: Table) -> Mapping[str, str]:
        """The quoted question for each column; a question for this table comes before others."""
        titles = {**super().titles(table), "cell": "answer"}
        for table_name in (*reversed(self._filled.rows), table.name):
            places = [place for place in self._filled.asked if place[:2] == (table_name, LINE)]
            titles |= {place[2]: f"“{self._filled.asked[place]['label']}”" for place in places}
        return titles

    def table(self, name: str) -> str:
        """What messages call every table: just the form, which has no sheets."""
        return "this form"

    @cached_property
    def _questions(self) -> Mapping[str, Question]:
        return {
            question.id: question
            for question in result_questions.flatten_questions(
                result_questions.nested_questions(self._filled.package)
            )
        }

    def findings_in_question_order(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings to show for each question: errors first, then in the order of the questions.

        In these, `field` is the question's id, and `value` the answer.
        """
        split = self._first_finding_of_each_question_and_rule(findings)
        answered = map(self._replace_value_with_answer, self._findings_worth_showing(split))
        order = ["", *self._questions]
        return tuple(
            sorted(answered, key=lambda finding: (finding.level != "error", order.index(finding.field)))
        )

    def _first_finding_of_each_question_and_rule(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings split by question, without repetitions, such as for a share and its parts.

        Whatever the rule, a question is only said once to have no answer.
        """
        first_findings: dict[tuple[str, str], Finding] = {}
        for finding in chain.from_iterable(map(self._findings_by_question, findings)):
            reason = BLANK if finding.message == BLANK else finding.rule
            first_findings.setdefault((finding.field, reason), finding)
        return [*first_findings.values()]

    def _findings_worth_showing(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings that are worth showing; for an unanswered question, only that it is unanswered."""
        unanswered = {finding.field for finding in findings if _is_on_missing_answer(finding)}
        return [
            finding
            for finding in findings
            if (finding.field not in unanswered or _is_on_missing_answer(finding))
            and self._is_worth_showing(finding)
        ]

    def _findings_by_question(self, found: Finding) -> Iterator[Finding]:
        """Yield the finding once for each question that it concerns, or once for all the answers."""
        places = [cell for cell in found.cells if cell.field in self._questions]
        if not places:
            yield replace(found, cells=(Cell("Your answers"),), field="")
        for place in places:
            words = AnswerWords(self, found, self._questions[place.field])
            yield replace(found, cells=(place,), field=place.field, words=words)

    def _is_worth_showing(self, found: Finding) -> bool:
        """Return whether to show a finding.

        Missing denominators are left out, and so are warnings on blank cells whose question has an answer.
        """
        if found.rule == NO_BASE.id:
            return False
        return found.level == "error" or bool(found.value) or not self.answer(found.field)

    def _replace_value_with_answer(self, found: Finding) -> Finding:
        return replace(found, value=self._filled.given.get(found.field, "" if found.field else found.value))

    def answer(self, question: str) -> str:
        """The text that was typed as an answer."""
        return self._filled.given.get(question, "")


class AnswerWords(RowWords):
    """The wording of a finding on the answer to one question."""

    def __init__(self, form: FormWords, found: Finding, question: Question) -> None:
        table = found.cells[0].table
        header = form.names.package.contract.table(table).column_names
        blank = Entry(table, dict.fromkeys(header, ""), found.table, found.line)
        super().__init__(form, found.words.entry if isinstance(found.words, RowWords) else blank)
        self._found, self._question = found, question
        is_read = found.field in OF_THE_TOKEN and bool(form.answer(question.id))  # unreadable, not blank
        self._is_unanswered = found.rule in (REQUIRED.id, NEEDS_REASON) and not found.value and not is_read

    def message(self, found: Finding) -> str:
        """What is wrong with the answer."""
        found = self._found  # its `field` is still the column
        if self._is_unanswered:
            return BLANK
        text = super().message(found)
        if found.rule == REFERENCE.id:
            _, close, name = text.partition(" Did you mean ")
            return f"This name is not in the list.{close}{name}"
        return text

    def fix(self, found: Finding) -> str:
        """What to type to correct the answer."""
        found, question = self._found, self._question
        if is_due_to_unread_result(found, self.entry) and not self._is_unanswered:
            return super().fix(found).replace(OWN_ROWS, ONE_AT_A_TIME)
        if found.rule in HELP_IS_ENOUGH or self._is_unanswered:
            return question.help
        if found.rule == REFERENCE.id:
            hint = f" {DESCRIBE}" if question.target and question.more else ""
            return f"Choose a name of the list.{hint} {question.help}"
        fix = self.fill_template(found, self.sentences_on_visible_tables(found.fix_template))
        return f"{fix} {question.help}" if found.fix_template.startswith(VAGUE) else fix

    def _is_column_without_question(self, name: str) -> bool:
        """Return whether this is a column for which the form has no question."""
        return name in self._table.field_by_name and name not in set(map(own_field, question_rows()))


def _is_on_missing_answer(found: Finding) -> bool:
    """Return whether an answer is missing, so that other findings about it are pointless."""
    return found.rule in (REQUIRED.id, PART.id) or found.message == BLANK
