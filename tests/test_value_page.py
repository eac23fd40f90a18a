"""What the page of a quantity selects and says, without a template."""

import re
from pathlib import Path

import pytest

from scripts.package.opening import Package
from scripts.site.lines import Entry, Lines, Marked
from scripts.site.page_data import PageData
from scripts.site.value_page import NOTICES, WITHDRAWN, ValuePage
from scripts.wording.words import plain_word
from tests.conftest import FROZEN, change_rows, read_csv
from tests.page_models import DATA, anchors, links, parts, quantity, said, words

Row = dict[str, str]
WHY = "It was read from another column."
VALUES = {row["value_id"]: row for row in read_csv(FROZEN / "data/reported_values.csv")}
LIMITATIONS = read_csv(FROZEN / "data/limitations.csv")
SHARE, EARLIER, NONE_FOUND, COURT_COUNT, FALL = "KH010", "KH038", "KH021", "KH088", "KH022"


def withdrawn(package: Path, value_id: str) -> PageData:
    """The package without one reading, taken back as the contribute page tells."""

    def withdraw(rows: list[Row]) -> None:
        next(row for row in rows if row["value_id"] == value_id)["show"] = "withdrawn"

    correction = {
        **{"correction_id": "C101", "version": "1.1.0", "date": "2026-12-01", "kind": "withdrawal"},
        **{"table_name": "reported_values", "row_key": value_id, "field": "show"},
        **{"was": "free", "became": "withdrawn", "reason": WHY},
    }
    change_rows(package, "reported_values", withdraw)
    change_rows(package, "corrections", lambda rows: rows.append(correction))
    return PageData(Package(package))


def limits(value_id: str) -> set[str]:
    """The limitations under "What it leaves out"."""
    return anchors(quantity(value_id).sections["leaves_out"], "limitations/") - {
        row["not_available_id"] for row in read_csv(FROZEN / "data/not_available.csv")
    }


def limits_where(**cells: str) -> set[str]:
    """The limitations with these cells."""
    return {row["limitation_id"] for row in LIMITATIONS if cells.items() <= row.items()}


def shared(study_id: str) -> set[str]:
    """The limitations that bear on a study, alone or among several."""
    rows = read_csv(FROZEN / "data/scopes.csv")
    return {row["limitation_id"] for row in rows if row["study_id"] == study_id} - {""}


def several(key: str) -> set[str]:
    """What bears on several studies, of the table with this key."""
    rows = [row[key] for row in read_csv(FROZEN / "data/scopes.csv") if row[key] and row["study_id"]]
    return {one for one in rows if rows.count(one) > 1}


def fact(page: ValuePage, term: str) -> str:
    """What the head of a page says under a term."""
    return words(dict(page.facts)[term])


def withdrawn_as(printing: Entry) -> str | None:
    """Why a printing was withdrawn, in its first cell; None for one that stands."""
    _, mark, why = words(printing.cells[0]).partition(" Withdrawn, do not quote. ")
    return why if mark else None


def quotes(printing: Entry) -> list[str]:
    """The sentences of a printing that are ready to quote."""
    return [one.words for one in parts(printing) if isinstance(one, Marked) and one.kind == "quote"]


@pytest.mark.parametrize("value_id", [SHARE, EARLIER])
def test_a_share_of_a_study_has_the_limits_of_the_study_alone_those_it_shares_and_those_of_all(
    value_id: str,
) -> None:
    study = VALUES[value_id]["study_id"]
    every = limits_where(reach="all_figures")
    assert shared(study) and every
    of_none_found = limits_where(kind="zero_claim")
    assert limits(value_id) == (shared(study) | every) - of_none_found
    assert of_none_found <= limits(NONE_FOUND)


def test_limits_that_cannot_apply_are_not_listed() -> None:
    """A number of venues has no age to be judged, and no weight."""
    listed = limits("KH001")
    for kind in ("age_judgement", "false_papers", "coverage", "weighting", "zero_claim"):
        assert limits_where(kind=kind) and not limits_where(kind=kind) & listed, kind
    assert limits_where(kind="self_evaluation") <= listed
    sources = read_csv(FROZEN / "data/sources.csv")
    in_part = {row["source_id"] for row in sources if row["read_extent"] != "whole"}
    partly = {row["printing_of"] or key for key, row in VALUES.items() if row["source_id"] in in_part}
    whole = [root.id for root in DATA.roots if root.id not in partly]
    assert whole and not any(limits_where(reach="all_figures") & limits(key) for key in whole)


def test_a_count_of_courts_has_the_limits_of_its_topic_and_none_of_a_study() -> None:
    of_topic, every = limits_where(topic="response"), limits_where(reach="all_figures")
    assert VALUES[COURT_COUNT]["topic"] == "response" and not VALUES[COURT_COUNT]["study_id"]
    assert limits(COURT_COUNT) == of_topic | every
    assert not of_topic & limits(SHARE)


def test_the_limits_of_a_quantity_follow_the_table_that_lists_them(package: Path) -> None:
    change_rows(
        package,
        "value_limitations",
        lambda rows: rows.__setitem__(
            slice(None), [r for r in rows if r["applies_to"] != "several_studies"]
        ),
    )
    left = anchors(quantity(SHARE, PageData(Package(package))).sections["leaves_out"], "limitations/")
    assert left & limits(SHARE) == limits(SHARE) - several("limitation_id")


def test_a_figure_of_a_group_outside_the_frame_is_said_to_illustrate_and_not_to_multiply() -> None:
    row = read_csv(FROZEN / "data/editorial/limitation_examples.csv")[0]
    first = quantity(row["value_id"]).sections["leaves_out"][0]
    assert links(first)[0].anchor == row["limitation_id"]
    assert "no share is applied to it" in words(first)


def test_what_is_not_available_of_a_study_stands_on_its_quantities() -> None:
    """Those of this study alone; what is missing of several stands on the pages of these."""
    of_it = {
        row["not_available_id"]
        for row in read_csv(FROZEN / "data/scopes.csv")
        if row["study_id"] == VALUES[SHARE]["study_id"]
    } - several("not_available_id")
    rows = read_csv(FROZEN / "data/not_available.csv")
    told = [row["what"] for row in rows if row["not_available_id"] in of_it]
    assert told
    found = said(quantity(SHARE).sections["leaves_out"])
    assert [line.partition(" (")[0] for line in found if line.startswith("Not available: ")] == [
        f"Not available: {what}" for what in told
    ]
    assert not [
        line for line in said(quantity(COURT_COUNT).sections["leaves_out"]) if "Not available" in line
    ]


def test_a_withdrawn_quantity_says_why_and_gives_nothing_to_quote_or_cite(package: Path) -> None:
    page = quantity("KH201", withdrawn(package, "KH201"))
    assert page.card.notice == WITHDRAWN and words(page.why_kept).endswith(WHY)
    assert page.card.sentence == "" and page.cites == ()
    assert page.description.startswith("Withdrawn, do not quote")
    assert "We read" not in fact(page, "Printed")
    assert [(one.id, withdrawn_as(one), quotes(one)) for one in page.rows] == [("KH201", WHY, [])]
    assert WHY in said(page.sections["history"])[0]


def test_a_withdrawn_quantity_leads_to_the_printing_that_stands_in_its_place(package: Path) -> None:
    """As the corrections tell, where another printing defines the quantity since."""
    heir = {"value_id": "KH011", "printing_of": ""}
    change_rows(
        package,
        "reported_values",
        lambda rows: [row.update(heir) for row in rows if row["value_id"] == "KH011"],
    )
    told = {"correction_id": "C102", "kind": "correction", "row_key": "KH011", "field": "printing_of"}
    withdrawn(package, SHARE)
    change_rows(
        package, "corrections", lambda rows: rows.append(rows[-1] | told | {"was": SHARE, "became": ""})
    )
    page = quantity(SHARE, PageData(Package(package)))
    assert WHY in words(page.why_kept)
    assert anchors(page.why_kept, "values/KH011/") == {"KH011"}


def test_a_withdrawn_printing_is_marked_even_where_no_correction_says_why(package: Path) -> None:
    withdrawn(package, "KH012")
    change_rows(package, "corrections", lambda rows: rows.clear())
    marks = {one.id: withdrawn_as(one) for one in quantity(SHARE, PageData(Package(package))).rows}
    assert marks.pop("KH012") == "" and set(marks.values()) == {None}


def test_a_withdrawn_printing_keeps_its_anchor_and_is_neither_counted_nor_cited(package: Path) -> None:
    before, after = quantity(SHARE), quantity(SHARE, withdrawn(package, "KH012"))
    source = VALUES["KH012"]["source_id"]
    assert [one.id for one in after.rows] == [one.id for one in before.rows]
    gone = next(one for one in after.rows if one.id == "KH012")
    assert (withdrawn_as(gone), quotes(gone)) == (WHY, [])
    assert f"cite-{source}" not in {one.anchor for one in links(gone)}
    assert {*before.cites} - {*after.cites} == {source}
    told, fewer = (re.search(r"(\d+) texts that we read", fact(one, "Printed")) for one in (before, after))
    assert told and fewer and int(fewer[1]) == int(told[1]) - 1
    assert after.card.sentence == before.card.sentence and after.card.notice == before.card.notice
    assert any("withdrawn, do not quote" in line for line in said(after.sections["found"]))


def test_a_change_stands_with_its_two_ends_what_is_missing_and_what_their_counts_give() -> None:
    """On its page and in its sentence; not in that of a printing, which may print other ends or none."""
    page, sentence = said(quantity(FALL).sections["how_sure"]), quantity(FALL).card.sentence
    table = read_csv(FROZEN / "data/derived/comparisons.csv")
    [fall] = [
        row
        for row in table
        if row["printed_change_id"] == FALL
        and (row["measure"], row["basis"]) == ("relative_reduction", "printed")
    ]
    estimate, *ends = (f"{float(fall[name]):.1f} %" for name in ("estimate", "lower", "upper"))
    assert "It is the change from 8.16 % (November 2012) to 2.2 % (March 2015)." in page[0]
    assert f"The two give a fall of {estimate} ({' to '.join(ends)} by rounding)." in page[0]
    assert page[1].startswith("For 8.16 % there is no range of our own: no source")
    assert page[2] == "Beside 2.2 %: 38 of 2,104 people is 1.81 %. The change would then be another."
    counted = [
        row
        for row in table
        if row["compared"] == "scenario_shares" and row["measure"] == "relative_reduction"
        if row["later_design_effect"] == "1"
    ]
    low, high = min(float(row["lower"]) for row in counted), max(float(row["upper"]) for row in counted)
    assert page[-1].startswith("A what-if: if the earlier end were 147 of 1,936 to 1,938 people")
    assert f"anything from {low:.1f} % to {high:.1f} %" in page[-1]
    told = (
        "The two ends are 8.16 % (November 2012) and 2.2 % (March 2015). The number of people behind 8.16 %"
    )
    assert told in sentence and "38 of 2,104 people, give 1.81 %" in sentence
    assert all("The two ends" not in one for entry in quantity(FALL).rows for one in quotes(entry))


def test_every_change_says_how_its_ends_stand() -> None:
    changes = [one for one in DATA.package.ledger.roots if DATA.values.kind(one.id) == "change"]
    firsts = {one.id: said(quantity(one.id).sections["how_sure"])[0] for one in changes}
    assert (
        "a rise of 20.1 %." in firsts["E2-003"] and "a fall of 74.1 %. That is another" in firsts["KH023"]
    )
    assert (
        "not both exact" in firsts["E2-107"]
        and "The two give another change: 23.9 %" in firsts["IJM-DOM-15-b"]
    )
    without = {key for key, first in firsts.items() if first.startswith("We do not have the two numbers")}
    links = read_csv(FROZEN / "data/links.csv")
    linked = {row["to_id"] for row in links if row["relation"] == "earlier_end_of"}
    assert without == firsts.keys() - linked


def texts_of(value_id: str, *cells: str) -> set[str]:
    """The sources that print a quantity with these cells as its root has them."""
    root = VALUES[value_id]
    standing = [one for one in VALUES.values() if one["show"] != "withdrawn"]
    printings = [one for one in standing if value_id in (one["value_id"], one["printing_of"])]
    return {one["source_id"] for one in printings if all(one[cell] == root[cell] for cell in cells)}


def test_the_facts_count_the_texts_that_print_it_apart_from_those_that_print_another_number() -> None:
    """One that prints it twice, in two numbers or in one, counts once."""
    number = ("low", "high", "qualifier")
    for root in DATA.package.ledger.roots:
        every, alike = len(texts_of(root.id)), len(texts_of(root.id, *number))
        told = fact(quantity(root.id), "Printed")
        if every == alike == 1:
            assert told.endswith(" We read no other text that prints it."), root.id
        elif every == alike:
            assert told.endswith(f" {every} texts that we read print it."), root.id
        else:
            which = f", {alike} of them this one." if alike > 1 else "; no other gives this one."
            assert told.endswith(f" {every} texts that we read give a number for this{which}"), root.id
    assert {"KH005", "KH010", "KH030"} <= {
        key for key in VALUES if len(texts_of(key)) > len(texts_of(key, *number))
    }


def test_the_facts_say_of_whom_or_of_what_and_how_age_was_decided_where_an_age_is_told() -> None:
    facts = {key: dict(quantity(key).facts) for key in (SHARE, COURT_COUNT, "RESP-026")}
    assert "Of whom" in facts[SHARE] and "Of whom" in facts[COURT_COUNT] and "Of what" in facts["RESP-026"]
    assert "How age was decided" in facts[SHARE] and "How age was decided" not in facts[COURT_COUNT]
    assert (
        " of people, described differently by each source: " in said(quantity(SHARE).sections["found"])[0]
    )
    assert quantity(COURT_COUNT).sections["found"] == ()


def test_a_claim_an_estimate_and_a_model_are_no_count() -> None:
    for root in DATA.roots:
        kind = dict(quantity(root.id).facts).get("Kind of number", ())
        assert bool(kind) == (root.nature in ("claimed", "estimated", "modelled")), root.id


def test_a_share_without_a_population_says_that_its_people_are_not_described(package: Path) -> None:
    def forget(rows: list[Row]) -> None:
        row = next(row for row in rows if row["value_id"] == SHARE)
        row.update(population_id="", population_id_reason="not_reported")

    change_rows(package, "reported_values", forget)
    page = quantity(SHARE, PageData(Package(package)))
    assert fact(page, "Of whom") == "Not reported."
    assert " of people whom the source does not describe further in " in page.card.sentence


def test_a_count_that_other_counts_leave_over_is_not_called_printed() -> None:
    """The arithmetic stands beside it."""
    [line] = [line for line in said(quantity("KH201").sections["how_sure"]) if " needs a base of " in line]
    whole, part = (int(VALUES[key]["low"]) for key in ("KH007", "KH009"))
    assert f" a count of {whole - part} that is not printed ({whole} less {part}) " in line


def ends_of(changes: set[str]) -> list[Row]:
    """The links that name the ends of some changes."""
    links = read_csv(FROZEN / "data/links.csv")
    return [row for row in links if row["to_id"] in changes and row["relation"].endswith("_end_of")]


def test_both_ends_tell_that_they_give_another_change_than_the_printed_one() -> None:
    for row in (row for row in CONFLICTS if row["dimension"] == "ends"):
        ends = {link["from_id"] for link in ends_of({row["root_id"]})}
        assert ends
        for end in ends:
            told = [line for line in said(differences(quantity(end))) if f"({row['root_id']}, " in line]
            assert any(row["printing_has"] in line for line in told), end


def test_only_what_cannot_both_hold_is_said_to_contradict() -> None:
    leads = {
        key: re.findall(r"(contradicted by|also printed|to be read with): ", DATA.values.caution(key))
        for key, row in VALUES.items()
        if row["show"] == "conflict_only"
    }
    assert leads["RESP-110-a"] == leads["RESP-110-b"] == leads["KH215-a"] == ["also printed"]
    assert leads["IJM-DOM-14"] == ["to be read with", "contradicted by"]
    assert leads["IJM-DOM-15-b"] == ["contradicted by"]
    ends = {row["from_id"] for row in ends_of({row["root_id"] for row in CONFLICTS})}
    told = {key for key, words in leads.items() if "contradicted by" in words}
    both = {
        row[end] for row in CONFLICTS if row["type"] == "contradiction" for end in ("root_id", "value_id")
    }
    assert told and told <= both | ends


def test_a_share_whose_base_is_not_printed_has_the_base_that_its_count_needs_and_no_interval() -> None:
    told = said(quantity(EARLIER).sections["how_sure"])
    assert "No range of our own: no source that we read says of how many people it is a share." in told
    needed = [line for line in told if "No base is printed, so this cannot be tested." in line]
    tokens = {row["printed"] for row in VALUES.values() if EARLIER in (row["value_id"], row["printing_of"])}
    assert len(needed) > 1
    assert {line.partition("“")[2].partition("”")[0] for line in needed} < tokens
    assert all(" with the printed count of " in line for line in needed)
    assert not quantity(EARLIER).sections["scenarios"]


def test_a_counted_share_has_its_interval_its_verdicts_and_its_scenarios() -> None:
    page = quantity(SHARE)
    told = said(page.sections["how_sure"])
    rows = read_csv(FROZEN / "data/derived/estimates.csv")
    tried = [row for row in rows if row["value_id"] == SHARE and row["method"] == "wilson"]
    counted = [row for row in tried if row["basis"] == "counted"]
    assert len([line for line in told if "(Wilson, level 95 %)" in line]) == len(counted) > 0
    [against] = [line for line in told if line.startswith("Against ")]  # one verdict on all counts
    assert all(f"{row['numerator']} of {int(row['denominator']):,} people" in against for row in counted)
    printers = {DATA.values.publisher(row["denominator_id"]) for row in counted}
    [other] = printers - {DATA.values.publisher(counted[0]["numerator_id"])}
    assert [f"the number that {other} prints" in line for line in told if "(Wilson" in line] == [
        DATA.values.publisher(row["denominator_id"]) == other
        for row in counted
        if row["stands_first"] == "yes"
    ]
    assert len(page.sections["scenarios"]) == len(tried) - len(counted) > 0


def test_a_number_that_is_no_share_of_a_sample_has_no_section_on_how_sure_it_is() -> None:
    assert quantity(COURT_COUNT).sections["how_sure"] == ()
    assert said(quantity(NONE_FOUND).sections["how_sure"])[0].startswith("None found is not none.")


@pytest.mark.parametrize("value_id", [SHARE, EARLIER, NONE_FOUND, COURT_COUNT])
def test_the_sentence_is_the_one_to_quote_and_the_description_begins_it(value_id: str) -> None:
    page = quantity(value_id)
    assert page.card.sentence == DATA.quotes.sentence(value_id)
    assert page.card.sentence.startswith(page.description.removesuffix(" …"))
    assert not [one for one in page.rows if page.card.sentence in quotes(one)], "it is said once"


def test_a_figure_that_may_not_stand_alone_says_so() -> None:
    met = set()
    for root in DATA.roots:
        page, show = quantity(root.id), VALUES[root.id]["show"]
        assert page.card.notice == ("" if show == "free" else NOTICES[show])
        met.add(show)
    assert met == {*NOTICES, "free"} - {"withdrawn"}


def test_both_sides_of_a_dispute_stand_with_their_bearing() -> None:
    rows = [row for row in DATA.package.matching("scopes", value_id=SHARE) if row["statement_id"]]
    voices = quantity(SHARE).sections["voices"]
    assert {"supports", "disputes", "qualifies"} <= {row["bearing"] for row in rows}
    for row in rows:
        line = next(one for one in voices if row["statement_id"] in anchors(one, "statements/"))
        did = {"supports": "supported", "disputes": "disputed", "qualifies": "qualified", "cites": "cited"}
        assert f" {did[row['bearing']]} it: " in words(line)


CONFLICTS = read_csv(FROZEN / "data/derived/conflicts.csv")


def differences(page: ValuePage) -> Lines:
    """All that is said of it otherwise: what weighs, what can both hold, and between two printings."""
    return (*page.sections["voices"], *page.sections["told_otherwise"], *page.sections["between"])


def test_every_other_printing_that_differs_is_named_with_what_it_has() -> None:
    rows = [row for row in CONFLICTS if row["root_id"] == SHARE]
    told = [line for line in said(differences(quantity(SHARE))) if " here, against " in line]
    assert len(told) == len({(row["kind"], row["root_has"]) for row in rows})
    for row in rows:
        kind = plain_word(row["kind"])
        assert any(
            f" ({kind}): " in line
            and f"“{row['root_has']}” here" in line
            and f"“{row['printing_has']}”" in line
            for line in told
        ), row


def test_a_difference_is_told_on_the_pages_of_both() -> None:
    """Of two quantities on both pages; of two printings on the page of their quantity."""
    roots = {one.id: one.root_id for one in DATA.package.ledger.readings.values()}
    shown = {root.id: quantity(root.id) for root in DATA.roots}
    for row in CONFLICTS:
        ends = [row["root_id"], row["value_id"]]
        for here, there in (ends, ends[::-1]):
            if roots[here] == roots[there] and here != roots[here] and there == roots[here]:
                continue  # the root and what restates it are told once
            page = shown[roots[here]]
            to = f"values/{roots[there]}/"
            lines = [line for line in differences(page) if there in anchors(line, to)]
            assert any(row["decided_by"] in words(line) for line in lines), row["conflict_id"]


def test_only_a_contradiction_is_called_one() -> None:
    """Each line begins with what the difference means."""
    contradicted = [row for row in CONFLICTS if row["type"] == "contradiction"]
    assert 0 < len(contradicted) < len(CONFLICTS)
    for root in DATA.roots:
        page = quantity(root.id)
        told = [words(line) for line in differences(page)]
        named = {row["decided_by"] for row in contradicted if root.id in (row["root_id"], row["value_id"])}
        assert all(any(test in line for line in told if line.startswith("Contradiction")) for test in named)
        assert len([line for line in told if line.startswith("Contradiction")]) <= len(contradicted)


def test_a_quantity_of_which_nobody_says_otherwise_has_no_such_section() -> None:
    spoken = {
        row["value_id"]
        for name in ("scopes", "replies")
        for row in DATA.package.rows(name)
        if row["statement_id"] or name == "replies"
    }
    ends = {row[end] for row in CONFLICTS for end in ("root_id", "value_id")}
    spoken |= {DATA.package.ledger.readings[end].root_id for end in ends}
    changes = {row["root_id"] for row in CONFLICTS if row["dimension"] == "ends"}
    spoken |= {row["from_id"] for row in ends_of(changes)}
    for root in DATA.roots:
        assert bool(differences(quantity(root.id))) == (root.id in spoken), root.id


def test_relations_are_folded_under_a_heading_that_counts_them() -> None:
    met = 0
    for root in DATA.roots:
        for relation in quantity(root.id).relations:
            assert f": {len(relation.items)} other figure" in relation.title
            met += 1
    assert met


def test_a_link_reads_from_either_end() -> None:
    row = next(row for row in read_csv(FROZEN / "data/links.csv") if row["relation"] == "numerator_of")
    here, there = (
        [line for relation in quantity(row[end]).relations for line in said(relation.items)]
        for end in ("from_id", "to_id")
    )
    assert any(line.startswith("It is numerator of: ") for line in here)
    assert any(line.startswith(f"{row['from_id']} is numerator of it: ") for line in there)


def test_a_text_that_was_not_read_whole_names_no_source_in_what_we_read_of_it() -> None:
    """So say its page and its sentence; the extent is that of the table."""
    silent = [
        one
        for one in DATA.package.ledger.roots
        if one.evidence == "secondary" and one.credited_to_reason == "not_read" and not one.study_id
    ]
    assert silent
    extents = {row["source_id"]: row["read_extent"] for row in read_csv(FROZEN / "data/sources.csv")}
    for one in silent:
        part = "" if extents[one.source_id] == "whole" else " in what we read of it"
        assert f"The text names no source{part};" in fact(quantity(one.id), "Whose figure"), one.id
        said = (
            ", saying that "
            if "said to be accepted by" in one.scope_as_printed
            else f", naming no source{part}"
        )
        assert re.search(rf"{said}[^.]*\.", quantity(one.id).card.sentence), one.id


def test_a_text_that_was_read_whole_names_no_source(package: Path) -> None:
    [first, *_] = [
        one
        for one in DATA.package.ledger.roots
        if one.evidence == "secondary" and one.credited_to_reason == "not_read"
    ]

    def read(rows: list[Row]) -> None:
        next(row for row in rows if row["source_id"] == first.source_id)["read_extent"] = "whole"

    change_rows(package, "sources", read)
    assert ", naming no source." in quantity(first.id, PageData(Package(package))).card.sentence
