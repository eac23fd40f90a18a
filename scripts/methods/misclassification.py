"""What if age was misjudged? A share of people judged to have the trait, turned into one that have it.

Sensitivity is the part of those with the trait who are judged so, specificity the part of the
others who are judged not so. Together they must exceed 1, or judging would be worse than chance.
"""

from math import sqrt

from scripts.methods.arguments import (
    Interval,
    check_sample,
    check_share,
    normal_quantile,
    require,
)


def rogan_gladen_raw(share: float, sensitivity: float, specificity: float) -> float:
    """Give the true share as the formula has it; below 0 or above 1 the two figures cannot hold.

    ValueError: the two together not above 1 (Rogan and Gladen 1978).
    """
    check_share("share", share)
    _check_judgement(sensitivity, specificity)
    return (share + specificity - 1) / (sensitivity + specificity - 1)


def rogan_gladen(share: float, sensitivity: float, specificity: float) -> float:
    """Give the same cut to 0..1."""
    return _cut(rogan_gladen_raw(share, sensitivity, specificity))


def rogan_gladen_interval(limits: Interval, sensitivity: float, specificity: float) -> Interval:
    """Carry the limits of the share over to the true one, as if both figures were known exactly.

    The level stays the same, for the map keeps the order (Reiczigel, Földi and Ózsvári 2010).
    """
    return Interval(
        rogan_gladen(limits.lower, sensitivity, specificity),
        rogan_gladen(limits.upper, sensitivity, specificity),
    )


def lang_reiczigel(
    x: float,
    n: float,
    sensitivity: float,
    n_sensitivity: float,
    specificity: float,
    n_specificity: float,
    level: float = 0.95,
) -> Interval:
    """Give the interval of the true share if both figures were estimated on so many people.

    Approximate; each sample first gets a few people added on each side (Lang and Reiczigel 2014).
    ValueError: the two not above 1 together, before or after that.
    """
    check_sample(x, n)
    _check_judgement(sensitivity, specificity)
    z = normal_quantile(level)
    share, share_variance = _shrunk(x / n, n, z * z / 2)
    se, se_variance = _shrunk(sensitivity, n_sensitivity, 1, "_sensitivity")
    sp, sp_variance = _shrunk(specificity, n_specificity, 1, "_specificity")
    require(se + sp > 1, "n_sensitivity and n_specificity must be larger", (n_sensitivity, n_specificity))
    true = (share + sp - 1) / (se + sp - 1)
    shift = 2 * z * z * (true * se_variance - (1 - true) * sp_variance)
    variance = share_variance + true**2 * se_variance + (1 - true) ** 2 * sp_variance
    reach = z * sqrt(variance) / (se + sp - 1)
    return Interval(_cut(true + shift - reach), _cut(true + shift + reach))


def _shrunk(share: float, n: float, added: float, name: str = "") -> tuple[float, float]:
    """Add people to both sides; give the share and its variance."""
    check_sample(0, n, name)
    pulled = (n * share + added) / (n + 2 * added)
    return pulled, pulled * (1 - pulled) / (n + 2 * added)


def least_specificity(share: float) -> float:
    """Give the specificity below which false positives alone make the share."""
    check_share("share", share)
    return 1 - share


def sensitivity_ratio_that_explains(p1: float, p2: float) -> float:
    """Give the later sensitivity over the earlier that makes p1 to p2 no change, if specificity is 1.

    ValueError: p1 of 0.
    """
    check_share("p1", p1)
    check_share("p2", p2)
    require(p1 > 0, "p1 must be above 0", p1)
    return p2 / p1


def _check_judgement(sensitivity: float, specificity: float) -> None:
    check_share("sensitivity", sensitivity)
    check_share("specificity", specificity)
    both = sensitivity, specificity
    require(sum(both) > 1, "sensitivity and specificity must together exceed 1", both)


def _cut(share: float) -> float:
    return max(0.0, min(1.0, share))
