"""The check in a browser: takes files from a page, and returns an answer that the page only displays.

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
from scripts.contribute.sheets import VALUES
from scripts.derived import conflicts
from scripts.findings import Report
from scripts.findings.renderers import NOT_SHOWN, first_groups
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
class Part:
    """A section of the answer: a heading with sentences or a table below it."""

    heading: str
    sentences: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    questions: tuple[str, ...] = ()  # for the form, the question of each row


@dataclass(frozen=True)
class Answer:
    """What the page shows: the verdict, then its sections, as plain text, and files to save."""

    verdict: str
    can_be_sent: bool = False
    look_first: bool = False  # valid, but with warnings to look at first
    parts: tuple[Part, ...] = ()
    text: str = ""  # the whole answer, to copy
    files: Mapping[str, str] | None = None  # name: content in base64
    report: str = ""  # the JSON output of the command line
    form: Mapping[str, str] | None = None  # the fields for the “A new source” form


def answer(asked: str, files: Mapping[str, bytes], tell: Callable[[str], None]) -> str:
    """Answer a page's request, both as JSON; whatever the files contain, no exception is raised."""
    send_log_to(tell)
    answers = json.loads(asked).get("result")
    with tempfile.TemporaryDirectory() as place:
        found = _checked(Path(place), files) if answers is None else _of_one(answers)
    return json.dumps(asdict(found), ensure_ascii=False)


def prepare() -> None:
    """Do the one-time work for a check while the database is still loading."""
    descriptor.profile_faults(_package().content(DESCRIPTOR).decode())
    for name in checks.OF_THE_DATA:
        checks.layer(name)


@cache
def _package() -> Package:
    """The package that comes with the page, opened once."""
    return Package(HERE, with_derived=False)


def _checked(place: Path, files: Mapping[str, bytes]) -> Answer:
    path = _put(place, files)
    if path is None:
        return Answer(FILES)
    if sum(map(len, files.values())) > MOST_BYTES:
        return Answer(TOO_LARGE)
    sent = contribute.read(path, _package().contract)
    if len(sent.entries) > MOST_ROWS:
        return Answer(TOO_LARGE)
    return answer_for(_package(), contribute.add_contribution(_package(), sent))


def _of_one(answers: Mapping[str, str]) -> Answer:
    """Check one result that was entered in the form, and return the answer with its workbook."""
    filled = result_form.Filled(_package(), answers)
    if not any(filled.rows.values()):
        return Answer(NO_ANSWER)
    book = filled.workbook()
    outcome = contribute.add_contribution(_package(), filled.contribution(book))
    words = result_form.Form(filled, outcome.names)
    report = replace(outcome.report, findings=words.said(outcome.report.findings))
    taken = cell_coercion.coercion_lines([*filled.taken, *outcome.merged.taken])
    left_open = contribute.left_open(filled.blank, words.words)
    notes = (*outcome.names.similar_to_existing(), *taken, *left_open)
    found = answer_for(_package(), replace(outcome, report=report, notes=notes), of_the_form=True)
    holds_a_contact = any(found.rule == CONTACT for found in outcome.report.findings)  # never saved
    book_of = (
        {} if holds_a_contact else {result_form.NAME: template.workbook_bytes(book, is_compressed=False)}
    )
    files = {name: _as_text_of(file) for name, file in book_of.items()}
    return replace(
        found, files=files | dict(found.files or {}), report=contribute.outcome_text(outcome, "json")
    )


def _as_text_of(file: bytes) -> str:
    return base64.b64encode(file).decode()


def _put(place: Path, files: Mapping[str, bytes]) -> Path | None:
    """The path of a single workbook, or of a folder of CSV files; None for anything else."""
    names = {Path(name.replace("\\", "/")).name: bytes(data) for name, data in files.items()}
    are_tables = all(name.lower().endswith(".csv") for name in names)
    if not names or (len(names) > 1 and not are_tables):
        return None
    folder = place / FOLDER
    folder.mkdir()
    for name, data in names.items():
        (folder / name).write_bytes(data)
    return folder if are_tables else folder / next(iter(names))


def answer_for(package: Package, outcome: Outcome, of_the_form: bool = False) -> Answer:
    """The outcome of an import, as shown on the page."""
    is_sound = outcome.report.is_valid
    parts = [*_found(outcome.report, of_the_form), Part("Put right, and left open", tuple(outcome.notes))]
    if is_sound:
        parts.append(Part("What it would add", tuple(contribute.added_in_words(outcome))))
    if is_sound and outcome.added:
        log.info("Comparing with what is printed elsewhere …")
        parts.append(Part("What it would contradict", tuple(_contradicted(package, outcome))))
    parts = [part for part in parts if part.sentences or part.rows]
    verdict = _verdict(outcome)
    return Answer(
        verdict=verdict,
        can_be_sent=is_sound and bool(outcome.added),
        look_first=contribute.needs_review(outcome),
        parts=tuple(parts),
        text=_as_text(verdict, parts),
        files=dict(_tables(package, outcome)) if is_sound else {},
        report=contribute.outcome_text(outcome, "json"),
        form=_form(outcome) if is_sound else {},
    )


def _found(report: Report, of_the_form: bool) -> Iterator[Part]:
    """Yield what must be fixed and, separately, what should only be looked at."""
    for heading, is_error in (("What to fix", True), ("What to look at", False)):
        told, left = first_groups(
            [found for found in report.findings if (found.level == "error") is is_error]
        )
        more = (NOT_SHOWN.format(left),) if left else ()
        if of_the_form:
            rows = tuple((row.first.cell, *row.table_cells[1:]) for row in told)
            ids = tuple(row.first.field for row in told)
            yield Part(heading, more, head=QUESTIONS, rows=rows, questions=ids)
        else:
            yield Part(heading, more, FINDINGS, tuple(row.table_cells for row in told))


def _as_text(verdict: str, parts: Sequence[Part]) -> str:
    """The answer as text to copy, for people who cannot send the file itself."""
    lines = [verdict]
    for part in parts:
        rows = [f"{where}: {found} – {why} {fix}" for where, found, why, fix in part.rows]
        lines += [f"{part.heading}:", *part.sentences, *rows]
    return "\n".join(lines)


def _verdict(outcome: Outcome) -> str:
    errors = sum(found.level == "error" for found in outcome.report.findings)
    looks = len(outcome.report.findings) - errors
    if errors:
        return f"Not yet sound. To fix: {errors:,}." + (f" To look at: {looks:,}." if looks else "")
    if not outcome.added:
        return "The file is sound, and changes nothing: all its rows are in the package already."
    return contribute.LOOK_FIRST if looks else "The file is sound. You can send it."


def _contradicted(package: Package, outcome: Outcome) -> Iterator[str]:
    """Yield each figure in the package that contradicts one in the contribution."""
    new, names = set(outcome.added.get(VALUES, ())), outcome.names
    found = conflicts.rows(package.with_rows(outcome.merged.rows))
    for row in (row for row in found if row["type"] == CONTRADICTION):
        ends = (("value_id", "value_has"), ("other_id", "other_has"))
        if new & {row[key] for key, _ in ends}:
            told = " – ".join(names.reading(str(row[key]), str(row[has])) for key, has in ends)
            yield f"{told}: {row['decided_by']}."


def _form(outcome: Outcome) -> dict[str, str]:
    """The fields for the public form, from the first new source; people attach the file themselves."""
    for entry in outcome.merged.added.get("sources", {}).values():
        cells = entry.cells
        publisher = f"{cells['publisher']}, {cells['date_published']}".strip(", ")
        told = {"title": f"New source: {cells['title']}", "publisher": publisher, "link": cells["url"]}
        return {**told, "figures": "In the attached file."}
    return {}


def _tables(package: Package, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield the new rows of each table as CSV."""
    for name, entries in outcome.merged.added.items():
        header = package.contract.table(name).header
        text = csv_text(header, ([entry.cells[field] for field in header] for entry in entries.values()))
        yield f"{name}.csv", _as_text_of(text.encode())
