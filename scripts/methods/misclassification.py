"""The Rogan-Gladen correction: what a share would be, given how often age was misjudged.

It converts the share of people judged to have the trait into the share who have it. Sensitivity is the
proportion of those with the trait who are judged to have it, specificity the proportion of the others who
are judged not to. Their sum must exceed 1, or judging would be no better than chance.
"""

from scripts.methods.common import Interval, raise_unless_possible


def raw_rogan_gladen_estimate(share: float, sensitivity: float, specificity: float) -> float:
    """The Rogan-Gladen estimate of a true share, without truncation.

    If it is below 0 or above 1, the share and the error rates cannot all be right (Rogan and Gladen 1978).
    Raises ValueError unless sensitivity and specificity together exceed 1.
    """
    both = sensitivity, specificity
    raise_unless_possible(sum(both) > 1, "sensitivity and specificity must together exceed 1", both)
    return (share + specificity - 1) / (sensitivity + specificity - 1)


def rogan_gladen_estimate(share: float, sensitivity: float, specificity: float) -> float:
    """The Rogan-Gladen estimate, truncated to 0..1."""
    return max(0.0, min(1.0, raw_rogan_gladen_estimate(share, sensitivity, specificity)))


def rogan_gladen_interval(limits: Interval, sensitivity: float, specificity: float) -> Interval:
    """The limits of a share after the Rogan-Gladen correction, with both error rates known exactly.

    The level stays the same, because the correction preserves order (Reiczigel, Földi and Ózsvári 2010).
    """
    return Interval(
        rogan_gladen_estimate(limits.lower, sensitivity, specificity),
        rogan_gladen_estimate(limits.upper, sensitivity, specificity),
    )


def verdict_on_error_rates(limits: Interval, sensitivity: float, specificity: float) -> str:
    """Classify whether error rates are possible, given the confidence limits of the share.

    Returns possible if at least one share within the limits lies between 0 and 1 once corrected, and
    otherwise below_0 or above_1.
    """
    if raw_rogan_gladen_estimate(limits.upper, sensitivity, specificity) < 0:
        return "below_0"
    return (
        "above_1" if raw_rogan_gladen_estimate(limits.lower, sensitivity, specificity) > 1 else "possible"
    )


def sensitivity_ratio_that_explains(p1: float, p2: float) -> float:
    """The later sensitivity divided by the earlier one, if that alone turns one true share into p1 and p2.

    Both specificities are taken to be 1.
    """
    return p2 / p1


def false_positives_that_explain(p1: float, p2: float) -> float:
    """The share of adults who, if mistaken for children in the earlier survey only, would turn p2 into p1.

    Sensitivity is taken to be 1; a negative result means that there is no fall.
    """
    return (p1 - p2) / (1 - p2)
