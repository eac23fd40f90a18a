"""Every sentence to quote says who reported it, who is credited, when, what, of whom and where.

Every heading is a phrase, not a sentence, without brackets and without terms that only we use.
"""

import re

import pytest

from scripts.package.shared_words import ALLOWED
from scripts.wording.publisher_names import organisation_with_article, publisher_in_sentence
from scripts.wording.quantity_names import QuantityNames
from scripts.wording.quotable_sentences import QuotableSentences
from scripts.wording.reading_words import ReadingWords
from scripts.wording.text_formatting import capitalise_first
from tests.conftest import FROZEN, read_csv, with_subtests
from tests.site.page_models import DATA

Row = dict[str, str]
VALUES = {row["value_id"]: row for row in read_csv(FROZEN / "data/reported_values.csv")}
SOURCES = {row["source_id"]: row for row in read_csv(FROZEN / "data/sources.csv")}
NAMES = {
    table: {next(iter(row.values())): row["name"] for row in read_csv(FROZEN / f"data/{table}.csv")}
    for table in ("populations", "places", "organisations")
}
READINGS = DATA.package.reading_index.readings_by_id
WORDS = DATA.package.rows_by_key("indicator_words")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"(?:\d+ )?(?:(?:{MONTHS}) )?\d{{4}}"
WHEN = re.compile(rf"(?:in|on) {DATE}, |from (?:(?:{MONTHS}) )?(?:\d{{4}} )?to {DATE}, ")
VERB = re.compile(
    r" (?:were|was|had|has|have|said|named|recalled|reported|concerned|put|found|rose|fell|came|lay|"
    r"made|took|worked|lived|received|covered|planned|missed|held|ended|allotted|spent)\b"
)
REPORTED = re.compile(
    rf" reported(?: (?:in|on) {DATE})?(, (?:citing|crediting|in telling|naming) .+?,)? that "
)
REMARKS = (
    "the date of the text was not seen",
    "the date of the figure is inferred",
    "the date of the figure is from another source",
    "the place is from another source",
    "the date of the figure and the place are from another source",
)
OURS = re.compile(
    rf" \((?:(?:{'|'.join(REMARKS)})(?:; )?)+\)\.$"
)  # so that nobody quotes it as the source's
NOT_OURS = re.compile(r"\b(we|our|ours|us)\b")  # in pasted text it would refer to the person quoting
MONEY_AND_RATIOS = {"articles-in-law", "foreign-spending", "government-budget", "areas-covered"}


def told(value_id: str) -> str:
    """Return the first sentence, which is quoted, without the warnings that follow it."""
    return re.split(r"(?<=[.])(?= (?:But|Editions|Quote|The) )", sentence(value_id))[0]


def first_sentence_without_our_remarks(value_id: str) -> str:
    """Return the first sentence without the remarks that it marks as ours."""
    return OURS.sub(".", told(value_id))


def sentence(value_id: str) -> str:
    """Return the whole text that is ready to quote."""
    return DATA.quotes.sentence_to_quote(value_id)


@with_subtests(WORDS)
def test_words_of_an_indicator_make_a_phrase_and_a_clause(indicator_id: str) -> None:
    """A caption has no full stop, and the words of a sentence contain a verb."""
    words = WORDS[indicator_id]
    assert words["caption"] == words["caption"].strip(" .")
    assert (
        " {were}" in words["sentence"]
        or "{tallied}" in words["sentence"]
        or ("{there_were}" in words["sentence"] or VERB.search(f" {words['sentence']}"))
        or not words["sentence"]
    )


@with_subtests(key for key, row in VALUES.items() if row["show"] != "withdrawn")
def test_a_sentence_has_subject_verb_base_place_time_printer_and_credit(value_id: str) -> None:
    row, first, every = VALUES[value_id], first_sentence_without_our_remarks(value_id), sentence(value_id)
    assert re.match(r"[A-Z0-9]", first) and first.endswith(".")
    source = SOURCES[row["source_id"]]
    assert first.startswith(capitalise_first(publisher_in_sentence(source)))
    told_by = REPORTED.match(first.removeprefix(capitalise_first(publisher_in_sentence(source))))
    assert told_by, first
    credit, clause = (
        told_by[1] or "",
        WHEN.sub("", first[len(capitalise_first(publisher_in_sentence(source))) + told_by.end() :]),
    )
    assert VERB.search(f" {clause}"), "a verb behind who reported it"
    number = DATA.values.number_with_unit(value_id).rpartition(" to ")[2].split()[-1]
    assert number in clause or "million" in clause or row["qualifier"] == "none_found"
    if row["population_id"] and row["indicator_id"] not in MONEY_AND_RATIOS:
        words = NAMES["populations"][row["population_id"]].lower()
        is_named = words in clause.lower() or not re.search(
            r"{(people|group|whom|counted)}",
            DATA.values.naming.indicator_words(READINGS[value_id])["sentence"],
        )
        assert is_named, "of whom"
    place = NAMES["places"][row["place_id"]]
    assert place.lower() in clause.lower() or {"World": "worldwide" in clause}.get(
        place, "The text names no place" in every
    )
    if row["period"]:
        assert row["period"][:4] in first, "when"
    else:
        assert (row["period_as_printed"] or "The text does not say when.") in every
    own = source["organisation_id"] if row["evidence"] == "primary" or row["credited_to"] else ""
    if row["credited_to"] and own not in ("", row["credited_to"]):
        assert (
            credit == f", citing {organisation_with_article(NAMES['organisations'][row['credited_to']])},"
        )
    if row["credited_to_reason"] == "not_applicable":
        assert credit == ", crediting a person but no organisation,"
    elif not row["credited_to"] and row["evidence"] == "secondary":
        part = "" if source["read_extent"] == "whole" else " in the part that the data set's authors read"
        assert credit == f", naming no source{part},"


@with_subtests(VALUES)
def test_a_sentence_to_quote_has_no_word_that_is_only_ours(value_id: str) -> None:
    """Quoted text speaks for the person quoting; it says “judged” only if the study says how ages were
    judged.
    """
    reading = READINGS[value_id]
    unquoted = re.sub("“[^”]*”", "", sentence(value_id))
    assert not NOT_OURS.search(unquoted)
    how = DATA.package.row("studies", reading.study_id)["age_method"] if reading.study_id else "not_read"
    if reading.evidence != "primary" or how == "not_read":
        assert "judged" not in told(value_id).replace("who judged ages", "").replace("judged by sight", "")


@with_subtests(VALUES)
def test_a_sentence_and_a_heading_have_no_slip_of_the_pen(value_id: str) -> None:
    for words in (sentence(value_id), DATA.values.quantity_label(value_id)):
        assert "  " not in words and " ," not in words and ",," not in words and "{" not in words
        assert words.count("(") == words.count(")") and words.count("“") == words.count("”")
        assert not re.search(r"\b(\w+) \1\b", words.lower().replace("cambodia, cambodia", "")), words
        assert not re.search(r"\bto be to be\b|\bof of\b|\bwere was\b", words)


def test_a_heading_says_judged_only_where_age_was_judged() -> None:
    for value_id, reading in READINGS.items():
        if "{judged}" in DATA.values.naming.indicator_words(reading)["caption"]:
            assert ("judged" in DATA.values.quantity_label(value_id)) <= (reading.nature == "observed"), (
                value_id
            )
    assert DATA.values.quantity_label("KH010") == (
        "Share judged under 18 among people working in sampled commercial-sex venues, three cities, "
        "March 2015"
    )
    assert DATA.values.naming.caption_phrase(DATA.values.reading("KH010")) == "share judged under 18"
    assert DATA.values.quantity_label("E2-076-a").startswith(
        "Share found to be aged 15 to 17 among people in commercial sex "
    )
    assert DATA.values.quantity_label("KH236").startswith("Share recorded as under 18 among ")
    assert DATA.values.quantity_label("KH216").startswith("Share claimed to be under 18 among ")


def test_a_heading_ends_without_a_remark_and_tells_quantities_apart() -> None:
    labels = {
        root.id: DATA.values.quantity_label(root.id) for root in DATA.package.reading_index.main_mentions
    }
    assert [label for label in labels.values() if label.endswith(")")] == []
    titles = [f"{DATA.values.number_with_unit(key)} {label}" for key, label in labels.items()]
    assert len(set(titles)) == len(titles)


def test_a_caption_of_no_count_says_what_it_is() -> None:
    """Captions and headings say if a number is claimed, estimated or modelled."""
    kinds = (
        "people-in-population",
        "people-in-modern-slavery",
        "children-in-csec",
        "share-living-with-hiv",
    )
    says = {
        "claimed": ("claimed ",),
        "estimated": ("estimated ",),
        "modelled": ("modelled ", "estimated by a model "),
    }
    supposed = [row for row in READINGS.values() if row.indicator_id in kinds and row.nature in says]
    assert {reading.nature for reading in supposed} == says.keys()
    for reading in supposed:
        for text in (
            DATA.values.naming.caption_phrase(reading),
            DATA.values.quantity_label(reading.id).lower(),
        ):
            assert any(word in text for word in says[reading.nature]), reading.id


def test_count_of_an_age_is_worded_with_both_competing_totals() -> None:
    """A sentence with one of two competing totals always has the other as well."""
    assert sentence("KH007").endswith(" The total number of people is reported as 2,104 and as 2,014.")
    assert sentence("KH034").endswith(" The data set's authors found no total number of people.")
    for value_id in VALUES:
        assert ("2,104" in sentence(value_id)) == ("2,014" in sentence(value_id)), value_id


def test_most_important_sentences_are_worded_as_expected() -> None:
    assert sentence("KH010") == (
        "The Khmer Times reported in June 2015, citing the International Justice Mission, that in March "
        "2015, 2.2% of people working in sampled commercial-sex venues in Phnom Penh, Siem Reap and "
        "Sihanoukville were under 18. The counts that the Khmer Times gave, 38 of 2,104 people, "
        "work out at 1.81%, not 2.2%; The Cambodia Daily gave a total of 2,014 people, which would make it "
        "1.89%."
    )
    for value_id, parts in {
        "RESP-110-b": ["0.1%", "Quote it only beside this: ", "were under 16"],
        "IJM-DOM-14": ["23.9%", "Quote it only beside this: ", "2.4%", "85.8%"],
        "KH005": ["2,104", "Quote it only beside this: ", "2,014"],
        "KH021": [
            "none (reported: “not a single”) of the people",
            "in telling that M'lop Tapang disputed the survey, that",
        ],
        "KH108": ["not a count of exploited children"],
        "KH216": ["BBC News reported", "citing Save the Children", "were said to be under 18"],
        "KH053": ["authors found no count behind it, from the Government of Cambodia or anyone else."],
        "KH030": ["The figure is a claim: the data set's authors found no count behind it."],
    }.items():
        assert [part for part in parts if part not in sentence(value_id)] == [], value_id


def test_quoted_claim_is_followed_by_what_its_text_says_of_numbers() -> None:
    of_text = {"source_id": "ijm-letter-2015", "claim_type": "measurement", "reach": "no_study_named"}
    told = {
        **DATA.package.rows("statements")[0],
        **of_text,
        "paraphrase": "It says that none is sure. More.",
    }
    package = DATA.package.with_rows({"statements": [told]})
    for value_id, is_there in {"KH052": True, "KH030": False}.items():
        words = QuotableSentences(package, ReadingWords(package)).sentence_to_quote(value_id)
        assert ("”. It says that none is sure. The figure is a claim" in words) == is_there


@pytest.mark.parametrize(
    ("publisher", "kind", "says"),
    [
        ("Khmer Times", "newspaper", "the Khmer Times"),
        ("The Star (Malaysia)", "newspaper", "The Star (Malaysia)"),
        ("BMJ Open 7(1):e013888", "academic_article", "a paper in BMJ Open"),
        ("AIDS and Behavior (PMC copy)", "academic_article", "a paper in AIDS and Behavior"),
        (
            "Utusan Malaysia, quoting Vietnam News Agency",
            "newspaper",
            "Utusan Malaysia (quoting Vietnam News Agency)",
        ),
        (
            "Global Fund to End Modern Slavery; NORC",
            "ngo_report",
            "the Global Fund to End Modern Slavery and NORC",
        ),
        ("Personal blog", "blog", "a personal blog"),
    ],
)
def test_a_printer_is_named_as_a_sentence_names_it(publisher: str, kind: str, says: str) -> None:
    assert publisher_in_sentence({"publisher": publisher, "kind": kind}) == says


def names_with_indicator_words(*rows: Row) -> QuantityNames:
    """Return the naming of quantities, if indicators have only these words."""
    return QuantityNames(DATA.package.with_rows({"indicator_words": rows}))


OWN = dict.fromkeys(("caption", "heading", "sentence", "unnamed"), "") | {
    "indicator_id": "share-in-age-band"
}


@pytest.mark.parametrize("rows", [(), (OWN,)])
def test_an_indicator_without_words_of_its_own_is_called_by_its_name(rows: tuple[Row, ...]) -> None:
    """A new or blank indicator in a contribution still gives a sentence."""
    naming, reading = names_with_indicator_words(*rows), READINGS["KH010"]
    assert naming.heading_for_quantity(reading).startswith(
        "Share in the age band, people working in sampled "
    )
    assert naming.finding_clause(reading, "2.2%").startswith(
        "the value of “share in the age band” was 2.2% for people "
    )


def test_each_blank_indicator_wording_falls_back_by_itself() -> None:
    naming, reading = (
        names_with_indicator_words(OWN | {"caption": "part {judged} {ages}"}),
        READINGS["KH010"],
    )
    assert naming.heading_for_quantity(reading).startswith(
        "Part judged under 18, people working in sampled "
    )
    assert naming.finding_clause(reading, "2.2%").startswith(
        "the value of “share in the age band” was 2.2% "
    )


@with_subtests(
    ["{n:>200000000}", "{nn}", "{n.x}", "{n[0]}", "{0}", "{}", "{n!r}", "{", "}", "{caption}", "{ n }"]
)
def test_what_is_no_placeholder_stays_as_it_is(words: str) -> None:
    """The check refuses such words; rendering neither fails because of them nor expands them."""
    reading = READINGS["KH010"]
    assert (
        names_with_indicator_words(OWN | {"sentence": f"{words} and {{n}}"}).finding_clause(reading, "7")
        == f"{words} and 7"
    )


def said(column: str, words: str) -> str:
    """Return the phrase made from words in one column."""
    naming = names_with_indicator_words(OWN | {column: words})
    ways = {
        "caption": naming.caption_phrase,
        "heading": naming.heading_for_quantity,
        "sentence": lambda reading: naming.finding_clause(reading, "7"),
    }
    return ways[column](READINGS["KH010"])


@with_subtests((column, name) for column, names in ALLOWED.items() for name in names)
def test_every_placeholder_of_the_list_is_filled_in(case: tuple[str, str]) -> None:
    column, name = case
    assert "{" not in said(column, f"what {{{name}}} is")


def test_sentence_marks_a_place_or_date_from_another_source() -> None:
    """A person quoted must have given the place or date; one from another source is marked."""
    for value_id, row in VALUES.items():
        date, place = row["period_basis"] == "other_source", row["place_basis"] == "other_source"
        words = {(True, True): REMARKS[4], (True, False): REMARKS[2], (False, True): REMARKS[3]}
        said = [remark for remark in REMARKS[2:] if remark in told(value_id)]
        assert said == [
            remark for remark in [words.get((date and bool(row["period"]), place))] if remark
        ], value_id
        assert ("place from another source" in DATA.values.scope_words(value_id)) == place
    assert any(row["place_basis"] for row in VALUES.values())
