"""What a reviewer is told of a reading: all that is held beside the source, and what goes with it."""

import pytest

from scripts.package.opening import Package
from scripts.package.row_changes import CellChange, RowChange
from scripts.preview.changed_readings import disagreements, reading_changes, with_pages
from scripts.preview.computed import page_changes
from scripts.preview.readings_shown import MOST_NAMED, conflicts, readings
from scripts.preview.results import (
    BOOKKEEPING,
    CONFLICTS,
    PLACES_IN_A_LIST,
    READINGS,
    DerivedChanges,
    Named,
    PageChanges,
    ReadingChange,
    TableChanges,
)
from scripts.wording.words import conflict_types
from tests.conftest import FROZEN, PATHS, change_rows, copy_package, read_csv

NEW = "KH010-new"


@pytest.fixture(scope="module")
def base() -> Package:
    """The frozen package, as it was."""
    return Package(FROZEN)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The frozen package with one more printing of a share."""
    place = copy_package(tmp_path_factory.mktemp("changed") / "package")

    def add(rows: list[dict[str, str]]) -> None:
        [root] = [row for row in rows if row["value_id"] == "KH010"]
        other = {"value_id": NEW, "printing_of": "KH010", "low": "2.6", "high": "2.6", "printed": "2.6"}
        rows.append(root | other | {"locator": "page 14, table 3 | @x"})

    change_rows(place, READINGS, add)
    return Package(place)


def changed(base: Package, package: Package, *rows: RowChange) -> tuple[ReadingChange, ...]:
    return reading_changes(base, package, [TableChanges("places", ()), TableChanges(READINGS, rows)])


def test_a_new_reading_is_shown_with_all_that_stands_in_the_source(base: Package, package: Package) -> None:
    [one] = changed(base, package, RowChange("added", NEW, 9, (CellChange("low", "", "2.6"),)))
    row, source = (
        package.row(READINGS, NEW),
        package.row("sources", package.row(READINGS, NEW)["source_id"]),
    )
    said = "\n".join(readings([one]))
    for part in (
        f"**New: {NEW}**",
        "Printed “2.6”, read as 2.6 &#37;".replace("&#37;", "%"),
        package.row("indicators", row["indicator_id"])["name"],
        package.row("populations", row["population_id"])["name"],
        package.row("places", row["place_id"])["name"],
        "March 2015",
        source["title"],
        source["publisher"],
        "page 14, table 3 &#124; &#64;x",
    ):
        assert part in said
    assert "low" not in said and "With it" not in said


def test_a_changed_cell_stands_before_the_reading_as_it_is_now(base: Package, package: Package) -> None:
    [one] = changed(base, package, RowChange("changed", NEW, 9, (CellChange("low", "2.2", "2.6"),)))
    said = "\n".join(readings([one]))
    assert said.index("low: “2.2” → “2.6”") < said.index("Printed “2.6”")


def test_a_figure_that_is_withdrawn_takes_along_all_that_names_it(base: Package, package: Package) -> None:
    """Worked out again from the files: each cell of another table that is its id."""
    taken = CellChange("show", "free", "withdrawn")
    [one] = changed(base, package, RowChange("changed", "KH010", 9, (taken,)))
    keys = [
        (table, [key.field for key in table.foreign_keys if key.table == READINGS])
        for table in base.contract.tables
    ]
    wanted = {
        table.name
        for table, columns in keys
        if "KH010" in {row[name] for row in read_csv(base.folder / table.path) for name in columns}
    }
    assert one.kind == "withdrawn" and one.is_gone
    assert (
        {named.table for named in one.named} == wanted - {*BOOKKEEPING} >= {"featured", "links", CONFLICTS}
    )
    roles = [row["role"] for row in read_csv(base.folder / PATHS["featured"]) if row["value_id"] == "KH010"]
    assert Named("featured", tuple(roles)) in one.named
    lost = [
        row["conflict_id"] for row in base.rows(CONFLICTS) if "KH010" in (row["root_id"], row["value_id"])
    ]
    assert Named(CONFLICTS, tuple(lost)) in one.named
    [whole] = with_pages([one], PageChanges(showing={"KH010": ("index.md", "values/KH010.md")}))
    said = "\n".join(readings([whole]))
    assert "**Withdrawn: KH010**" in said
    assert roles[0] in said and lost[0] in said and "2 pages (index.md, values/KH010.md)" in said


def test_what_goes_comes_first_and_long_lists_are_cut(base: Package, package: Package) -> None:
    rows = [RowChange("added", NEW, 1, ()), RowChange("removed", "KH010", 0, ())]
    assert [one.kind for one in changed(base, package, *rows)] == ["removed", "added"]
    one = ReadingChange(
        kind="removed",
        now=changed(base, package, *rows)[0].now,
        named=(Named("links", tuple(f"k{at}" for at in range(MOST_NAMED + 2))),),
    )
    assert "k9 and 2 more)" in "\n".join(readings([one]))
    assert "Nothing else names it." in "\n".join(readings([ReadingChange(kind="removed", now=one.now)]))
    assert list(readings(())) == list(conflicts(())) == []


def test_a_disagreement_is_told_with_both_numbers_the_weightiest_first(base: Package) -> None:
    rows = [*base.rows(CONFLICTS)]
    keys = tuple(RowChange("added", row["conflict_id"], 2, ()) for row in rows)
    derived = DerivedChanges(tables=(TableChanges(CONFLICTS, keys), TableChanges("comparisons", ())))
    found = disagreements(base, base, derived)
    weights = [list(conflict_types()).index(one.type) for one in found]
    assert weights == sorted(weights) and len(found) == len(rows)
    said = "\n".join(conflicts(found[:40]))
    for one in found[:40]:
        assert one.one.split(": ")[0] in said and one.other in said.replace("&#39;", "'")
    [other] = [one for one in found if one.dimension == "population"][:1]
    assert f"“{other.other_has}”" in "\n".join(conflicts([other]))


def test_the_pages_that_showed_a_figure_are_those_that_have_its_id(
    monkeypatch: pytest.MonkeyPatch, base: Package, package: Package
) -> None:
    pages = {base.folder: {"a.md": "KH1 and KH10", "b.md": "KH10-b", "c.md": "KH1.", "d.md": "KH1"}}
    pages[package.folder] = {"a.md": "x", "b.md": "x", "c.md": "x", "d.md": "KH1"}
    monkeypatch.setattr("scripts.site.pages.render_pages", lambda one: pages[one.folder])
    assert page_changes(base, package, ["KH1", "KH10"]).showing == {
        "KH1": ("a.md", "c.md"),
        "KH10": ("a.md",),
    }


def test_what_only_counts_rows_is_a_table_of_the_contract(base: Package) -> None:
    named = {table.name: table.header for table in base.contract.derived}
    assert set(BOOKKEEPING) < set(named) and PLACES_IN_A_LIST[1] in named[PLACES_IN_A_LIST[0]]
