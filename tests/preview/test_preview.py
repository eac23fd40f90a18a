"""The preview reports exactly what a change does; the tests recompute its numbers from the files."""

import html
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown as markdown_library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.__main__ import main
from scripts.findings import HINT, Report
from scripts.findings.renderers import escape_markdown
from scripts.package import database
from scripts.package.contract import structure_changes
from scripts.package.package import Package
from scripts.package.row_changes import AFTER, BEFORE, CellChange, RowChange, load_package_state
from scripts.preview import Preview, compare_packages
from scripts.preview.changed_readings import (
    CONFLICTS,
    READINGS,
    Disagreement,
    ReadingChange,
    add_computed_values,
    new_and_resolved_disagreements,
    reading_changes,
)
from scripts.preview.output_changes import (
    BOOKKEEPING,
    DerivedChanges,
    NumberChange,
    PageChanges,
    copy_base_with_derived_tables,
    derived_changes,
    page_changes,
)
from scripts.preview.preview_renderers import (
    END,
    FOLD,
    NOTHING,
    markdown_for_terminal,
    preview_as_json,
    preview_as_markdown,
    summary_sentence,
)
from scripts.preview.table_differences import (
    OTHER_KEY,
    TableChanges,
    compare_loaded_tables,
)
from scripts.site import render
from scripts.wording.text_formatting import label_by_conflict_type
from tests.checks.test_unrecorded_changes import change_rows_of, copy_data
from tests.conftest import (
    FROZEN,
    KEYS,
    PATHS,
    change_cells,
    change_rows,
    column_entry,
    copy_package,
    edit_contract,
    make_unreleased,
    read_csv,
    rebuild_derived_tables,
    table_entry,
)
from tests.repository import run_git

pytestmark = [pytest.mark.xdist_group("preview"), pytest.mark.slow]  # one worker makes the preview once
PAGES = ("disagreements.md", "limitations.md")  # of docs/; more would only cost time
ROOT_OF_ONE, PRINTING = "KH010", "KH013"
CONFLICT = f"{ROOT_OF_ONE}.{PRINTING}.place"
SOUND = Report((), (), ())
KEY = "places, primaryKey"
DEFINED = "7391 people."  # a number that no other row has


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frozen package with two of its pages, not yet published."""
    place = copy_package(tmp_path_factory.mktemp("preview") / "base")
    make_unreleased(place)  # so that rows may change without a correction
    for page in (place / "docs").glob("*.md"):
        if page.name not in PAGES:
            page.unlink()
    return place


def first(package: Path, table: str, column: str) -> str:
    """Return the cell of a table's first row in this column."""
    return read_csv(package / PATHS[table])[0][column]


def cell_of(package: Path, value_id: str, column: str) -> str:
    """Return the cell of a reading in this column."""
    [row] = [row for row in read_csv(package / PATHS[READINGS]) if row["value_id"] == value_id]
    return row[column]


@pytest.fixture(scope="module")
def changed(base: Path) -> Path:
    """The package after a sound change in an assumption, a definition, a scope, a code and a link."""
    place = shutil.copytree(base, base.with_name("changed"))
    change_cells(place, "scenario_assumptions", "deff-4", value="5")
    change_cells(place, "populations", first(base, "populations", "population_id"), definition=DEFINED)
    change_cells(place, READINGS, PRINTING, place_id=cell_of(base, ROOT_OF_ONE, "place_id"))
    term = dict.fromkeys(("term_id", "pattern", "avoid", "use_instead"), "zzz")
    change_rows_of(place, "terms", lambda rows: [*rows, rows[-1] | term])
    change_rows_of(place, "links", lambda rows: rows[:-1])
    (place / "docs/disagreements.md").write_text("---\ntitle: Other\n---\nOther words.\n", encoding="utf-8")
    rebuild_derived_tables(place)
    return place


@pytest.fixture(scope="module")
def seen(base: Path, changed: Path) -> Preview:
    """The preview of the change from `base` to `changed`."""
    return compare_packages(Package(changed), Package(base), Package(base))


def test_preview_rows_by_table_and_kind(base: Path, seen: Preview) -> None:
    found = {
        (table.table, row.kind, row.key, *((cell.field, cell.became) for cell in row.cells))
        for table in seen.rows
        for row in table.rows
        if row.kind != "added"
    } | {
        (table.table, row.kind, row.key)
        for table in seen.rows
        for row in table.row_changes_of_kind("added")
    }
    gone = read_csv(base / "data/links.csv")[-1]
    assert found == {
        ("scenario_assumptions", "changed", "deff-4", ("value", "5")),
        ("populations", "changed", first(base, "populations", "population_id"), ("definition", DEFINED)),
        (READINGS, "changed", PRINTING, ("place_id", cell_of(base, ROOT_OF_ONE, "place_id"))),
        ("terms", "added", "zzz"),
        ("links", "removed", " ".join(gone[name] for name in KEYS["links"])),
    }
    titles = re.findall(r"^###? (.*)$|^\*\*(\w+)\*\*$", preview_as_markdown(seen), re.MULTILINE)
    assert ["".join(title) for title in titles if title[0] != "What this change does"][:4] == [
        "Vocabularies",
        *("populations", "terms", "Readings"),
    ]
    assert seen.is_valid and seen.contract == ()


def test_preview_gives_hints_only_for_changed_rows_and_apart(base: Path, seen: Preview) -> None:
    """Hints are given only for changed rows, apart from the verdict; plain text has no fold."""
    population = first(base, "populations", "population_id")
    [hint] = [finding for finding in seen.hints if finding.rule == "number-borne-out"]
    assert (hint.table, hint.row, hint.field) == ("data/populations.csv", population, "definition")
    assert {hint.row for hint in seen.hints} <= {row.key for table in seen.rows for row in table.rows}
    assert all(finding.level != HINT for finding in seen.report.findings)
    text = preview_as_markdown(seen)
    verdict, _, folded = text.partition(FOLD)
    assert "7391" in folded and "hint" not in verdict and folded.rstrip().endswith(END)
    assert "### For reviewers" in markdown_for_terminal(text) and FOLD not in markdown_for_terminal(text)
    assert FOLD not in preview_as_markdown(replace(seen, hints=()))


def test_first_line_of_a_preview_counts_its_changes(seen: Preview) -> None:
    render = len(seen.pages.changed)
    assert summary_sentence(seen) == (
        "In this change: 1 row added, 3 rows changed, 1 row removed, "
        f"{len(seen.derived.numbers):,} computed numbers changed and {render:,} pages changed."
    )


def numbers_of(package: Path) -> dict[tuple[str, str, str], str]:
    """Return every numeric cell of the derived tables, read directly from the files."""
    cells = {}
    whole = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    counts_only = ("values",)  # copies of what is entered
    for table in (table for table in whole["resources"] if "derived" in table["path"]):
        if table["name"] in counts_only:
            continue
        numeric = [
            f["name"]
            for f in table["schema"]["fields"]
            if f["type"] in ("integer", "number") and f["name"] != "position"
        ]
        for row in read_csv(package / table["path"]):
            key = " ".join(row[name] for name in table["schema"]["primaryKey"])
            cells |= {(table["name"], key, name): row[name] for name in numeric}
    return cells


def test_computed_values_before_and_after_the_largest_change_first(
    base: Path, changed: Path, seen: Preview
) -> None:
    before, after = numbers_of(base), numbers_of(changed)
    both = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    wanted = {(*key, before[key], after[key]) for key in both if before[key] and after[key]}
    found = seen.derived.numbers
    assert {
        (change.table, change.key, change.field, change.before, change.after) for change in found
    } == wanted
    assert len(found) == len(wanted) > 20
    for change in found:
        was, became = float(change.before), float(change.after)
        assert change.relative == pytest.approx((became - was) / (was if was > 0 else -was))
    sizes = [abs(change.relative or 0) for change in found]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] > sizes[-1]


def test_preview_lists_an_ended_disagreement_and_the_pages_with_changed_cells(
    base: Path, changed: Path, seen: Preview
) -> None:
    """The list of disagreements and the quantity's page change; the page of another quantity does not."""
    before, after = (
        {row["conflict_id"] for row in read_csv(package / PATHS[CONFLICTS])} for package in (base, changed)
    )
    assert CONFLICT in before - after
    for kind, wanted in (("removed", before - after), ("added", after - before)):
        assert {conflict.id for conflict in seen.conflicts if conflict.kind == kind} == wanted
    assert {"disagreements.md", f"values/{ROOT_OF_ONE}.md"} <= set(seen.pages.changed)
    assert "values/PC-BGD-Dhaka-01.md" not in seen.pages.changed
    assert (seen.pages.new, seen.pages.gone, seen.pages.fault) == ((), (), "")


def test_preview_lists_new_removed_and_faulty_pages(
    base: Path, changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "render_pages", cache(render.render_pages))  # of each package once
    place = shutil.copytree(base, changed.with_name("fewer"))
    (place / "docs/disagreements.md").unlink()
    whole, fewer = Package(base), Package(place)
    assert page_changes(whole, fewer).gone == ("disagreements.md",)
    assert page_changes(fewer, whole).new == ("disagreements.md",)
    (place / "docs/limitations.md").write_text('{{ v("KH999999") }}', encoding="utf-8")
    fewer = Package(place)
    fault = page_changes(whole, fewer).fault
    assert "docs/limitations.md: v: role cannot be “KH999999”" in fault
    assert page_changes(fewer, whole).not_rendered.startswith(
        "The base cannot be rendered by the code of today"
    )


def test_preview_of_no_change_says_so_without_deriving_again(
    base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check has already derived the tables and found them unchanged, so they are not derived again."""
    monkeypatch.setattr("scripts.preview.output_changes.derived", None)
    assert main(["preview", "--package", str(base), "--base", str(base)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"## What this change does\n\n**{NOTHING}**\n\nThe check finds no error.")
    assert "No number that was there before changes." in said.out and "No page changes." in said.out


def test_preview_command_computes_from_data_although_derived_tables_are_stale(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Computed values come from the data, even if the committed tables are stale; the check says so."""
    place = shutil.copytree(base, tmp_path / "clone")
    shutil.rmtree(place / "docs")
    run_git(place, "init", "--quiet")
    run_git(place, "add", ".")
    run_git(place, "commit", "--quiet", "-m", "Before")
    run_git(place, "branch", "before")
    change_cells(place, "scenario_assumptions", "deff-4", value="5")
    run_git(place, "commit", "--quiet", "-am", "After")
    code = main(["preview", "--package", str(place), "--base", "before", "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    assert (code, said["valid"]) == (1, False)
    [stale] = said["report"]["findings"]  # one command rebuilds all tables, so one finding is enough
    assert stale["rule"] == "derived-reproduced" and "data/derived/scenario_" in stale["message"]
    assert said["says"].startswith("In this change: 1 row changed")
    rebuild_derived_tables(place)
    before = numbers_of(base)
    wanted = {key for key, cell in numbers_of(place).items() if cell != before[key]}
    assert {
        (change["table"], change["key"], change["field"]) for change in said["derived"]["numbers"]
    } == wanted
    assert main(["preview", "--package", str(place), "--base=-x"]) == 2


def test_preview_of_faulty_data_shows_rows_and_findings(base: Path, tmp_path: Path) -> None:
    place = shutil.copytree(base, tmp_path / "flawed")
    change_cells(place, "places", "wales", name="=1+1")
    found = compare_packages(Package(place), Package(base), Package(base))
    assert not found.is_valid and [finding.rule for finding in found.report.findings] == ["formula-cell"]
    assert summary_sentence(found).startswith("In this change: 1 row changed")
    assert "fixed" in found.derived.not_computed and "fixed" in found.pages.not_rendered
    text = preview_as_markdown(found)
    assert "**The check finds 1 error**" in text and "### Findings of the check" in text


def test_preview_of_unreadable_files_compares_nothing(base: Path, tmp_path: Path) -> None:
    place = shutil.copytree(base, tmp_path / "flawed")
    (place / "data/places.csv").write_bytes(b"\xff\xfe")
    found = compare_packages(Package(place), Package(base), Package(base))
    assert not found.is_valid and found.rows == ()
    assert summary_sentence(found) == found.unreadable != ""
    assert "bytes-encoding" in preview_as_markdown(found)


def test_a_base_without_derived_tables_gets_them_or_a_reason(
    base: Path, changed: Path, tmp_path: Path, seen: Preview
) -> None:
    place = shutil.copytree(base, tmp_path / "base")
    shutil.rmtree(place / "data/derived")
    made, why = copy_base_with_derived_tables(Package(place), tmp_path / "made")
    assert made is not None and why == ""
    assert derived_changes(made, Package(changed)) == seen.derived
    change_rows_of(place, "indicators", lambda rows: [])
    made, why = copy_base_with_derived_tables(Package(place), tmp_path / "other")
    assert made is None and why.startswith("The base cannot be computed by the code of today")


# How a table of the contract changes, and what the preview says about it.
NOTE = "column places.note (string)"
CONTRACTS: dict[str, tuple[Callable[[Any], object], list[str]]] = {
    "a word more": (
        lambda w: column_entry(w, "places", "level")["constraints"]["enum"].append("district"),
        ["asks less: places.level, the constraint enum"],
    ),
    "another type": (
        lambda w: column_entry(w, "places", "name").update(type="integer"),
        ["gone: column places.name (string)", "new: column places.name (integer)"],
    ),
    "a constraint more": (
        lambda w: column_entry(w, "places", "name")["constraints"].update(maxLength=5),
        ["asks more: places.name, the constraint maxLength"],
    ),
    "a column more": (
        lambda w: table_entry(w, "places")["schema"]["fields"].append(
            column_entry(w, "places", "note") | {"name": "extra"}
        ),
        ["new: column places.extra (string)"],
    ),
    "a column less": (lambda w: table_entry(w, "places")["schema"]["fields"].pop(), [f"gone: {NOTE}"]),
    "another order": (lambda w: table_entry(w, "places")["schema"]["fields"].reverse(), []),
    "another key": (
        lambda w: table_entry(w, "places")["schema"].update(primaryKey=["name"]),
        ["gone: key of places: place_id", "new: key of places: name"],
    ),
    "another name of the table": (
        lambda w: table_entry(w, "places").update(name="towns"),
        ["gone: table places", "new: table towns"],
    ),
}


@pytest.mark.parametrize("case", CONTRACTS)
def test_preview_lists_each_kind_of_contract_change(case: str, base: Path, tmp_path: Path) -> None:
    edit, wanted = CONTRACTS[case]
    shutil.copy(base / "datapackage.json", tmp_path)
    edit_contract(tmp_path, edit)
    before, after = (Package(place).contract.tables for place in (base, tmp_path))
    assert [*structure_changes(before, after)] == wanted
    assert [*structure_changes(before, before)] == []


def test_preview_reports_new_and_removed_tables_and_changed_keys(base: Path, tmp_path: Path) -> None:
    place = copy_data(base, tmp_path / "package")
    change_rows_of(place, "places", lambda rows: rows[:3])
    tables = {table.name: table for table in Package(base).contract.tables}
    terms = tables["terms"]
    other = replace(terms, primary_key=("other",), fields=(replace(terms.fields[0], name="other"),))
    with database.open_empty_database() as connection:
        load_package_state(connection, BEFORE, Package(base), [tables["helplines"], terms])
        load_package_state(connection, AFTER, Package(place), [tables["places"], terms])
        two = [tables["helplines"], other], [tables["places"], terms]
        found = {change.table: change for change in compare_loaded_tables(connection, *two)}
    helplines = read_csv(base / PATHS["helplines"])
    assert [row.kind for row in found["places"].rows] == ["added"] * 3
    assert [row.kind for row in found["helplines"].rows] == ["removed"] * len(helplines)
    assert (found["terms"].rows, found["terms"].not_compared) == ((), OTHER_KEY)


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("", NOTHING),
        ("a", "In this change: 1 row added."),
        ("ccr", "In this change: 2 rows changed and 1 row removed."),
        ("a" * 1_000, "In this change: 1,000 rows added."),
    ],
)
def test_preview_sentence_counts_rows(kinds: str, said: str) -> None:
    words = {"a": "added", "c": "changed", "r": "removed"}
    rows = tuple(RowChange(words[kind], f"k{at}", 0, ()) for at, kind in enumerate(kinds))
    assert summary_sentence(Preview(SOUND, rows=(TableChanges("places", rows),))) == said


# Text of the data stays text.
class Seen(HTMLParser):
    """A parser that collects the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a tag."""
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Record text."""
        self.text += data


STRUCTURE = {"h2", "h3", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}


def preview_full_of(text: str) -> Preview:
    """Return a preview with this text wherever it shows text from the data or a file name."""
    rows = tuple(
        RowChange(kind, text, 1, (CellChange(text, text, ""),)) for kind in ("added", "changed", "removed")
    )
    table = TableChanges(text, rows)
    number = NumberChange(table=text, key=text, field=text, before="1", after="2", relative=1.0)
    conflict = Disagreement(**fields_set_to(Disagreement, text) | {"kind": "added", "sides": (text, text)})
    kinds = ("withdrawn", "removed", "changed", "added")
    reading = ReadingChange(kind="", id=text, said=(text,) * 5, cells=rows[0].cells, named={text: (text,)})
    reading = replace(reading, computed=(text,))
    return Preview(
        SOUND,
        (text,),
        (TableChanges("places", rows), table),
        DerivedChanges((number,), tables=(table,)),
        tuple(replace(reading, kind=kind) for kind in kinds),
        (conflict,),
        PageChanges((text,), (text,), (text,)),
    )


def fields_set_to(kind: type[Any], text: str) -> dict[str, Any]:
    """Return this text for every field of a class."""
    return {field.name: text for field in fields(kind)}


HOSTILE = [
    "<script>alert(1)</script>",
    "![x](http://a.example/b.png)",
    "a | b | c",
    "a\n\n# Heading\n\n- item",
    "**bold** __bold__ _a_ `code` ~~x~~",
    "https://a.example/path www.a.example",
    "\u202eturned\x1b[31m",
    "&lt;b&gt; &#60;b&#62; \\| \\\\|",
    "[a]: http://b.example",
    "@somebody #12 :tada:",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    page = preview_as_markdown(preview_full_of(text))
    seen = Seen()
    seen.feed(markdown_library.markdown(page, extensions=["tables"]))
    assert seen.tags <= STRUCTURE
    assert all(line.isprintable() for line in page.split("\n"))
    assert "://" not in page and "www.a" not in page and "<" not in page and "@" not in page
    if text.isprintable():
        assert seen.text.count(text) >= 20


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_random_text_adds_no_line_or_column_to_a_preview(text: str) -> None:
    page, plain = preview_as_markdown(preview_full_of(text)), preview_as_markdown(preview_full_of("a"))
    assert [line.count("|") for line in page.split("\n")] == [line.count("|") for line in plain.split("\n")]


def test_a_terminal_shows_the_letters_that_markdown_would() -> None:
    text = "a (b) *c* &#40; & `d`"
    assert escape_markdown(text) != text and markdown_for_terminal(escape_markdown(text)) == text


def test_long_lists_are_cut_with_their_counts_and_the_page_stays_small() -> None:
    changes = (CellChange("x", "*" * 500, "a"),)
    many = tuple(RowChange("changed", "é*" * 500, at, changes) for at in range(1_000))
    about = fields_set_to(NumberChange, "t") | {"relative": 1.0}
    numbers = tuple(NumberChange(**about | {"key": f"k{at}"}) for at in range(1_000))
    tables = tuple(TableChanges(f"t{at}", many) for at in range(30))
    huge = Preview(SOUND, rows=tables, derived=DerivedChanges(numbers))
    page, one_table = preview_as_markdown(huge), replace(huge, rows=tables[:1])
    assert 850_000 < len(page.encode()) < 900_200 and "does not fit on this page" in page
    small = preview_as_markdown(one_table)
    assert "does not fit" not in small and "… and 985 more, which change less." in small
    assert small.count("- changed ") == 50 and small.count("| t | k") == 15 and "… and 950 more." in small
    assert small.count("`python -m scripts preview --format json` gives all") == small.count(" more") == 2
    assert [len(table["rows"]) for table in json.loads(preview_as_json(one_table))["rows"]] == [1_000]


def test_a_new_row_is_shown_without_its_reasons() -> None:
    cells = (CellChange("note", "", "x"), CellChange("url_reason", "", "not_recorded"))
    page = preview_as_markdown(
        Preview(SOUND, rows=(TableChanges("t", (RowChange("added", "k", 2, cells),)),))
    )
    assert "- added k: note: “x”\n" in page


SAME = "One source read a share of people who were seen in the venues of three cities, as it was reported. "


@pytest.mark.parametrize(
    ("was", "became"),
    [
        (SAME * 3 + "It is two." + SAME, SAME * 3 + "It is three." + SAME),
        (SAME * 2, SAME * 2 + "More."),
        (SAME * 2 + "More.", SAME * 2),
        ("\u202e" * 50 + SAME * 2 + "a", "\u202e" * 50 + SAME * 2 + "b"),
        ("", SAME * 2),
        ("two", "three"),
    ],
)
def test_two_sides_of_a_change_never_look_alike(was: str, became: str) -> None:
    rows = (RowChange("changed", "k", 1, (CellChange("text", was, became),)),)
    page = preview_as_markdown(Preview(SOUND, rows=(TableChanges("places", rows),)))
    [line] = [line for line in page.split("\n") if "→" in line]
    before, _, after = html.unescape(line).partition("text: ")[2].partition(" → ")
    assert before != after and len(before) >= len(was)


def test_change_from_zero_is_listed_first_and_changes_of_blanks_are_counted(tmp_path: Path) -> None:
    """A change from zero comes first, as it has no ratio; columns that only number rows are left out."""
    names = ("x", "y", "position")
    columns = [{"name": "k", "type": "string"}, *({"name": name, "type": "number"} for name in names)]
    about = {"title": "", "description": ""}
    schema = {"fields": [column | about for column in columns], "primaryKey": ["k"]}
    table = about | {"name": "origins", "path": "data/derived/t.csv", "schema": schema}
    texts = {
        "before": "k,x,y,position\na,100,0,1\nb,10,,2\nc,-4,3,3\nd,1,1,4\n",
        "after": "k,x,y,position\na,150,7,9\nb,5,2,9\nc,-6,,9\nd,1,1,9\n",
    }
    for name, text in texts.items():
        (tmp_path / name / "data/derived").mkdir(parents=True)
        (tmp_path / name / "data/derived/t.csv").write_text(text)
        whole = about | {"version": "1.0.0", "resources": [table]}
        (tmp_path / name / "datapackage.json").write_text(json.dumps(whole))
    found = derived_changes(Package(tmp_path / "before"), Package(tmp_path / "after"))
    moved = [(change.key, change.field, change.relative) for change in found.numbers]
    assert moved == [("a", "y", None), ("a", "x", 0.5), ("b", "x", -0.5), ("c", "x", -0.5)]
    page = preview_as_markdown(Preview(SOUND, derived=found))
    assert "| a | y | 0 | 7 | from zero |" in page and "| b | x | 10 | 5 | -50% |" in page


def test_preview_checks_published_rows_of_the_named_version_only(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows are compared with the named published version; rows merged since may change freely."""
    made = {}
    for name in ("", "zzz", "zzzz"):
        place = made[name] = copy_data(base, tmp_path / f"package{name}")
        edit_contract(place, lambda contract: contract.update(version="1.0.0"))
        more = [{"limitation_id": "L99", "name": name}] if name else []
        change_rows_of(
            place, "limitations", lambda rows, more=more: [*rows, *(rows[-1] | cells for cells in more)]
        )
        rebuild_derived_tables(place)
    published, merged, change = (Package(place) for place in made.values())
    monkeypatch.setattr("scripts.preview._add_computed_changes", lambda told, *of: told)  # not needed here
    silent = compare_packages(change, merged, merged)
    assert [finding.rule for finding in silent.report.findings] == ["published-cell-stays"]
    free = compare_packages(change, merged, published)
    assert free.report.findings == () and [len(table.rows) for table in free.changed_tables] == [1]


# Readings that were added, changed or removed: what a reviewer compares with the source, and related rows.

NEW = "KH010-new"


@pytest.fixture(scope="module")
def printed_once_more(tmp_path_factory: pytest.TempPathFactory) -> tuple[Package, Package]:
    """The frozen package, and one with a further mention of a share."""
    place = copy_package(tmp_path_factory.mktemp("changed") / "package")

    def add(rows: list[dict[str, str]]) -> None:
        [root] = [row for row in rows if row["value_id"] == ROOT_OF_ONE]
        other = {"value_id": NEW, "mention_of": ROOT_OF_ONE, "low": "2.6", "high": "2.6", "printed": "2.6"}
        rows.append(root | other | {"locator": "page 14, table 3 | @x"})

    change_rows(place, READINGS, add)
    return Package(FROZEN), Package(place)


def reading_changes_and_text(
    packages: tuple[Package, Package], *rows: RowChange, **more: Any
) -> tuple[list[ReadingChange], str]:
    """Return the changes found in readings, and the text that a reviewer sees."""
    tables = [TableChanges("places", ()), TableChanges(READINGS, rows)]
    found = [replace(change, **more) for change in reading_changes(*packages, tables)]
    page = preview_as_markdown(Preview(SOUND, readings=tuple(found)))
    return found, markdown_for_terminal(page.partition("### Readings")[2].partition("###")[0])


def test_unknown_words_before_a_number_are_shown_to_the_reviewer(
    printed_once_more: tuple[Package, Package],
) -> None:
    base, package = printed_once_more
    rows = [
        row | {"printed": "kwanzi 2.6 %"} if row["value_id"] == NEW else row
        for row in package.rows(READINGS)
    ]
    change = RowChange("added", NEW, 9, (CellChange("low", "", "2.6"),))
    for of_package, is_told in ((package, False), (package.with_rows({READINGS: rows}), True)):
        _, said = reading_changes_and_text((base, of_package), change)
        assert ("does not know: “kwanzi”" in said) is is_told


def test_preview_shows_a_new_reading_with_the_words_of_its_source(
    printed_once_more: tuple[Package, Package],
) -> None:
    package = printed_once_more[1]
    row = package.row(READINGS, NEW)
    _, said = reading_changes_and_text(
        printed_once_more, RowChange("added", NEW, 9, (CellChange("low", "", "2.6"),))
    )
    for part in (
        *(f"**New: {NEW}**", "Reported “2.6”, read as 2.6%, observed", "Period: March 2015"),
        "Locator: page 14, table 3 | @x",
        *(
            package.row(f"{name}s", row[f"{name}_id"])["name"]
            for name in ("indicator", "population", "place")
        ),
        *(package.row("sources", row["source_id"])[name] for name in ("title", "publisher")),
    ):
        assert part in said
    assert "low" not in said and "With it" not in said


DENOMINATOR = "KH005"
SLIPS = {  # the row, what was typed wrongly in it, and what a reviewer of the share reads
    "nature": (ROOT_OF_ONE, {"nature": "claimed"}, "Nature: claimed"),
    "scope": (ROOT_OF_ONE, {"scope_as_printed": "girls in hotels"}, "Scope, as printed: girls in hotels"),
    "base": (DENOMINATOR, {"low": "2140", "high": "2140"}, "Denominator: 2,140 people (KH005)"),
    "body": (ROOT_OF_ONE, {"credited_to": "unicef"}, "Credited to: UNICEF"),
    "age": (ROOT_OF_ONE, {"age_max": "71"}, "Age to: 71"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_preview_of_a_reading_shows_each_kind_of_slip(slip: str, tmp_path: Path) -> None:
    value_id, cells, wanted = SLIPS[slip]
    place = copy_data(FROZEN, tmp_path / "package")
    change_cells(place, READINGS, value_id, **cells)
    change = RowChange("changed", ROOT_OF_ONE, 9, ())
    assert wanted in reading_changes_and_text((Package(FROZEN), Package(place)), change)[1]
    assert wanted not in reading_changes_and_text((Package(FROZEN), Package(FROZEN)), change)[1]


def test_preview_of_a_reading_shows_what_is_computed_from_it() -> None:
    """Computed shares and intervals are shown with a reading, but not with one that is removed."""
    package = Package(FROZEN)
    change = ReadingChange(kind="added", id=ROOT_OF_ONE, said=())
    stands, gone = add_computed_values([change, replace(change, kind="removed")], package)
    row = package.row("values", ROOT_OF_ONE)
    first, *others = row["share_by_counts"].split("; ")
    counts, computed = stands.computed
    assert first.replace(":", " =") in counts and counts.count(" = ") == 1 + len(others)
    assert f"What it is: {row['what']}; " in computed and "Kind of evidence: sample survey" in computed
    assert gone.computed == ()


def test_preview_shows_changed_cells_before_the_reading(
    printed_once_more: tuple[Package, Package],
) -> None:
    change = CellChange("low", "2.2", "2.6")
    _, said = reading_changes_and_text(printed_once_more, RowChange("changed", NEW, 9, (change,)))
    assert said.index("low: “2.2” → “2.6”") < said.index("Reported “2.6”")


def test_a_figure_that_is_withdrawn_takes_along_all_that_names_it(
    printed_once_more: tuple[Package, Package],
) -> None:
    """The rows that refer to the reading are counted again from the files."""
    base, _ = printed_once_more
    taken = CellChange("show", "free", "withdrawn")
    row = RowChange("changed", ROOT_OF_ONE, 9, (taken,))
    [change], said = reading_changes_and_text(printed_once_more, row)
    wanted = {
        table.name
        for table in base.contract.tables
        for key in table.foreign_keys
        if key.table == READINGS
        and ROOT_OF_ONE in {row[key.field] for row in read_csv(base.folder / table.path)}
    }
    assert change.kind == "withdrawn" and change.is_withdrawn_or_removed
    assert set(change.named) == wanted - {*BOOKKEEPING} >= {"featured", "links", CONFLICTS}
    for table, column in (("featured", "role"), (CONFLICTS, "conflict_id")):
        rows = [row for row in base.rows(table) if ROOT_OF_ONE in row.values()]
        assert change.named[table] == tuple(row[column] for row in rows)
        assert change.named[table][0] in said
    assert "**Withdrawn: KH010**" in said


def test_preview_lists_removed_readings_first_and_cuts_long_lists(
    printed_once_more: tuple[Package, Package],
) -> None:
    rows = [RowChange("added", NEW, 1, ()), RowChange("removed", ROOT_OF_ONE, 0, ())]
    many = {"links": tuple(f"k{at}" for at in range(12))}
    found, said = reading_changes_and_text(printed_once_more, *rows, named=many)
    assert [change.kind for change in found] == ["removed", "added"]
    assert "With it: links (k0, " in said and "k9 and 2 more)" in said
    assert (
        reading_changes_and_text(printed_once_more[::-1], RowChange("removed", NEW, 0, ()))[0][0].id == NEW
    )  # already in the base
    assert "Nothing else names it." in reading_changes_and_text(printed_once_more, *rows, named={})[1]


def test_a_disagreement_is_reported_with_both_numbers_the_weightiest_first() -> None:
    base = Package(FROZEN)
    keys = tuple(RowChange("added", row["conflict_id"], 2, ()) for row in base.rows(CONFLICTS))
    derived = DerivedChanges(tables=(TableChanges(CONFLICTS, keys), TableChanges("changes", ())))
    found = new_and_resolved_disagreements(base, base, derived)
    weights = [list(label_by_conflict_type()).index(conflict.type) for conflict in found]
    assert weights == sorted(weights) and len(found) == len(keys)
    said = markdown_for_terminal(preview_as_markdown(Preview(SOUND, conflicts=found)))
    for conflict in found[:40]:
        row = base.row(CONFLICTS, conflict.id)
        assert conflict.sides[0].startswith(f"{row['value_id']}: ") and " and ".join(conflict.sides) in said
        has = [row["value_has"], row["other_has"]]
        assert [f"(“{words}”)" in side for words, side in zip(has, conflict.sides, strict=True)] == [
            conflict.dimension != "value"
        ] * 2
