"""The contents of a quantity's page, tested without a template."""

import re
from pathlib import Path

import pytest

from scripts.site.charts.mention_marks import picture_of_mentions
from scripts.site.content_nodes import Lines, ListEntry, MarkedWords
from scripts.site.page_parts import BEARINGS, effect_in_words
from scripts.site.value_page import NOTICES, WEIGHTY, ValuePage
from scripts.wording.text_formatting import (
    code_for_readers,
    disagreement_type_words,
    label_by_conflict_type,
)
from tests.conftest import FROZEN, change_cells, read_csv
from tests.site.page_models import (
    DATA,
    VALUES,
    WHY,
    Row,
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

LIMITS = read_csv(FROZEN / "data/derived/value_limitations.csv")
CONFLICTS = read_csv(FROZEN / "data/derived/conflicts.csv")
CHANGES, SCENARIOS = (
    read_csv(FROZEN / f"data/derived/{table}.csv") for table in ("changes", "scenario_changes")
)
LINKS = read_csv(FROZEN / "data/links.csv")
SOURCES = {row["source_id"]: row for row in read_csv(FROZEN / "data/sources.csv")}
SHARE, EARLIER, NONE_FOUND, COURT_COUNT, FALL = "KH010", "KH038", "KH021", "KH088", "KH022"


def section(value_id: str, name: str) -> list[str]:
    """Return the visible lines of a section of a page."""
    return said(quantity(value_id).sections[name])


def fact(page: ValuePage, term: str) -> str:
    """Return the text under a term in the head of a page."""
    return words(dict(page.facts)[term])


def withdrawn_as(printing: ListEntry) -> str | None:
    """Return the reason for withdrawal in a mention's first cell; None if it is not withdrawn."""
    _, mark, why = words(printing.cells[0]).partition(" Withdrawn, do not quote. ")
    return why if mark else None


def quotes(printing: ListEntry) -> list[str]:
    """Return the sentences of a mention that are ready to quote."""
    return [
        part.words for part in parts(printing) if isinstance(part, MarkedWords) and part.kind == "quote"
    ]


# Its limits.


def test_the_limits_of_a_quantity_are_those_of_the_table() -> None:
    examples = read_csv(FROZEN / "data/editorial/limitation_examples.csv")
    known = {row["limitation_id"] for row in LIMITS}
    for root in DATA.main_mentions:
        listed = {row["limitation_id"] for row in LIMITS + examples if row["value_id"] == root.id}
        assert anchors(quantity(root.id).sections["leaves_out"], "limitations-all/") & known == listed, (
            root.id
        )


def test_limits_stand_by_the_direction_in_which_they_work_those_without_one_first() -> None:
    rows = {row["limitation_id"]: row for row in read_csv(FROZEN / "data/limitations.csv")}
    leads = []
    for line in quantity(SHARE).sections["leaves_out"]:
        if ids := anchors(line, "limitations-all/") & rows.keys():
            lead, ours, _ = words(line).partition(" (our classification): ")
            leads.append(lead if ours else "")
            ways = {
                effect_in_words(rows[value_id]["effect_on_level"], rows[value_id]["effect_on_change"])
                for value_id in ids
            }
            assert ways == {leads[-1]}
    assert leads[0] == "" and len({*leads}) == len(leads) > 2


def test_a_figure_of_a_group_outside_the_frame_is_said_to_illustrate_and_not_to_multiply() -> None:
    row = read_csv(FROZEN / "data/editorial/limitation_examples.csv")[0]
    first = quantity(row["value_id"]).sections["leaves_out"][0]
    assert links(first)[0].anchor == row["limitation_id"]
    assert "no share is applied to it" in words(first)


def test_what_is_not_available_of_a_study_alone_stands_on_its_quantities() -> None:
    """A gap of several studies is on the studies' own pages only."""
    scopes = [row for row in read_csv(FROZEN / "data/scopes.csv") if row["study_id"]]
    missing = [row["not_available_id"] for row in scopes]
    alone = [row for row in scopes if missing.count(row["not_available_id"]) == 1]
    of_it = {row["not_available_id"] for row in alone if row["study_id"] == VALUES[SHARE]["study_id"]}
    lines = [
        line for line in quantity(SHARE).sections["leaves_out"] if words(line).startswith("Not available")
    ]
    assert {link.anchor for line in lines for link in links(line)} == of_it != set()
    assert "Not available" not in " ".join(section(COURT_COUNT, "leaves_out"))


# What was withdrawn.


def test_a_withdrawn_quantity_says_why_and_gives_nothing_to_quote_or_cite(package: Path) -> None:
    withdraw(package, "KH201")
    page = quantity("KH201", opened(package))
    assert page.card.notice == NOTICES["withdrawn"] and words(page.why_kept).endswith(WHY)
    assert page.card.sentence == "" and page.cites == ()
    assert page.description.startswith("Withdrawn, do not quote")
    assert "We read" not in words(page.byline)
    assert [(entry.id, withdrawn_as(entry), quotes(entry)) for entry in page.rows] == [("KH201", WHY, [])]
    assert WHY in said(page.sections["history"])[0]


def test_a_withdrawn_quantity_leads_to_the_mention_that_stands_in_its_place(package: Path) -> None:
    """The corrections record which mention now defines the quantity."""
    change_cells(package, "reported_values", "KH011", mention_of="")
    withdraw(package, SHARE)
    cells = {"kind": "correction", "table_name": "reported_values", "row_key": "KH011"}
    tell(package, cells | {"field": "mention_of", "was": SHARE})
    page = quantity(SHARE, opened(package))
    assert WHY in words(page.why_kept)
    assert anchors(page.why_kept, "values/KH011/") == {"KH011"}


def test_a_withdrawn_mention_is_marked_even_where_no_correction_says_why(package: Path) -> None:
    change_cells(package, "reported_values", "KH012", show="withdrawn")
    marks = {entry.id: withdrawn_as(entry) for entry in quantity(SHARE, opened(package)).rows}
    assert marks.pop("KH012") == "" and set(marks.values()) == {None}


def test_a_withdrawn_mention_keeps_its_anchor_and_is_neither_counted_nor_cited(package: Path) -> None:
    withdraw(package, "KH012")
    before, after = quantity(SHARE), quantity(SHARE, opened(package))
    source = VALUES["KH012"]["source_id"]
    assert [entry.id for entry in after.rows] == [entry.id for entry in before.rows]
    gone = next(entry for entry in after.rows if entry.id == "KH012")
    assert (withdrawn_as(gone), quotes(gone)) == (WHY, [])
    assert f"cite-{source}" not in {link.anchor for link in links(gone)}
    assert {*before.cites} - {*after.cites} == {source}
    told, fewer = (re.search(r"(\d+) texts that we read", words(one.byline)) for one in (before, after))
    assert told and fewer and int(fewer[1]) == int(told[1]) - 1
    assert (after.card.sentence, after.card.notice) == (before.card.sentence, before.card.notice)


# How certain it is.


def test_a_change_stands_with_its_two_ends_what_is_missing_and_what_their_counts_give() -> None:
    """They are on the change's page and in its sentence, not in those of other mentions with other ends."""
    is_fall = {"printed_change_id": FALL, "measure": "relative_reduction"}.items()
    [fall] = [row for row in CHANGES if is_fall <= row.items()]
    told = section(FALL, "how_sure")
    estimate, *ends = (
        f"{float(fall[name]):.1f}%" for name in ("estimate", "rounding_low", "rounding_high")
    )
    assert "It is the change from 8.16% (November 2012) to 2.2% (March 2015)." in told[0]
    assert f"The two give a fall of {estimate} ({' to '.join(ends)} by rounding)." in told[0]
    sentence = quantity(FALL).card.sentence
    assert "The data set's authors found no number of people for the 8.16%." in sentence
    assert "38 of 2,104 people, work out at 1.81%, not 2.2%; The" in sentence
    assert "which would make it 1.89%. The change would then be different." in sentence
    counted = [row for row in SCENARIOS if is_fall <= row.items() and row["later_design_effect"] == "1"]
    least = min(counted, key=lambda row: int(row["earlier_denominator"]))
    assert told[1].startswith(
        "A what-if: if the earlier end were 147 of 1,936 people, which would fit 7.59"
    )
    assert f"anything from {float(least['ci_low']):.1f}% to {float(least['ci_high']):.1f}%" in told[1]
    assert "The two figures compared are 8.16% (November 2012) and 2.2%" in quantity(FALL).card.sentence
    assert all(
        "The two figures compared" not in line for entry in quantity(FALL).rows for line in quotes(entry)
    )


def test_change_says_whether_its_two_figures_agree_with_it() -> None:
    changes = [
        reading.id
        for reading in DATA.package.reading_index.main_mentions
        if DATA.package.reading_index.kind_of_indicator(reading) == "change"
    ]
    firsts = {change: section(change, "how_sure")[0] for change in changes}
    for key, told in {
        "E2-003": "a rise of 20.1%.",
        "KH023": "a fall of 74.1%. That differs",
        "E2-107": "not both exact",
        "IJM-DOM-15-b": "The two give a different change: 23.9 %",
    }.items():
        assert told in firsts[key]
    without = {key for key, first in firsts.items() if first.startswith("We do not have the two numbers")}
    assert without == {*changes} - {row["to_id"] for row in LINKS if row["relation"] == "earlier_end_of"}


def test_a_share_whose_base_is_not_printed_has_no_interval() -> None:
    told = section(EARLIER, "how_sure")
    assert "No range of our own: no source that we read says of how many people it is a share." in told


def test_a_counted_share_has_its_interval_and_its_verdicts() -> None:
    told = section(SHARE, "how_sure")
    rows = read_csv(FROZEN / "data/derived/estimates.csv")
    counted = [row for row in rows if row["value_id"] == SHARE and row["method"] == "wilson"]
    intervals = [line for line in told if "(Wilson, level 95%)" in line]
    assert len(intervals) == len(counted) > 0
    [against] = [line for line in told if line.startswith("Against ")]  # one verdict on all counts
    for row, line in zip(counted, intervals, strict=True):
        assert f"{row['numerator']} of {int(row['denominator']):,} people" in against
        assert f"{float(row['ci_low']):.2f}% to {float(row['ci_high']):.2f}%" in line
        base, count = (DATA.values.publisher(row[end]) for end in ("denominator_id", "numerator_id"))
        assert (f"the number that {base} gives" in line) == (base != count)
    assert ["It does not cover mistakes about age" in line for line in intervals] == [True, False]


def test_a_number_that_is_no_share_of_a_sample_has_no_section_on_how_sure_it_is() -> None:
    assert section(COURT_COUNT, "how_sure") == []
    assert section(NONE_FOUND, "how_sure")[0].startswith("None found is not none.")


# Its facts, and its sentence.


def texts_of(value_id: str, *cells: str) -> set[str]:
    """Return the sources that print a quantity with the same values in these cells as its main mention."""
    root = VALUES[value_id]
    standing = [row for row in VALUES.values() if row["show"] != "withdrawn"]
    printings = [row for row in standing if value_id in (row["value_id"], row["mention_of"])]
    return {
        printing["source_id"]
        for printing in printings
        if all(printing[cell] == root[cell] for cell in cells)
    }


def test_the_facts_count_the_texts_that_print_it_apart_from_those_that_print_another_number() -> None:
    """A source that prints the figure twice, with one number or two, counts once."""
    met = set()
    for root in DATA.package.reading_index.main_mentions:
        every, alike = len(texts_of(root.id)), len(texts_of(root.id, "low", "high", "qualifier"))
        which = f", {alike} of them this one." if alike > 1 else "; no other gives this one."
        told = f" {every} texts that we read give a number for this{which}"
        if every == alike:
            told = f" {every} texts that we read give it."
        byline = words(quantity(root.id).byline)
        assert " texts that we read give " not in byline if every == 1 else byline.endswith(told), root.id
        met.add((every > 1, alike > 1, every > alike))
    assert len(met) == 4


def test_a_number_of_people_that_could_be_a_year_stands_with_its_noun_and_no_other_does() -> None:
    units = {row["indicator_id"]: row["unit"] for row in read_csv(FROZEN / "data/indicators.csv")}
    met = set()
    for root in DATA.main_mentions:
        is_bare = VALUES[root.id]["printed"][-1].isdecimal()
        wanted = is_bare and units[root.indicator_id] == "people"
        assert ("” people. " in words(quantity(root.id).byline)) == wanted, root.id
        met.add((is_bare, wanted))
    assert len(met) == 3


def test_the_facts_say_of_whom_or_of_what_and_how_age_was_decided_where_an_age_is_reported() -> None:
    facts = {key: dict(quantity(key).facts) for key in (SHARE, COURT_COUNT, "RESP-026")}
    assert "Of whom" in facts[SHARE] and "Of whom" in facts[COURT_COUNT] and "Of what" in facts["RESP-026"]
    assert "How age was decided" in facts[SHARE] and "How age was decided" not in facts[COURT_COUNT]
    for root in DATA.main_mentions:
        kind = dict(quantity(root.id).facts).get("Kind of number", ())
        assert bool(kind) == (root.nature in ("claimed", "estimated", "modelled")), root.id


def test_a_share_without_a_population_says_that_its_people_are_not_described(package: Path) -> None:
    change_cells(package, "reported_values", SHARE, population_id="", population_id_reason="not_reported")
    page = quantity(SHARE, opened(package))
    assert fact(page, "Of whom") == "Not reported."
    assert " of people whom the source does not describe further in " in page.card.sentence


def test_a_text_that_was_not_read_whole_names_no_source_in_what_we_read_of_it() -> None:
    secondary = [
        reading for reading in DATA.package.reading_index.main_mentions if reading.evidence == "secondary"
    ]
    silent = [
        reading
        for reading in secondary
        if reading.credited_to_reason == "not_read" and not reading.study_id
    ]
    assert silent
    for source_id in silent:
        part = "" if SOURCES[source_id.source_id]["read_extent"] == "whole" else " in what we read of it"
        assert f"The text names no source{part};" in words(quantity(source_id.id).byline), source_id.id


@pytest.mark.parametrize("value_id", [SHARE, EARLIER, NONE_FOUND, COURT_COUNT])
def test_page_description_is_the_beginning_of_the_sentence_to_quote(value_id: str) -> None:
    page = quantity(value_id)
    assert page.card.sentence == DATA.quotes.sentence_to_quote(value_id)
    assert page.card.sentence.startswith(page.description.removesuffix(" …"))
    assert not [entry for entry in page.rows if page.card.sentence in quotes(entry)], "it is said once"


def test_quantity_that_needs_a_companion_figure_has_a_notice_on_its_card() -> None:
    met = set()
    for root in DATA.main_mentions:
        show = VALUES[root.id]["show"]
        assert quantity(root.id).card.notice == ("" if show == "free" else NOTICES[show])
        met.add(show)
    assert met == {*NOTICES, "free"} - {"withdrawn"}


# Other voices.


def differences(page: ValuePage) -> Lines:
    """Return all lines on differing reports: contradictions, and those that can both hold."""
    return tuple(line for name in ("voices", "told_otherwise") for line in page.sections[name])


def told_on_pages() -> list[Row]:
    """Return the differences from a main mention, or between two quantities."""
    roots = {
        reading.id: reading.quantity_id for reading in DATA.package.reading_index.readings_by_id.values()
    }
    apart = [row for row in CONFLICTS if roots[row["value_id"]] != roots[row["value_id"]]]
    return apart + [row for row in CONFLICTS if row["value_id"] in roots.values() and row not in apart]


def ends_of(changes: set[str]) -> set[str]:
    """Return the quantities that are the ends of these changes."""
    links = [row for row in LINKS if row["relation"].endswith("_end_of")]
    return {row["from_id"] for row in links if row["to_id"] in changes}


def test_pages_of_both_ends_say_that_they_give_another_change() -> None:
    for row in (row for row in CONFLICTS if row["dimension"] == "ends"):
        ends = ends_of({row["value_id"]})
        assert ends
        for end in ends:
            told = [
                line
                for line in differences(quantity(end))
                if row["value_id"] in {link.anchor for link in links(line)}
            ]
            assert any(row["other_has"] in line for line in said(tuple(told))), end


def test_only_what_cannot_both_hold_is_said_to_contradict() -> None:
    """An end of a change counts as contradicted if the change contradicts the one that both ends give."""
    contradicted = {
        row[end] for row in CONFLICTS if row["type"] == "contradiction" for end in ("value_id", "other_id")
    }
    told = {key for key in VALUES if "contradicted by: " in DATA.values.caution_words(key)}
    assert told and told <= contradicted | ends_of({row["value_id"] for row in CONFLICTS})
    assert "also reported: " in DATA.values.caution_words("RESP-110-a")


def test_both_sides_of_a_dispute_stand_with_their_bearing() -> None:
    rows = [row for row in DATA.package.rows_with_cells("scopes", value_id=SHARE) if row["statement_id"]]
    assert {"supports", "disputes", "qualifies"} <= {row["bearing"] for row in rows}
    for row in rows:
        page = quantity(SHARE)
        line = next(
            line for line in page.sections["voices"] if row["statement_id"] in anchors(line, "voices-all/")
        )
        assert words(line).lower().startswith(f"{BEARINGS[row['bearing']]} this figure: ")


def test_a_difference_is_reported_on_the_pages_of_both_by_what_it_means() -> None:
    """Differences between quantities are on both pages; between mentions, only if one is the main one."""
    roots = {
        reading.id: reading.quantity_id for reading in DATA.package.reading_index.readings_by_id.values()
    }
    shown = {root.id: differences(quantity(root.id)) for root in DATA.main_mentions}
    for row in told_on_pages():
        ends = [row["value_id"], row["other_id"]]
        kind = "" if row["kind"] == "judged" else f" ({code_for_readers(row['kind'])})"
        for here, there in (ends, ends[::-1]):
            if roots[here] == roots[there] and here != roots[here] and there == roots[here]:
                continue  # a mention that restates the main one is reported once
            lines = [
                line for line in shown[roots[here]] if there in anchors(line, f"values/{roots[there]}/")
            ]
            told = [line for line in said(tuple(lines)) if row["decided_by"] in line]
            assert any(
                line.startswith(f"{disagreement_type_words(row['type'])}{kind}: ") for line in told
            ), row
            if here == roots[here] and row["value_id"] == here:
                assert any(f"“{row['other_has']}”" in line for line in told), row


def test_serious_disagreements_are_among_the_voices_and_others_folded() -> None:
    met = set()
    for root in DATA.main_mentions:
        for name in ("voices", "told_otherwise"):
            for line in section(root.id, name):
                types = [
                    word
                    for word in label_by_conflict_type()
                    if line.startswith(disagreement_type_words(word))
                ]
                assert not types or (types[0] in WEIGHTY) == (name == "voices"), line
                met.update(types)
    assert met >= {"contradiction", "both_can_hold"}


def test_quantity_without_disagreement_has_no_section_on_it() -> None:
    spoken = {row["value_id"] for row in read_csv(FROZEN / "data/scopes.csv") if row["statement_id"]}
    spoken |= {row["value_id"] for row in read_csv(FROZEN / "data/replies.csv")}
    ends = {row[end] for row in told_on_pages() for end in ("value_id", "other_id")}
    spoken |= {DATA.package.reading_index.readings_by_id[end].quantity_id for end in ends}
    spoken |= ends_of({row["value_id"] for row in CONFLICTS if row["dimension"] == "ends"})
    for root in DATA.main_mentions:
        assert bool(differences(quantity(root.id))) == (root.id in spoken), root.id


def test_a_relation_is_read_from_either_end() -> None:
    row = next(row for row in LINKS if row["relation"] == "numerator_of")
    for here, there, lead in (
        ("from_id", "to_id", "This figure is the numerator of it. "),
        ("to_id", "from_id", "It is the numerator of this one. "),
    ):
        linked = [
            entry
            for entry in quantity(row[here]).related
            if row[there] in anchors(entry, f"values/{row[there]}/")
        ]
        assert any(said(entry.cells)[1].startswith(f"{lead}{row['reason']}") for entry in linked)


def test_figures_that_are_not_comparable_stand_apart_from_those_that_belong_together() -> None:
    known = [row for row in LINKS if row["relation"] == "not_comparable" and not row["judgement"]]
    ends = [(row["from_id"], row["to_id"]) for row in known]
    for root in DATA.main_mentions:
        others = {other for pair in ends for other in pair if root.id in pair} - {root.id}
        assert {link.anchor for link in links(quantity(root.id).unrelated)} == others, root.id


@pytest.mark.parametrize(
    ("value_id", "rounded"),
    [(SHARE, "about 2 in 100"), (EARLIER, "about 8 in 100"), ("KH216", ""), (COURT_COUNT, "")],
)
def test_a_share_is_rounded_where_that_is_clearer(value_id: str, rounded: str) -> None:
    """35% is no clearer as “about 35 in 100”."""
    assert quantity(value_id).rounded == rounded


def test_several_numbers_or_an_interval_make_a_picture() -> None:
    told = picture_of_mentions(DATA, SHARE)
    times = [row["low"] for row in VALUES.values() if SHARE in (row["value_id"], row["mention_of"])].count(
        "2.2"
    )
    assert f"2.2%: {times} mentions; just over 2%: 1 mention" in told
    assert "38 of 2,104 people: 1.81%, 95% interval" in told
    assert picture_of_mentions(DATA, COURT_COUNT) == ""


def test_every_link_but_for_a_judgement_stands_at_both_of_its_ends() -> None:
    known = [row for row in LINKS if not row["judgement"]]
    assert 0 < len(known) < len(LINKS)
    for root in DATA.main_mentions:
        ends = {row["to_id"] for row in known if row["from_id"] == root.id}
        ends |= {row["from_id"] for row in known if row["to_id"] == root.id}
        linked = quantity(root.id).related + quantity(root.id).unrelated
        assert {link.anchor for link in links(linked)} == ends, root.id


def test_mentions_lead_to_their_citation_on_their_own_page_alone() -> None:
    cited = {link.anchor for link in links(quantity(SHARE).rows) if link.anchor.startswith("cite-")}
    assert cited == {f"cite-{source_id}" for source_id in quantity(SHARE).cites}


def test_a_mention_says_whether_it_was_read_again_and_what_was_decided() -> None:
    again: dict[str, Row] = {
        row["value_id"]: row for row in read_csv(FROZEN / "data/method/second_readings.csv")
    }
    for reading in (entry for root in DATA.main_mentions for entry in quantity(root.id).rows):
        where, row = said(reading.cells)[1], again.get(reading.id)
        assert ("read once" in where) == (row is None)
        assert row is None or f"again by a {row['reader']} on" in where
        assert row is None or row["decision"].rstrip(".") in where
