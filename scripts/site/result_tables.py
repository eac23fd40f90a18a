"""The results as pictures and tables of words: surveys, intervals, falls, what could explain a mismatch."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.package.opening import Package
from scripts.package.reading import Reading, age_words
from scripts.site.gone import Gone
from scripts.site.how_sure import NO_RANGE, counted_interval, is_plain_interval, span
from scripts.site.lines import Entry, Line, Piece, aside, entry, joined, strong
from scripts.site.page_data import PageData
from scripts.site.page_parts import survey_year, value_link
from scripts.wording import sentences
from scripts.wording.reported_by import reported_by
from scripts.wording.words import begun, by_number, decimals, listed, percent, plain_word, whole

PEOPLE, YOUNG = Role("people-seen-later"), Role("under-18-seen-later")
EARLIER, LATER = Role("share-under-18-earlier"), Role("share-under-18-later")
STUDIES = "venue_studies"  # the topic of the two waves
FOLLOWS = {"reproduced": ": follows", "not_reproduced": ": does not follow", "can_fit": ""}
CANNOT_FAIL = "Each can be met by some weight. Weights are free, so this hypothesis cannot fail: "
NEEDED = {
    "mean_weight": "the weights: those of the children counted, against an average of one",
    "city_weight": "the weight of each city, against its part of the people seen",
    "denominator": "the number of people below the share",
    "numerator": "the number of people judged under 18",
    "share": "the share as the study computed it",
}
COUNTED = ("denominator", "numerator")  # numbers of people, so whole
SURVEYS = (Role("venue-study-earlier"), Role("venue-study-later"))
AGES = {("0", "17"): "Under 18", ("0", "15"): "Under 16", ("16", "17"): "16 or 17"}
MEASURED = ("share-in-age-band", "people-in-age-band")  # a share first, then a count
NOT_SEEN = "We have not seen it."


# Pictures, which templates lay out, because words beside the marks say more than a key.


def both_waves(data: PageData) -> dict[str, object]:
    """Both waves as printed, and the later one as counted with its ranges; lost with any of them."""
    readings = data.figures.readings(Role("share-under-18-earlier-first"), EARLIER, LATER, YOUNG)
    ranges = [data.figures.interval(LATER, PEOPLE, effect=effect) for effect in ("least", "all_alike")]
    first, earlier, later, young = readings
    publishers = dict.fromkeys(data.values.publisher(one.id) for one in (later, first, young))
    return {
        **{"first": _spot(data, first), "earlier": _spot(data, earlier), "later": _spot(data, later)},
        **dict(zip(("chance", "clustered"), ranges, strict=True)),
        "years": (earlier.period[:4], later.period[:4]),
        "reported_by": begun(reported_by(data.package, (earlier, later))),
        "source": f"{listed(publishers)}; ranges computed by this project.",
    }


def _spot(data: PageData, one: Reading) -> dict[str, object]:
    """A share as a point: where it lies, its number, and the year in which it was printed."""
    published = data.package.row("sources", one.source_id)["date_published"]
    return {"at": float(one.low), "words": data.values.value(one.id), "printed_in": published[:4]}


def what_was_seen(data: PageData) -> dict[str, object]:
    """The venues visited, the people seen there, and those judged under 18."""
    readings = data.figures.readings(Role("venues-seen-later"), PEOPLE, YOUNG)
    share = data.figures.interval(LATER, PEOPLE, effect="least")["estimate"]
    return dict(zip(("venues", "people", "young"), readings, strict=True)) | {"share": share}


def people_behind(data: PageData, share: str) -> str:
    """How many people a featured share is of; or that we found no number of them."""
    one = data.package.featured.reading(Role(share))
    for base in data.package.ledger.linked("denominator_of", one.id):
        return f"The share of {one.period[:4]} is one of {data.values.value(base.id)} people."
    return f"We found no source that says how many people were seen in {one.period[:4]}."


# What the surveys found, by year, age and city.


def results_grid(data: PageData) -> list[Entry]:
    """A row an age and place, a cell a survey."""
    return [row for ages in AGES for row in _of_age(data, ages)]


def _of_age(data: PageData, ages: tuple[str, str]) -> list[Entry]:
    """The area of the surveys, each city with a figure, and the others in one row.

    The area stands alone where no figure of this age is known.
    """
    studies = [data.package.featured.study_id(role) for role in SURVEYS]
    found = {
        place: [_found(data, study, ages, place) for study in studies] for place in _places(data, studies)
    }
    area, *cities = found
    seen = [place for place in cities if any(found[place])]
    rest = [place for place in cities if place not in seen] if any(map(any, found.values())) else []
    groups = [[area], *([place] for place in seen), *([rest] if rest else [])]
    return [
        entry("", f"{AGES[ages]}, {_where(data, some)}", *(_cell(data, one) for one in found[some[0]]))
        for some in groups
    ]


def _where(data: PageData, places: list[str]) -> str:
    rows = [data.package.row("places", place) for place in places]
    names = listed(row["name"] if row["level"] == "city" else "all cities together" for row in rows)
    return f"each of {names}" if len(places) > 1 else names


def _places(data: PageData, studies: list[str]) -> list[str]:
    """The area of the surveys, then each city that its name tells."""
    area = data.package.row("studies", studies[-1])["place_id"]
    name = data.package.name_of("places", area)
    cities = [row for row in data.package.rows("places") if row["level"] == "city" and row["name"] in name]
    return [area, *(row["place_id"] for row in cities)]


def _found(data: PageData, study: str, ages: tuple[str, str], place: str) -> list[Reading]:
    """What a survey found at this age and place; one reading a quantity, shares first."""
    roots = [
        one
        for one in data.package.ledger.readings.values()
        if one.is_root
        and (one.study_id, one.ages, one.place_id) == (study, ages, place)
        and one.indicator_id in MEASURED
    ]
    return sorted(roots, key=lambda one: MEASURED.index(one.indicator_id))


def _cell(data: PageData, found: list[Reading]) -> Line:
    """The figures that were reported, each with what its own counts give."""
    return joined((tuple(_figure(data, one)) for one in found), " ") or (NOT_SEEN,)


def _figure(data: PageData, one: Reading) -> Iterator[Piece]:
    if one.is_withdrawn:
        yield "A figure was withdrawn."
        return
    yield strong(value_link(data, one.id, data.values.value(one.id)))
    yield " "
    yield aside(data.values.publisher(one.id))
    yield "."
    for row in data.package.grouped("estimates", "value_id", one.id):
        if is_plain_interval(row):
            yield f" {counted_interval(data, row)}"


# Intervals and falls.


def _of_waves(data: PageData) -> set[str]:
    """The ids of the quantities of the two waves."""
    return {root.id for root in data.package.ledger.roots if root.topic == STUDIES}


def intervals(data: PageData, first: bool) -> list[Entry] | Gone:
    """The intervals of the two waves by design effect; or, not first, by likeness and other bases."""
    shares = data.package.matching("estimates", measure="sampled_share")
    rows = [row for row in shares if row["stands_first"] != "no"]
    chosen = [row for row in rows if row["value_id"] in _of_waves(data)]
    found = [row for row in by_number(chosen, "design_effect") if _is_first(data, row) == first]
    return [_interval(data, row) for row in found] or Gone()


def _is_first(data: PageData, row: Row) -> bool:
    if row["no_interval_reason"]:
        return True
    is_base = row["denominator_id"] == data.package.featured.reading(PEOPLE).id
    return _assumption(data, row)["parameter"] == "design_effect" and (is_base or row["basis"] == "counted")


def _assumption(data: PageData, row: Row) -> Row:
    return data.package.row("assumptions", row["assumption_id"])


def _interval(data: PageData, row: Row) -> Entry:
    """The interval of a share at one design effect, or why it has none."""
    share = data.package.ledger.readings[row["value_id"]]
    name = value_link(data, share.id, f"{age_words(share)}, {survey_year(data, share.id)}")
    if row["no_interval_reason"]:
        return entry("", name, f"No range: {NO_RANGE[row['no_interval_reason']]}.")
    other = _by_other_method(data, row)
    first, second = (f"{span(one)} ({_how(one)})" for one in (row, other))
    return entry("", name, first, second, _clustering(data, row), _counts(data, row))


def _how(row: Row) -> str:
    """By which method an interval was made, and at which level."""
    return f"{sentences.method(row)}, level {percent(row['level'], 0)}"


def _counts(data: PageData, row: Row) -> str:
    """The counts behind an interval, with who prints each."""
    children = f"{row['numerator']} ({data.values.publisher(row['numerator_id'])})"
    people = f"{whole(row['denominator'])} people ({data.values.publisher(row['denominator_id'])})"
    return f"{children} of {people} = {percent(row['estimate'])}"


def _by_other_method(data: PageData, row: Row) -> Row:
    same = {name: row[name] for name in ("value_id", "denominator_id", "assumption_id")}
    [other] = data.package.matching("estimates", **same, stands_first="no")
    return other


def _clustering(data: PageData, row: Row) -> str:
    assumption = _assumption(data, row)
    effect = f"scenario: design effect {decimals(row['design_effect'])}"
    likeness = f", from an intraclass correlation within venues of {assumption['value']}"
    words = "people treated as independent" if row["basis"] == "counted" else effect
    return words + (likeness if assumption["parameter"] == "icc" else "")


def changes(data: PageData, scenarios: bool) -> list[Entry] | Gone:
    """The falls between the two waves as printed and counted; or the scenarios of them."""
    falls = data.package.matching("comparisons", measure="relative_reduction")
    chosen = [row for row in falls if row["earlier_id"] in _of_waves(data)]
    found = [row for row in chosen if (row["basis"] == "scenario") == scenarios]
    return [_change(data, row) for row in found] or Gone()


def _change(data: PageData, row: Row) -> Entry:
    """A fall from one figure to another."""
    ages = age_words(data.package.ledger.readings[row["earlier_id"]])
    compared = f"{plain_word(row['compared'])}, {ages}"
    earlier, later = (data.values.value(row[name]) for name in ("earlier_id", "later_id"))
    if row["compared"] == "counts_per_venue":
        compared += f", over {whole(row['earlier_base'])} and {whole(row['later_base'])} venues"
        earlier, later = (f"{float(row[side]):.2f} a venue" for side in ("earlier", "later"))
    elif row["basis"] == "scenario":
        year, base = survey_year(data, row["earlier_id"]), whole(row["earlier_base"])
        compared += f", denominator of {year} taken as {base} people, {_effects(row)}"
        earlier, later = percent(row["earlier"]), percent(row["later"])
    span = f"{percent(row['lower'], 1)} to {percent(row['upper'], 1)}" if row["lower"] else ""
    span += f" (level {percent(row['level'], 0)})" if row["level"] else ""
    covers = plain_word(row["uncertainty_scope"])
    return entry("", compared, earlier, later, percent(row["estimate"], 1), span, covers)


def _effects(row: Row) -> str:
    """The design effect of both waves, or that of each where all people in a venue are alike."""
    effects = [f"{float(row[f'{side}_design_effect']):.2f}" for side in ("earlier", "later")]
    if len(set(effects)) == 1:
        return f"design effect {decimals(effects[0])}"
    return f"design effects {' and '.join(effects)}, for people as alike in a venue as is assumed"


# What could explain a mismatch, and which count would decide.


def hypotheses(package: Package, question_id: str) -> list[tuple[str, list[Row]]]:
    """The rows of each hypothesis on a mismatch, and the printed share that gives its base, if any."""
    asked = package.grouped("reconciliations", "question_id", question_id)
    groups = groupby(asked, key=itemgetter("hypothesis", "variant"))
    return [(variant, list(rows)) for (_, variant), rows in groups]


def explanations(data: PageData, question_id: str) -> list[Entry] | Gone:
    """The hypotheses on the mismatch of one printed share."""
    return [_explanation(data, *asked) for asked in hypotheses(data.package, question_id)] or Gone()


def _explanation(data: PageData, variant_id: str, tried: Sequence[Row]) -> Entry:
    """A hypothesis on a mismatch, what it needs, and which printed shares follow."""
    readings, first = data.package.ledger.readings, tried[0]
    which = f": that of “{readings[variant_id].printed}”" if variant_id else ""
    lead = CANNOT_FAIL if first["outcome"] == "can_fit" else ""
    shares = (
        f"“{row['printed']}” ({age_words(readings[row['figure_id']])}){FOLLOWS[row['outcome']]}"
        for row in tried
    )
    return entry("", sentences.hypothesis(first) + which, sentences.needed(first), lead + "; ".join(shares))


def deciders(data: PageData, question_id: str) -> list[Entry]:
    """The hypotheses on why a printed share does not follow from its counts, and what each needs."""
    return [_decider(data, variant, tried) for variant, tried in hypotheses(data.package, question_id)]


def _decider(data: PageData, variant: str, tried: list[Row]) -> Entry:
    """A hypothesis, the number that would decide it, what it would have to be, and what then follows."""
    first = tried[0]
    of = f": that of “{data.values.reading(variant).printed}”" if variant else ""
    hypothesis = sentences.hypothesis(first) + of
    would_be = _would_be(first) + sentences.rule(first)
    return entry("", hypothesis, NEEDED[first["needs"]], would_be, _follows(tried))


def _would_be(row: Row) -> str:
    if not row["needs_low"]:
        return "no such number exists"
    if not row["needs_high"]:
        return f"in some city at least {decimals(row['needs_low'])} times that"
    write = whole if row["needs"] in COUNTED else decimals
    ends = dict.fromkeys(write(row[end]) for end in ("needs_low", "needs_high"))
    return " to ".join(ends) + (" %" if row["needs"] == "share" else "")


def _follows(tried: list[Row]) -> str:
    """How many of the printed shares that were tried come out."""
    if tried[0]["outcome"] == "can_fit":
        return "any can be met by some weight"
    reproduced = [row for row in tried if row["outcome"] == "reproduced"]
    return f"{len(reproduced)} of {len(tried)}"
