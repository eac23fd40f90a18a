"""Lists of figures, their order and wording: panels, tiers, series, values, look-up.

Expected contents are worked out here from the CSV files alone.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from scripts.package.reading import date_sort_key
from scripts.site.claims_page import numbers_by_size, travelling_claims
from scripts.site.index_pages import TOPICS, value_topics
from scripts.site.page_data import PageData
from scripts.site.topic_lists import (
    TITLES,
    all_series,
    events_by_date,
    figures_by_population,
    quantities_with_all_numbers,
    tier_sources,
)
from scripts.wording.text_formatting import code_for_readers
from tests.conftest import FROZEN
from tests.site.listings import STANDING, VALUES, Row, cells, in_words, pages_of, table, told, value_of
from tests.site.page_models import links, said, withdraw

EXTENTS = ("whole", "opening", "excerpt", "passages", "title page")
SOURCES = {row["source_id"]: row for row in table("sources")}
BASES = {row["population_id"]: row["population_kind"] for row in table("populations")} | {"": ""}
ROOTS = {key: row for key, row in VALUES.items() if not row["mention_of"]}


# Panels: shares of different denominators are never in one panel.


@pytest.mark.parametrize("topic", ["comparable_studies", "sex_work_counts", "response", "other_surveys"])
def test_each_quantity_stands_once_under_its_kind_of_base(data: PageData, topic: str) -> None:
    shown = {
        panel.id: {value_of(entry) for entry in panel.rows}
        for panel, _ in figures_by_population(data, topic)
    }
    wanted: dict[str, set[str]] = {}
    for key, row in ROOTS.items():
        if row["topic"] == topic and row["show"] != "conflict_only" and not row["series"]:
            wanted.setdefault(f"{topic}-{BASES[row['population_id']]}", set()).add(key)
    assert shown == wanted
    order = [kind for kind in TITLES if f"{topic}-{kind}" in shown]
    assert [panel.title for panel, _ in figures_by_population(data, topic)] == [
        TITLES[kind] for kind in order
    ]


def test_a_panel_says_that_it_leaves_out_figures_that_contradict_each_other(data: PageData) -> None:
    apart = {
        f"{row['topic']}-{BASES[row['population_id']]}"
        for row in ROOTS.values()
        if row["show"] == "conflict_only" and row["topic"] != "venue_studies"
    }
    found = {
        panel.id: is_less for topic in TOPICS[1:] for panel, is_less in figures_by_population(data, topic)
    }
    assert apart and {key for key, leaves_out in found.items() if leaves_out} == apart & set(found)


def test_a_listed_figure_links_to_its_study_and_quotes_the_printed_words(data: PageData) -> None:
    for panel, _ in figures_by_population(data, "comparable_studies") + figures_by_population(
        data, "global_context"
    ):
        for entry in panel.rows:
            row = VALUES[value_of(entry)]
            printed, measured, _ = cells(entry)
            studies = [f"studies/{row['study_id']}/"] if row["study_id"] else []
            assert [link.address for link in links(entry)][1:] == studies
            is_said = f": {row['scope_as_printed']}" in measured
            assert is_said or row["indicator_id"] != "share-of-child-population"
            is_english = data.values.source_row(row["value_id"])["language"] == "en"
            number = data.values.number_with_unit(row["value_id"])
            is_told = is_english or number.replace(" ", "") in row["printed"].replace(" ", "")
            assert printed == f"“{row['printed']}”" + ("" if is_told else f" ({number})")


def test_a_withdrawn_quantity_is_in_no_list(package: Path) -> None:
    withdraw(package, "KH266")
    after = pages_of(package)
    topic = VALUES["KH266"]["topic"]
    assert "KH266" in [value_of(entry) for entry in quantities_with_all_numbers(pages_of(FROZEN), topic)]
    assert "KH266" not in [value_of(entry) for entry in quantities_with_all_numbers(after, topic)]
    assert "KH266" not in [row.id for entry in value_topics(after) for row in entry.rows]
    assert "KH266" not in [
        value_of(entry) for panel, _ in figures_by_population(after, topic) for entry in panel.rows
    ]


# Tiers.

PLACED = ("place_id", "locator", "evidence")


def test_each_source_of_a_tier_stands_under_its_country_and_says_whether_it_is_the_report(
    data: PageData,
) -> None:
    shown = [(country.id, line) for country in tier_sources(data) for line in said(country.items)]
    rows = table("tip_tier_sources")
    assert len(shown) == len({tuple(row[key] for key in (*PLACED, "source_id")) for row in rows})
    for row in rows:
        told = f", {row['locator']} ({row['evidence']}): "
        said_there = [line.partition(told)[2] for place, line in shown if place == row["place_id"]]
        tier = code_for_readers(row["tier_as_stated"]).title()
        assert [line for line in said_there if re.search(rf"{tier} in [^;]*\b{row['report_year']}\b", line)]


# Series and events.


def test_a_series_has_all_its_counts_in_order_and_its_breaks(data: PageData) -> None:
    titles = {row["source_id"]: row["title"] for row in table("sources")}
    for series in all_series(data):
        counts = [row for row in STANDING.values() if row["series"] == series.id]
        ids = [value_of(entry) for entry in series.rows]
        assert sorted(ids) == sorted(row["value_id"] for row in counts)
        assert ids == sorted(ids, key=lambda key: (date_sort_key(VALUES[key]["period"]), key))
        number, *ends = said(series.paragraphs)[0].split(", ")
        assert number == {0: "no counts", 1: "1 count"}.get(len(counts), f"{len(counts)} counts")
        for words, key in zip(ends, ids[:1] + ids[-1:], strict=False):
            years = re.findall(r"\d{4}", VALUES[key]["period"])
            assert all(year in words for year in years) if years else words == "undated"
        again = {value_of(entry) for entry in series.rows if " again)" in cells(entry)[3]}
        assert again == {row["value_id"] for row in counts if row["mention_of"]}
        breaks = [row for row in table("series_breaks") if row["series_id"] == series.id]
        assert said(series.items) == [
            f"{in_words(row['at']) or 'the whole series'}: {row['text']}"
            + (f" ({titles[row['source_id']]}, {row['break_id']})" if row["source_id"] else "")
            for row in sorted(breaks, key=lambda row: date_sort_key(row["at"]))
        ]


def test_a_series_whose_counts_were_all_withdrawn_says_that_it_has_none(package: Path) -> None:
    key = table("series")[0]["series_id"]
    withdraw(package, *(value_id for value_id, row in VALUES.items() if row["series"] == key))
    [series] = [series for series in all_series(pages_of(package)) if series.id == key]
    assert (series.paragraphs[0], series.rows) == (("no counts",), ())


def test_events_stand_in_time_and_lead_to_the_same_event_reported_elsewhere(data: PageData) -> None:
    rows = {row["event_id"]: row for row in table("events")}
    shown = events_by_date(data)
    dates = [rows[event.id]["date"] for event in shown]
    assert dates == sorted(dates, key=date_sort_key) and len(shown) == len(rows)
    for event in shown:
        row = rows[event.id]
        assert told(event).startswith(f"{in_words(row['date']) or 'date not stated'}: {row['title']}. ")
        read, *same = links(event)
        assert [(link.address, link.anchor) for link in same] == [
            (None, other) for other in [row["same_event_as"]] if other
        ]
        assert read.words in {f"read: {extent}" for extent in EXTENTS}


# The table of all values, and the look-up.


def test_the_table_has_every_reading_below_its_topic(data: PageData) -> None:
    topics = value_topics(data)
    rows = [row for topic in topics for row in topic.rows]
    assert [topic.id for topic in topics] == list(TOPICS)
    assert sorted(row.id for row in rows) == sorted(STANDING)
    for topic in topics:
        assert {VALUES[row.id]["topic"] for row in topic.rows} == {topic.id}
    for row in rows:
        _, _, of_whom, _, when, _ = cells(row)
        assert row.keys["number"] == (VALUES[row.id]["low"] or VALUES[row.id]["high"])
        assert when == (VALUES[row.id]["period"] or VALUES[row.id]["period_as_printed"] or "not stated")
        assert (of_whom == "not stated") == (not VALUES[row.id]["population_id"])


def test_claims_stand_by_their_mentions_and_these_in_order_of_publication(data: PageData) -> None:
    shown = travelling_claims(data)
    times = Counter(row["claim_id"] for row in table("scopes") if row["claim_id"])
    assert [len(claim.rows) for claim in shown] == sorted(times.values(), reverse=True)
    chains = {(row["claim_id"], row["value_id"]): row for row in table("origins")}
    for claim in shown:
        rows = [chains[claim.id, value_of(entry)] for entry in claim.rows]
        assert [int(row["position"]) for row in rows] == list(range(1, len(rows) + 1)), claim.id
        for row, entry in zip(rows, claim.rows, strict=True):
            published, _, origin = cells(entry)
            assert ("no count published" in origin) == (row["chain"] == "chain_breaks")
            assert ("; credits " in origin) == bool(row["credited_to"])
            assert published.endswith(" (earliest read)") == (row["is_earliest"] == "yes")
            assert published.startswith(in_words(row["date_published"]) or "not visible")


def test_a_numeral_says_its_digits_its_tokens_and_its_oldest_mention(data: PageData) -> None:
    folds = [fold for here in (True, False) for fold in numbers_by_size(data, here)]
    found = {value_of(entry): entry for fold in folds for entry in fold.rows}
    assert len(found) == sum(len(fold.rows) for fold in folds)
    assert {
        tuple(sorted(row["value_id"] for row in same_number(reading))) for reading in STANDING.values()
    } == {tuple(sorted(row["value_id"] for row in same_number(VALUES[key]))) for key in found}
    for here in (True, False):
        keys = [value_of(entry) for fold in numbers_by_size(data, here) for entry in fold.rows]
        assert {
            data.package.reading_index.country_of_place(VALUES[key]["place_id"]) == "cambodia"
            for key in keys
        } == {here}
        lows = [float(VALUES[key]["low"] or VALUES[key]["high"] or 0) for key in keys]
        assert lows == sorted(lows)
    assert "2104" in found["KH005"].keys["numbers"].split()
    assert found["KH010"].keys["unit"] == "percent"
    for key, entry in found.items():
        printed = [row["printed"] for row in same_number(VALUES[key])]
        times = f"; {len(printed)} mentions of this number. "
        number, _, origin = cells(entry)
        assert (times in origin) == origin.startswith("Earliest mention found"), key
        assert origin.startswith("Earliest mention found with ") == (
            len(printed) > 1 and may_be_earlier(key)
        )
        assert (times in origin) == (len(printed) > 1), key
        first = [words for at, words in enumerate(printed) if words.lower() not in lower(printed[:at])]
        assert links(entry)[0].words == f"“{first[0]}”", "the token that is reported comes first"
        assert number.startswith(", ".join(f"“{words}”" for words in first))


def may_be_earlier(value_id: str) -> bool:
    """Return whether the oldest date of a number may be later than another that is less exact."""
    dates = [SOURCES[row["source_id"]]["date_published"] for row in same_number(VALUES[value_id])]
    first = min(filter(None, dates), key=lambda date: (date + "-99-99")[:10], default="")
    return any(first.startswith(f"{date}-") for date in dates if date)


def same_number(reading: Row) -> list[Row]:
    """Return the readings of one quantity with the same number."""
    root = reading["mention_of"] or reading["value_id"]
    group = [row for row in STANDING.values() if root in (row["value_id"], row["mention_of"])]
    return [row for row in group if (row["low"], row["high"]) == (reading["low"], reading["high"])]


def lower(words: list[str]) -> list[str]:
    return [word.lower() for word in words]
