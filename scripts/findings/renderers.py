"""Output formats of findings: text, JSON, Markdown and GitHub, each kept short enough to read."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scripts.findings import (
    LONGEST_MESSAGE,
    NOT_COMPARED,
    NOTHING_YET,
    SITE_URL,
    Finding,
    Report,
    to_one_printable_line,
)

NOT_SHOWN = "{:,} more were found than are shown here."
PLACES_SHOWN, CELLS_SHOWN = 5, 20  # the most places, or cells, listed for further findings of a rule
LAID_OUT = 200  # the most findings shown in any format; the others are counted


def _value_as_table_cell(found: Finding) -> str:
    return to_one_printable_line(found.value) or "(nothing)"


def _message_and_fix(found: Finding) -> str:
    said = to_one_printable_line(found.message, LONGEST_MESSAGE)
    cause = found.follows and found.words.words_for_value("row", found.follows)
    return f"Follows, perhaps, from {cause}. {said}" if cause else said


@dataclass(frozen=True)
class FindingGroup:
    """Findings that say the same about many rows: the first one, and the others."""

    first: Finding
    others: tuple[Finding, ...] = ()

    @property
    def table_cells(self) -> tuple[str, str, str, str]:
        """The cells of this group in a table: the place, the value, what is wrong, and what to do."""
        first = self.first
        return (
            _file_and_line(first),
            _value_as_table_cell(first),
            f"{_message_and_fix(first)}{self._other_places}",
            first.fix,
        )

    @property
    def _other_places(self) -> str:
        """A sentence that says how many other findings there are, and where; blank if there are none."""
        if not self.others:
            return ""
        lines = sorted({finding.line for finding in self.others} - {0})
        spans = [
            [line for _, line in run]
            for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0])
        ]
        where = ", ".join(
            f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans[:LAID_OUT]
        )
        more = ", …" if len(spans) > LAID_OUT else ""
        kind = "row" if self.first.cell else "line"
        return f" The same {len(self.others):,} more times{f', {kind} {where}{more}' if lines else ''}."


def group_similar_findings(findings: Iterable[Finding]) -> list[FindingGroup]:
    """Group findings that differ only in the rows that they name."""
    some: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        rows = {finding.row, *finding.names}
        facts = tuple(fact for name, fact in finding.parameters if fact not in rows)
        value = "" if finding.value in rows else finding.value
        place = (finding.rule, finding.level, finding.table, finding.field, finding.follows)
        some.setdefault((*place, finding.template, finding.fix_template, value, facts), []).append(finding)
    return [FindingGroup(first, tuple(others)) for first, *others in some.values()]


def findings_as_json(report: Report) -> str:
    """JSON for machines: the grouped findings in order, with counts, and the layers that ran."""
    return json.dumps(findings_as_json_data(report), ensure_ascii=False, indent=2)


def findings_as_json_data(report: Report) -> dict[str, Any]:
    """The report as dicts and lists, ready to be written as JSON."""
    groups, left = groups_that_fit_a_page(report.findings)
    return {
        "valid": report.is_valid,
        "found": Counter(finding.level for finding in report.findings),
        "findings": [*map(_group_as_json_data, groups)],
        "not_listed": left,
        "layers_run": report.layers_run,
        "layers_not_run": report.layers_not_run,
        "notes": report.notes,
    }


def _group_as_json_data(group: FindingGroup) -> dict[str, Any]:
    found = group.first
    names = ("rule", "level", "table", "line", "field", "value", "message", "fix", "link", "row", "cell")
    more = {"parameters": dict(found.parameters), "names": found.names[:LAID_OUT], "follows": found.follows}
    also = [
        {"line": finding.line, "row": finding.row, "cell": finding.cell}
        for finding in group.others[:LAID_OUT]
    ]
    said: dict[str, Any] = {name: getattr(found, name) for name in names}
    return said | more | {"count": 1 + len(group.others), "also": also}


def _file_and_line(found: Finding) -> str:
    parts = [found.table]
    if found.cell:
        return ", ".join(to_one_printable_line(part) for part in (*parts, found.cell))
    if found.line:
        parts.append(f"line {found.line}" + (f" ({found.row})" if found.row else ""))
    elif found.row:
        parts.append(f"row {found.row}")
    if found.field:
        parts.append(f"field {found.field}")
    return ", ".join(to_one_printable_line(part) for part in parts)


def groups_that_fit_a_page(findings: Sequence[Finding]) -> tuple[list[FindingGroup], int]:
    """As many groups as a page can hold, and the number of findings in the groups left out."""
    groups = group_similar_findings(findings)
    return groups[:LAID_OUT], sum(1 + len(entry.others) for entry in groups[LAID_OUT:])


def findings_as_text(report: Report) -> str:
    """The report as text: for each cause and rule, the first finding in full, then the others' places.

    After LAID_OUT such groups, the other findings are only counted.
    """
    by_cause_and_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        by_cause_and_rule.setdefault((finding.follows, finding.rule), []).append(finding)
    groups = [*by_cause_and_rule.values()]
    lines = []
    for first, *others in groups[:LAID_OUT]:
        lines += [*_finding_in_full(first), *_summary_of_other_findings(others)]
    if number_left := sum(map(len, groups[LAID_OUT:])):
        lines.append(NOT_SHOWN.format(number_left))
    lines.append(_line_with_verdict(report))
    if groups:
        rule = groups[0][0].rule
        lines.append(f"More about a rule: python -m scripts check --explain {rule}")
    return "\n".join(lines)


def _finding_in_full(found: Finding) -> list[str]:
    return [
        f"{found.level.upper()} {_file_and_line(found)}",
        f"  found: {_value_as_table_cell(found)}",
        f"  why:   {_message_and_fix(found)}",
        f"  fix:   {found.fix}",
        f"  rule:  {found.rule}{_web_address_of_rule(found)}",
    ]


def _web_address_of_rule(found: Finding) -> str:
    """The address of the rule's entry in the catalogue; blank if the site has no address."""
    return f"  {found.link}" if SITE_URL else ""


def _summary_of_other_findings(others: Sequence[Finding]) -> list[str]:
    """The line that says how many more findings a rule has, and where the first are; empty if none."""
    if not others:
        return []
    places = list(
        dict.fromkeys(
            f"{_file_and_line(found)} “{to_one_printable_line(found.value, 40)}”" for found in others
        )
    )
    most = CELLS_SHOWN if others[0].cell else PLACES_SHOWN
    more = f"; {len(places) - most:,} more" if len(places) > most else ""
    return [f"  also:  {len(others):,} more of this rule: {'; '.join(places[:most])}{more}"]


def _line_with_verdict(report: Report) -> str:
    levels = Counter(found.level for found in report.findings)
    words = [f"{number:,} {level}{'s' if number > 1 else ''}" for level, number in levels.items()]
    said = "published" if {NOT_COMPARED, NOTHING_YET} & {*report.notes} else ""
    names = [name for name in report.layers_not_run if name != said]
    left = f" Not checked: {', '.join(names)}." if names else ""
    verdict = f"{' and '.join(words)} found." if words else "No findings."
    if not words and not left:
        verdict = "The data are sound: no findings."
    return " ".join([verdict + left, *report.notes])


def findings_as_markdown(report: Report) -> str:
    """The report as Markdown for a summary page: a table in which all cells are escaped."""
    if not report.findings:
        return _line_with_verdict(report)
    head = "| Where | Found | Why | Fix | Rule |\n|---|---|---|---|---|"
    rows, left = groups_that_fit_a_page(report.findings)
    lines = []
    for group in rows:
        cells = " | ".join(map(escape_markdown, group.table_cells))
        lines.append(f"| {cells} | [{group.first.rule}]({group.first.link}) |")
    return "\n".join(
        [_line_with_verdict(report), "", head, *lines, *(["", NOT_SHOWN.format(left)] if left else [])]
    )


# Characters that Markdown interprets, and those that turn an address in a text into a link.
MARKDOWN = re.compile(r"[^\w\s.,;:%/-]|(?<![^\W_])_|_(?![^\W_])|:(?=//)|(?<=www)\.", re.IGNORECASE)


def escape_markdown(text: str) -> str:
    """Escape text so that Markdown does not interpret it."""
    return MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", text)


def _github_command(group: FindingGroup) -> str:
    found = group.first
    file = _escape_github_property(to_one_printable_line(found.table, LONGEST_MESSAGE))
    place = f"file={file},line={found.line or 1},title={_escape_github_property(found.rule)}"
    return f"::{found.level} {place}::{_escape_github_message(_message_with_other_places(group))}"


def findings_as_github_commands(report: Report) -> str:
    """GitHub workflow commands, one per finding, shown at its file and line."""
    rows, left = groups_that_fit_a_page(report.findings)
    return "\n".join(
        [
            *map(_github_command, rows),
            *([NOT_SHOWN.format(left)] if left else []),
            _line_with_verdict(report),
        ]
    )


def _message_with_other_places(group: FindingGroup) -> str:
    found, (_, value, message, fix) = group.first, group.table_cells
    field = f"{to_one_printable_line(found.field)}: " if found.field else ""
    return f"{field}{message} Found: {value}. Fix: {fix}{_web_address_of_rule(found)}"


def _escape_github_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_github_property(text: str) -> str:
    return _escape_github_message(text).replace(":", "%3A").replace(",", "%2C")


RENDERINGS = {
    "text": findings_as_text,
    "json": findings_as_json,
    "markdown": findings_as_markdown,
    "github": findings_as_github_commands,
}
