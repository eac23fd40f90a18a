"""A second computation of every derived table, straight from data/ and by other routes.

Nothing of scripts.methods or scripts.derived stands behind these rows: percentages are rounded as a person
would round them, bases are found by trying them all, limits by bisection or by another library. Rows are
tuples in the order of the columns.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache
from itertools import chain, combinations
from math import sqrt
from pathlib import Path
from statistics import NormalDist

import duckdb
import pandas as pd
from scipy.special import betainc
from statsmodels.stats.proportion import confint_proportions_2indep

from tests.conftest import ROOT, read_csv

Row = dict[str, str]
Cells = tuple[object, ...]
Change = tuple[str, str, Cells, Cells, Cells]
Figure = tuple[Row, int | None]  # a printed share and its count
Fits = Callable[[Row, int | None], bool]
Tried = tuple[str, str, Cells, Fits | None]  # hypothesis, what it needs, from and to, whether a share fits
Found = tuple[Row, Row, str, str, str, str]  # root, other, dimension, kind, what the two have
RULES = ("half_up", "half_down", "either_half", "truncation", "ceiling")
LARGEST = 5000  # of the bases that are tried; where it still fits, no base is too large
Z = NormalDist().inv_cdf(0.975)


class Data:
    """The tables of data/ as they lie in a folder, and what stands beside what."""

    def __init__(self, package: Path) -> None:
        self.folder = package / "data"
        self.values = self.table("reported_values")
        self.value = {row["value_id"]: row for row in self.values}
        self.links = self.table("links")
        self.kinds = {row["indicator_id"]: row["kind"] for row in self.table("indicators")}
        self.roots = [row for row in self.values if not row["printing_of"]]
        self.shares = [row for row in self.roots if self.kind(row) == "share" and row["study_id"]]

    def table(self, name: str) -> list[Row]:
        return read_csv(self.folder / f"{name}.csv")

    def kind(self, row: Row) -> str:
        return self.kinds[row["indicator_id"]]

    def assumed(self, parameter: str) -> dict[str, float]:
        rows = [row for row in self.table("assumptions") if row["parameter"] == parameter]
        return {row["assumption_id"]: float(row["value"]) for row in rows}

    def linked(self, relation: str, to: Row) -> list[Row]:
        joined = [link for link in self.links if link["relation"] == relation]
        return [self.value[link["from_id"]] for link in joined if link["to_id"] == to["value_id"]]

    def versions(self, root: Row) -> list[Row]:
        """One exact printing for each number that a quantity is printed with, the root first."""
        others = [row for row in self.values if row["printing_of"] == root["value_id"]]
        printings = exact([root, *sorted(others, key=lambda row: row["value_id"])])
        numbers = [row["low"] for row in printings]
        return [row for at, row in enumerate(printings) if row["low"] not in numbers[:at]]

    def first_printed(self, root: Row) -> Row:
        dates = {row["source_id"]: row["date_published"] or "unknown" for row in self.table("sources")}
        return min(self.versions(root), key=lambda row: dates[row["source_id"]] + "~")

    def bases(self, share: Row) -> list[tuple[Row, Row]]:
        """Each printed count of a share with each printed number of people."""
        below = [row for root in self.linked("denominator_of", share) for row in self.versions(root)]
        return [(x, n) for x in exact(self.linked("numerator_of", share)) for n in below]

    def count(self, share: Row) -> int | None:
        """The count behind a share, or what the other bands leave of the whole."""
        printed = exact(self.linked("numerator_of", share))
        if printed:
            return int(printed[0]["low"])
        for whole in self.shares:
            parts = self.linked("part_of", whole)
            counts = [self.count(part) for part in parts if part is not share]
            total = exact(self.linked("numerator_of", whole))
            if share in parts and total and counts and None not in counts:
                return int(total[0]["low"]) - sum(count or 0 for count in counts)
        return None

    def figures(self) -> list[tuple[Row, int]]:
        pairs = [(version, self.count(root)) for root in self.shares for version in self.versions(root)]
        return [(version, count) for version, count in pairs if count is not None]

    def together(self, study: str) -> list[tuple[Row, int]]:
        return [one for one in self.figures() if one[0] in self.roots and one[0]["study_id"] == study]

    def falls(self) -> list[tuple[Row, Row, str]]:
        """Earlier, later and printed fall of every pair that links join."""
        found = [(one, to, "") for to in self.roots for one in self.linked("comparable", to)]
        for fall in self.roots:
            for earlier in self.linked("earlier_end_of", fall):
                found += [(earlier, to, fall["value_id"]) for to in self.linked("later_end_of", fall)]
        return found


def exact(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["qualifier"] == "exact"]


def prints(percent: Fraction, token: str, rule: str = "either_half") -> bool:
    """Whether someone who rounds by this rule prints a percentage like that."""
    return prints_ratio(percent.numerator, 100 * percent.denominator, token, rule)


def prints_ratio(count: int, n: int, token: str, rule: str = "either_half") -> bool:
    """The same for a count of n people, in whole numbers: count it in units of the last digit."""
    scale = 100 * 10 ** len(token.partition(".")[2])
    whole, rest = divmod(count * scale, n)
    up, down = whole + (2 * rest >= n), whole + (2 * rest > n)
    printed = ((up,), (down,), (up, down), (whole,), (whole + (rest > 0),))
    return int(token.replace(".", "")) in printed[RULES.index(rule)]


@cache
def sizes(token: str, count: int, rule: str = "either_half") -> list[int]:
    """Every base with which a count is printed like that; none where no base is too large."""
    fit = [n for n in range(count, LARGEST + 1) if prints_ratio(count, n, token, rule)]
    return [] if LARGEST in fit else fit


@cache
def counts_of(token: str, n: int, rule: str = "either_half") -> list[int]:
    return [k for k in range(n + 1) if prints_ratio(k, n, token, rule)]


def common_sizes(figures: list[tuple[Row, int]], rule: str = "either_half") -> list[int]:
    return sorted(set.intersection(*(set(sizes(share["low"], count, rule)) for share, count in figures)))


def ends(numbers: list[int]) -> Cells:
    return (numbers[0], numbers[-1]) if numbers else ("", "")


def around(token: str) -> tuple[Fraction, Fraction]:
    half = Fraction(1, 2 * 10 ** len(token.partition(".")[2]))
    return max(Fraction(0), Fraction(token) - half), Fraction(token) + half


def bisect(rising: Callable[[float], float], low: float, high: float) -> float:
    """Find where a rising function is nil, to the last bit."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return middle


def wilson(x: float, n: float) -> tuple[float, float]:
    """The textbook form, also for people that are not whole."""
    share, z2 = x / n, Z * Z
    centre, half = share + z2 / (2 * n), Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return (centre - half) / (1 + z2 / n), (centre + half) / (1 + z2 / n)


def clopper_pearson(x: float, n: float) -> tuple[float, float]:
    """Bisect the two tails, which the incomplete beta function gives."""
    lower = bisect(lambda p: float(betainc(x, n - x + 1, p)) - 0.025, 0, 1)
    return lower, bisect(lambda p: float(betainc(x + 1, n - x, p)) - 0.975, 0, 1)


def intervals(data: Data) -> Iterator[Cells]:
    is_sample = {row["study_id"]: row["is_sample"] == "yes" for row in data.table("studies")}
    for share in data.shares:
        key, sampled = share["value_id"], is_sample[share["study_id"]]
        bases = data.bases(share) if sampled else []
        if not bases:
            missing = "base" if data.linked("numerator_of", share) else "count"
            reason = f"{missing}_not_printed" if sampled else "not_a_sample"
            yield (f"{key}.none", key, *[""] * 12, "printed", "", reason)
        for above, below in bases:
            x, n, ids = int(above["low"]), int(below["low"]), (above["value_id"], below["value_id"])
            for name, deff in design_effects(data, n, share["study_id"]):
                for method in (wilson, clopper_pearson):
                    head = (f"{key}.{ids[1]}.{name}.{method.__name__}", key, *ids, x, n, Fraction(x, n))
                    tail = ("counted" if deff == 1 else "scenario", "sampling_only", "")
                    limits = method(x / deff, n / deff)
                    yield (*head, method.__name__, 0.95, name, deff, n / deff, *limits, *tail)


def design_effects(data: Data, n: int, study: str) -> Iterator[tuple[str, float]]:
    yield from data.assumed("design_effect").items()
    venues = [v for v in data.roots if (v["indicator_id"], v["study_id"]) == ("venues-visited", study)]
    for name, icc in data.assumed("icc").items():
        yield name, 1 - icc + icc * n / int(venues[0]["low"])


def score_difference(x1: float, n1: float, x2: float, n2: float) -> tuple[float, float]:
    """Miettinen and Nurminen, profiled: the likeliest p1 for each gap, then the gap that is z away."""

    def excess(gap: float, side: int) -> float:
        def slope(p: float) -> float:  # of the log-likelihood, turned round so that it rises
            return (n1 - x1) / (1 - p) - x1 / p + (n2 - x2) / (1 - p - gap) - x2 / (p + gap)

        p = bisect(slope, max(0.0, -gap) + 1e-15, min(1.0, 1 - gap) - 1e-15)
        variance = p * (1 - p) / n1 + (p + gap) * (1 - p - gap) / n2
        return side * (gap - middle) - Z * sqrt(variance * (n1 + n2) / (n1 + n2 - 1))

    middle = x2 / n2 - x1 / n1
    return -bisect(lambda gap: excess(-gap, -1), -middle, 0.9), bisect(lambda g: excess(g, 1), middle, 0.9)


def sampled_changes(x1: float, n1: float, x2: float, n2: float) -> Iterator[tuple[str, str, float, float]]:
    """Measure, method and limits; not the score difference of statsmodels, which is wrong."""
    low, high = confint_proportions_2indep(x2, n2, x1, n1, method="score", compare="ratio")
    newcombe = confint_proportions_2indep(x2, n2, x1, n1, method="newcomb", compare="diff")
    yield "difference", "newcombe", *newcombe
    yield "difference", "miettinen_nurminen", *score_difference(x1, n1, x2, n2)
    yield "relative_reduction", "miettinen_nurminen", 1 - high, 1 - low


def changes(data: Data) -> Iterator[Cells]:
    for earlier, later, fall in data.falls():
        ids = (earlier["value_id"], later["value_id"], fall)
        found: list[Change] = []
        if len(exact([earlier, later])) < 2:
            continue
        if data.kind(earlier) == "share":
            found = [*printed_changes(earlier["low"], later["low"]), *scenarios(data, earlier, later)]
        elif data.kind(earlier) == "count":
            was, now = int(earlier["low"]), int(later["low"])
            fall_of_count = ("relative_reduction", "counts", "", "", Fraction(was - now, was), "", "")
            found = [("counts", "counts", (was, now, "", ""), fall_of_count, ("counted", "none"))]
        for tail, compared, sides, change, last in found:
            ends = counts_behind(data, earlier, later) if compared == "scenario_shares" else ids[:2]
            key = f"{ends[0]}.{ends[1]}.{change[0]}.{tail}"
            yield (key, compared, *ends, fall, *sides, *change, *last)


def counts_behind(data: Data, earlier: Row, later: Row) -> tuple[str, str]:
    """A scenario compares counts over bases, so its ends are the counts."""
    above = exact(data.linked("numerator_of", earlier))[0]
    return above["value_id"], data.bases(later)[0][0]["value_id"]


def printed_changes(earlier: str, later: str) -> Iterator[Change]:
    (low1, high1), (low2, high2) = around(earlier), around(later)
    first, second = Fraction(earlier), Fraction(later)
    fall = (1 - second / first, 1 - high2 / low1, 1 - low2 / high1)
    gap = ((second - first) / 100, (low2 - high1) / 100, (high2 - low1) / 100)
    for measure, limits in (("relative_reduction", fall), ("difference", gap)):
        change = (measure, "printed_rounding", "", "", *limits)
        sides = (first / 100, second / 100, "", "")
        yield "printed", "printed_shares", sides, change, ("printed", "rounding_only")


def scenarios(data: Data, earlier: Row, later: Row) -> Iterator[Change]:
    above, later_bases = exact(data.linked("numerator_of", earlier)), data.bases(later)
    if data.bases(earlier) or not (above and later_bases):
        return
    x1, (x2, n2) = int(above[0]["low"]), (int(row["low"]) for row in later_bases[0])
    for n1 in sizes(data.first_printed(earlier)["low"], x1):
        p1, p2 = Fraction(x1, n1), Fraction(x2, n2)
        for name, deff in data.assumed("design_effect").items():
            for measure, method, *limits in sampled_changes(x1 / deff, n1 / deff, x2 / deff, n2 / deff):
                estimate = p2 - p1 if measure == "difference" else 1 - p2 / p1
                change = (measure, method, name, 0.95, estimate, *limits)
                last = ("scenario", "sampling_only")
                yield f"{n1}.{name}.{method}", "scenario_shares", (p1, p2, n1, n2), change, last


def consistency(data: Data) -> Iterator[Cells]:
    for share, count in data.figures():
        root = data.value[share["printing_of"] or share["value_id"]]
        bases: list[Row | None] = [n for _, n in data.bases(root)]
        for base in bases or [None]:
            for rule in RULES:
                yield single(share, count, base, rule)
    for study in {share["study_id"] for share in data.shares}:
        figures = data.together(study)
        for rule in RULES:
            unbounded = [one for one, _ in figures if prints(Fraction(1, 10**9), one["low"], rule)]
            if len(figures) > 1 and not unbounded:
                yield joint(data, study, figures, rule)


def single(share: Row, count: int, base: Row | None, rule: str) -> Cells:
    token, key, fit = share["low"], share["value_id"], ends(sizes(share["low"], count, rule))
    head = (share["study_id"], "single", key, share["printed"], count)
    if base is None:
        return (f"{key}.{rule}", *head, "", rule, "", "", *fit, "", "", "", "not_testable")
    n = int(base["low"])
    # The weight spans the last printed digit, whichever rule the row is about.
    weights = [part * n / (100 * count) for part in (Fraction(token), *around(token))]
    verdict = "consistent" if prints_ratio(count, n, token, rule) else "inconsistent_unweighted"
    counts = ends(counts_of(token, n, rule))
    return (f"{key}.{base['value_id']}.{rule}", *head, n, rule, *counts, *fit, *weights, verdict)


def joint(data: Data, study: str, figures: list[tuple[Row, int]], rule: str) -> Cells:
    fit = common_sizes(figures, rule)
    printed = {int(n["low"]) for share, _ in figures for _, n in data.bases(share)}
    lists = [";".join(share[name] for share, _ in figures) for name in ("value_id", "printed")]
    counts = ";".join(str(count) for _, count in figures)
    verdict = "consistent" if printed & set(fit) else "inconsistent_unweighted"
    head = (f"{study}.joint.{rule}", study, "joint", *lists, counts)
    return (*head, "", rule, "", "", *ends(fit), "", "", "", verdict)


def reconciliations(data: Data) -> Iterator[Cells]:
    for share, count in data.figures():
        key, study = share["value_id"], share["study_id"]
        if share["printing_of"] or not data.linked("numerator_of", share):
            continue
        bases = [int(n["low"]) for _, n in data.bases(share)]
        figures: list[Figure] = [*data.together(study)]
        if not bases:
            figures = [one for one in data.figures() if key in (one[0]["value_id"], one[0]["printing_of"])]
            uncounted = [one for one in data.shares if data.count(one) is None]
            figures += [(one, None) for one in uncounted if one["study_id"] == study]
        tried = with_bases(data, share, count, bases) if bases else without_base(data, share, count)
        for name, needs, limits, fits in tried:
            for figure, own in figures:
                outcome = "can_fit" if fits is None else "not_" * (not fits(figure, own)) + "reproduced"
                head = (f"{key}.{name}.{figure['value_id']}", study, key, name.partition("-")[0], needs)
                last = (figure["value_id"], figure["printed"], "" if own is None else own, outcome)
                yield (*head, *limits, *last)


def fits_at(bases: list[int]) -> Fits:
    """Whether a printed share comes out at one of the bases, with its count or with any."""

    def fits(figure: Row, count: int | None) -> bool:
        if count is None:
            return any(counts_of(figure["low"], n) for n in bases)
        return any(prints_ratio(count, n, figure["low"]) for n in bases)

    return fits


def with_bases(data: Data, share: Row, count: int, bases: list[int]) -> Iterator[Tried]:
    token, n = share["low"], bases[0]
    given, needed = Fraction(100 * count, n), counts_of(share["low"], n)
    narrow = common_sizes(data.together(share["study_id"]))

    def fits_slip(figure: Row, own: int | None) -> bool:
        """A count that was left over from the doubtful one moves with it."""
        moves = figure["age_max"] == share["age_max"]
        moved = [(own or 0) + (k - count) * moves for k in needed]
        return any(prints_ratio(k, n, figure["low"]) for k in moved)

    if not prints(given, token):
        yield "weighting", "mean_weight", tuple(part / given for part in around(token)), None
        yield "narrower_denominator", "denominator", ends(narrow), fits_at(narrow)
        yield "slip_in_count", "numerator", ends(needed), fits_slip
        yield "slip_in_share", "share", (given, given), fits_at([n])
        for other in bases[1:]:
            yield "other_printed_denominator", "denominator", (other, other), fits_at([other])


def without_base(data: Data, share: Row, count: int) -> Iterator[Tried]:
    first = data.first_printed(share)
    if first["low"] != share["low"]:
        for version in (share, first):
            fit = sizes(version["low"], count)
            yield f"two_denominators-{version['value_id']}", "denominator", ends(fit), fits_at(fit)
        (low, high), (old_low, old_high) = around(share["low"]), around(first["low"])
        yield "weighting", "mean_weight", (low / old_high, high / old_low), None


SCOPES = """
WITH reported AS (FROM read_csv('{0}/reported_values.csv', all_varchar = true)),
places AS (FROM read_csv('{0}/places.csv', all_varchar = true)),
populations AS (FROM read_csv('{0}/populations.csv', all_varchar = true)),
pairs AS (SELECT r AS root, p AS other FROM reported p JOIN reported r ON r.value_id = p.printing_of)
SELECT root.value_id, other.value_id, 'population', 'another_population', a.name, b.name FROM pairs
JOIN populations a ON a.population_id = root.population_id
JOIN populations b ON b.population_id = other.population_id WHERE a.name <> b.name
UNION ALL
SELECT root.value_id, other.value_id, 'place', CASE WHEN b.level = 'area_set' OR b.place_id = a.parent_id
    THEN 'less_precise_place' ELSE 'another_place' END, a.name, b.name FROM pairs
JOIN places a ON a.place_id = root.place_id
JOIN places b ON b.place_id = other.place_id WHERE a.name <> b.name
UNION ALL
SELECT root.value_id, other.value_id, 'period', 'another_period', root.period, other.period FROM pairs
WHERE NOT starts_with(root.period, other.period) AND NOT starts_with(other.period, root.period)
UNION ALL
SELECT root.value_id, other.value_id, 'nature', 'another_nature', root.nature, other.nature FROM pairs
WHERE root.nature <> other.nature
"""
COMPUTED = ("value", "counts", "parts", "ends", "indicator")
DECIDED = {
    "": "no difference",
    "rough_wording": "one of the two is given roughly",
    "bound_or_range": "one of the two is a bound or a range",
    "transposed_digits": "same digits in another order",
    "rounding": "one is the other with fewer decimals",
    "another_population": "no closer test applies, and the two name different populations",
    "unexplained": "no test applies",
    "share_against_its_counts": "no rounding of the count over the base gives the share",
    "parts_against_whole": "the parts do not add up to the whole",
    "change_against_its_ends": "the two ends give another fall",
    "one_numeral_two_bases": "one numeral, two indicators",
}


def conflicts(data: Data) -> Iterator[Cells]:
    pairs = [(data.value[row["printing_of"]], row) for row in data.values if row["printing_of"]]
    found: list[Found] = [
        (*two, "value", number_kind(*two), two[0]["printed"], two[1]["printed"]) for two in pairs
    ]
    for root, other, dimension, kind, has, gives in of_scopes(data):
        found.append((data.value[root], data.value[other], dimension, kind, has, gives))
    for two in pairs:
        if ages_differ(*two):
            found.append((two[0], two[1], "age", "another_age_bound", ages(two[0]), ages(two[1])))
    computed = (of_counts(data), of_parts(data), of_falls(data), twins(data))
    for one, to, dimension, kind, has, gives in chain(found, *computed):
        ids = (one["value_id"], to["value_id"], dimension)
        test = DECIDED[kind] if dimension in COMPUTED else f"the {dimension} that is named differs"
        if kind:
            yield (".".join(ids), *ids, kind, has, gives, test)


def of_scopes(data: Data) -> list[tuple[str, str, str, str, str, str]]:
    return duckdb.execute(SCOPES.format(data.folder)).fetchall()


def ages_differ(*rows: Row) -> bool:
    """A blank is unknown, but for all ages."""
    for end in ("age_min", "age_max"):
        known = {row[end] or row[f"{end}_reason"] for row in rows} - {"", "not_read", "not_reported"}
        if len(known) > 1:
            return True
    return False


def ages(row: Row) -> str:
    youngest, oldest = int(row["age_min"] or 0), row["age_max"]
    if not oldest:
        return row["age_max_reason"].replace("_", " ")
    return f"{youngest} to {oldest}" if youngest else f"under {int(oldest) + 1}"


def number_kind(root: Row, printing: Row) -> str:
    how, one, other = {root["qualifier"], printing["qualifier"]}, root["low"], printing["low"]
    if len(how) == 1 and (one, root["high"]) == (other, printing["high"]):
        return ""
    if how & {"about", "range_of_estimates", "spread"}:
        return "rough_wording"
    if how - {"exact", "none_found"}:
        return "bound_or_range"
    if sorted(one) == sorted(other):
        return "transposed_digits"
    short, long = sorted((one, other), key=lambda number: len(number.partition(".")[2]))
    if len(short.partition(".")[2]) < len(long.partition(".")[2]) and prints(Fraction(long), short):
        return "rounding"
    people = {root["population_id"], printing["population_id"]} - {""}
    return "another_population" if len(people) == 2 else "unexplained"


def of_counts(data: Data) -> Iterator[Found]:
    """Shares that their own counts do not give."""
    for share in exact(data.roots):
        for x, n in data.bases(share)[:1]:
            percent = Fraction(100 * int(x["low"]), int(n["low"]))
            if not prints(percent, share["low"]):
                gives = f"{x['low']} of {int(n['low']):,} is {float(percent):.2f} percent"
                yield share, x, "counts", "share_against_its_counts", share["printed"], gives


def of_parts(data: Data) -> Iterator[Found]:
    """Parts that fill a whole, year by year, and do not add up to it."""
    for whole in exact(data.roots):
        parts = exact(data.linked("part_of", whole))
        years = [year for part in parts for year in years_of(part)]
        if len(parts) > 1 and sorted(years) == years_of(whole):
            spread = around if data.kind(whole) == "share" else lambda number: (Fraction(number),) * 2
            lows, highs = zip(*(spread(part["low"]) for part in parts), strict=True)
            low, high = spread(whole["low"])
            if sum(lows) > high or sum(highs) < low:
                total = f"{float(sum(Fraction(part['low']) for part in parts)):g}"
                yield whole, parts[0], "parts", "parts_against_whole", whole["printed"], total


def years_of(row: Row) -> list[int]:
    return list(range(int(row["age_min"]), int(row["age_max"]) + 1))


def of_falls(data: Data) -> Iterator[Found]:
    for earlier, later, key in data.falls():
        if key and len(exact([earlier, later, data.value[key]])) == 3:
            given = 100 - 100 * Fraction(later["low"]) / Fraction(earlier["low"])
            fall = data.value[key]
            if not prints(given, fall["low"]):
                gives = f"{earlier['printed']} to {later['printed']} is {float(given):.1f} percent"
                yield fall, later, "ends", "change_against_its_ends", fall["printed"], gives


def twins(data: Data) -> Iterator[Found]:
    """One numeral for two indicators of one study, place, age band and period."""
    names = {row["indicator_id"]: row["name"].lower() for row in data.table("indicators")}
    same = ("low", "high", "study_id", "place_id", "age_min", "age_max", "period")
    for one, other in combinations(data.roots, 2):
        if one["indicator_id"] != other["indicator_id"] and all(one[name] == other[name] for name in same):
            words = [f"{row['printed']} as {names[row['indicator_id']]}" for row in (one, other)]
            yield one, other, "indicator", "one_numeral_two_bases", words[0], words[1]


def zero_bounds(data: Data) -> Iterator[Cells]:
    last = (0.95, "exact_one_sided", "scenario")
    for none in [root for root in data.roots if root["qualifier"] == "none_found"]:
        key = none["value_id"]
        for name, n in data.assumed("city_sample_size").items():
            yield (f"{key}.{name}", key, "upper_bound", name, "", int(n), 1 - 0.05 ** (1 / n), *last)
        for share in exact(data.shares):
            if ages(share) == ages(none):
                rate, other = Fraction(share["low"]) / 100, share["value_id"]
                size = next(n for n in range(1, 10**6) if (1 - float(rate)) ** n <= 0.05)
                yield (f"{key}.exclude.{other}", key, "n_to_exclude", "", other, size, rate, *last)


def values_flat(data: Data) -> list[Cells]:
    def frame(name: str) -> pd.DataFrame:
        return pd.read_csv(data.folder / f"{name}.csv", dtype=str, keep_default_na=False)

    flat = frame("reported_values")
    flat["quantity_id"] = flat["printing_of"].where(flat["printing_of"] != "", flat["value_id"])
    flat["ages"] = flat.apply(ages, axis=1)
    flat["period"] = flat["period"].where(flat["period"] != "", flat["period_as_printed"])
    for name, table in (("study", "studies"), ("place", "places"), ("population", "populations")):
        flat = flat.join(frame(table).set_index(f"{name}_id")["name"].rename(name), on=f"{name}_id")
    bodies = frame("organisations").set_index("organisation_id")["name"]
    flat["credited_to"] = flat["credited_to"].map(bodies)
    indicators = frame("indicators")[["indicator_id", "name", "unit"]].rename(columns={"name": "indicator"})
    sources = frame("sources").rename(columns={"title": "source_title"})
    flat = flat.merge(indicators, on="indicator_id").merge(sources, on="source_id")
    for column in ("qualifier", "weighted", "read_extent"):
        flat[column] = flat[column].str.replace("_", " ")
    flat["printings"] = flat.groupby("quantity_id")["value_id"].transform("count").astype(object)
    named = pd.Series([end for row in conflicts(data) for end in row[1:3]]).value_counts()
    flat["conflicts"] = [int(named.get(key, 0)) for key in flat["value_id"]]
    return list(flat[header("values_flat")].astype(object).fillna("").itertuples(index=False, name=None))


def header(table: str) -> list[str]:
    return (ROOT / f"data/derived/{table}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


TABLES = (intervals, changes, consistency, reconciliations, conflicts, zero_bounds, values_flat)
