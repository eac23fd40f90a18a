"""What a check has to say: one kind of result for every layer, and its renderings."""

import difflib
import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace

SITE_URL = os.environ.get("SITE_URL", "")
RULES_PAGE = (
    f"{SITE_URL.rstrip('/')}/rules/" if SITE_URL else "rules/"
)  # without an address, inside the site
DERIVE = "This file is computed, never edited. Run “python -m scripts derive”."
HINT = "hint"  # a level for reviewers alone; it fails nothing and no contributor sees it
STALE = "derived-reproduced"  # the rule on a computed file that is of other data
NOT_COMPARED = "Not compared with a published version: --base named none."
NOT_OUT = "Not compared with a published version: none has a tag in this clone yet, so no row has to stay."
NO_TAG = "Not compared with version {version}: this clone has no tag of it. “git fetch --tags” brings it."
LONGEST_VALUE = 120  # characters of a cell that a message shows
MOST_OF_A_KIND = 100_000  # faults that are listed; a file of nothing but faults must not fill the memory
PLACES_SHOWN = 5  # where the further findings of a rule are
CELLS_SHOWN = 500  # of a workbook, whose sender has no other way to find them
ROWS_IN_MARKDOWN = 1_000  # a summary page of GitHub takes a megabyte
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LONGEST_MESSAGE = 600  # characters of a message; the longest list of words has under 400


@dataclass(frozen=True)
class Rule:
    """An entry of the catalogue: what is asked, why, and how to mend a fault."""

    id: str
    title: str
    why: str
    mend: str
    level: str = "error"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault: where it is, what was found, and what to do about it."""

    rule: str
    level: str
    table: str  # the file, as a path inside the package
    line: int  # of the file, the header is line 1; 0 where no line is meant
    field: str
    value: str
    message: str
    fix: str
    link: str
    row: str = ""  # the key of the row, where one is meant
    cell: str = ""  # in a workbook: its sheet, cell and column title

    def at(self, cell: str) -> "Finding":
        """The same finding at a cell of a workbook."""
        return replace(self, cell=cell)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A known word that is close to this one, as a sentence behind a message; blank where none is."""
    close = difflib.get_close_matches(word, known, 1)
    return f" Did you mean {close[0]}?" if close else ""


def is_derived(path: str) -> bool:
    """Is this file computed by `derive`?"""
    return path.startswith("data/derived/")


def finding(
    rule: Rule,
    table: str,
    message: str,
    *,
    line: int = 0,
    field: str = "",
    value: object = "",
    fix: str = "",
    row: str = "",
) -> Finding:
    """Report a fault under its rule, with a link to its entry; a computed file is computed again."""
    return Finding(
        rule=rule.id,
        level=rule.level,
        table=table,
        line=line,
        field=field,
        value="" if value is None else str(value),
        message=message,
        fix=fix or (DERIVE if is_derived(table) else rule.mend),
        link=f"{RULES_PAGE}#{rule.id}",
        row=row,
    )


@dataclass(frozen=True)
class Report:
    """What a run of the check found, and which layers it speaks for."""

    findings: tuple[Finding, ...]
    layers_run: tuple[str, ...]
    layers_not_run: tuple[str, ...]
    notes: tuple[str, ...] = ()  # what else the verdict does not cover, in sentences

    @property
    def is_valid(self) -> bool:
        """No errors in the layers that ran."""
        return is_valid(self.findings)


def shown(value: str, longest: int = LONGEST_VALUE) -> str:
    """Make hostile text safe to print: one line, no control characters, not too long."""
    text = value if value.isprintable() else "".join(map(_printable, value))
    return text if len(text) <= longest else text[:longest] + " …"


def _printable(char: str) -> str:
    code = ord(char)
    return char if char.isprintable() else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def harmless(text: str) -> str:
    """Take from lines what a terminal would obey, such as the start of an escape; JSON stays what it is."""
    return CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _value(found: Finding) -> str:
    return shown(found.value) or "(nothing)"


def _message(found: Finding) -> str:
    return shown(found.message, LONGEST_MESSAGE)


def is_valid(findings: Iterable[Finding]) -> bool:
    """Only errors make a package invalid; a warning asks for a look."""
    return all(found.level != "error" for found in findings)


def as_json(report: Report) -> str:
    """For machines: every finding, in order, and the layers that ran."""
    return json.dumps({"valid": report.is_valid, **asdict(report)}, ensure_ascii=False, indent=2)


def _place(found: Finding) -> str:
    parts = [found.table]
    if found.cell:
        return ", ".join(shown(part) for part in (*parts, found.cell))
    if found.line:
        parts.append(f"line {found.line}" + (f" ({found.row})" if found.row else ""))
    elif found.row:
        parts.append(f"row {found.row}")
    if found.field:
        parts.append(f"field {found.field}")
    return ", ".join(shown(part) for part in parts)


def in_cells(found: Finding) -> tuple[str, str, str, str]:
    """One finding as a row of a table: where, what stands there, what is wrong, what to do."""
    return _place(found), _value(found), _message(found), found.fix


def as_text(report: Report) -> str:
    """For people: the first finding of each rule in full, then where the others are."""
    by_rule: dict[str, list[Finding]] = {}
    for found in report.findings:
        by_rule.setdefault(found.rule, []).append(found)
    lines = [line for some in by_rule.values() for line in (*_in_full(some[0]), *_others(some[1:]))]
    return "\n".join([*lines, *_summary(report)])


def _in_full(found: Finding) -> list[str]:
    return [
        f"{found.level.upper()} {_place(found)}",
        f"  found: {_value(found)}",
        f"  why:   {_message(found)}",
        f"  mend:  {found.fix}",
        f"  rule:  {found.rule}{_link(found)}",
    ]


def _link(found: Finding) -> str:
    """The entry on the site, where the site has an address."""
    return f"  {found.link}" if SITE_URL else ""


def _others(others: Sequence[Finding]) -> list[str]:
    """Count the further findings of a rule and name the first places, with no line said twice."""
    if not others:
        return []
    places = list(dict.fromkeys(f"{_place(found)} “{shown(found.value, 40)}”" for found in others))
    most = CELLS_SHOWN if others[0].cell else PLACES_SHOWN
    more = f"; {len(places) - most:,} more" if len(places) > most else ""
    return [f"  also:  {len(others):,} more of this rule: {'; '.join(places[:most])}{more}"]


def _summary(report: Report) -> list[str]:
    """Say the verdict in one line, then what it does not cover."""
    lines = [_verdict(report)]
    if any(times >= MOST_OF_A_KIND for times in Counter(found.rule for found in report.findings).values()):
        lines.append(
            f"There may be more: of a kind of fault, only the first {MOST_OF_A_KIND:,} are listed."
        )
    if report.findings:
        lines.append(f"More about a rule: python -m scripts check --explain {report.findings[0].rule}")
    return lines


def _verdict(report: Report) -> str:
    levels = Counter(found.level for found in report.findings)
    words = [f"{number:,} {level}{'s' if number > 1 else ''}" for level, number in levels.items()]
    said = "published" if any(note.startswith("Not compared") for note in report.notes) else ""
    names = [name for name in report.layers_not_run if name != said]
    left = f" Not checked: {', '.join(names)}." if names else ""
    verdict = f"{' and '.join(words)} found." if words else "No findings."
    if not words and not left:
        verdict = "The data are sound: no findings."
    return " ".join([verdict + left, *report.notes])


def as_markdown(report: Report) -> str:
    """For a summary page: a table whose cells cannot break out of it."""
    if not report.findings:
        return _verdict(report)
    head = "| Where | Found | Why | Mend | Rule |\n|---|---|---|---|---|"
    rows = [
        f"| {' | '.join(map(markdown, in_cells(found)))} | [{found.rule}]({found.link}) |"
        for found in report.findings[:ROWS_IN_MARKDOWN]
    ]
    left = len(report.findings) - len(rows)
    return "\n".join([_verdict(report), "", head, *rows, *([f"\n{left:,} more."] if left else [])])


# Whatever Markdown acts on; and what makes a link of an address that stands in a text.
MARKDOWN = re.compile(r"[^\w\s.,;:%/-]|(?<![^\W_])_|_(?![^\W_])|:(?=//)|(?<=www)\.", re.IGNORECASE)


def markdown(text: str) -> str:
    """Turn text into characters on which Markdown does not act."""
    return MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", text)


def as_github(report: Report) -> str:
    """For GitHub: one workflow command a finding, shown at its file and line."""
    lines = [
        f"::{found.level} file={_property(shown(found.table, LONGEST_MESSAGE))},line={found.line or 1},"
        f"title={_property(found.rule)}::{_command(_sentence(found))}"
        for found in report.findings
    ]
    return "\n".join([*lines, _verdict(report)])


def _sentence(found: Finding) -> str:
    field = f"{shown(found.field)}: " if found.field else ""
    return f"{field}{_message(found)} Found: {_value(found)}. Mend: {found.fix}{_link(found)}"


def _command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")


RENDERINGS = {"text": as_text, "json": as_json, "markdown": as_markdown, "github": as_github}
