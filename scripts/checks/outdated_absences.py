"""Find pages and statements that still say something was not found, although it has since been entered."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from scripts.checks.featured_role_references import (
    calls_in_template,
    included_files,
    template_pages,
    text_of_file_or_blank,
)
from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import Finding, make_finding
from scripts.package.files import group_by_key
from scripts.package.gap_answers import WHOLE, AnsweringRow, Gap, first_answers_by_gap
from scripts.package.package import Package

ANSWERED = rule_from_table("absence-answered")
WRITES = "absent"  # the macro that says that something is not available, by its key
STATEMENTS = "article-statements"  # the page of docs/ that shows the evidence on each statement


class AbsenceMention(NamedTuple):
    """A place that says something is missing: file, line, key of the absence, and form of the words."""

    file: str
    key: str
    form: str
    language: str
    line: int


def findings_on_filled_gaps(package: Package) -> Iterator[Finding]:
    """Yield a finding for each place that says something is missing although it has since been entered."""
    if answered := first_answers_by_gap(package):
        rows = package.rows("absence_words")
        words = {(row["not_available_id"], row["form"], row["language"]): row["words"] for row in rows}
        for said in [*_absences_on_pages(package), *_absences_of_statements(package)]:
            told = words.get((said.key, said.form, said.language), said.key)
            for message in _messages_on_filled_gap(answered, said.key, told):
                yield make_finding(ANSWERED, said.file, message, line=said.line, value=said.key)


def _absences_on_pages(package: Package) -> Iterator[AbsenceMention]:
    """Yield each absence that a page mentions."""
    for page in template_pages(package.folder):
        yield from _absences_in_file(package, page)


def _absences_in_file(package: Package, file: Path) -> Iterator[AbsenceMention]:
    """Yield each absence that a file mentions, with its form, its language and its line."""
    name = file.relative_to(package.folder).as_posix()
    for macro, call in calls_in_template(text_of_file_or_blank(package.folder, file)):
        if macro == WRITES and call.args:
            key, *forms = [str(getattr(given, "value", "")) for given in call.args]
            form = forms[0] if forms else "long"
            named = {given.key: str(getattr(given.value, "value", "")) for given in call.kwargs}
            language = named.get("language", "en")
            yield AbsenceMention(file=name, key=key, form=form, language=language, line=call.lineno)


def _absences_of_statements(package: Package) -> Iterator[AbsenceMention]:
    """Yield each absence that applies to a statement in an article."""
    table = package.contract.table("article_evidence")
    for line, row in enumerate(package.rows(table.name), start=2):
        if row["not_available_id"]:
            yield AbsenceMention(
                file=table.path, key=row["not_available_id"], form="long", language="en", line=line
            )


def _messages_on_filled_gap(answered: Mapping[Gap, AnsweringRow], key: str, said: str) -> Iterator[str]:
    """Yield messages on an absence that has since been entered, either entirely or for some studies."""
    if answer := answered.get((key, WHOLE)):
        yield f"“{said}” is no longer said here: {answer.key} answers it."
        return
    for (gap, study), answer in answered.items():
        if gap == key:
            yield f"“{said}” holds no more for {study}: {answer.key} answers it. Word it anew."


def pages_by_absence(package: Package) -> dict[str, list[str]]:
    """The names of the pages in docs/ that mention each absence, by the key of the absence."""
    written = [
        (said.key, page.stem)
        for page in sorted((package.folder / "docs").glob("*.md"))
        for said in _absences_on_page(package, page)
    ]
    of_statements = [(said.key, STATEMENTS) for said in _absences_of_statements(package)]
    return group_by_key(dict.fromkeys(of_statements + written))


def _absences_on_page(package: Package, page: Path) -> Iterator[AbsenceMention]:
    """Yield each absence that is mentioned on a page or in a file that the page includes."""
    included = included_files(text_of_file_or_blank(package.folder, page))
    for file in [page, *(page.parent / name for name in included)]:
        yield from _absences_in_file(package, file)
