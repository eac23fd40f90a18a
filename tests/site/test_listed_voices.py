"""Lists of voices and limits: disagreements, hypotheses, the article, statements, limitations.

Expected contents are worked out here from the CSV files alone.
"""

from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from scripts.site.content_nodes import Line, Link
from scripts.site.document_page import (
    NOT_SEEN,
    NOTHING,
    article_statements,
    claims_of_source,
)
from scripts.site.missing_information import not_available
from scripts.site.page_data import PageData
from scripts.site.page_parts import BEARINGS, effect_in_words, explanation_of_code, scope_in_words
from scripts.site.topic_lists import (
    COMPUTED,
    all_replies,
    disagreements,
    event_checks,
    groups_not_counted,
    limitations,
    statements,
)
from scripts.site.value_page import lines_on_disputes_and_statements
from scripts.wording.result_sentences import requirement_of_hypothesis
from scripts.wording.text_formatting import code_for_readers
from tests.conftest import SCHEMAS, change_cells, change_rows
from tests.site.listings import VALUES, Row, cells, in_words, pages_of, table, told, value_of
from tests.site.page_models import links, said, words

ARTICLE = "khmer-times-2015"


def test_each_contradiction_or_unexplained_difference_is_listed_once(data: PageData) -> None:
    shown = disagreements(data)
    rows = [row for row in table("conflicts") if row["type"] in ("contradiction", "not_explained")]
    assert {kind.id: len(kind.rows) for kind in shown} == Counter(row["type"] for row in rows)
    assert [kind.title.partition(" (")[0] for kind in shown] == [
        "Contradiction",
        "Difference that we could not settle",
    ]
    pairs = Counter(tuple(link.anchor for link in links(row)) for kind in shown for row in kind.rows)
    assert pairs == Counter((row["value_id"], row["other_id"]) for row in rows)


def test_differing_reports_of_an_event_are_listed_together_with_the_reason(data: PageData) -> None:
    rows = {(row["event_id"], row["differs_from"]): row for row in table("events") if row["differs_from"]}
    shown = event_checks(data)
    assert {tuple(link.anchor for link in links(entry)) for entry in shown} == rows.keys()
    assert cells(shown[0])[2].startswith("Contradiction: ")
    for entry in shown:
        assert rows[links(entry)[0].anchor, links(entry)[1].anchor]["explanation"] in cells(entry)[2]


def test_number_needed_by_a_hypothesis_names_its_rounding_rule() -> None:
    """Hypotheses allow any rounding or only the nearest, so each number needed names its rule."""
    counted = [row for row in table("reconciliations") if row["needs_low"] and row["needs"] != "share"]
    for row in counted:
        is_any = row["hypothesis"] == "any_count"
        rule = "under some rule of rounding" if is_any else "if rounded to the nearest"
        assert requirement_of_hypothesis(row).endswith(rule), row
        is_for_all = row["hypothesis"] in ("narrower_denominator", "city_weights")
        assert ("for all the shares to follow" in requirement_of_hypothesis(row)) == is_for_all, row
    assert {row["hypothesis"] == "any_count" for row in counted} == {True, False}


def test_each_figure_of_the_article_stands_with_what_was_found(data: PageData) -> None:
    shown = {value_of(claim): claim for claim in claims_of_source(data, ARTICLE)}
    assert set(shown) == {key for key, row in VALUES.items() if row["source_id"] == ARTICLE}
    for key, entry in shown.items():
        found, root = cells(entry)[1], VALUES[key]["mention_of"] or key
        told = said(tuple(lines_on_disputes_and_statements(data, data.values.reading(root))))
        assert found.startswith(" ".join(told)), key
        assert told or " of the same number." in found or found.startswith(NOTHING), key
        assert found.endswith(NOT_SEEN) == (VALUES[key]["qualifier"] == "none_found"), key
        for row in table("conflicts"):
            if row["value_id"] == root and row["type"] == "contradiction":
                assert f"“{row['other_has']}”" in found


def test_a_figure_on_which_nothing_was_found_says_so(package: Path) -> None:
    for name in ("conflicts", "reconciliations", "scopes"):
        change_rows(package, name, lambda rows: rows.clear())
    change_rows(package, "reported_values", lambda rows: [row.update(mention_of="") for row in rows])
    shown = claims_of_source(pages_of(package), ARTICLE)
    assert {cells(entry)[1] for entry in shown} == {NOTHING, f"{NOTHING} {NOT_SEEN}"}


KEYS = ("value_id", "study_id", "study_fact_id", "statement_id", "limitation_id", "not_available_id")
STATEMENTS = [row for row in table("article_statements") if row["source_id"] == ARTICLE]
SPEAKERS = {row["organisation_id"]: row["name"] for row in table("organisations")} | {"": "The newspaper"}


def test_each_statement_stands_in_order_with_its_verdict_and_what_was_found(data: PageData) -> None:
    shown = article_statements(data, ARTICLE)
    assert [(entry.id, entry.title) for entry in shown] == [
        (row["article_statement_id"], f"{SPEAKERS[row['organisation_id']]}: {row['paraphrase']}")
        for row in STATEMENTS
    ]
    for section, row in zip(shown, STATEMENTS, strict=True):
        assert told(section).startswith(f"{meant(data, row['verdict'])} {row['finding']}")
        assert f"“{row['words_as_printed']}”" in told(section)
        assert ("the newspaper itself" in told(section)) == (not row["organisation_id"])


def test_a_statement_says_what_was_not_available_to_judge_it(data: PageData) -> None:
    words = {
        row["not_available_id"]: row["words"]
        for row in table("absence_words")
        if (row["form"], row["language"]) == ("long", "en")
    }
    for section in article_statements(data, ARTICLE):
        bearing = [row for row in table("article_evidence") if row["article_statement_id"] == section.id]
        expected = [words[key] for row in bearing if (key := row["not_available_id"]) in words]
        first_paragraph, *_ = section.paragraphs
        shown = [link.words for link in links(first_paragraph) if link.address == "to-settle/"]
        assert shown == expected


def meant(data: PageData, verdict: str) -> str:
    """Return the data dictionary's description of a verdict."""
    return explanation_of_code(data, "article_statements", "verdict", verdict)


def test_evidence_on_an_article_statement_links_to_its_row(data: PageData) -> None:
    evidence = table("article_evidence")
    for statement in article_statements(data, ARTICLE):
        rows = [row for row in evidence if row["article_statement_id"] == statement.id]
        for line, row in zip(statement.items, rows, strict=True):
            ends = {end for link in links(line) for end in (link.anchor, link.address.split("/")[1])}
            named = next((row[key] for key in (*KEYS, "event_id") if row[key]), "")
            is_there = named in ends or named in said([line])[0]
            assert is_there and (named or f"report of {row['report_year']}" in said([line])[0]), row


# What organisations said, and what is left out.


def bearings() -> list[Row]:
    """Return the scope rows in which a statement concerns a figure."""
    return [row for row in table("scopes") if row["statement_id"] and row["value_id"]]


def test_a_statement_stands_with_the_figures_that_it_bears_on(data: PageData) -> None:
    borne: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in bearings():
        borne[row["statement_id"]].append((row["value_id"], row["bearing"]))
    rows = {row["statement_id"]: row for row in table("statements")}
    sources = {row["source_id"]: row for row in table("sources")}
    shown = statements(data)
    assert [entry.id for entry in shown] == list(rows)
    for entry in shown:
        row = rows[entry.id]
        _, coded, printed_in = said(entry.paragraphs)
        assert [link.anchor for link in links(entry.paragraphs)] == [key for key, _ in borne[entry.id]]
        assert all(f" {BEARINGS[bearing]} " in coded for _, bearing in borne[entry.id])
        on_tier = "concerns the TIP tier" in coded
        too_early = "made before the survey was known" in coded
        assert on_tier == (row["reach"] == "about_tip_tier")
        assert too_early == (row["reach"] == "before_the_study")
        assert on_tier or too_early or borne[entry.id], "it bears on something"
        source = sources[row["source_id"]]
        where = f"{source['title']}, {source['publisher']}, {in_words(row['date'])}"
        where += "" if row["locator"] == "paragraph not recorded" else f"; {row['locator']}"
        assert printed_in == f"Reported in {where}."
        is_unnamed = row["reach"] == "no_study_named"
        stance = "a statement that names no study" if is_unnamed else f"“{code_for_readers(row['stance'])}”"
        stance = "an earlier opinion, not about these figures" if too_early else stance
        assert coded.startswith(f"We classify this as {stance}")


def test_statement_of_a_body_on_its_own_figure_is_marked(data: PageData) -> None:
    studies = {row["study_id"]: row["organisation_id"] for row in table("studies")}
    sources = {row["source_id"]: row for row in table("sources")}
    speakers = {row["statement_id"]: row["organisation_id"] for row in table("statements")}
    marked = set()
    for row in bearings():
        said_by = speakers[row["statement_id"]]
        root = VALUES[row["value_id"]]
        printed_by = sources[root["source_id"]]["organisation_id"]
        is_first_hand = root["evidence"] == "primary"
        said_of = root["credited_to"] or (printed_by if is_first_hand else "")
        own = {studies[root["study_id"]] if root["study_id"] else said_of}
        line = next(
            line
            for line in lines_on_disputes_and_statements(data, data.values.reading(row["value_id"]))
            if said_in(line, row)
        )
        speaker = next(words((name,)) for name, dates in pairwise(line) if said_in((dates,), row))
        assert (", to whom it is credited" in speaker) == (said_by in own), row
        marked.add(said_by in own)
    assert marked == {True, False}


def said_in(line: Line, bearing: Row) -> bool:
    """Return whether a line links to this statement."""
    return bearing["statement_id"] in [link.anchor for link in links(line)]


def test_a_statement_keeps_a_withdrawn_figure_and_says_that_it_was_withdrawn(package: Path) -> None:
    def lines_of(data: PageData) -> list[str]:
        lines = [statement.paragraphs[1] for statement in statements(data)]
        return [words(line) for line in lines if "KH010" in [link.anchor for link in links(line)]]

    before = lines_of(pages_of(package))
    change_cells(package, "reported_values", "KH010", show="withdrawn")
    after = lines_of(pages_of(package))
    assert len(before) == len(after) > 0
    assert all(" – withdrawn, do not quote" in line for line in after)
    assert not any(" – withdrawn, do not quote" in line for line in before)


REPLY = {
    **{"reply_id": "A001", "organisation_id": "ijm", "date": "2026-12-02", "study_id": "ijm-khm-2015"},
    **{"value_id": "KH010", "value_id_reason": "", "statement_id": ""},
    **{"text": "It was answered.", "url": ""},
}


@pytest.mark.parametrize(
    ("changed", "leads_to"),
    [
        ({}, [Link("KH010", "values/KH010/", "KH010")]),
        ({"value_id": "", "statement_id": "S01"}, [Link("S01", None, "S01")]),
        ({"value_id": ""}, [Link("IJM venue study of 2015", "studies/ijm-khm-2015/")]),
        ({"value_id": "", "study_id": ""}, []),
    ],
)
def test_a_reply_leads_to_what_it_is_a_reply_to(package: Path, changed: Row, leads_to: list[Link]) -> None:
    change_rows(package, "replies", lambda rows: rows.append(REPLY | changed))
    data = pages_of(package)
    [reply] = [reply for reply in all_replies(data) if "It was answered." in told(reply)]
    on = "".join(f" On {link.words}." for link in leads_to)
    assert links(reply)[1:] == leads_to
    who = "International Justice Mission replied on 2 December 2026"
    assert told(reply) == f"{who}: It was answered. (A001, our paraphrase){on}"
    below = {
        statement.id: [links(item)[0].anchor for item in statement.items]
        for statement in statements(data)
        if statement.items
    }
    assert below == ({"S01": ["A001"]} if "statement_id" in changed else {})


def test_a_limitation_says_of_what_in_which_direction_and_who_named_it(data: PageData) -> None:
    titles = {row["source_id"]: row["title"] for row in table("sources")}
    shown = {limitation.id: told(limitation) for limitation in limitations(data)}
    assert list(shown) == [row["limitation_id"] for row in table("limitations")]
    for row in table("limitations"):
        words = " ".join(shown[row["limitation_id"]].split())
        way = effect_in_words(row["effect_on_level"], row["effect_on_change"])
        way = f"{way} (our classification). " if way else ""
        assert f"{scope_in_words(data.package, 'limitations', row)} {way}Named by" in words
        assert ("Named by this project" in words) == (not row["raised_by"])
        where = f"{titles[row['source_id']]}, {row['locator']}." if row["source_id"] else "this project."
        assert where in words
        assert ("What we computed on it: " in words) == (row["handled_by"] != "narrative")


@pytest.mark.parametrize(
    ("level", "fall", "says"),
    [
        ("understates", "overstates_fall", "Could make the share look smaller and the fall look larger"),
        ("unclear", "overstates_fall", "Could make the fall look larger"),
        ("overstates", "none", "Could make the share look larger"),
        ("unclear", "understates_fall", "Could make the fall look smaller"),
        ("unclear", "unclear", ""),
    ],
)
def test_a_limitation_says_what_it_could_do_to_share_and_fall(level: str, fall: str, says: str) -> None:
    assert effect_in_words(level, fall) == says


def test_every_code_of_handled_by_has_a_page_or_words() -> None:
    [field] = [field for field in SCHEMAS["limitations"]["fields"] if field["name"] == "handled_by"]
    assert {*COMPUTED, "narrative"} == {*field["constraints"]["enum"]}


def test_a_group_shows_each_published_size_with_who_is_counted(data: PageData) -> None:
    wanted: dict[str, list[str]] = defaultdict(list)
    for row in table("limitation_examples"):
        wanted[row["limitation_id"]].append(row["value_id"])
    shown = groups_not_counted(data)
    assert {
        group.id.removeprefix("size-"): [value_of(entry) for entry in group.rows] for group in shown
    } == wanted
    for entry in (entry for group in shown for entry in group.rows):
        row = VALUES[value_of(entry)]
        number, counted, _ = cells(entry)
        assert number == f"“{row['printed']}”" and counted.startswith(
            data.values.quantity_label(row["value_id"])
        )


def test_a_withdrawn_size_of_a_group_says_so_beside_its_number(package: Path) -> None:
    key = table("limitation_examples")[0]["value_id"]
    change_cells(package, "reported_values", key, show="withdrawn")
    rows = [entry for group in groups_not_counted(pages_of(package)) for entry in group.rows]
    assert {value_of(row) for row in rows if "withdrawn, do not quote" in cells(row)[1]} == {key}


def test_missing_information_is_listed_under_its_topic_with_the_reason(data: PageData) -> None:
    rows = {row["not_available_id"]: row for row in table("not_available")}
    topics = {row["topic"] for row in rows.values()}
    assert len(topics) > 3
    for topic in topics:
        shown = not_available(data, topic)
        assert [entry.id for entry in shown] == [key for key, row in rows.items() if row["topic"] == topic]
        for entry in shown:
            missing, why, settles = cells(entry)
            assert ("not read" in why) == (rows[entry.id]["reason"] == "not_read"), entry.id
            assert ("Where to look: " in settles) == bool(rows[entry.id]["source_id"])
            is_named = rows[entry.id]["reach"] == "studies"
            assert missing.startswith(rows[entry.id]["what"]) and not missing.endswith("()")
            assert missing.startswith(f"{rows[entry.id]['what']} (") == is_named
    assert len(not_available(data, *topics)) == len(rows)
    assert not_available(data) == []
