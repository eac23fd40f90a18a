"""What holds for every page model: links lead somewhere, data are data, and templates only lay out."""

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache

import pytest

from scripts.package.files import Row
from scripts.publish.bundle import Provenance
from scripts.site.origin import origin
from scripts.site.page_parts import PAGE_OF_TOPIC, grouped_by, scope_of
from scripts.site.pages import TEMPLATES
from scripts.site.source_page import SourcePage, source_page
from scripts.site.study_page import StudyPage, study_page
from scripts.site.value_page import ValuePage, value_page
from tests.conftest import FROZEN, PATHS, ROOT, read_csv
from tests.page_models import DATA, anchors, links, parts, words

pytestmark = pytest.mark.xdist_group("page models")  # one worker makes them, once


@cache
def models() -> dict[str, ValuePage | StudyPage | SourcePage]:
    """Every page model by the address of its page."""
    rows = DATA.package.rows
    return {
        **{f"values/{root.id}/": value_page(DATA, root) for root in DATA.roots},
        **{f"studies/{row['study_id']}/": study_page(DATA, row) for row in rows("studies")},
        **{f"sources/{row['source_id']}/": source_page(DATA, row) for row in rows("sources")},
    }


HAND_WRITTEN = {"", *(f"{path.stem}/" for path in (ROOT / "docs").glob("*.md"))}


def table(name: str) -> list[Row]:
    """The rows of a table of the package."""
    return read_csv(FROZEN / PATHS[name])


@cache
def places() -> dict[str, set[str]]:
    """The anchors that the rows of the data have, by the page that must show each."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("reported_values"):
        found[f"values/{row['printing_of'] or row['value_id']}/"].add(row["value_id"])
    for name, key, page in (
        ("article_statements", "article_statement_id", "article/"),
        ("limitations", "limitation_id", "limitations/"),
        ("statements", "statement_id", "statements/"),
        ("replies", "reply_id", "statements/"),
        ("events", "event_id", "response/"),
        ("series", "series_id", "response/"),
        ("claims", "claim_id", "where-from/"),
        ("tip_tiers", "place_id", "tip-tiers/"),
    ):
        found[page] |= {row[key] for row in table(name)}
    for row in table("not_available"):
        found[f"{PAGE_OF_TOPIC[row['topic']]}/"].add(row["not_available_id"])
    found["statements/"].add("replies")
    return found


def own_places(address: str) -> set[str]:
    """The anchors that a page has by its own model."""
    model = models()[address]
    inside = {getattr(one, "id", "") for one in parts(model)}
    return inside | {key for key, _ in getattr(model, "citations", ())}


def test_every_quantity_study_and_source_has_a_model() -> None:
    roots = [row["value_id"] for row in table("reported_values") if not row["printing_of"]]
    expected = {f"values/{one}/" for one in roots}
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
    assert {None, "limitations/", "statements/", "response/", "where-from/", "tip-tiers/"} <= met


def test_every_row_that_concerns_a_quantity_stands_on_its_page_and_no_other_does() -> None:
    said, printed = defaultdict(set), defaultdict(set)
    for row in (row for row in table("scopes") if row["statement_id"]):
        said[row["value_id"]].add(row["statement_id"])
    for row in table("replies"):
        said[row["value_id"]] |= {row["reply_id"], "replies"}
    for row in table("reported_values"):
        printed[row["printing_of"] or row["value_id"]].add(row["value_id"])
    for root in DATA.roots:
        page = value_page(DATA, root)
        assert {one.id for one in page.printings} == printed[root.id]
        named = {one.anchor for one in links(page.found)}
        several = len({DATA.values.value(one) for one in printed[root.id]}) > 1
        assert named == (printed[root.id] if several else set())
        assert anchors(page.voices, "statements/") == said[root.id]


def test_no_model_holds_markup() -> None:
    """But for citations, which are code in part."""
    for address, model in models().items():
        for text in parts(replace(model, citations=())):
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
        other = f"topic: {row['topic']}" if reach == "whole_topic" else reach.replace("_", " ")
        assert scope_of(DATA.package, name, row) == ("; ".join(listed[row[key]]) or other)


def test_an_origin_that_is_not_known_is_said_to_be_so() -> None:
    known = Provenance(
        version="1.0.0",
        commit="c0ffee",
        commit_date="2026-11-26",
        with_uncommitted_changes=True,
        lock_file_sha256="ab",
        python=">=3.11",
        evidence_until="2026-06",
    )
    told = {term: words(line) for term, line in origin(known)}
    assert told["Built from commit"] == "c0ffee of 2026-11-26, with changes that are in no commit"
    assert told["Libraries"] == "requirements.lock, SHA-256 ab"
    unknown = replace(known, commit="", lock_file_sha256="", python="")
    assert [words(line) for _, line in origin(unknown)][:3] == [
        "not known: the build was made outside git",
        "not known",
        "not known",
    ]


def test_rows_are_grouped_in_the_order_of_the_cells_and_else_as_they_were() -> None:
    rows = [{"kind": kind, "id": id} for kind, id in ("b1", "a2", "b3", "a4")]
    assert [(kind, [row["id"] for row in some]) for kind, some in grouped_by(rows, "kind")] == [
        ("a", ["2", "4"]),
        ("b", ["1", "3"]),
    ]


def test_the_template_of_a_page_asks_for_its_model_alone() -> None:
    """Not for rows: what a page shows is selected in Python, where it is typed and tested."""
    for name in ("value", "study", "source"):
        text = (TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
        asked = set(re.findall(r"\{[{%][^}%]*?\b(\w+)\(", text))
        assert asked <= {"listed", "line", "entries", "table", "part", "terms", "frame"}, name
