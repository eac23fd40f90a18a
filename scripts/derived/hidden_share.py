"""What if part of the people was never in the frame? How large and how affected it would have to be.

Only a scenario: nobody measured the part outside, and groups outside venues are other populations.
"""

from collections.abc import Callable, Iterator

from scripts.derived.pairs import VENUES, Sides, sides
from scripts.methods.outside_frame import manski_bounds, manski_change, tipping_affected, tipping_hidden
from scripts.package.files import Row
from scripts.package.ledger import Ledger

Cells = dict[str, object]
Result = tuple[float | None, float, float]  # estimate, and from where to where


def rows(ledger: Ledger) -> Iterator[Cells]:
    """For each pair of shares: the part outside that would undo the fall, and bounds without assumption."""
    for pair in sides(ledger):
        if ledger.readings[pair.later_id].row["topic"] != VENUES:
            continue  # the grids were chosen beside these studies
        for assumed in ledger.assumed("hidden_share"):
            yield _affected_needed(pair, assumed)
            yield _later_bounds(pair, assumed)
            yield _change_bounds(pair, assumed)
        for assumed in ledger.assumed("hidden_affected"):
            if float(assumed["value"]) > pair.later.high:  # else more people outside lower the share
                yield _hidden_needed(pair, assumed)


def _row(pair: Sides, measure: str, assumed: Row, result: Result, verdict: str) -> Cells:
    estimate, low, high = result
    return {
        "hidden_share_id": f"{pair.name}.{measure}.{assumed['assumption_id']}",
        "earlier_id": pair.earlier_id,
        "later_id": pair.later_id,
        "compared": pair.compared,
        "earlier": pair.earlier.point,
        "later": pair.later.point,
        "earlier_base": pair.counts.n1 if pair.counts else "",
        "later_base": pair.counts.n2 if pair.counts else "",
        "measure": measure,
        "assumption_id": assumed["assumption_id"],
        "assumed": float(assumed["value"]),
        "estimate": estimate,
        "lower": low,
        "upper": high,
        "verdict": verdict,
        "basis": "scenario",
    }


def _affected_needed(pair: Sides, assumed: Row) -> Cells:
    """The share of children outside the frame at which the later share is the earlier one again."""
    hidden = float(assumed["value"])
    needed = _span(pair, lambda p1, p2: tipping_affected(p1, p2, hidden))
    return _row(pair, "affected_needed", assumed, needed, _possible(needed))


def _hidden_needed(pair: Sides, assumed: Row) -> Cells:
    affected = float(assumed["value"])
    needed = _span(pair, lambda p1, p2: tipping_hidden(p1, p2, affected))
    return _row(pair, "hidden_share_needed", assumed, needed, _possible(needed))


def _span(pair: Sides, needed: Callable[[float, float], float]) -> Result:
    """A needed value within 0 and 1 grows with the earlier share and shrinks with the later."""
    low = needed(pair.earlier.low, pair.later.high)
    high = needed(pair.earlier.high, pair.later.low)
    return needed(pair.earlier.point, pair.later.point), low, high


def _possible(needed: Result) -> str:
    _, low, high = needed
    if low < 0 or low > 1:
        return "impossible"
    return "possible" if high <= 1 else "depends_on_rounding"


def _later_bounds(pair: Sides, assumed: Row) -> Cells:
    """Where the later share of all can lie if nothing is assumed of the part outside (Manski)."""
    hidden = float(assumed["value"])
    low = manski_bounds(pair.later.low, hidden).lower
    high = manski_bounds(pair.later.high, hidden).upper
    return _row(pair, "later_share_bounds", assumed, (None, low, high), "bounds")


def _change_bounds(pair: Sides, assumed: Row) -> Cells:
    """Where the change of all can lie, with so large a part outside in both waves."""
    hidden = float(assumed["value"])
    low = manski_change(pair.earlier.high, pair.later.low, hidden, hidden).lower
    high = manski_change(pair.earlier.low, pair.later.high, hidden, hidden).upper
    verdict = "fall" if high < 0 else "rise" if low > 0 else "sign_open"
    return _row(pair, "change_bounds", assumed, (None, low, high), verdict)
