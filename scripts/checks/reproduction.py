"""Are the committed derived tables what the data give?"""

from pathlib import Path

from scripts import derived
from scripts.checks.subject import Subject
from scripts.findings import Finding, Rule, finding

REPRODUCED = Rule(
    "derived-reproduced",
    "Derived tables are what the data give, byte for byte",
    "A table edited by hand, or not rebuilt after a change of the data, tells something else.",
    "Run “python -m scripts derive” and commit what it writes.",
)
RULES = (REPRODUCED,)


def check(subject: Subject) -> list[Finding]:
    """Rebuild every derived table in memory; report the first line that differs in each."""
    found = []
    for path, wanted in derived.build(subject.folder).items():
        difference = first_difference(committed_text(subject.folder / path), wanted)
        if difference:
            number, has, gives = difference
            message = f"The data give: {gives or '(no such line)'}"
            found.append(finding(REPRODUCED, path, message, number, value=has))
    return found


def committed_text(place: Path) -> str:
    """Read a derived table as it stands, with its line ends and broken letters; blank if missing."""
    return place.read_bytes().decode("utf-8", errors="backslashreplace") if place.exists() else ""


def first_difference(committed: str, wanted: str) -> tuple[int, str, str] | None:
    """Find the first line that differs: its number, what stands there, what should."""
    left, right = committed.splitlines(), wanted.splitlines()
    for number in range(max(len(left), len(right))):
        has = left[number] if number < len(left) else ""
        gives = right[number] if number < len(right) else ""
        if has != gives:
            return number + 1, has, gives
    return None if committed == wanted else (len(left), "(line ends differ)", "")
