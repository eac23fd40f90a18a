"""Which pages would still say that something was not found, although it is entered now?"""

from collections.abc import Iterator

from scripts.checks.role_uses import calls, pages, text_of
from scripts.checks.rule_table import listed
from scripts.findings import Finding, finding
from scripts.package.gap_answers import answers
from scripts.package.package import Package

ANSWERED = listed("absence-answered")
WRITES = "absent"  # the macro that writes an absence, by its key


def faults(package: Package) -> Iterator[Finding]:
    """Each place of a page that changes by itself, because what it calls missing is entered."""
    if answered := answers(package):
        rows = package.rows("absence_words")
        words = {(row["not_available_id"], row["form"]): row["words"] for row in rows}
        for page in pages(package.folder):
            name = page.relative_to(package.folder).as_posix()
            for key, form, line in _absences(text_of(package.folder, page)):
                if key in answered:
                    said = words.get((key, form), key)
                    message = f"“{said}” is no longer said here: {answered[key].key} answers it."
                    yield finding(ANSWERED, name, message, line=line, value=key)


def _absences(text: str) -> Iterator[tuple[str, str, int]]:
    """Key, form and line of each absence that a template writes."""
    for name, call in calls(text):
        if name == WRITES and call.args:
            key, form, *_ = [*(str(getattr(given, "value", "")) for given in call.args), "long"]
            yield key, form, call.lineno
