"""Printed shares beside what the printed counts give, and the hypotheses on why the two differ."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from scripts.derived._comparison import differ
from scripts.package.ages import age_words
from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.site.charts.model import (
    CROSS,
    INK,
    LATER,
    MEASURED,
    OUTSIDE,
    PRINTED,
    Chart,
    Data,
    Kind,
    Line,
    Lines,
    Mark,
    Scale,
    panel_of,
)
from scripts.site.charts.readings import percent_of, population_words, standing, year_of
from scripts.wording import sentences
from scripts.wording.words import inside, listed, percent, whole

COLUMNS = ("Row", "Kind", "Share, %")
# The mismatch of each wave, the later one first: it has printed counts.
QUESTIONS = (Role("share-under-18-later"), Role("share-under-18-earlier"))
# The other printed shares on which the hypotheses are tried.
OTHERS = (
    Role("share-under-18-earlier-first"),
    Role("share-under-16-earlier"),
    Role("share-under-16-later"),
)
# The counts that the shares are held against.
COUNTS = (
    Role("under-18-seen-later"),
    Role("under-16-seen-later"),
    Role("people-seen-later"),
    Role("people-seen-later-elsewhere"),
    Role("under-18-seen-earlier"),
)
RECOMPUTED = Kind("recomputed from printed counts", "◆", "diamond")
OUTCOMES = {
    "reproduced": Kind("follows under the hypothesis", "■", "square"),
    "not_reproduced": Kind("does not follow", "✕", CROSS, solid=False),
    "can_fit": Kind("some weight fits, so nothing is tested", "□", "square", solid=False),
}
TINTS = {"reproduced": MEASURED, "not_reproduced": OUTSIDE}


def printed_against_recomputed(data: Data) -> Chart:
    """Do the printed shares follow from the printed counts, and which hypothesis reproduces which share?"""
    pairs = _pairs(data)
    tried = {one.id: rows for one in standing(data, *QUESTIONS) if (rows := _tried(data, one.id))}
    return Chart(
        id="printed-against-recomputed",
        title=_follows_in_words(data, pairs),
        note="We do not choose between the explanations. Weights are free, so weighting can fit any share.",
        asked="Do the printed shares follow from the printed counts? If not, what could explain it?",
        found=" ".join(_pair_in_words(data, row) for row in pairs),
        sure=" ".join(_tried_in_words(data, question, rows) for question, rows in tried.items()),
        left_out="Weights are free, so weighting can fit every share and cannot fail. "
        "We do not choose between them. "
        "Bases that a hypothesis needs are worked back from rounded shares; no source that could be read "
        f"prints them. {_of_others(data, tried)}".strip(),
        panels=(
            *_pair_panels(data, pairs),
            *(_hypotheses_panel(data, question, rows) for question, rows in tried.items()),
        ),
        columns=COLUMNS,
        tables=(
            "data/derived/reconciliations.csv",
            "data/derived/consistency.csv",
            "data/derived/estimates.csv",
        ),
        roles=(*QUESTIONS, *OTHERS, *COUNTS),
    )


def _follows_in_words(data: Data, pairs: Sequence[Row]) -> str:
    """Whether the share in question follows from its counts."""
    asked = data.featured.reading(QUESTIONS[0]).id
    said = [_pair_in_words(data, row) for row in pairs if row["value_id"] == asked]
    return said[0].removesuffix(".") if said else "Printed shares and what the printed counts give"


def _pairs(data: Data) -> list[Row]:
    """Each printed share of the later wave with its count and each printed number of people."""
    study = data.featured.reading(QUESTIONS[0]).study_id
    return [
        row
        for row in data.rows("estimates")
        if (row["stands_first"], row["basis"]) == ("yes", "counted")
        and data.ledger.readings[row["value_id"]].study_id == study
    ]


def _pair_panels(data: Data, pairs: Sequence[Row]) -> Iterator[Lines]:
    lines = [_pair_line(data, row) for row in pairs]
    if lines:
        whose = _whose(data, data.featured.reading(QUESTIONS[0]).id)
        yield panel_of(whose, lines)


def _pair_line(data: Data, row: Row) -> Line:
    share = data.ledger.readings[row["value_id"]]
    label = (
        f"{age_words(share)}: printed {percent_of(share)}; "
        f"{row['numerator']} of {whole(row['denominator'])} is {percent(row['estimate'])}"
    )
    marks = (
        Mark(PRINTED, float(share.low), value_id=share.id, tint=LATER),
        Mark(RECOMPUTED, float(row["estimate"]), tint=LATER),
    )
    return Line(label, marks, is_joined=True)


def _pair_in_words(data: Data, row: Row) -> str:
    share = data.ledger.readings[row["value_id"]]
    pair = (row["value_id"], row["denominator_id"])
    tested = [one for one in data.rows("consistency") if (one["value_ids"], one["denominator_id"]) == pair]
    verdicts = {one["verdict"] for one in tested}
    follows = "follows" if verdicts == {"consistent"} else "does not follow"
    follows = "follows under some rules of rounding" if len(verdicts) > 1 else follows
    return (
        f"The printed {percent_of(share)} {age_words(share)} {follows} from {row['numerator']} of "
        f"{whole(row['denominator'])} people, which is {percent(row['estimate'])}."
    )


def _tried(data: Data, question: str) -> list[list[Row]]:
    """The rows of each hypothesis on one mismatch."""
    asked = [row for row in data.rows("reconciliations") if row["question_id"] == question]
    return [list(rows) for _, rows in groupby(asked, key=itemgetter("hypothesis", "variant"))]


def _hypotheses_panel(data: Data, question: str, tried: Sequence[Sequence[Row]]) -> Lines:
    lines = tuple(
        Line(_hypothesis(data, rows), tuple(_outcome(data, at, row) for at, row in enumerate(rows)))
        for rows in tried
    )
    across = Scale("", (-0.06, max(len(rows) for rows in tried) - 0.06))
    ages = age_words(data.ledger.readings[question])
    title = f"{_whose(data, question)}, {ages} unless marked: which printed shares follow, if …"
    return Lines(title, lines, across)


def _whose(data: Data, question: str) -> str:
    share = data.ledger.readings[question]
    return f"{year_of(share, data.ledger)}, {inside(population_words(data, share.population_id))}"


def _outcome(data: Data, at: int, row: Row) -> Mark:
    one = data.ledger.readings[row["figure_id"]]
    ages = age_words(one).replace("under ", "<").replace(" to ", "–")
    is_usual = one.ages == data.ledger.readings[row["question_id"]].ages
    text = percent_of(one) if is_usual else f"{percent_of(one)}, {ages}"
    words = f"{percent_of(one)}, {age_words(one)}"
    tint = TINTS.get(row["outcome"], INK)
    return Mark(OUTCOMES[row["outcome"]], at, text=text, words=words, value_id=one.id, tint=tint)


def _hypothesis(data: Data, rows: Sequence[Row]) -> str:
    return f"{sentences.hypothesis(rows[0])}{_variant(data, rows[0])} ({sentences.needed(rows[0])})"


def _variant(data: Data, row: Row) -> str:
    """The printed share, or the printed number of people, that gives the base."""
    if not row["variant"]:
        return ""
    one = data.ledger.readings[row["variant"]]
    is_share = data.ledger.kind(one) == "share"
    return f": that of {percent_of(one) if is_share else whole(one.low) + ' people'}"


def _of_others(data: Data, tried: dict[str, list[list[Row]]]) -> str:
    """Name the shares that are printed of another population than the share they are set beside."""
    found = {
        one.id: f"{percent_of(one)} is printed {inside(population_words(data, one.population_id))}"
        for question, groups in tried.items()
        for one in (data.ledger.readings[row["figure_id"]] for rows in groups for row in rows)
        if differ(one.population_id, data.ledger.readings[question].population_id)
    }
    return f"{listed(found.values())}." if found else ""


def _tried_in_words(data: Data, question: str, tried: Sequence[Sequence[Row]]) -> str:
    whole_sets = [rows for rows in tried if {row["outcome"] for row in rows} == {"reproduced"}]
    year = year_of(data.ledger.readings[question], data.ledger)
    if not whole_sets:
        return f"{year}: apart from weighting, no hypothesis gives all printed shares."
    names = listed(inside(sentences.hypothesis(rows[0])) for rows in whole_sets)
    return f"{year}: apart from weighting, all printed shares follow if {names}."
