"""What a check has to say: one kind of result for every layer, and its renderings."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000/").rstrip("/") + "/"
LONGEST_VALUE = 120  # characters of a cell that a message shows
LONGEST_MESSAGE = 600  # characters of a message; the longest list of words has under 400


@dataclass(frozen=True)
class Rule:
    """An entry of the catalogue: what is asked, why, and how to mend a fault."""

    id: str
    title: str
    why: str
    mend: str
    level: str = "error"


@dataclass(frozen=True)
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


def finding(
    rule: Rule, table: str, message: str, line: int = 0, field: str = "", value: object = ""
) -> Finding:
    """Report a fault under its rule, with a link to the entry of the rule on the site."""
    text = "" if value is None else str(value)
    return Finding(
        rule.id,
        rule.level,
        table,
        line,
        field,
        text,
        message,
        rule.mend,
        f"{SITE_URL}rules/#{rule.id}",
    )


def shown(value: str, longest: int = LONGEST_VALUE) -> str:
    """Make hostile text safe to print: one line, no control characters, not too long."""
    text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in value)
    return text if len(text) <= longest else text[:longest] + " …"


def _value(found: Finding) -> str:
    return shown(found.value) or "(nothing)"


def _message(found: Finding) -> str:
    return shown(found.message, LONGEST_MESSAGE)


def is_valid(findings: Iterable[Finding]) -> bool:
    """Only errors make a package invalid; a warning asks for a look."""
    return all(found.level != "error" for found in findings)


def as_json(findings: Sequence[Finding]) -> str:
    """For machines: every finding, in order."""
    report = {"valid": is_valid(findings), "findings": [asdict(found) for found in findings]}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _place(found: Finding) -> str:
    parts = [found.table]
    if found.line:
        parts.append(f"line {found.line}")
    if found.field:
        parts.append(f"field {found.field}")
    return ", ".join(shown(part) for part in parts)


def as_text(findings: Sequence[Finding]) -> str:
    """For people: the first three of each rule in full, then how many more there are."""
    lines: list[str] = []
    counts = Counter(found.rule for found in findings)
    seen: Counter[str] = Counter()
    for found in findings:
        seen[found.rule] += 1
        if seen[found.rule] <= 3:
            lines += [
                f"{found.level.upper()} {_place(found)}",
                f"  found: {_value(found)}",
                f"  why:   {_message(found)}",
                f"  mend:  {found.fix}",
                f"  rule:  {found.rule}  {found.link}",
            ]
        elif seen[found.rule] == counts[found.rule]:
            lines.append(f"... and {counts[found.rule] - 3} more of {found.rule}")
    lines.append(_summary(findings))
    return "\n".join(lines)


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return "The data are sound: no findings."
    levels = Counter(found.level for found in findings)
    words = [f"{number} {level}{'s' if number > 1 else ''}" for level, number in levels.items()]
    return f"{' and '.join(words)} found."


def as_markdown(findings: Sequence[Finding]) -> str:
    """For a summary page: a table whose cells cannot break out of it."""
    if not findings:
        return _summary(findings)
    head = "| Where | Found | Why | Mend | Rule |\n|---|---|---|---|---|"
    rows = [
        f"| {_markdown(_place(found))} | {_markdown(_value(found))} | "
        f"{_markdown(_message(found))} | {_markdown(found.fix)} | [{found.rule}]({found.link}) |"
        for found in findings
    ]
    return "\n".join([_summary(findings), "", head, *rows])


def _markdown(text: str) -> str:
    return re.sub(r"[^\w\s.,;:%/-]", lambda match: f"&#{ord(match[0])};", text)


def as_github(findings: Sequence[Finding]) -> str:
    """For GitHub: one workflow command a finding, shown at its file and line."""
    lines = [
        f"::{found.level} file={_property(shown(found.table, LONGEST_MESSAGE))},line={found.line or 1},"
        f"title={_property(found.rule)}::{_command(_sentence(found))}"
        for found in findings
    ]
    return "\n".join([*lines, _summary(findings)])


def _sentence(found: Finding) -> str:
    field = f"{shown(found.field)}: " if found.field else ""
    return f"{field}{_message(found)} Found: {_value(found)}. Mend: {found.fix} {found.link}"


def _command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _command(text).replace(":", "%3A").replace(",", "%2C")


RENDERINGS = {"text": as_text, "json": as_json, "markdown": as_markdown, "github": as_github}
