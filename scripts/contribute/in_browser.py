"""Check files in a browser: a page passes them in, and displays the answer as it is.

The rules, limits and sentences are those of the command line; nothing is written or sent.
"""

import base64
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from scripts import checks, contribute
from scripts.checks import descriptor
from scripts.contribute import Outcome, cell_coercion, result_form, template
from scripts.contribute.contribution_layout import VALUES
from scripts.derived import conflicts
from scripts.findings import Report
from scripts.findings.renderers import NOT_SHOWN, groups_that_fit_a_page
from scripts.package.files import csv_text
from scripts.package.package import DESCRIPTOR, Package
from scripts.package.progress_log import log, send_log_to

HERE = Path(__file__).resolve().parents[2]
MOST_BYTES, MOST_ROWS = 10_000_000, 20_000
TOO_LARGE = (
    f"The files have more than {MOST_BYTES:,} bytes or {MOST_ROWS:,} rows. That is more than a browser can "
    "hold beside the check. Use the command line (python -m scripts contribute import FILE --dry-run), or "
    "send the file."
)
FILES = "Choose one workbook (.xlsx), or CSV files that have the names of their tables."
NO_ANSWER = "No question has an answer yet. Begin with the first, and check as often as you like."
FINDINGS = ("Where", "What stands there", "What was found", "What to do")
QUESTIONS = ("Question", "Your answer", "What was found", "What to do")
FOLDER = "Your files"  # the name of the folder with the files
CONTRADICTION, CONTACT = "contradiction", "contact-or-coordinate"


@dataclass(frozen=True)
class Section:
    """A section of the answer: a heading with sentences or a table below it."""

    heading: str
    sentences: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    questions: tuple[str, ...] = ()  # for the form, the question of each row


@dataclass(frozen=True)
class Answer:
    """What the page shows: the result in a sentence, sections, a plain text to copy, and files to save."""

    verdict: str
    can_be_sent: bool = False
    look_first: bool = False  # valid, but with warnings to look at first
    parts: tuple[Section, ...] = ()
    text: str = ""  # the whole answer, to copy
    files: Mapping[str, str] | None = None  # name: content in base64
    report: str = ""  # the JSON output of the command line
    form: Mapping[str, str] | None = None  # the fields for the “A new source” form


def answer(request: str, files: Mapping[str, bytes], tell: Callable[[str], None]) -> str:
    """Answer a request from the page; both are JSON. No exception is raised, whatever the files contain."""
    send_log_to(tell)
    answers = json.loads(request).get("result")
    with tempfile.TemporaryDirectory() as place:
        found = _check_files(Path(place), files) if answers is None else _check_one_result(answers)
    return json.dumps(asdict(found), ensure_ascii=False)


def prepare() -> None:
    """Do the one-time work for a check while the database is still loading."""
    descriptor.findings_by_official_profile(_package().bytes_of_file(DESCRIPTOR).decode())
    for name in checks.OF_THE_DATA:
        checks.import_layer(name)


@cache
def _package() -> Package:
    """The package that comes with the page, opened once."""
    return Package(HERE, with_derived=False)


def _check_files(place: Path, files: Mapping[str, bytes]) -> Answer:
    path = _save_workbook_or_csv_folder(place, files)
    if path is None:
        return Answer(FILES)
    if sum(map(len, files.values())) > MOST_BYTES:
        return Answer(TOO_LARGE)
    sent = contribute.read_contribution(path, _package().contract)
    if len(sent.entries) > MOST_ROWS:
        return Answer(TOO_LARGE)
    return answer_from_outcome(_package(), contribute.add_contribution(_package(), sent))


def _check_one_result(answers: Mapping[str, str]) -> Answer:
    """Check one result that was entered in the form, and return the answer with its workbook.

    The page has the form's wording; the JSON report keeps that of the command line.
    """
    filled = result_form.FormRows(_package(), answers)
    if not any(filled.rows.values()):
        return Answer(NO_ANSWER)
    book = filled.workbook()
    outcome = contribute.add_contribution(_package(), filled.contribution(book))
    words = result_form.FormWords(filled, outcome.names)
    findings = words.findings_in_question_order(outcome.report.findings)
    taken = cell_coercion.coercion_lines([*filled.coercions, *outcome.merged.coercions])
    left_open = contribute.lines_on_unanswered_questions(filled.blank, words.words)
    notes = (*outcome.names.questions_on_similar_names(), *taken, *left_open)
    worded = replace(outcome, report=replace(outcome.report, findings=findings), notes=notes)
    shown = answer_from_outcome(_package(), worded, is_from_form=True)
    files: dict[str, str] = {}
    holds_a_contact = any(finding.rule == CONTACT for finding in outcome.report.findings)
    if not holds_a_contact:  # a contact is never saved
        files[result_form.NAME] = _base64_text(template.workbook_bytes(book, is_compressed=False))
    files |= shown.files or {}
    return replace(shown, files=files, report=contribute.outcome_text(outcome, "json"))


def _base64_text(file: bytes) -> str:
    return base64.b64encode(file).decode()


def _save_workbook_or_csv_folder(place: Path, files: Mapping[str, bytes]) -> Path | None:
    """Save one workbook or several CSV files, and return the path to read; None for any other choice."""
    names = {Path(name.replace("\\", "/")).name: bytes(data) for name, data in files.items()}
    are_tables = all(name.lower().endswith(".csv") for name in names)
    if not names or (len(names) > 1 and not are_tables):
        return None
    folder = place / FOLDER
    folder.mkdir()
    for name, data in names.items():
        (folder / name).write_bytes(data)
    return folder if are_tables else folder / next(iter(names))


def answer_from_outcome(package: Package, outcome: Outcome, is_from_form: bool = False) -> Answer:
    """The outcome of an import, as shown on the page."""
    is_sound = outcome.report.is_valid
    parts = [
        *_sections_of_findings(outcome.report, is_from_form),
        Section("Put right, and left open", tuple(outcome.notes)),
    ]
    if is_sound:
        parts.append(Section("What it would add", tuple(contribute.lines_on_added_rows(outcome))))
    if is_sound and outcome.added:
        log.info("Comparing with what is printed elsewhere …")
        parts.append(Section("What it would contradict", tuple(_contradiction_lines(package, outcome))))
    parts = [part for part in parts if part.sentences or part.rows]
    verdict = _verdict_sentence(outcome)
    return Answer(
        verdict=verdict,
        can_be_sent=is_sound and bool(outcome.added),
        look_first=contribute.needs_review(outcome),
        parts=tuple(parts),
        text=_answer_as_text(verdict, parts),
        files=dict(_new_rows_as_csv(package, outcome)) if is_sound else {},
        report=contribute.outcome_text(outcome, "json"),
        form=_source_form_fields(outcome) if is_sound else {},
    )


def _sections_of_findings(report: Report, is_from_form: bool) -> Iterator[Section]:
    """Yield a section on what must be fixed, and one on what should only be looked at."""
    for heading, is_error in (("What to fix", True), ("What to look at", False)):
        groups, number_left = groups_that_fit_a_page(
            [found for found in report.findings if (found.level == "error") is is_error]
        )
        sentences = (NOT_SHOWN.format(number_left),) if number_left else ()
        if is_from_form:
            rows = tuple((row.first.cell, *row.table_cells[1:]) for row in groups)
            ids = tuple(row.first.field for row in groups)
            yield Section(heading, sentences, head=QUESTIONS, rows=rows, questions=ids)
        else:
            yield Section(heading, sentences, FINDINGS, tuple(row.table_cells for row in groups))


def _answer_as_text(verdict: str, parts: Sequence[Section]) -> str:
    """The answer as text to copy, for people who cannot send the file itself."""
    lines = [verdict]
    for part in parts:
        rows = [f"{where}: {found} – {why} {fix}" for where, found, why, fix in part.rows]
        lines += [f"{part.heading}:", *part.sentences, *rows]
    return "\n".join(lines)


def _verdict_sentence(outcome: Outcome) -> str:
    errors = sum(found.level == "error" for found in outcome.report.findings)
    looks = len(outcome.report.findings) - errors
    if errors:
        return f"Not yet sound. To fix: {errors:,}." + (f" To look at: {looks:,}." if looks else "")
    if not outcome.added:
        return "The file is sound, and changes nothing: all its rows are in the package already."
    return contribute.LOOK_FIRST if looks else "The file is sound. You can send it."


def _contradiction_lines(package: Package, outcome: Outcome) -> Iterator[str]:
    """Yield a line for each pair of figures that contradict each other, if one of them is contributed."""
    new, names = set(outcome.added.get(VALUES, ())), outcome.names
    found = conflicts.rows(package.with_rows(outcome.merged.rows))
    for row in (row for row in found if row["type"] == CONTRADICTION):
        ends = (("value_id", "value_has"), ("other_id", "other_has"))
        if new & {row[key] for key, _ in ends}:
            sides = " – ".join(names.name_of_reading(str(row[key]), str(row[has])) for key, has in ends)
            yield f"{sides}: {row['decided_by']}."


def _source_form_fields(outcome: Outcome) -> dict[str, str]:
    """The fields of the public form, filled in from the first new source; empty if there is none."""
    for entry in outcome.merged.added.get("sources", {}).values():
        cells = entry.cells
        publisher = f"{cells['publisher']}, {cells['date_published']}".strip(", ")
        fields = {"title": f"New source: {cells['title']}", "publisher": publisher, "link": cells["url"]}
        return {**fields, "figures": "In the attached file."}
    return {}


def _new_rows_as_csv(package: Package, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield the file name and the content, as CSV in base64, for the new rows of each table."""
    for name, entries in outcome.merged.added.items():
        header = package.contract.table(name).column_names
        text = csv_text(header, ([entry.cells[field] for field in header] for entry in entries.values()))
        yield f"{name}.csv", _base64_text(text.encode())
