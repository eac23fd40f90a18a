"""A check in a browser: files come in from a page, and an answer goes out that the page only lays out.

The rules, the limits and every sentence are those of the command line; nothing is written or sent.
"""

import base64
import json
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from scripts import checks, contribute
from scripts.checks import descriptor
from scripts.contribute import Outcome, form, one_result, taken_as, template
from scripts.contribute.merge import Merged
from scripts.contribute.names import Names
from scripts.contribute.sheets import LINKS, VALUES
from scripts.contribute.workbook_file import fault_of_file
from scripts.derived import conflicts
from scripts.findings import Report
from scripts.findings.layouts import NOT_SHOWN, RENDERINGS, laid_out
from scripts.package.files import csv_text
from scripts.package.opening import DESCRIPTOR, Package

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
FOLDER = "files"  # in which they are put, and of which nobody else knows
CONTRADICTION = "contradiction"
NO_CONTRADICTION = "No figure of this publication contradicts yours."
NOT_COMPARED = (
    "Nothing was compared: your figures restate none of this publication, and hang together with none."
)
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Part:
    """A piece of the answer: a heading, and below it sentences, or a table."""

    heading: str
    sentences: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    questions: tuple[str, ...] = ()  # of the form, the one that each row is about


@dataclass(frozen=True)
class Answer:
    """What the page shows: the verdict first. Texts are shown as text, files are offered to be kept."""

    verdict: str
    can_be_sent: bool = False
    parts: tuple[Part, ...] = ()
    text: str = ""  # all of it, to copy
    files: Mapping[str, str] | None = None  # name and base64
    report: str = ""  # what the command line says as JSON
    form: Mapping[str, str] | None = None  # what is filled in of the public form “A new source”


def answer(asked: str, files: Mapping[str, bytes], tell: Tell) -> str:
    """Answer what a page asks, as JSON; `asked` is JSON too. Nothing is raised for what a file holds."""
    answers = json.loads(asked).get("result")
    if answers is not None:
        return json.dumps(asdict(_of_one(answers, tell)), ensure_ascii=False)
    with tempfile.TemporaryDirectory() as place:
        return json.dumps(asdict(_checked(Path(place), files, tell)), ensure_ascii=False)


def prepare() -> None:
    """Do what every check needs once, while the database is still on its way."""
    descriptor.profile_faults(_package().content(DESCRIPTOR).decode())
    for name in checks.OF_THE_DATA:
        checks.layer(name)


@cache
def _package() -> Package:
    """The package that travels with the page, opened once."""
    return Package(HERE, with_derived=False)


def _checked(place: Path, files: Mapping[str, bytes], tell: Tell) -> Answer:
    path = _put(place, files)
    if path is None:
        return Answer(FILES)
    if _is_too_large(path):
        return Answer(TOO_LARGE)
    outcome = contribute.bring_in(_package(), path, is_dry_run=True, tell=tell)
    found = answer_of(_package(), outcome, tell)
    return replace(found, files={**_tidied(outcome, path.stem), **(found.files or {})})


def _tidied(outcome: Outcome, name: str) -> dict[str, str]:
    """The workbook with what was put right in it, where something was."""
    if outcome.tidied is None:
        return {}
    file = template.as_file(outcome.tidied, is_compressed=False)
    return {f"{name}-tidied.xlsx": base64.b64encode(file).decode()}


def _of_one(answers: Mapping[str, str], tell: Tell) -> Answer:
    """Check one result that was asked for in questions, and hand over its workbook."""
    if faults := one_result.refused(answers):
        return Answer(faults[0], parts=(Part("What to take out", tuple(faults)),))
    filled = form.filled(_package(), answers)
    if not any(filled.rows.values()):
        return Answer(NO_ANSWER)
    book = filled.workbook()
    file = template.as_file(book, is_compressed=False)  # before it is read, which tidies it
    outcome = contribute.taken_in(_package(), filled.contribution(book), is_dry_run=True, tell=tell)
    names = outcome.names or Names(_package())
    words = form.Form(filled, names)
    report = replace(outcome.report, findings=words.said(outcome.report.findings))
    taken = taken_as.said(outcome.merged.taken) if outcome.merged else ()
    notes = (*names.like_those_of_the_package(), *taken, *words.notes())
    worded = replace(outcome, report=report, notes=notes)
    found = answer_of(_package(), worded, tell, of_the_form=True)
    files = {form.NAME: base64.b64encode(file).decode(), **(found.files or {})}
    return replace(found, files=files, report=contribute.said(outcome, "json"))


def _put(place: Path, files: Mapping[str, bytes]) -> Path | None:
    """The path of the one workbook, or of the folder of CSV files; none for anything else."""
    names = {Path(name.replace("\\", "/")).name: bytes(data) for name, data in files.items()}
    are_tables = all(name.lower().endswith(".csv") for name in names)
    if not names or (len(names) > 1 and not are_tables):
        return None
    folder = place / FOLDER
    folder.mkdir()
    for name, data in names.items():
        (folder / name).write_bytes(data)
    return folder if are_tables else folder / next(iter(names))


def _is_too_large(path: Path) -> bool:
    files = [path] if path.is_file() else list(path.iterdir())
    return sum(file.stat().st_size for file in files) > MOST_BYTES or sum(map(_rows, files)) > MOST_ROWS


def _rows(file: Path) -> int:
    """About how many rows a file has; of a workbook that is not to be opened the reader will say why."""
    if file.suffix.lower() == ".csv":
        return file.read_bytes().count(b"\n")
    if not zipfile.is_zipfile(file) or fault_of_file(file):
        return 0
    with zipfile.ZipFile(file) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return sum(archive.read(name).count(b"<row ") for name in sheets)


def answer_of(package: Package, outcome: Outcome, tell: Tell, of_the_form: bool = False) -> Answer:
    """The outcome of an import as a page shows it."""
    report = _without_folder(outcome.report)
    parts = [
        *_found(report, of_the_form),
        Part("Put right, and left open", tuple(outcome.notes)),
        Part("What it would add", tuple(_added(outcome)) if report.is_valid else ()),
    ]
    if report.is_valid and outcome.added:
        tell("Comparing with what is printed elsewhere …")
        parts.append(Part("What it would contradict", tuple(_contradicted(package, outcome))))
    verdict = _verdict(outcome)
    return Answer(
        verdict=verdict,
        can_be_sent=report.is_valid and bool(outcome.added),
        parts=tuple(part for part in parts if part.sentences or part.rows),
        text=_as_text(verdict, parts)
        if of_the_form
        else RENDERINGS["text"](contribute.in_plain_words(report)),
        files=dict(_tables(package, outcome)) if report.is_valid else {},
        report=contribute.said(outcome, "json"),
        form=_form(outcome) if report.is_valid else {},
    )


def _without_folder(report: Report) -> Report:
    """The report with files by the names that their sender knows."""
    found = (
        replace(one, table="Your files" if one.table == FOLDER else one.table.removeprefix(f"{FOLDER}/"))
        for one in report.findings
    )
    return replace(report, findings=tuple(found))


def _found(report: Report, of_the_form: bool) -> Iterator[Part]:
    """What has to be mended, and apart from it what only asks for a look."""
    for heading, is_error in (("What to mend", True), ("What to look at", False)):
        some = [one for one in report.findings if (one.level == "error") is is_error]
        told, left = laid_out(some)
        rows = tuple((one.first.cell, *one.in_cells[1:]) if of_the_form else one.in_cells for one in told)
        ids = tuple(one.first.field for one in told) if of_the_form else ()
        more = (NOT_SHOWN.format(left),) if left else ()
        head = QUESTIONS if of_the_form else FINDINGS
        yield Part(heading, sentences=more, head=head, rows=rows, questions=ids)


def _as_text(verdict: str, parts: Sequence[Part]) -> str:
    """The answer to copy, for somebody who has only the page."""
    lines = [verdict]
    for part in parts:
        lines += [f"{part.heading}:"] if part.rows or part.sentences else []
        lines += [
            *part.sentences,
            *(f"{where}: {found} – {why} {mend}" for where, found, why, mend in part.rows),
        ]
    return "\n".join(lines)


def _verdict(outcome: Outcome) -> str:
    errors = sum(found.level == "error" for found in outcome.report.findings)
    looks = len(outcome.report.findings) - errors
    if errors:
        also = f", {looks:,} to look at" if looks else ""
        return f"Not yet sound: {errors:,} {'thing' if errors == 1 else 'things'} to mend{also}."
    if not outcome.added:
        return "The file is sound, and changes nothing: all its rows are in the package already."
    warned = f" First look at {looks:,} {'thing' if looks == 1 else 'things'} below." if looks else ""
    return f"The file is sound. You can send it.{warned}"


def _added(outcome: Outcome) -> Iterator[str]:
    """How many rows each sheet gets, and what they are called."""
    if outcome.names:
        yield from outcome.names.added()
    if known := sum(map(len, outcome.unchanged.values())):
        yield f"In the package already, and not changed: {known:,} {'row' if known == 1 else 'rows'}"


def _contradicted(package: Package, outcome: Outcome) -> Iterator[str]:
    """Each printed figure of the package that cannot hold beside one of the contribution."""
    assert outcome.merged is not None and outcome.names is not None
    new, names = set(outcome.added.get(VALUES, ())), outcome.names
    whole = package.with_rows(outcome.merged.rows)
    found = [row for row in conflicts.rows(whole) if row["type"] == CONTRADICTION]
    ends = (("root_id", "root_has"), ("value_id", "printing_has"))
    told = [
        " – ".join(names.reading(str(row[key]), str(row[has])) for key, has in ends)
        + f": {row['decided_by']}."
        for row in found
        if new & {row["root_id"], row["value_id"]}
    ]
    yield from told or [NO_CONTRADICTION if _is_compared(outcome.merged, new) else NOT_COMPARED]


def _is_compared(merged: Merged, new: Collection[str]) -> bool:
    """Does a figure of the contribution restate one of the package, or hang together with one?"""
    cells = {name: [one.cells for one in merged.added.get(name, {}).values()] for name in (VALUES, LINKS)}
    restated = {row["printing_of"] for row in cells[VALUES]} - {"", *new}
    return bool(restated) or any(len({row["from_id"], row["to_id"]} & {*new}) == 1 for row in cells[LINKS])


def _form(outcome: Outcome) -> dict[str, str]:
    """The cells of the public form, from the first new source; the file itself is dropped into it."""
    added = outcome.merged.added.get("sources", {}) if outcome.merged else {}
    cells = next((entry.cells for entry in added.values()), None)
    if cells is None:
        return {}
    told = {
        "publisher": f"{cells['publisher']}, {cells['date_published']}".strip(", "),
        "link": cells["url"],
    }
    return {"title": f"New source: {cells['title']}", "figures": "In the attached file.", **told}


def _tables(package: Package, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The new rows of each table as a CSV file."""
    added = outcome.merged.added if outcome.merged else {}
    for name, entries in added.items():
        header = package.contract.table(name).header
        text = csv_text(header, ([entry.cells[field] for field in header] for entry in entries.values()))
        yield f"{name}.csv", base64.b64encode(text.encode()).decode()
