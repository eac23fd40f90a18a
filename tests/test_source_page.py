"""What the page of a source selects and says, without a template."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from scripts.package.opening import Package
from scripts.site.lines import WebLink
from scripts.site.page_data import PageData
from scripts.site.source_page import EXTENTS, LINES, SourcePage, source_page
from scripts.wording.words import plain_word
from tests.conftest import DESCRIPTOR, FROZEN, PATHS, change_rows, each, read_csv
from tests.page_models import DATA, links, parts, words

Row = dict[str, str]
SOURCES = {row["source_id"]: row for row in read_csv(FROZEN / "data/sources.csv")}
VALUES = read_csv(FROZEN / "data/reported_values.csv")
ARTICLE = "khmer-times-2015"


def source(source_id: str, data: PageData = DATA) -> SourcePage:
    """The page model of a source."""
    return source_page(data, data.package.row("sources", source_id))


def fact(page: SourcePage, term: str) -> str:
    """What the head of a page says under a term."""
    return words(dict(page.what_it_is)[term])


@cache
def by_source(table: str) -> dict[str, list[Row]]:
    """The rows of a table by the source that they come from."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read_csv(FROZEN / PATHS[table]):
        found[row["source_id"]].append(row)
    return found


def cited_by(table: str, source_id: str) -> list[Row]:
    """The rows of a table that come from a source."""
    return by_source(table).get(source_id, [])


@each(SOURCES)
def test_all_that_a_source_prints_stands_on_its_page(source_id: str) -> None:
    page = source(source_id)
    assert [one.id for one in page.readings] == [
        row["value_id"] for row in cited_by("reported_values", source_id)
    ]
    tables = [
        "study_facts",
        "statements",
        "article_statements",
        "speaks_for",
        "events",
        "tip_tier_sources",
        "limitations",
        "series_breaks",
        "assumptions",
        "not_available",
    ]
    assert len(page.says) == sum(len(cited_by(table, source_id)) for table in tables)


def test_no_table_that_names_a_source_is_left_out() -> None:
    """But the readings have a table of their own, helplines a page, and bias stands with its study."""
    naming = {
        table["name"]
        for table in DESCRIPTOR["resources"]
        if not table["path"].startswith("data/derived/")
        and any(key["fields"] == ["source_id"] for key in table["schema"].get("foreignKeys", []))
    }
    assert naming == {*LINES, "reported_values", "helplines", "risk_of_bias"}


def test_the_facts_say_how_much_was_read() -> None:
    for source_id, row in SOURCES.items():
        assert fact(source(source_id), "How much we read") == EXTENTS[row["read_extent"]]


def test_a_withdrawn_reading_is_listed_with_its_mark(package: Path) -> None:
    def withdraw(rows: list[Row]) -> None:
        next(row for row in rows if row["value_id"] == "KH010")["show"] = "withdrawn"

    change_rows(package, "reported_values", withdraw)
    page = source(ARTICLE, PageData(Package(package)))
    assert len(page.readings) == len(cited_by("reported_values", ARTICLE))
    assert [one.id for one in page.readings if "withdrawn, do not quote" in words(one.cells[1])] == [
        "KH010"
    ]


def test_who_speaks_and_whom_it_credits_is_said_of_each_reading() -> None:
    rows = {row["value_id"]: row for row in VALUES}
    bodies = {row["organisation_id"]: row["name"] for row in read_csv(FROZEN / "data/organisations.csv")}
    for one in (one for source_id in SOURCES for one in source(source_id).readings):
        row = rows[one.id]
        own = "Speaks of its own work" if row["evidence"] == "primary" else "Reports the work of others"
        credit = f", credits {bodies[row['credited_to']]}" if row["credited_to"] else ""
        assert words(one.cells[2]) == f"{row['locator']}. {own}{credit}."


def test_the_day_on_which_a_copy_was_read_is_told(package: Path) -> None:
    change_rows(package, "sources", lambda rows: [row.update(date_copy_read="2026-11-24") for row in rows])
    assert fact(source(ARTICLE), "Address") == SOURCES[ARTICLE]["title"]
    after = source(ARTICLE, PageData(Package(package)))
    assert fact(after, "Address").endswith("; a stored copy read on 24 November 2026")


def test_an_address_that_is_not_known_has_its_reason_in_place_of_a_link(package: Path) -> None:
    def lose(rows: list[Row]) -> None:
        row = next(row for row in rows if row["source_id"] == ARTICLE)
        row.update(url="")

    change_rows(package, "sources", lose)
    before, after = source(ARTICLE), source(ARTICLE, PageData(Package(package)))
    assert SOURCES[ARTICLE]["url"] in {one.address for one in parts(before) if isinstance(one, WebLink)}
    assert not [one for one in parts(after.what_it_is) if isinstance(one, WebLink)]
    assert fact(after, "Address") == "not recorded"


def test_an_independent_source_says_whose_figures_it_reports() -> None:
    bodies = {row["organisation_id"]: row["name"] for row in read_csv(FROZEN / "data/organisations.csv")}
    reporting = 0
    for source_id, row in SOURCES.items():
        credited = {one["credited_to"] for one in cited_by("reported_values", source_id)}
        others = sorted(bodies[one] for one in credited - {"", row["organisation_id"]})
        line = fact(source(source_id), "Interest in the result")
        reports = row["independence"] == "independent" and bool(others)
        assert ("but it reports figures of " in line) == reports, source_id
        assert not reports or all(name in line for name in others)
        reporting += reports
    assert 0 < reporting < len(SOURCES)


def test_a_source_and_the_one_that_it_rests_on_lead_to_each_other() -> None:
    later = next(row for row in SOURCES.values() if row["based_on"])
    for here, there in (
        (later["source_id"], later["based_on"]),
        (later["based_on"], later["source_id"]),
    ):
        led = {one.address for one in links(source(here).beside)}
        assert f"sources/{there}/" in led, here


def test_a_date_that_is_not_known_has_its_reason() -> None:
    undated = [row for row in SOURCES.values() if not row["date_published"]]
    assert undated
    for row in undated:
        page = source(row["source_id"])
        assert fact(page, "What it is").endswith(f", date {plain_word(row['date_published_reason'])}")


def test_a_source_is_cited_before_the_package() -> None:
    for source_id in SOURCES:
        assert [key for key, _ in source(source_id).citations] == [f"cite-{source_id}", "cite-package"]


def test_a_correction_of_its_row_stands_in_its_history(package: Path) -> None:
    correction = {
        **{"correction_id": "C101", "version": "1.1.0", "date": "2026-12-01", "kind": "correction"},
        **{"table_name": "sources", "row_key": ARTICLE, "field": "title"},
        **{"was": "Old title", "became": "New title", "reason": "A letter was missing."},
    }
    change_rows(package, "corrections", lambda rows: rows.append(correction))
    data = PageData(Package(package))
    (line,) = source(ARTICLE, data).history
    assert words(line) == (
        f"Version 1.1.0, 1 December 2026: correction of sources {ARTICLE}, title. "
        "Was: “Old title”. Became: “New title”. A letter was missing. (C101)"
    )
    assert source("stolen-crown", data).history == ()
