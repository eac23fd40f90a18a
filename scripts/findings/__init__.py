"""Findings: the single type of result that all layers of the check produce, and its wording."""

import difflib
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as filled_by

SITE_URL = os.environ.get("SITE_URL", "")
# A relative address if the site's own address is not set.
RULES_PAGE = f"{SITE_URL.rstrip('/')}/rules/" if SITE_URL else "rules/"
DERIVE = "This file is computed, never edited. Run “python -m scripts derive”."
HINT = "hint"  # a level only for reviewers: it never fails the check, and contributors do not see it
STALE = "derived-reproduced"  # the rule that computed files must match the data
NOTHING_YET = "Nothing is published yet."
NOT_COMPARED = "Not compared: --base named no published version that has a tag (“git fetch --tags” helps)."
LONGEST_VALUE = 120  # characters of a cell that a message shows
MOST_OF_A_KIND = 100_000  # the most faults listed, so that a file full of faults does not fill the memory
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MARK = re.compile(r"\[(?P<name>[a-z][a-z0-9_]*)\]|\{(?P<parameter>\w+)\}|\bdata/(?P<table>[\w/]+)\.csv")
LONGEST_MESSAGE = 600  # characters of a message; the longest list of words has under 400


@dataclass(frozen=True)
class Rule:
    """An entry in the catalogue of rules: what is required, why, and how to fix a fault."""

    id: str
    title: str
    why: str
    fix: str
    level: str = "error"


class FindingWording:
    """The wording of findings for readers who see the files; subclasses have those for sheets and forms.

    In a template, `[age_min]` is a name from the contract, `{value}` a parameter and `data/places.csv` a
    table.
    """

    def message(self, found: "Finding") -> str:
        """The sentences that say what is wrong, in words that the readers know."""
        return self.fill_template(found, found.template)

    def fix(self, found: "Finding") -> str:
        """The sentences that say how to fix it."""
        return self.fill_template(found, found.fix_template)

    def fill_template(self, found: "Finding", template: str) -> str:
        """A message template with its names and parameters filled in."""
        values = dict(found.parameters)

        def put(mark: re.Match[str]) -> str:
            if mark["parameter"]:
                name = mark["parameter"]
                return self.words_for_value(name, values[name]) if name in values else mark[0]
            return (
                self.name_of_column_or_code(mark["name"])
                if mark["name"]
                else self.name_of_table(mark["table"])
            )

        return MARK.sub(put, template)

    def name_of_column_or_code(self, name: str) -> str:
        """The name by which the readers know a column or a code."""
        return name

    def name_of_table(self, name: str) -> str:
        """The name by which the readers know a table."""
        return f"data/{name}.csv"

    def words_for_value(self, parameter: str, value: str) -> str:
        """The words to print for the value of a parameter, such as the key of a row, or a code."""
        return value


FILES = FindingWording()


@dataclass(frozen=True)
class Cell:
    """A cell in a contributed row, and where its author finds it, in a sheet or in a form."""

    place: str
    table: str = ""
    line: int = 0
    field: str = ""

    @property
    def title(self) -> str:
        """The title of the cell's column, or the cell's question in the form."""
        return self.place.rpartition(", column ")[2]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A fault, as data from which messages are made: where it is, what was found and how to fix it."""

    rule: str
    level: str
    table: str  # the file, as a path inside the package
    line: int  # in the file, where the header is line 1; 0 if the finding has no line
    field: str
    value: str
    template: str
    fix_template: str
    link: str
    parameters: tuple[tuple[str, str], ...] = ()
    row: str = ""  # the key of the row, if the finding has one
    cells: tuple[Cell, ...] = ()  # the cells of a contribution
    names: tuple[str, ...] = ()  # keys of other rows that the finding names
    follows: str = ""  # the row that may be the cause of this finding
    words: FindingWording = filled_by(default=FILES, compare=False, repr=False)

    @property
    def message(self) -> str:
        """What is wrong, in words for the audience."""
        return self.words.message(self)

    @property
    def fix(self) -> str:
        """How to deal with the fault, in words for the audience."""
        return self.words.fix(self)

    @property
    def cell(self) -> str:
        """The sheet, cell and column title, or the question in the form; blank outside contributions."""
        first, *others = [cell.place for cell in self.cells] or [""]
        return " and ".join([first, *(place.partition(", ")[2] for place in others)])

    def located_at(self, *cells: Cell) -> "Finding":
        """A copy of the finding, located at these cells of a contribution."""
        return replace(self, cells=cells)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A sentence that suggests a similar known word; blank if none is similar."""
    close = difflib.get_close_matches(word, known, 1)
    return f" Did you mean {close[0]}?" if close else ""


def is_derived(path: str) -> bool:
    """Return whether this file is computed by `derive`."""
    return path.startswith("data/derived/")


def make_finding(
    rule: Rule,
    table: str,
    message: str,
    *,
    line: int = 0,
    field: str = "",
    value: object = "",
    fix: str = "",
    row: str = "",
    parameters: Mapping[str, object] | None = None,
) -> Finding:
    """Make a finding under a rule, with a link to the rule; a computed file is fixed by running `derive`.

    If parameters are given, the message is a template; otherwise it is printed as it is.
    """
    template = "{told}" if parameters is None else message
    given = {"told": message} if parameters is None else parameters
    named = dict.fromkeys(mark["parameter"] for mark in MARK.finditer(template))
    return Finding(
        rule=rule.id,
        level=rule.level,
        table=table,
        line=line,
        field=field,
        value="" if value is None else str(value),
        template=template,
        parameters=tuple((name, str(given[name])) for name in named if name in given),
        fix_template=fix or (DERIVE if is_derived(table) else rule.fix),
        link=f"{RULES_PAGE}#{rule.id}",
        row=row,
    )


@dataclass(frozen=True)
class Report:
    """What a run of the check found, and which layers it covers."""

    findings: tuple[Finding, ...]
    layers_run: tuple[str, ...]
    layers_not_run: tuple[str, ...]
    notes: tuple[str, ...] = ()  # sentences on what else was not checked

    @property
    def is_valid(self) -> bool:
        """Whether the layers that ran found no error."""
        return has_no_errors(self.findings)


def to_one_printable_line(value: str, longest: int = LONGEST_VALUE) -> str:
    """Make hostile text safe to print: one line, no control characters, limited length."""
    text = value if value.isprintable() else "".join(map(_printable_character, value))
    return text if len(text) <= longest else text[:longest] + " …"


def _printable_character(char: str) -> str:
    code = ord(char)
    return char if char.isprintable() else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def remove_control_characters(text: str) -> str:
    """Remove characters that a terminal would act on, such as escape sequences; JSON stays valid."""
    return CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def has_no_errors(findings: Iterable[Finding]) -> bool:
    """Return whether there are no errors; warnings do not make a package invalid."""
    return all(found.level != "error" for found in findings)
