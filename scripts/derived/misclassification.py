"""What if age was misjudged? Each counted share of under 18 over a grid of sensitivity and specificity.

Only a scenario: how often age was judged rightly is not printed for any of these studies.
"""

from collections.abc import Iterator

from scripts.derived.intervals import LEVEL, Base, sampled_bases
from scripts.derived.pairs import JUDGED_SHARE
from scripts.methods.misclassification import rogan_gladen, rogan_gladen_interval, rogan_gladen_raw
from scripts.methods.proportion import wilson
from scripts.package.files import Row
from scripts.package.ledger import Ledger, Reading

UNDER_18 = ("0", "17")
Cells = dict[str, object]


def rows(ledger: Ledger) -> Iterator[Cells]:
    """One row for each counted share, sensitivity and specificity."""
    for share in ledger.shares():
        if share.indicator_id == JUDGED_SHARE and share.ages == UNDER_18:
            for base in sampled_bases(ledger, share):
                for missed in ledger.assumed("false_negative_rate"):
                    for mistaken in ledger.assumed("false_positive_rate"):
                        if float(missed["value"]) + float(mistaken["value"]) < 1:  # else worse than chance
                            yield _row(share, base, missed, mistaken)


def _row(share: Reading, base: Base, missed: Row, mistaken: Row) -> Cells:
    numerator, denominator = base
    x, n = int(numerator.low), int(denominator.low)
    sensitivity, specificity = 1 - float(missed["value"]), 1 - float(mistaken["value"])
    raw = rogan_gladen_raw(x / n, sensitivity, specificity)
    limits = rogan_gladen_interval(wilson(x, n, LEVEL), sensitivity, specificity)
    names = (missed["assumption_id"], mistaken["assumption_id"])
    return {
        "misclassification_id": ".".join((share.id, denominator.id, *names)),
        "value_id": share.id,
        "numerator_id": numerator.id,
        "denominator_id": denominator.id,
        "counted_share": x / n,
        "false_negative_id": names[0],
        "false_positive_id": names[1],
        "sensitivity": sensitivity,
        "specificity": specificity,
        "unbounded": raw,
        "what_if_share": rogan_gladen(x / n, sensitivity, specificity),
        "lower": limits.lower,
        "upper": limits.upper,
        "level": LEVEL,
        "verdict": "possible" if 0 <= raw <= 1 else "impossible",
        "basis": "scenario",
        "uncertainty_scope": "sampling_only",
    }
