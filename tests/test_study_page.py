"""What the page of a study selects and says, without a template."""

import re
from pathlib import Path

from scripts.package.opening import Package
from scripts.site.page_data import PageData
from scripts.site.page_parts import Page, study_facts
from scripts.site.study_page import study_page
from tests.conftest import FROZEN, change_rows, each, read_csv
from tests.page_models import DATA, anchors, links, said, words

Row = dict[str, str]
STUDIES = {row["study_id"]: row for row in read_csv(FROZEN / "data/studies.csv")}
VALUES = read_csv(FROZEN / "data/reported_values.csv")
KEYS = {"limitations": "limitation_id", "statements": "statement_id", "not_available": "not_available_id"}
SCOPES = [row for row in read_csv(FROZEN / "data/scopes.csv") if row["study_id"]]
FIRST, SECOND = "ijm-khm-2012", "ijm-khm-2015"


def study(study_id: str, data: PageData = DATA) -> Page:
    """The page model of a study."""
    return study_page(data, data.package.row("studies", study_id))


def about(table: str, study_id: str) -> set[str]:
    """The keys of the rows of a table that are about a study, alone or among several."""
    rows = SCOPES if table in KEYS else read_csv(FROZEN / f"data/{table}.csv")
    key = KEYS.get(table) or next(iter(rows[0]), "")
    return {row[key] for row in rows if row["study_id"] == study_id} - {""}


@each(STUDIES)
def test_limits_statements_and_what_is_missing_are_its_own_those_it_shares_and_those_of_all(
    study_id: str,
) -> None:
    page = study(study_id)
    every = {
        row["limitation_id"]
        for row in read_csv(FROZEN / "data/limitations.csv")
        if row["reach"] == "all_figures"
    }
    assert {one.anchor for one in links(page.sections["leaves_out"])} == about(
        "limitations", study_id
    ) | every
    assert {one.anchor for one in links(page.sections["missing"])} == about("not_available", study_id)
    said = about("statements", study_id) | about("replies", study_id)
    assert anchors(page.sections["voices"], "statements/") - {"replies"} == said
    assert bool(page.sections["voices"]) == bool(said)


def test_what_two_studies_share_stands_on_both() -> None:
    for table in KEYS:
        both = about(table, FIRST) & about(table, SECOND)
        assert both
        for study_id in (FIRST, SECOND):
            assert both <= {one.anchor for one in links(study(study_id))}, table


def test_a_study_has_its_quantities() -> None:
    for study_id in STUDIES:
        roots = [row for row in VALUES if row["study_id"] == study_id and not row["printing_of"]]
        page = study(study_id)
        assert [one.id for one in page.rows] == [row["value_id"] for row in roots]


def test_a_withdrawn_quantity_is_not_counted(package: Path) -> None:
    def withdraw(rows: list[Row]) -> None:
        next(row for row in rows if row["value_id"] == "KH201")["show"] = "withdrawn"

    change_rows(package, "reported_values", withdraw)
    before, after = study("ijm-khm-2015"), study("ijm-khm-2015", PageData(Package(package)))
    gone = {one.id for one in before.rows} - {one.id for one in after.rows}
    assert gone == {"KH201"}


def test_each_counted_share_has_its_interval() -> None:
    rows = read_csv(FROZEN / "data/derived/estimates.csv")
    counted = [row["value_id"] for row in rows if row["method"] == "wilson" and row["basis"] == "counted"]
    for study_id in STUDIES:
        page = study(study_id)
        quantities = {one.id for one in page.rows}
        assert [one.anchor for one in links(page.sections["how_sure"])] == [
            value_id for one in page.rows for value_id in counted if value_id == one.id
        ]
        assert quantities >= {one.anchor for one in links(page.sections["how_sure"])}


def test_a_figure_printed_in_another_way_is_told() -> None:
    conflicts = [row["root_id"] for row in read_csv(FROZEN / "data/derived/conflicts.csv")]
    page = study(SECOND)
    lines = [
        line
        for line in page.sections["told_otherwise"]
        if "printed or computed in another way" in words(line)
    ]
    told = {links(line)[0].anchor: words(line) for line in lines}
    assert told.keys() == {one.id for one in page.rows} & {*conflicts} != set()
    for root_id, line in told.items():
        times = conflicts.count(root_id)
        assert line.endswith(f" {times} {'time' if times == 1 else 'times'}.")


def test_what_sources_print_on_how_it_was_done_says_how_much_of_them_was_read() -> None:
    extents = {row["source_id"]: row["read_extent"] for row in read_csv(FROZEN / "data/sources.csv")}
    facts = [row for row in read_csv(FROZEN / "data/study_facts.csv") if row["study_id"] == SECOND]
    told = {one.id: " ".join(said(one.cells)) for one in study_facts(DATA, [SECOND])}
    assert told.keys() == {row["study_fact_id"] for row in facts}
    for row in facts:
        line = told[row["study_fact_id"]]
        assert f"“{row['fact_as_printed']}”" in line
        assert f"Read: {extents[row['source_id']].replace('_', ' ')} (" in line


def test_a_link_to_another_study_leads_to_the_figure_there() -> None:
    own = {row["value_id"]: row["study_id"] for row in VALUES}
    for study_id in STUDIES:
        beside = study(study_id).sections["stands_beside"]
        ends = [one.anchor for one in links(beside)]
        assert study_id not in {own[one] for one in ends}
        assert len(ends) >= len(beside)


def test_a_reply_on_a_study_stands_among_the_voices(package: Path) -> None:
    reply = {
        **{"reply_id": "A001", "organisation_id": "ijm", "date": "2026-12-02", "study_id": SECOND},
        **{"value_id": "", "value_id_reason": "several_values", "statement_id": ""},
        **{"text": "We shall publish it.", "url": ""},
    }
    change_rows(package, "replies", lambda rows: rows.append(reply))
    data = PageData(Package(package))
    told = said(study(SECOND, data).sections["voices"])
    assert any(
        "replied on 2 December 2026: We shall publish it. (A001, our paraphrase; all" in one for one in told
    )
    assert not [one for one in said(study(FIRST, data).sections["voices"]) if "replied on" in one]


def test_a_study_is_told_in_the_order_in_which_a_reader_asks() -> None:
    order = ["What it was", "Who ran it", "Where", "When", "Who paid"]
    for study_id in STUDIES:
        facts = dict(study(study_id).facts)
        assert list(facts)[: len(order)] == order and list(facts)[-1] == "What it speaks for"
        said_of = " ".join(words(line) for line in facts.values())
        assert not re.search(
            r"not[ _]read[.:;]|not applicable|unclear", said_of.replace("was not read.", "")
        ), study_id
    assert words(dict(study("ijm-khm-2015").facts)["How they were seen"]).startswith(
        "“undercover”, says The Cambodia Daily. "
    )
    assert "University of Miami paid" in words(dict(study("usaid-khm-2003").facts)["Who paid"]) or any(
        "paid for the study" in words(dict(study(one).facts)["Who paid"]) for one in STUDIES
    )
