"""Lists on topic pages: limitations, gaps, counts, events, statements, differences, surveys and tiers."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.package.featured_roles import Role
from scripts.package.files import Row, group_by_key
from scripts.package.reading import Reading
from scripts.site import page_parts as parts
from scripts.site.content_nodes import (
    Line,
    Link,
    ListEntry,
    MarkedWords,
    Section,
    join_lines,
    make_list_entry,
    put_in_bold,
)
from scripts.site.page_data import PageData
from scripts.site.value_page import WEIGHTY
from scripts.site.withdrawn_figures import FigureLost
from scripts.wording.quantity_names import ages_in_words
from scripts.wording.result_sentences import SHORTLY, tier_history_sentence
from scripts.wording.text_formatting import (
    capitalise_first,
    code_for_readers,
    date_in_words,
    disagreement_type_words,
    format_percent,
    group_disagreements_by_type,
    join_with_commas_and,
    label_by_conflict_type,
    lowercase_first,
    number_with_noun,
    period_in_words,
    sort_by_date,
)

# What was computed about a limitation, by its code in `handled_by`, and where readers find it.
COMPUTED = {
    "intervals": ("chance in sampling", "results/", "chance"),
    "consistency": ("the shares and their counts", "disagreements/", "share-of-2015"),
    "changes": ("the fall", "disagreements/", "how-large-is-the-fall"),
    "venue_counts": ("people judged under 18 for each venue", "disagreements/", "how-large-is-the-fall"),
    "reconciliations": ("what could explain the shares", "disagreements/", "recomputed"),
    "conflicts": ("where sources differ", "disagreements/", "differences"),
    "misclassification": ("misjudged age", "what-if/", "age"),
    "hidden_share": ("people missed", "what-if/", "outside"),
    "joint_tipping_points": ("several errors together", "what-if/", "together"),
    "zero_bounds": ("what “none found” leaves open", "ranges/", "none-found"),
}
NO_FIGURE = {  # words used instead of figures, by the `reach` of a statement without a study
    "about_tip_tier": " It concerns the TIP tier.",
    "before_the_study": ": it was made before the survey was known.",
}
NO_PLACE = "paragraph not recorded"  # the text above the list explains it once
TOLD = ("contradiction", "not_explained")
ELSEWHERE = "comparable_studies"  # the topic of surveys in other countries
Cell = tuple[int, str, str]  # year, tier and its letter
JUDGED = ("share-in-age-band", "0", "17")
# Kinds of population in the page's order; blank if no population is given.
TITLES = {
    "venue_people": "People in venues and public places",
    "sex_work_population": "People in the sex trade, exploited children among them",
    "all_children": "All children of an age",
    "all_people": "All people",
    "respondents": "People who were asked or tested",
    "records": "Cases, victims or suspects on record",
    "outside_frame": "Groups outside a venue frame",
    "places": "Venues, institutions and countries",
    "other": "Other",
    "": "Not stated",
}


# Limitations, groups that are not counted, and what was not found.


def limitations(data: PageData) -> list[Section]:
    """Every limitation, with the direction of its effect and who names it."""
    return [_limitation_section(data, row) for row in data.rows("limitations")]


def _limitation_section(data: PageData, row: Row) -> Section:
    way = parts.effect_in_words(row["effect_on_level"], row["effect_on_change"])
    told = (
        MarkedWords(parts.scope_in_words(data.package, "limitations", row), "tag"),
        f" {way} (our classification). " if way else " ",
        *_limitation_source(data, row),
        *_link_to_computed_effect(row),
    )
    title = row["name"] + (", according to an organisation" if row["raised_by"] else "")
    return Section(row["limitation_id"], title, ((row["text"],), told))


def _limitation_source(data: PageData, row: Row) -> Line:
    """Who names a limitation, and where; what we infer from a document is not attributed to it."""
    body = data.name_of("organisations", row["raised_by"])
    if not row["source_id"]:
        return ("Named by this project.",)
    lead = f"Named by {body} in " if body else "Named by this project, from "
    return (lead, parts.source_title_link(data, row["source_id"]), f", {row['locator']}.")


def _link_to_computed_effect(row: Row) -> Line:
    """A link to what we computed about a limitation; empty if we computed nothing."""
    if row["handled_by"] not in COMPUTED:
        return ()
    words, page, anchor = COMPUTED[row["handled_by"]]
    return (" What we computed on it: ", Link(words, page, anchor), ".")


def groups_not_counted(data: PageData) -> list[Section]:
    """The limitations that reported figures illustrate, each with these figures."""
    rows = data.rows("limitation_examples")
    shown = group_by_key((row["limitation_id"], row["value_id"]) for row in rows)
    return [_group_section(data, key, ids) for key, ids in shown.items()]


def _group_section(data: PageData, key: str, shown: list[str]) -> Section:
    row = data.row("limitations", key)
    text = row["text"], " ", Link("The limitation", "limitations-all/", key)
    figures = tuple(_figure_entry(data, data.reading(value_id)) for value_id in shown)
    return Section(f"size-{key}", row["name"], (text,), rows=figures)


# The response.


def all_series(data: PageData) -> list[Section]:
    """Every series: what it counts, its counts, and the breaks across which they cannot be compared."""
    return [_series_section(data, row) for row in data.rows("series")]


def _series_section(data: PageData, row: Row) -> Section:
    readings = data.reading_index.readings_in_series(row["series_id"])
    breaks = data.rows_with_cell("series_breaks", "series_id", row["series_id"])
    body = data.name_of("organisations", row["organisation_id"])
    return Section(
        row["series_id"],
        row["name"],
        (
            (_count_and_periods_in_words(readings),),
            (f"{row['counts']} Counted by: {body}. {row['caveat']}",),
        ),
        items=tuple(_series_break_line(data, series_break) for series_break in sort_by_date(breaks, "at")),
        rows=tuple(_count_entry(data, reading) for reading in readings),
    )


def _count_and_periods_in_words(readings: list[Reading]) -> str:
    """The number of counts, with the first and last period."""
    if not readings:
        return "no counts"
    first, last = (period_in_words(reading.period) for reading in (readings[0], readings[-1]))
    ends = f"the first for {first}, the last for {last}" if first and last else "undated"
    return f"{number_with_noun(len(readings), 'count')}, {ends}"


def _count_entry(data: PageData, reading: Reading) -> ListEntry:
    source = data.publisher(reading.id) + (
        "" if reading.is_main else f" (gives {reading.quantity_id} again)"
    )
    scope = reading.scope_as_printed + data.caution_words(reading.id)
    return make_list_entry(
        "", data.values.period_words(reading), parts.printed_number_link(data, reading), scope, source
    )


def _series_break_line(data: PageData, row: Row) -> Line:
    words = f"{period_in_words(row['at']) or 'the whole series'}: {row['text']}"
    if not row["source_id"]:
        return (words,)
    return (f"{words} (", parts.source_title_link(data, row["source_id"]), f", {row['break_id']})")


def events_by_date(data: PageData) -> list[ListEntry]:
    """Every event as a source reports it, oldest first, undated ones last."""
    return [_event_entry(data, row) for row in sort_by_date(data.rows("events"), "date")]


def _event_entry(data: PageData, row: Row) -> ListEntry:
    source = data.row("sources", row["source_id"])
    other = row["same_event_as"]
    line = (
        put_in_bold(f"{date_in_words(row['date']) or 'date not stated'}: {row['title']}."),
        " ",
        MarkedWords(code_for_readers(row["kind"]), "tag"),
        f" {row['text']} Reported, in short: {row['fact_as_printed']}; ",
        parts.source_title_link(data, row["source_id"]),
        f", {source['publisher']} (",
        parts.source_link(source, f"read: {code_for_readers(source['read_extent'])}"),
        ").",
        *((" The same event as ", Link(other, None, other), ".") if other else ()),
    )
    return make_list_entry(row["event_id"], line)


# Statements and replies.


def statements(data: PageData) -> list[Section]:
    """Every statement: speaker, our paraphrase, how we coded it, and where it was printed."""
    return [_statement_section(data, row) for row in data.rows("statements")]


def _statement_section(data: PageData, row: Row) -> Section:
    return Section(
        id=row["statement_id"],
        title=_speaker_and_role(data, row),
        paragraphs=(
            (row["paraphrase"],),
            _line_on_coding_of_statement(data, row),
            _document_line(data, row),
        ),
        items=parts.reply_lines(data, "statement_id", [row["statement_id"]]),
    )


def _speaker_and_role(data: PageData, row: Row) -> str:
    """The organisation that speaks, and its role as far as the source gives it."""
    body = data.name_of("organisations", row["organisation_id"])
    role = {"document": ", in a document", "not_stated": ""}.get(row["role"])
    return body + (f", {code_for_readers(row['role'])}" if role is None else role)


def _line_on_coding_of_statement(data: PageData, row: Row) -> Line:
    """How we coded a statement, and the figures that it supports, qualifies or disputes."""
    bearings = data.rows_with_cell("scopes", "statement_id", row["statement_id"])
    figures = join_lines(
        _link_to_related_figure(data, row, bearing) for bearing in bearings if bearing["value_id"]
    )
    told = (" It ", *figures, ".") if figures else (NO_FIGURE.get(row["reach"], ""),)
    return ("We classify this as ", *_line_on_stance(data, row), *told)


def _line_on_stance(data: PageData, row: Row) -> Line:
    """A statement's position and what it is about; an opinion from before the study is marked as such."""
    if row["reach"] == "before_the_study":
        return (MarkedWords("an earlier opinion, not about these figures", "tag"),)
    point = parts.explanation_of_code(data, "statements", "claim_type", row["claim_type"])
    is_unnamed = row["reach"] == "no_study_named"
    stance = "a statement that names no study" if is_unnamed else f"“{code_for_readers(row['stance'])}”"
    return (MarkedWords(stance, "tag"), f", on {lowercase_first(point)}")


def _link_to_related_figure(data: PageData, said: Row, row: Row) -> Line:
    value_id, values = row["value_id"], data.values
    link = parts.reading_link(data, value_id, values.number_with_unit(value_id))
    own = ", credited to the speaker" if parts.is_statement_on_own_figure(data, said, value_id) else ""
    words = f" ({lowercase_first(values.quantity_label(value_id))}{values.caution_words(value_id)}{own})"
    return (f"{parts.BEARINGS[row['bearing']]} the figure ", link, words)


def _document_line(data: PageData, row: Row) -> Line:
    """A statement's document, its publisher, the date if known, and where in the document it is."""
    source = data.row("sources", row["source_id"])
    there = "" if row["locator"] == NO_PLACE else f"; {row['locator']}"
    return (
        "Reported in ",
        parts.source_title_link(data, row["source_id"]),
        f", {source['publisher']}, {date_in_words(row['date'])}{there}.",
    )


def all_replies(data: PageData) -> list[ListEntry]:
    """Every reply of an organisation whose document we asked about, and what the reply is about."""
    rows = data.rows("replies")
    return [
        make_list_entry(
            row["reply_id"], (*parts.reply_line(data, row), *_line_on_what_was_replied_to(data, row))
        )
        for row in rows
    ]


def _line_on_what_was_replied_to(data: PageData, row: Row) -> Line:
    """What a reply is about: a figure or, if none, a statement or a study; empty if none of these."""
    if row["value_id"]:
        return (" On ", parts.reading_link(data, row["value_id"], row["value_id"]), ".")
    if row["statement_id"]:
        return (" On ", Link(row["statement_id"], None, row["statement_id"]), ".")
    return (" On ", parts.study_link(data, row["study_id"]), ".") if row["study_id"] else ()


# Disagreements.


def disagreements(data: PageData) -> list[Section]:
    """Contradictions and unexplained differences, by type; other differences are on pages of figures."""
    return [
        Section(
            word,
            f"{disagreement_type_words(word)} ({len(rows)})",
            rows=tuple(_difference_entry(data, row) for row in rows),
        )
        for word, rows in group_disagreements_by_type(data.rows("conflicts"))
        if word in TOLD
    ]


def event_checks(data: PageData) -> list[ListEntry]:
    """Pairs of events that differ on the same matter, most serious first."""
    told = [row for row in data.rows("events") if row["judgement"]]
    weights = [*label_by_conflict_type()]
    return [
        _event_pair_entry(data, row)
        for row in sorted(told, key=lambda row: weights.index(row["judgement"]))
    ]


def _event_pair_entry(data: PageData, row: Row) -> ListEntry:
    both = (data.row("events", row[end]) for end in ("event_id", "differs_from"))
    told = f"{disagreement_type_words(row['judgement'])}: {row['explanation']}"
    return make_list_entry("", *(parts.event_line(data, event) for event in both), told)


def _difference_entry(data: PageData, row: Row) -> ListEntry:
    """An entry for a difference: the two readings, what each gives, who reports it, and the test."""
    value_id, other_id = row["value_id"], row["other_id"]
    here = f": {row['value_has']} – {data.label(value_id)}, {data.publisher(value_id)}"
    other = f": {row['other_has']} – {parts.publisher_of_contradiction_in_words(data, row)}"
    return make_list_entry(
        "",
        (parts.reading_link(data, value_id, value_id), here),
        (parts.reading_link(data, other_id, other_id), other),
        parts.explanation_of_code(data, "conflicts", "kind", row["kind"]),
    )


# Surveys of venues elsewhere.


def shares_elsewhere(data: PageData, survey: Role) -> list[ListEntry]:
    """The shares under 18 in similar surveys elsewhere, one row each, sorted by place and not by size."""
    found = (
        (row, reading)
        for row in _similar_surveys(data, survey)
        for reading in _shares_and_changes(data, row)[0]
    )
    return sorted((_share_entry(data, *pair) for pair in found), key=lambda row: str(row.cells[:2]))


def changes_elsewhere(data: PageData, survey: Role) -> list[ListEntry]:
    """A row for each place with similar surveys: how the share changed, and the surveyors' interest."""
    places = parts.rows_grouped_by(
        (row for row in _similar_surveys(data, survey) if any(_shares_and_changes(data, row))), "place_id"
    )
    return sorted((_change_entry(data, sort_by_date(rounds, "fieldwork")) for rounds in places), key=str)


def similar_surveys_without_result(data: PageData, survey: Role) -> Line:
    """Similar surveys elsewhere for which we have seen no share under 18."""
    unseen = (
        row["study_id"] for row in _similar_surveys(data, survey) if not _shares_and_changes(data, row)[0]
    )
    return join_lines((parts.study_link(data, study_id),) for study_id in unseen)


def _shares_and_changes(data: PageData, study: Row) -> tuple[list[Reading], list[Reading]]:
    """The shares under 18 in a study, and the changes that it reports, if they may be shown alone."""
    index, judged = data.reading_index, (*JUDGED, study["population_id"])
    main_mentions = [
        reading
        for reading in index.main_mentions
        if reading.study_id == study["study_id"] and reading.may_be_shown_alone
    ]
    shares = [
        reading
        for reading in main_mentions
        if (reading.indicator_id, *reading.age_limits, reading.population_id) == judged
    ]
    return shares, [reading for reading in main_mentions if index.kind_of_indicator(reading) == "change"]


def _similar_surveys(data: PageData, survey: Role) -> list[Row]:
    """Surveys in other places that report a change, or of venues by the organisation behind `survey`."""
    ours = data.row("studies", data.featured_roles.study_id(survey))
    main_mentions = (reading for reading in data.reading_index.main_mentions if reading.topic == ELSEWHERE)
    changed = {
        reading.study_id
        for reading in main_mentions
        if data.reading_index.kind_of_indicator(reading) == "change"
    }
    same = {(ours["organisation_id"], setting) for setting in ("venues", "contacts")}
    return [
        row
        for row in data.rows("studies")
        if row["study_id"] in changed or (row["organisation_id"], row["setting"]) in same
        if row["place_id"] != ours["place_id"]
    ]


def _place_with_country(data: PageData, study: Row) -> str:
    """The place, with its country unless the name includes it."""
    place = data.row("places", study["place_id"])
    name, country = place["name"], data.name_of("places", place["parent_id"])
    return name if country in ("", *name.split(" of the ")) else f"{name}, {country}"


def _share_entry(data: PageData, study: Row, reading: Reading) -> ListEntry:
    """Where and when, how many people were counted, and what share of them was under 18."""
    bases = data.reading_index.main_mentions_linked_to("denominator_of", reading.id)
    whom = lowercase_first(data.name_of("populations", study["population_id"]))
    count = "".join(f"{data.value(base.id)} " for base in bases)
    who = count, Link(whom, f"studies/{study['study_id']}/"), _reporting_newspapers(data, *bases)
    aside = data.reading_index.words_for_code("nature", reading.nature, "aside")
    told = (
        (f" ({aside})" if aside else "")
        + _reporting_newspapers(data, reading)
        + data.caution_words(reading.id)
    )
    share = parts.reading_link(data, reading.id, data.value(reading.id)), told
    return make_list_entry(
        "", _place_with_country(data, study), period_in_words(study["fieldwork"]), who, share
    )


def _change_entry(data: PageData, rounds: list[Row]) -> ListEntry:
    """A row for one place: how the share changed, who reports it, and the interest of the surveyors."""
    interests = dict.fromkeys(row["interest"] for row in rounds)
    given = (reading for row in rounds for reading in _shares_and_changes(data, row)[1])
    changes = (
        (*_line_on_reported_change(data, reading), f"{data.caution_words(reading.id)}.")
        for reading in given
    )
    told = (
        join_lines((*changes, *_lines_on_inconsistent_changes(data, rounds)), " ")
        or "We found no later figure."
    )
    return make_list_entry("", _place_with_country(data, rounds[0]), told, " ".join(interests))


def _reporting_newspapers(data: PageData, *readings: Reading) -> str:
    """Who reports figures of others, or makes a claim; blank if the sources report their own figures."""
    if any(reading.is_claim for reading in readings):
        return f", {data.publisher(readings[0].id)} said"
    papers = dict.fromkeys(data.publisher(reading.id) for reading in readings if not reading.is_primary)
    return f" ({'; '.join(papers)})".replace(" (reprint)", ", reprinting an article") if papers else ""


def _line_on_reported_change(data: PageData, reading: Reading) -> Line:
    """What changed, by how much and when, and who reports it if not the original source."""
    value = parts.reading_link(data, reading.id, data.value(reading.id))
    way, _, measure = data.name_of("indicators", reading.indicator_id).split(" ", 2)
    whom = lowercase_first(data.name_of("populations", reading.population_id))
    if measure.startswith("how often "):
        start, _, end = reading.period.partition("/")
        than = f" {'less' if way == 'Fall' else 'more'} often than in {start}"
        return (
            f"In {end}, {measure.removeprefix('how often ')} ",
            value,
            than + _reporting_newspapers(data, reading),
        )
    share = f"among {whom}, the share {ages_in_words(reading)}"
    told = (
        f"{capitalise_first(measure.replace('a share', share))} {'fell' if way == 'Fall' else 'rose'} by "
    )
    return (
        told,
        value,
        f" {data.values.naming.time_between_ends(reading)}{_reporting_newspapers(data, reading)}",
    )


def _lines_on_inconsistent_changes(data: PageData, rounds: list[Row]) -> Iterator[Line]:
    """Yield reported changes that do not follow from the two figures reported with them."""
    studies = {row["study_id"] for row in rounds}
    for row in data.rows("conflicts"):
        reading = data.reading(row["value_id"])
        is_change = (
            reading.study_id in studies and data.reading_index.kind_of_indicator(reading) == "change"
        )
        ends = (
            data.values.earlier_and_later_figure(reading.id)
            if is_change and row["dimension"] == "ends"
            else ()
        )
        if ends and row["type"] in WEIGHTY:
            first, last = (float(end.low) for end in ends)
            other = (
                f"{'fall' if last < first else 'rise'} of {format_percent(abs(1 - last / first) * 100, 0)}"
            )
            both = " and ".join(f"{data.value(end.id)} for {period_in_words(end.period)}" for end in ends)
            but = f". The same text gives the percentage as {both}, a {other}."
            unseen = " We have not seen the survey's report, so we do not know which is right."
            yield *_line_on_reported_change(data, reading), but, unseen


# The figures of a topic.


def figures_by_population(data: PageData, topic: str) -> list[tuple[Section, bool]]:
    """A section of figures for each kind of population, and whether contradictory ones are left out."""
    return [panel for kind in TITLES if (panel := _population_panel(data, topic, kind))[0].rows]


def _population_panel(data: PageData, topic: str, kind: str) -> tuple[Section, bool]:
    """The figures on one kind of population, and whether contradictory ones are left out.

    Counts in a series have a list of their own. A figure that may be shown only together with one that
    contradicts it is shown elsewhere.
    """
    main_mentions = data.reading_index.main_mentions_of(topic, kind)
    shown = [reading for reading in main_mentions if reading.show != "conflict_only"]
    figures = tuple(_figure_entry(data, reading) for reading in shown if not reading.series)
    return Section(f"{topic}-{kind}", TITLES[kind], rows=figures), len(shown) < len(main_mentions)


def _figure_entry(data: PageData, reading: Reading) -> ListEntry:
    """One quantity with its study; without a study, who reports it, when, and whom this source cites."""
    source, credited = data.source(reading.id), data.values.credit_of_another(reading)
    told = ", ".join(filter(None, (source["publisher"], source["date_published"][:4])))
    by_whom = f"{told}, citing {credited}" if credited else told
    number = (
        parts.printed_number_link(data, reading),
        f" of {whole}" if (whole := data.values.number_of_people_asked(reading)) else "",
    )
    undated = "" if reading.period or reading.period_as_printed else ", year not known"
    words = data.label(reading.id) + undated + data.caution_words(reading.id)
    return make_list_entry(
        "", number, words, parts.study_link(data, reading.study_id) if reading.study_id else by_whom
    )


def quantities_with_all_numbers(data: PageData, topic: str) -> list[ListEntry]:
    """The quantities on a topic, each with every number reported for it."""
    main_mentions = [reading for reading in data.reading_index.main_mentions if reading.topic == topic]
    names = [
        parts.reading_link(data, reading.id, parts.label_with_caution(data, reading.id))
        for reading in main_mentions
    ]
    told = [parts.reported_numbers_with_mention_counts(data, reading) for reading in main_mentions]
    return [
        make_list_entry(reading.id, name, said)
        for reading, name, said in zip(main_mentions, names, told, strict=True)
    ]


# Tiers in the Trafficking in Persons Reports: a strip of years for each country, and every source.


@dataclass(frozen=True)
class TierStrips:
    """A strip of tiers for each country: first the country that the site is about, then the others by name.

    `last` is a sentence on that country's latest known tier and since when it has had it, if known.
    """

    country: str
    last: str
    span: tuple[int, int]  # first and last year
    strips: dict[str, list[Cell]]


def tier_strip(data: PageData) -> TierStrips:
    """The tiers of each country by year; raises FigureLost if no tier is known."""
    rows = sorted(data.rows("tip_tiers"), key=lambda row: row["report_year"])
    if not rows:
        raise FigureLost()
    first, last = (int(rows[at]["report_year"]) for at in (0, -1))
    names = {row["place_id"]: data.name_of("places", row["place_id"]) for row in rows}
    rows.sort(key=lambda row: (row["place_id"] != data.country, names[row["place_id"]]))
    cells = ((int(row["report_year"]), row["tier"], SHORTLY[row["tier"]]) for row in rows)
    strips = group_by_key(zip((names[row["place_id"]] for row in rows), cells, strict=True))
    here = data.rows_with_cell("tip_tiers", "place_id", data.country)
    latest = max((row["report_year"] for row in here if row["tier"]), default="")
    country = data.name_of("places", data.country)
    return TierStrips(country, tier_history_sentence(here, latest) if latest else "", (first, last), strips)


def tier_sources(data: PageData) -> list[Section]:
    """A section for each country with every source behind its tiers."""
    places = {row["place_id"] for row in data.rows("tip_tiers")}
    return [_tier_source_section(data, place_id) for place_id in sorted(places)]


def _tier_source_section(data: PageData, place_id: str) -> Section:
    """A section with each source once, sorted by the first year it reports on."""
    rows = data.rows_with_cell("tip_tier_sources", "place_id", place_id)
    sources = group_by_key(((row["source_id"], row["locator"], row["evidence"]), row) for row in rows)
    name = data.name_of("places", place_id)
    return Section(place_id, name, items=tuple(_tier_source_line(data, rows) for rows in sources.values()))


def _tier_source_line(data: PageData, rows: list[Row]) -> Line:
    """A source, with the years for which it gives each tier."""
    years = group_by_key(
        (code_for_readers(row["tier_as_stated"]).title(), row["report_year"]) for row in rows
    )
    said = "; ".join(f"{tier} in {join_with_commas_and(tiers)}" for tier, tiers in years.items())
    link = parts.publisher_link(data, rows[0]["source_id"])
    return (link, f", {rows[0]['locator']} ({rows[0]['evidence']}): {said}")
