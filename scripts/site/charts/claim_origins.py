"""Where the claims that travel come from: every printing by date, and whom it credits."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from scripts.package.files import Row
from scripts.package.reading import span
from scripts.site.charts.model import (
    CROSS,
    INK,
    MEASURED,
    OUTSIDE,
    Chart,
    Data,
    Kind,
    Line,
    Lines,
    Mark,
    Scale,
)
from scripts.site.charts.readings import population_words, publisher_of
from scripts.wording.words import date_words, inside

COLUMNS = ("Printed by", "What we found of it", "Published")
IN_PART = "credits_nobody_in_part"  # as credits_nobody, in a document of which we have not read the whole
CHAINS = {
    "credits_nobody": Kind("names no source", "○", "circle", solid=False),
    IN_PART: Kind("names no source in what we read of it", "○", "circle", solid=False),
    "credits_person": Kind("credits a person and no body", "◇", "diamond", solid=False),
    "chain_breaks": Kind("no figure of the body that it credits was found", "✕", CROSS, solid=False),
    "credited_body_read": Kind("a figure of the body that it credits was found", "●", "circle"),
    "speaks_for_itself": Kind("prints its own figure", "■", "square"),
}
COUNTED_AS = {
    "credits_nobody": "name no source",
    IN_PART: "name no source in what we read of them",
    "credits_person": "credit a person and no body",
    "chain_breaks": "credit a body of which we found no figure of its own: there the chain breaks",
    "credited_body_read": "credit a body of which we found a figure of its own",
    "speaks_for_itself": "print a figure of their own",
}
TINTS = {"credits_nobody": OUTSIDE, IN_PART: OUTSIDE, "chain_breaks": INK}
APART = 1.2  # years that two marks take up side by side
UNDATED = 3  # years between the last tick and the marks without a date


def early_claims(data: Data) -> Chart:
    """The claims of which the earliest printing read is no venue study: who prints them, crediting whom?"""
    claims = _claims(data)
    rows = [row for here in claims.values() for row in here]
    scale = _scale(rows)
    return Chart(
        id="early-claims",
        title=_title(rows),
        note=f"Printings without a visible date stand at the right: {_undated(rows)}. There may be older "
        "printings that we did not find.",
        asked="Where do the claims on the share and number of children come from?",
        found=_chains_in_words(rows, len(claims)),
        sure=f"{_earliest_in_words(data, claims)} A printing that we have not read may be older. A "
        "credited document may exist.".strip(),
        left_out=f"Printings without a visible date stand at the right, in no order: {_undated(rows)}. "
        "We read most documents only from their beginning.",
        panels=tuple(_panel(data, claim, here, scale) for claim, here in claims.items()),
        columns=COLUMNS,
        tables=("data/derived/origins.csv", "data/claims.csv"),
    )


def _title(rows: Sequence[Row]) -> str:
    """How many printings lead back to a count that was read; one that prints two claims counts once."""
    rows = _once(rows)
    times = Counter(row["chain"] for row in rows)
    led = times["credited_body_read"] + times["speaks_for_itself"]
    some = "none leads" if not led else f"{led} lead"
    nobody = [
        f"{times[chain]} {COUNTED_AS[chain]}" for chain in ("credits_nobody", IN_PART) if times[chain]
    ]
    lead = (
        f"Of {len(rows)} printings of claims on children in the sex trade, {some} to a count that we found"
    )
    return "; ".join([lead, *nobody])


def _once(rows: Sequence[Row]) -> list[Row]:
    """Each printing once; its chain does not depend on the claim."""
    return list({row["value_id"]: row for row in rows}.values())


def _claims(data: Data) -> dict[str, list[Row]]:
    """The printings of each claim whose earliest printing is of the topic, most printings first."""
    rows = sorted(data.rows("origins"), key=lambda row: (row["claim_id"], int(row["position"])))
    dates = {row["value_id"]: data.ledger.published(data.ledger.readings[row["value_id"]]) for row in rows}
    rows = [
        row | {"date_published": dates[row["value_id"]], "chain": _as_read(data, row)} for row in rows
    ]  # the form of a date is checked there
    groups = {claim: list(here) for claim, here in groupby(rows, key=lambda row: row["claim_id"])}
    topics = {claim: data.ledger.readings[here[0]["value_id"]].topic for claim, here in groups.items()}
    chosen = [claim for claim in groups if topics[claim] == "early_claims"]
    return {claim: groups[claim] for claim in sorted(chosen, key=lambda claim: -len(groups[claim]))}


def _as_read(data: Data, row: Row) -> str:
    """The chain of a printing; a source may be named in the part of a document that we have not read."""
    source = data.row("sources", data.ledger.readings[row["value_id"]].source_id)
    is_open = row["chain"] == "credits_nobody" and source["read_extent"] != "whole"
    return IN_PART if is_open else row["chain"]


def _scale(rows: Sequence[Row]) -> Scale:
    """Five-year ticks over all dates, and one for what has no date."""
    years = [int(row["date_published"][:4]) for row in rows if row["date_published"]] or [0]
    first, last = min(years) // 5 * 5, -(-(max(years) + 1) // 5) * 5
    ticks = (*range(first, last, 5), last + UNDATED - 1)
    undated = Counter((row["claim_id"], row["credited_to"]) for row in rows if not row["date_published"])
    crowd = max(undated.values(), default=0)
    names = (*(str(tick) for tick in ticks[:-1]), "no date")
    return Scale("year", ticks, names, start=first - 2, end=last + UNDATED + max(APART * crowd, 6.0))


def _panel(data: Data, claim: str, rows: Sequence[Row], scale: Scale) -> Lines:
    credited = dict.fromkeys(row["credited_to"] or row["chain"] for row in rows)
    lines = tuple(
        Line(
            _credit(data, here[-1]),
            tuple(_marks(data, here, scale)),
        )
        for body in sorted(credited, key=lambda body: body in CHAINS)
        if (here := [row for row in rows if body in (row["credited_to"], row["chain"])])
    )
    return Lines(f"Claimed: {data.row('claims', claim)['name']}", lines, scale)


def _credit(data: Data, row: Row) -> str:
    body = data.name_of("organisations", row["credited_to"]).split(" (")[0]
    return f"credits {body}" if body else CHAINS[row["chain"]].meaning


def _marks(data: Data, rows: Sequence[Row], scale: Scale) -> Iterator[Mark]:
    """Marks of one line; one that would hide the one before it stands a step above it."""
    taken: list[float] = []  # the last place on each step
    undated = 0
    for row in rows:
        if not row["date_published"]:
            yield _mark(data, row, scale.ticks[-1] + APART * undated, 0)
            undated += 1
            continue
        at = middle_of(row["date_published"])
        lift = next((step for step, last in enumerate(taken) if at - last >= APART), len(taken))
        taken[lift : lift + 1] = [at]
        yield _mark(data, row, at, lift)


def _mark(data: Data, row: Row, at: float, lift: int) -> Mark:
    one = data.ledger.readings[row["value_id"]]
    is_share = data.ledger.kind(one) == "share"
    whole = f" {inside(population_words(data, one.population_id))}" if is_share else ""
    credit = _credit(data, row)
    return Mark(
        CHAINS[row["chain"]],
        at,
        words=row["date_published"] or "no date",
        name=f"{publisher_of(one, data.ledger)}: “{one.printed}”{whole}, {credit}",
        value_id=one.id,
        lift=lift,
        tint=TINTS.get(row["chain"], MEASURED),
    )


def middle_of(period: str) -> float:
    """Where a period known in part lies on an axis of years: its middle, and a whole year at its number."""
    first, last = span(period)
    start = int(first[:4]) + (max(int(first[5:7]), 1) - 1) / 12
    end = int(last[:4]) + (1.0 if last[5:7] == "99" or int(last[5:7]) > 11 else int(last[5:7]) / 12)
    return (start + end) / 2 - 0.5


def _chains_in_words(rows: Sequence[Row], claims: int) -> str:
    once = _once(rows)
    times = Counter(row["chain"] for row in once)
    said = (_told(times[chain], words) for chain, words in COUNTED_AS.items() if times[chain])
    twice = len(rows) - len(once)
    counted = f" ({twice} of them under two claims)" if twice else ""
    return f"{claims} claims, {len(once)} printings{counted}. {' '.join(said)}"


def _told(times: int, words: str) -> str:
    """A number of printings and what they do; one does it alone."""
    verb, rest = words.split(" ", 1)
    return f"1 {verb}s {rest.replace('of them', 'of it')}." if times == 1 else f"{times} {words}."


def _earliest_in_words(data: Data, claims: dict[str, list[Row]]) -> str:
    """The oldest printing read of all claims, and how many claims have an earliest one that is certain."""
    dated = [here[0] for here in claims.values() if here[0]["date_published"]]
    if not dated:
        return ""
    oldest = min(dated, key=lambda row: row["date_published"])
    publisher = publisher_of(data.ledger.readings[oldest["value_id"]], data.ledger)
    return f"The oldest printing that we read is of {date_words(oldest['date_published'])} ({publisher})."


def _undated(rows: Sequence[Row]) -> int:
    return sum(not row["date_published"] for row in rows)
