"""What holds for every page model, and the contents of pages of studies and sources."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from scripts.package.files import Row
from scripts.site.content_nodes import WebLink
from scripts.site.page_data import PageData
from scripts.site.page_parts import PageContent, scope_in_words, study_facts
from scripts.site.source_page import LINES, source_page
from scripts.site.study_page import study_page
from scripts.site.value_page import value_page
from scripts.wording.publisher_names import organisation_with_article
from scripts.wording.text_formatting import code_for_readers
from tests.conftest import (
    DESCRIPTOR,
    FROZEN,
    PATHS,
    ROOT,
    SCHEMAS,
    change_cells,
    change_rows,
    read_csv,
    with_subtests,
)
from tests.site.page_models import (
    DATA,
    VALUES,
    anchors,
    links,
    opened,
    parts,
    quantity,
    said,
    tell,
    withdraw,
    words,
)

pytestmark = pytest.mark.xdist_group("page models")  # one worker makes them, once


@cache
def models() -> dict[str, PageContent]:
    """Return every page model, by the address of its page."""
    rows = DATA.package.rows
    return {
        **{f"values/{root.id}/": value_page(DATA, root) for root in DATA.main_mentions},
        **{f"studies/{row['study_id']}/": study_page(DATA, row) for row in rows("studies")},
        **{f"sources/{row['source_id']}/": source_page(DATA, row) for row in rows("sources")},
    }


HAND_WRITTEN = {"", *(f"{path.stem}/" for path in (ROOT / "docs").glob("*.md"))}


@cache
def table(name: str) -> list[Row]:
    """Return the rows of an entered table."""
    return read_csv(FROZEN / PATHS[name])


@cache
def places() -> dict[str, set[str]]:
    """Return the anchors of the data's rows, by the page that must have them."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("reported_values"):
        found[f"values/{row['mention_of'] or row['value_id']}/"].add(row["value_id"])
    for name, key, page in (
        ("article_statements", "article_statement_id", "article-statements/"),
        ("limitations", "limitation_id", "limitations-all/"),
        ("statements", "statement_id", "voices-all/"),
        ("replies", "reply_id", "voices-all/"),
        ("events", "event_id", "events/"),
        ("series", "series_id", "series/"),
        ("claims", "claim_id", "claims-traced/"),
        ("tip_tiers", "place_id", "tip-tiers/"),
        ("not_available", "not_available_id", "to-settle/"),
    ):
        found[page] |= {row[key] for row in table(name)}
    found["searches/"] |= {f"search-{row['search_id']}" for row in table("searches")}
    return found


def own_places(address: str) -> set[str]:
    """Return the anchors that a page's own model gives it."""
    model = models()[address]
    inside = {getattr(part, "id", "") for part in parts(model)}
    return inside | {f"cite-{source_id}" for source_id in model.cites}


def test_every_quantity_study_and_source_has_a_model() -> None:
    roots = [row["value_id"] for row in table("reported_values") if not row["mention_of"]]
    expected = {f"values/{root}/" for root in roots}
    expected |= {f"studies/{row['study_id']}/" for row in table("studies")}
    expected |= {f"sources/{row['source_id']}/" for row in table("sources")}
    assert models().keys() == expected


def test_every_link_leads_to_a_page_and_a_row_that_exist() -> None:
    met, pages = set(), HAND_WRITTEN | models().keys()
    for address, model in models().items():
        for link in links(model):
            met.add(link.address)
            assert link.words and (link.address is None or link.address in pages), (address, link)
            if link.anchor:
                there = own_places(address) if link.address is None else places()[link.address]
                assert link.anchor in there, (address, link)
    assert {None, "limitations-all/", "voices-all/", "series/", "claims-traced/", "tip-tiers/"} <= met


def test_quantity_page_lists_exactly_the_rows_about_the_quantity() -> None:
    spoken, printed = defaultdict(set), defaultdict(set)
    for row in (row for row in table("scopes") if row["statement_id"]):
        spoken[row["value_id"]].add(row["statement_id"])
    for row in table("replies"):
        spoken[row["value_id"]].add(row["reply_id"])
    for row in table("reported_values"):
        printed[row["mention_of"] or row["value_id"]].add(row["value_id"])
    for root in DATA.main_mentions:
        page = models()[f"values/{root.id}/"]
        assert {entry.id for entry in page.rows} == printed[root.id]
        assert anchors(page.sections["voices"], "voices-all/") == spoken[root.id]


def test_no_page_model_holds_html() -> None:
    for address, model in models().items():
        for text in parts(model):
            if isinstance(text, str):
                assert type(text) is str, (address, text)  # nothing is marked safe
                assert not re.search(r"</?[a-z]|&#?\w+;|\*\*|\]\(|\{\{", text), (address, text)


@pytest.mark.parametrize("name", ["limitations", "statements", "not_available"])
def test_a_scope_names_each_study_or_the_topic_or_why_there_is_none(name: str) -> None:
    names = {row["study_id"]: row["name"] for row in table("studies")}
    key = next(iter(table(name)[0]))
    listed = defaultdict(list)
    for row in (row for row in table("scopes") if row["study_id"]):
        listed[row[key]].append(names[row["study_id"]])
    for row in table(name):
        reach = row["reach"]
        other = f"topic: {row['topic']}" if reach == "whole_topic" else code_for_readers(reach)
        assert scope_in_words(DATA.package, name, row) == ("; ".join(listed[row[key]]) or other)


@pytest.mark.parametrize("key", ["KH062", "KH016", "KH217", "KH259-a"])
def test_nearly_and_just_over_are_not_worded_as_less_than(key: str) -> None:
    words = DATA.values.number_with_unit(key)
    assert re.match(r"(nearly|almost|just over) \d", words), words
    assert "less than" not in DATA.quotes.sentence_to_quote(key)


def test_a_relation_is_a_sentence_from_both_ends() -> None:
    for root in DATA.main_mentions:
        page = value_page(DATA, root)
        for told in (said(entry.cells)[1] for entry in (*page.related, *page.unrelated)):
            assert not re.search(r"comparable (it|this)", told), told
            assert "by other method" not in told or " as" in told, told


def test_condensed_words_stand_in_no_quotation_marks() -> None:
    """Condensed scopes contain our remarks, so they are not quoted as the source's words."""
    for key, row in VALUES.items():
        assert f"“{row['scope_as_printed']}”" not in DATA.values.quantity_label(key)
        assert f"“{row['scope_as_printed']}”" not in DATA.quotes.sentence_to_quote(key)


# The page of a study.

STUDIES = {row["study_id"]: row for row in table("studies")}
FIRST, SECOND = "ijm-khm-2012", "ijm-khm-2015"


def study(study_id: str, data: PageData = DATA) -> PageContent:
    """Return the page model of a study."""
    return study_page(data, data.package.row("studies", study_id))


def about(key: str, study_id: str) -> set[str]:
    """Return the keys in a column of `scopes` for a study, alone or with others."""
    return {row[key] for row in table("scopes") if row["study_id"] == study_id} - {""}


@with_subtests(STUDIES)
def test_study_page_lists_limitations_statements_and_gaps_of_the_study(
    study_id: str,
) -> None:
    sections = study(study_id).sections
    every = {row["limitation_id"] for row in table("limitations") if row["reach"] == "all_figures"}
    limits = {link.anchor for link in links(sections["leaves_out"])}
    assert limits == about("limitation_id", study_id) | every
    assert {link.anchor for link in links(sections["missing"])} == about("not_available_id", study_id)
    answered = {row["reply_id"] for row in table("replies") if row["study_id"] == study_id}
    assert anchors(sections["voices"], "voices-all/") == about("statement_id", study_id) | answered


def test_a_study_has_its_quantities_and_the_interval_of_each_counted_share(package: Path) -> None:
    rows = read_csv(FROZEN / "data/derived/estimates.csv")
    counted = [row["value_id"] for row in rows if row["method"] == "wilson"]
    for study_id in STUDIES:
        page = study(study_id)
        roots = [
            key for key, row in VALUES.items() if row["study_id"] == study_id and not row["mention_of"]
        ]
        assert [entry.id for entry in page.rows] == roots
        intervals = [link.anchor for link in links(page.sections["how_sure"])]
        assert intervals == [key for root in roots for key in counted if key == root]
    withdraw(package, "KH201")
    left = {entry.id for entry in study(SECOND, opened(package)).rows}
    assert {entry.id for entry in study(SECOND).rows} - left == {"KH201"}


def test_what_sources_print_on_how_it_was_done_says_how_much_of_them_was_read() -> None:
    extents = {row["source_id"]: row["read_extent"] for row in table("sources")}
    facts = [row for row in table("study_facts") if row["study_id"] == SECOND]
    told = {section.id: " ".join(said(section.cells)) for section in study_facts(DATA, [SECOND])}
    assert told.keys() == {row["study_fact_id"] for row in facts}
    for row in facts:
        line = told[row["study_fact_id"]]
        assert f"“{row['fact_as_printed']}”" in line
        assert f"Read: {extents[row['source_id']].replace('_', ' ')} (" in line


def test_a_reply_on_a_study_stands_among_the_voices(package: Path) -> None:
    reply = {
        **{"reply_id": "A001", "organisation_id": "ijm", "date": "2026-12-02", "study_id": SECOND},
        **{"value_id": "", "value_id_reason": "several_values", "statement_id": ""},
        **{"text": "We shall publish it.", "url": ""},
    }
    change_rows(package, "replies", lambda rows: rows.append(reply))
    first, second = (
        " ".join(said(study(study_id, opened(package)).sections["voices"])) for study_id in (FIRST, SECOND)
    )
    assert "replied on 2 December 2026: We shall publish it. (A001, our paraphrase)" in second
    assert "replied on" not in first


def test_a_study_is_reported_in_the_order_in_which_a_reader_asks() -> None:
    order, paid = ["What it was", "Who ran it", "Where", "When", "Who paid"], set()
    for study_id in STUDIES:
        facts = dict(study(study_id).facts)
        assert list(facts)[: len(order)] == order and list(facts)[-1] == "What it speaks for"
        told = " ".join(words(line) for line in facts.values()).replace("that we could not read.", "")
        assert not re.search(r"not[ _]read[.:;]|not applicable|unclear", told), study_id
        paid.add("paid for the study" in words(facts["Who paid"]))
    assert paid == {True, False}
    done = said(study(SECOND).sections["method"])
    assert {"Weighting: unknown", "Observation: covert"} <= {*done}
    assert any(line.startswith("Types of venue, as printed: “karaoke") for line in done)


# The page of a source.

SOURCES = {row["source_id"]: row for row in table("sources")}
BODIES = {row["organisation_id"]: row["name"] for row in table("organisations")}
ARTICLE = "khmer-times-2015"


def source(source_id: str, data: PageData = DATA) -> PageContent:
    """Return the page model of a source."""
    return source_page(data, data.package.row("sources", source_id))


def fact(page: PageContent, term: str) -> str:
    """Return the text under a term in the head of a page."""
    return words(dict(page.facts)[term])


@cache
def from_source(name: str) -> dict[str, list[Row]]:
    """Return the rows of a table by their source."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table(name):
        found[row["source_id"]].append(row)
    return found


def test_no_table_that_names_a_source_is_left_out() -> None:
    """Readings, helplines, risk of bias and answers to gaps are shown elsewhere."""
    naming = {
        table["name"]
        for table in DESCRIPTOR["resources"]
        if not table["path"].startswith("data/derived/")
        and any(key["fields"] == ["source_id"] for key in table["schema"].get("foreignKeys", []))
    }
    assert naming == {*LINES, "reported_values", "helplines", "risk_of_bias", "absence_answers"}


@with_subtests(SOURCES)
def test_all_that_a_source_prints_stands_on_its_page_with_who_speaks_and_whom_it_credits(
    source_id: str,
) -> None:
    page, rows = source(source_id), from_source("reported_values").get(source_id, [])
    assert [entry.id for entry in page.rows] == [row["value_id"] for row in rows]
    for row, entry in zip(rows, page.rows, strict=True):
        own = "Speaks of its own work" if row["evidence"] == "primary" else "Reports the work of others"
        credit = (
            f", credits {organisation_with_article(BODIES[row['credited_to']])}"
            if row["credited_to"]
            else ""
        )
        assert words(entry.cells[2]) == f"{row['locator']}. {own}{credit}."
    assert len(page.sections["says"]) == sum(len(from_source(name).get(source_id, [])) for name in LINES)
    assert page.cites == (source_id,)


def test_the_facts_say_how_much_was_read_whose_figures_it_reports_and_its_date() -> None:
    [field] = [field for field in SCHEMAS["sources"]["fields"] if field["name"] == "read_extent"]
    extents = {category["value"]: category["description"] for category in field["categories"]}
    met = set()
    for source_id, row in SOURCES.items():
        page = source(source_id)
        assert fact(page, "How much we read") == extents[row["read_extent"]]
        credited = {reading["credited_to"] for reading in from_source("reported_values").get(source_id, [])}
        others = [BODIES[organisation_id] for organisation_id in credited - {"", row["organisation_id"]}]
        line, reports = (
            fact(page, "Interest in the result"),
            row["independence"] == "independent" and others,
        )
        assert ("but it reports figures of " in line) == bool(reports), source_id
        assert not reports or all(name in line for name in others)
        undated = f", date {code_for_readers(row['date_published_reason'])}"
        assert fact(page, "What it is").endswith(undated) == (not row["date_published"])
        met.add((bool(reports), bool(row["date_published"])))
    assert len(met) > 2


def test_a_withdrawn_reading_is_listed_with_its_mark(package: Path) -> None:
    withdraw(package, "KH010")
    page = source(ARTICLE, opened(package))
    assert len(page.rows) == len(source(ARTICLE).rows)
    assert [entry.id for entry in page.rows if "withdrawn, do not quote" in words(entry.cells[1])] == [
        "KH010"
    ]


def test_an_address_stands_with_its_copy_and_days_or_is_not_recorded(package: Path) -> None:
    known = dict(source(ARTICLE).facts)["Address"]
    assert [part.address for part in parts(known) if isinstance(part, WebLink)] == [SOURCES[ARTICLE]["url"]]
    days = {"date_seen": "2026-11-01", "date_copy_read": "2026-11-24"}
    change_cells(package, "sources", ARTICLE, archived_url="https://example.org/copy", **days)
    told = fact(source(ARTICLE, opened(package)), "Address")
    assert told.endswith(", archived copy; last seen: 2026-11-01; a stored copy read on 24 November 2026")
    change_cells(package, "sources", ARTICLE, url="", date_copy_read="")
    assert fact(source(ARTICLE, opened(package)), "Address") == "not recorded"


def test_a_source_and_the_one_that_it_rests_on_lead_to_each_other() -> None:
    later = next(row for row in SOURCES.values() if row["based_on"])
    for here, there in (("source_id", "based_on"), ("based_on", "source_id")):
        led = {link.address for link in links(source(later[here]).sections["beside"])}
        assert f"sources/{later[there]}/" in led, here


def test_a_correction_of_its_row_stands_in_its_history(package: Path) -> None:
    cells = {"kind": "correction", "table_name": "sources", "row_key": ARTICLE, "field": "title"}
    tell(package, cells | {"was": "Old title", "became": "New title", "reason": "A letter was missing."})
    [line] = source(ARTICLE, opened(package)).sections["history"]
    assert words(line).rpartition(" (C")[0] == (
        f"26 November 2026, version 1.1.0: {ARTICLE} was corrected. "
        "Title: “Old title” became “New title”. A letter was missing."
    )
    assert source("stolen-crown", opened(package)).sections["history"] == ()


def test_corrections_of_a_number_for_one_reason_share_a_line_of_its_history(package: Path) -> None:
    row = {"kind": "correction", "table_name": "reported_values", "row_key": "KH011"}
    number = [("printed", "2.2%", "2.3%"), ("low", "2.2", "2.3"), ("high", "2.2", "2.3")]
    for field, was, became in number:
        tell(package, row | {"field": field, "was": was, "became": became, "reason": "Read again."})
    tell(package, row | {"field": "series", "was": "", "became": "a", "reason": "It counts again."})
    told, other = quantity("KH010", opened(package)).sections["history"]
    sentence, _, ids = words(told).partition(" (C")
    assert sentence == (
        "26 November 2026, version 1.1.0: KH011 was corrected. "
        "As printed: “2.2%” became “2.3%”. Read again."
    )
    assert ids.count(", C") == len(number) - 1
    assert "Series: blank became “a”. It counts again. (C" in words(other)
