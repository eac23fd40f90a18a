"""A second computation of every derived table, directly from data/ and by other methods.

It uses nothing of scripts.methods or scripts.derived, and no data frames. Percentages are rounded as a
person would, denominators are found by trial, limits by bisection or another library, days by a calendar,
and joins and counts by SQL. Rows are tuples in the order of the columns, or dicts by column.
"""

import json
import re
from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from itertools import chain, combinations, product
from math import inf, log, sqrt
from pathlib import Path
from statistics import NormalDist
from typing import NamedTuple

import duckdb
from scipy.special import betainc
from statsmodels.stats.proportion import confint_proportions_2indep, power_proportions_2indep

from tests.conftest import read_csv

Row = dict[str, str]
Cells = tuple[object, ...]
Computed = dict[str, object]  # a row, by its columns; others are blank
Figure = tuple[Row, int]  # a printed share and the count behind it
Fits = Callable[[Row, int], bool]
Tried = tuple[str, str, Cells, Fits | None]  # hypothesis, what it needs, from and to, whether a share fits
Found = tuple[Row, Row, str, str, str, str]  # root, other, dimension, kind, what the two have
Span = tuple[Fraction | float, Fraction | float]
RULES = ("half_up", "half_down", "either_half", "truncation", "ceiling")
LARGEST = 10**12  # the largest denominator tried; if it fits, there is no upper limit
BOUNDS = {"less_than", "more_than", "at_least", "at_most", "range", "range_of_estimates", "spread"}
Z = NormalDist().inv_cdf(0.975)


ASKED = """
reported_values limitations scopes series sources indicators studies places populations
organisations not_available links
"""
READ = """
CREATE TABLE {0} AS FROM
read_csv('{1}/{0}.csv', all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')
"""


class Data:
    """The tables of data/ in a folder, and how their rows relate."""

    def __init__(self, package: Path) -> None:
        self.folder = package / "data"
        self.table = cache(lambda name: read_csv(next(self.folder.rglob(f"{name}.csv"))))
        self.names = cache(self.names_of)
        self.values = self.table("reported_values")
        self.value = {row["value_id"]: row for row in self.values}
        self.indicator = {row["indicator_id"]: row for row in self.table("indicators")}
        self.main_mentions = [row for row in self.values if not row["mention_of"]]
        self.shares = [row for row in self.main_mentions if self.kind(row) == "share" and row["study_id"]]
        self.mentions: dict[str, list[Row]] = defaultdict(list)
        self.joined: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.parts: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.values:
            self.mentions[row["mention_of"] or row["value_id"]].append(row)
        for link in self.table("links"):
            from_row = self.value[link["from_id"]]
            self.joined[link["relation"], link["to_id"]].append(from_row)
            if link["relation"] == "part_of" and link["partition"]:
                self.parts[link["to_id"], link["partition"]].append(from_row)

    @cached_property
    def database(self) -> duckdb.DuckDBPyConnection:
        """The tables that the SQL queries use, with blank cells as null."""
        connection = duckdb.connect()
        for name in ASKED.split():
            connection.execute(READ.format(name, self.folder))
        return connection

    def names_of(self, table: str) -> dict[str, str]:
        """Return the second column of a table by its key, the first column."""
        rows = [list(row.values()) for row in self.table(table)]
        return {key: name for key, name, *_ in rows}

    @cached_property
    def extents(self) -> dict[str, str]:
        """The extent to which each source was read, by source."""
        return {row["source_id"]: row["read_extent"] for row in self.table("sources")}

    def kind(self, row: Row) -> str:
        return self.indicator[row["indicator_id"]]["kind"]

    def assumed_values(self, parameter: str) -> dict[str, float]:
        rows = [row for row in self.table("scenario_assumptions") if row["parameter"] == parameter]
        return {row["assumption_id"]: float(row["value"]) for row in rows}

    def rates(self, parameter: str) -> list[tuple[str, Row]]:
        """Return the assumed values of a parameter as rows, by assumption."""
        rows = [row for row in self.table("scenario_assumptions") if row["parameter"] == parameter]
        return [(row["assumption_id"], row) for row in rows]

    def linked(self, relation: str, to: Row) -> list[Row]:
        return self.joined[relation, to["value_id"]]

    def versions(self, root: Row) -> list[Row]:
        """Return one exact mention for each number reported for a quantity, the main mention first."""
        others = sorted(self.mentions[root["value_id"]], key=lambda row: row["value_id"])
        printings = rows_with_exact_number([root, *(row for row in others if row is not root)])
        numbers = [row["low"] for row in printings]
        return [row for at, row in enumerate(printings) if row["low"] not in numbers[:at]]

    def earliest_published(self, root: Row) -> Row:
        dates = {row["source_id"]: row["date_published"] or "unknown" for row in self.table("sources")}
        return min(
            rows_printed_in_digits(self.versions(root)), key=lambda row: dates[row["source_id"]] + "~"
        )

    def numerators(self, share: Row) -> list[Row]:
        return counted(self.linked("numerator_of", share))

    def bases(self, share: Row) -> list[tuple[Row, Row]]:
        """Return each printed count of a share with each printed number of people."""
        below = [row for root in self.linked("denominator_of", share) for row in self.versions(root)]
        return [(x, n) for x in self.numerators(share) for n in counted(below)]

    def count(self, share: Row) -> int | None:
        """Return the count behind a share, or the whole less the counts of the other parts."""
        printed = self.numerators(share)
        if printed:
            return int(printed[0]["low"])
        for (key, _), parts in self.parts.items():
            whole = self.numerators(self.value[key])
            others = [self.numerators(part) for part in parts if part is not share]
            if len(others) < len(parts) and whole and all(others):
                left = int(whole[0]["low"]) - sum(int(rows[0]["low"]) for rows in others)
                return left if left >= 0 else None
        return None

    @cached_property
    def figures(self) -> list[tuple[Row, int]]:
        """Every mention of a share in digits, with the count behind it."""
        roots = [(root, self.count(root)) for root in self.shares]
        known = [(root, count) for root, count in roots if count is not None]
        return [
            (mention, count)
            for root, count in known
            for mention in rows_printed_in_digits(self.versions(root))
        ]

    def beside(self, share: Row) -> list[tuple[Row, int]]:
        """Return the figures of one study about the same people, which may have the same denominator."""
        figures = [figure for figure in self.figures if not figure[0]["mention_of"]]
        return [
            figure for figure in figures if same_people(*(self.of_whom(row) for row in (figure[0], share)))
        ]

    def of_whom(self, share: Row) -> Row:
        """Return the row that names a share's people: its whole, for a part without a named place."""
        wholes = [self.value[key] for (key, _), parts in self.parts.items() if share in parts]
        return wholes[0] if wholes and share["place_id"] == "place-unnamed" else share

    def falls(self) -> list[tuple[Row, Row, str]]:
        """Return earlier, later and printed change (or blank) of every linked pair, but not differences."""
        found = [
            (earlier, later, "")
            for later in self.main_mentions
            for earlier in self.linked("comparable", later)
        ]
        for fall in [root for root in self.main_mentions if self.kind(root) == "change"]:
            for earlier in self.linked("earlier_end_of", fall):
                found += [(earlier, to, fall["value_id"]) for to in self.linked("later_end_of", fall)]
        return found


def rows_with_exact_number(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["qualifier"] == "exact"]


def counted(rows: Iterable[Row]) -> list[Row]:
    """Return exact rows that were observed or recorded; no share follows from other counts."""
    return [row for row in rows_with_exact_number(rows) if row["nature"] in ("observed", "recorded")]


def rows_printed_in_digits(rows: Iterable[Row]) -> list[Row]:
    """Return the rows written in digits; “one in so many” is not a rounded percentage."""
    return [row for row in rows if row["written_in"] == "digits"]


def same_people(*rows: Row) -> bool:
    scopes = {(row["study_id"], row["place_id"], row["population_id"], row["sex"]) for row in rows}
    return len(scopes) == 1


def is_printed_as(percent: Fraction, token: str, rule: str = "either_half") -> bool:
    """Return whether a percentage, rounded by this rule, gives the token."""
    return is_ratio_printed_as(percent.numerator, 100 * percent.denominator, token, rule)


def is_ratio_printed_as(count: int, n: int, token: str, rule: str = "either_half") -> bool:
    """Return whether a count of n people, as a percentage rounded by this rule, gives the token."""
    rules = ("half_up", "half_down") if rule == "either_half" else (rule,)
    return digits(token) in {rounded(count, n, token, each_rule) for each_rule in rules}


def digits(token: str) -> int:
    """Return a printed number in units of its last digit."""
    return int(token.replace(".", ""))


def rounded(count: int, n: int, token: str, rule: str) -> int:
    """Return a count of n people as a percentage in units of a token's last digit, in integers."""
    whole, rest = divmod(count * 100 * int("1" + "0" * decimal_places(token)), n)
    half_up, half_down = 2 * rest >= n, 2 * rest > n
    goes_up = {"half_up": half_up, "half_down": half_down, "truncation": False, "ceiling": rest > 0}
    return whole + goes_up[rule]


def rounding_rules_of_range_ends(rule: str) -> tuple[str, str]:
    """Return the rounding rule for each end of the range that is printed the same.

    If either half may round, the lower end rounds up and the upper end rounds down.
    """
    return ("half_up", "half_down") if rule == "either_half" else (rule, rule)


@cache
def sizes(token: str, count: int, rule: str = "either_half") -> range:
    """Return every denominator with which a count gives the token; none if there is no upper limit.

    The larger the denominator, the smaller the percentage, so that bisection finds both ends.
    """
    (low, high), tried = rounding_rules_of_range_ends(rule), range(max(count, 1), LARGEST + 1)

    def reaches(n: int) -> bool:
        return rounded(count, n, token, high) <= digits(token)

    def is_below(n: int) -> bool:
        return rounded(count, n, token, low) < digits(token)

    start, stop = (bisect_left(tried, True, key=test) for test in (reaches, is_below))
    return range(0) if stop == len(tried) else tried[start:stop]


@cache
def counts_that_give(token: str, n: int, rule: str = "either_half") -> range:
    """Return every count out of n people that gives the token."""
    low, high = rounding_rules_of_range_ends(rule)

    def reaches(count: int) -> bool:
        return rounded(count, n, token, low) >= digits(token)

    def is_above(count: int) -> bool:
        return rounded(count, n, token, high) > digits(token)

    start, stop = (bisect_left(range(n + 1), True, key=test) for test in (reaches, is_above))
    return range(start, stop)


def denominators_that_fit_all(figures: list[tuple[Row, int]], rule: str = "either_half") -> range:
    fits = [sizes(share["low"], count, rule) for share, count in figures]
    return range(max(fit.start for fit in fits), min(fit.stop for fit in fits)) if all(fits) else range(0)


def ends(numbers: range) -> Cells:
    return (numbers[0], numbers[-1]) if numbers else ("", "")


def decimal_places(token: str) -> int:
    return len(token.partition(".")[2])


def half_unit(token: str) -> Fraction:
    return Fraction(1, 2 * 10 ** decimal_places(token))


def rounding_limits(token: str) -> tuple[Fraction, Fraction]:
    return max(Fraction(0), Fraction(token) - half_unit(token)), Fraction(token) + half_unit(token)


def bisect(rising: Callable[[float], float], low: float, high: float) -> float:
    """Return the zero of an increasing function, by bisection to the last bit."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return middle


def wilson(x: float, n: float) -> tuple[float, float]:
    """Return Wilson's interval by the textbook formula, also for fractional counts; decimal near zero."""
    size, z = Decimal(n), Decimal(Z)
    share = Decimal(x) / size
    centre, half = (
        share + z * z / (2 * size),
        z * (share * (1 - share) / size + (z / (2 * size)) ** 2).sqrt(),
    )
    low, high = ((centre + sign * half) / (1 + z * z / size) for sign in (-1, 1))
    return float(low if x else 0), float(high)


@cache
def clopper_pearson(x: float, n: float) -> tuple[float, float]:
    """Return the Clopper–Pearson interval, by bisecting the tails with the incomplete beta function."""
    lower = bisect(lambda p: float(betainc(x, n - x + 1, p)) - 0.025, 0, 1)
    return lower, bisect(lambda p: float(betainc(x + 1, n - x, p)) - 0.975, 0, 1)


NOT_SAMPLED = {"no": "not_a_sample", "unknown": "not_known_to_be_a_sample"}
BY_CHANCE: Computed = {"ci_level": 95}
CHANCE, ROUNDED = ("ci_low", "ci_high"), ("rounding_low", "rounding_high")


def estimates(data: Data) -> Iterator[Computed]:
    """Yield the estimates that follow from the counts of one figure."""
    for share, above, below in sampled_shares_with_counts(data):
        for row in interval_rows_of_share(share, above, below, 1):
            key = f"{share['value_id']}.{below['value_id']}.{row['method']}"
            yield row | {"estimate_id": key}
    for none in none_found_readings(data):
        for name, measure, people in people_seen(data, none):
            cells = upper_bound_cells(people) | {"measure": measure, "denominator_id": people["value_id"]}
            yield cells | {"estimate_id": f"{none['value_id']}.{name}", "value_id": none["value_id"]}
    yield from venue_counts(data, "estimate_id", estimated=False)


def scenario_estimates(data: Data) -> Iterator[Computed]:
    """Yield the estimates that would follow from the counts of one figure under assumptions."""
    for share, above, below in sampled_shares_with_counts(data):
        for name, deff in design_effects(data, int(below["low"]), share["study_id"]):
            for row in interval_rows_of_share(share, above, below, deff) if deff != 1 else ():
                key = f"{share['value_id']}.{below['value_id']}.{name}.{row['method']}"
                effect = {"design_effect": deff, "effective_n": int(below["low"]) / deff}
                yield row | effect | {"scenario_id": key, "assumption_id": name}
    yield from misjudgement_scenarios(data)
    yield from venue_counts(data, "scenario_id", estimated=True)


def results(data: Data) -> Iterator[Computed]:
    """Yield what the surveys of venues reported, and what their counts give."""
    shares = {link["from_id"] for link in data.table("links") if link["relation"] == "numerator_of"}
    names = {table: data.names(table) for table in ("studies", "places", "populations")}
    methods = {row["study_id"]: row["age_method"] for row in data.table("studies")}
    seen = {"not_read": "not seen", "not_reported": "not reported", "self_report": "self report"}
    for root in data.main_mentions:
        if (root["topic"], bool(root["study_id"])) != ("venue_studies", True) or not may_be_compared(root):
            continue
        found: Iterable[Computed] = ()
        if root["indicator_id"] == "share-in-age-band":
            found = result_rows_of_share(data, root)
        elif root["indicator_id"] == "people-in-age-band" and root["value_id"] not in shares:
            found = [result_row_of_count(data, root)]
        for row in found:
            own = data.value[str(row["value_id"])]
            note = str(row["note"])
            if not own["period"]:
                note = f"The source gives no year; we take the figure to be of this survey. {note}"
            if own["place_id"] == "place-unnamed":
                note = f"The source names no place. {note}"
            for change in data.main_mentions:
                later = data.linked("later_end_of", change)
                if any(end["value_id"] == (own["mention_of"] or own["value_id"]) for end in later):
                    way = data.indicator[change["indicator_id"]]["direction"]
                    note += f" The {way} to this share from an earlier survey is reported as "
                    note += f"{change['printed']} ({change['value_id']})."
            yield row | {
                "note": note,
                "age_method": seen.get(methods[root["study_id"]], methods[root["study_id"]]),
                "survey": names["studies"][root["study_id"]],
                "year": own["period"][:4],
                "place": names["places"][own["place_id"]],
                "people": names["populations"].get(own["population_id"], "not stated"),
                "age": ages(root),
            }


def three_digits(number: float | Fraction) -> float:
    return float(Context(prec=3).create_decimal_from_float(float(number)))


def publisher(data: Data, row: Row) -> str:
    return {row["source_id"]: row["publisher"] for row in data.table("sources")}[row["source_id"]]


def result_rows_of_share(data: Data, root: Row) -> Iterator[Computed]:
    """Yield each distinct share over each number of people, or its bound if that is all there is."""
    several, bases = reported_shares(data, root), data.bases(root)
    shares = [f"{row['low']} percent" for row in several]
    rivals = note_on_several_numbers("shares", shares)
    rivals += note_on_several_numbers("numbers of people", [f"{int(n['low']):,}" for _, n in bases])
    for share in several or [root]:
        counts = data.linked("numerator_of", root)
        if len(several) > 1:
            counts = counts_in_documents_giving_share(data, share, counts)
        own = {row["mention_of"] or row["value_id"] for row in counts}
        over_its_own = [(above, below) for above, below in bases if above["value_id"] in own]
        number = share["low"] if rows_with_exact_number([share]) else ""
        common: Computed = {"reported_share": number, "value_id": share["value_id"]}
        worded = note_quoting_inexact_number("share", share)
        for above, below in over_its_own:
            yield common | share_row_with_denominator(data, share, above, below, worded + rivals)
        if not over_its_own:
            yield common | share_row_without_denominator(data, root, share, counts, worded, rivals)


def reported_shares(data: Data, root: Row) -> list[Row]:
    """Return each share reported for a quantity, except those that are a rounding of another."""
    same = {"", "rounding", "truncation", "rough_wording", "overlapping_bound"}
    several: list[Row] = []
    for row in filter(may_be_compared, data.versions(root)):
        if not any(number_kind(mention, row, {*differing(mention, row)}) in same for mention in several):
            several.append(row)
    return several


def counts_in_documents_giving_share(data: Data, share: Row, counts: list[Row]) -> list[Row]:
    """Return the mentions of counts in documents that give this number of the share."""
    shares = data.mentions[share["mention_of"] or share["value_id"]]
    number = ("low", "high", "qualifier")
    documents = {row["source_id"] for row in shares if all(row[part] == share[part] for part in number)}
    found: list[Row] = []
    for count in counts:
        others = sorted(
            data.mentions[count["value_id"]], key=lambda row: (row is not count, row["value_id"])
        )
        found += [row for row in others if row["source_id"] in documents]
    return found


def share_row_with_denominator(data: Data, share: Row, above: Row, below: Row, told: list[str]) -> Computed:
    x, n = int(above["low"]), int(below["low"])
    if below["population_id"] != share["population_id"]:
        told = [*told, f"The number of people is reported of “{below['scope_as_printed']}”."]
    if rows_printed_in_digits(rows_with_exact_number([share])) and not any(
        is_ratio_printed_as(x, n, share["low"], rule) for rule in RULES
    ):
        told = [*told, "The counts do not give the reported share, however it is rounded."]
    told = told + note_on_count_of_one_sex(share, above)
    numbers = {"numerator": x, "denominator": n, "share_from_counts": three_digits(Fraction(100 * x, n))}
    interval = interval_of(x, n)
    if sampled(data)[share["study_id"]] != "yes":
        told, interval = [*told, "The people are not known to be a sample, so there is no interval."], {}
    by = publishers_of_figures(data, share, {"count": above, "number of people": below})
    return numbers | interval | {"reported_by": by, "note": " ".join(told)}


def share_row_without_denominator(
    data: Data, root: Row, share: Row, counts: list[Row], told: list[str], rivals: list[str]
) -> Computed:
    if not data.linked("denominator_of", root):
        told = [*told, "No source that we read gives the number of people of whom this is a share."]
    if not counts:
        told = told + [
            f"A count of {row['printed']} is reported, "
            "but no source that we read gives it beside this share."
            for row in data.linked("numerator_of", root)
        ]
        if not data.linked("numerator_of", root):
            told = [*told, "No source that we read gives the count."]
        return {"reported_by": publisher(data, share), "note": " ".join(told + rivals)}
    told = told + note_quoting_inexact_number("count", counts[0])
    if counts[0]["nature"] == "estimated" and share["nature"] == "observed":
        told = [*told, "The source gives the count as an estimate."]
    told = told + note_on_count_of_one_sex(share, counts[0])
    by = publishers_of_figures(data, share, {"count": counts[0]})
    number = counts[0]["low"] if rows_with_exact_number(counts[:1]) else ""
    return {"numerator": number, "reported_by": by, "note": " ".join(told + rivals)}


def note_quoting_inexact_number(number_name: str, row: Row) -> list[str]:
    return (
        [] if rows_with_exact_number([row]) else [f"The {number_name} is reported as “{row['printed']}”."]
    )


def note_on_count_of_one_sex(share: Row, count: Row) -> list[str]:
    is_named = count["sex"] in ("female", "male") and count["sex"] != share["sex"]
    return [f"The count is of {count['sex']} people only."] if is_named else []


NOBODY = "None found. No source that we read says how many people were seen here."


def note_on_several_numbers(number_name: str, numbers: list[str]) -> list[str]:
    if len(numbers) < 2:
        return []
    listed = ", ".join(numbers[:-1])
    return [f"Sources give different {number_name}, {listed} and {numbers[-1]}: each has a row."]


def publishers_of_figures(data: Data, share: Row, others: dict[str, Row]) -> str:
    own = publisher(data, share)
    named = [
        f"{number_name}: {publisher(data, row)}"
        for number_name, row in others.items()
        if publisher(data, row) != own
    ]
    return "; ".join([own, *named])


def interval_of(x: int, n: int) -> Computed:
    is_small = 1000 * x < 3 * n
    low, high = (clopper_pearson if is_small else wilson)(x, n)
    name = "Clopper and Pearson" if is_small else "Wilson"
    ends = {"ci_low": three_digits(100 * low), "ci_high": three_digits(100 * high)}
    return ends | {"ci_method": f"{name}, 95 percent, if people were counted independently"}


def result_row_of_count(data: Data, count: Row) -> Computed:
    """Return the row of a count without a share, or of “none found”."""
    common: Computed = {"value_id": count["value_id"], "reported_by": publisher(data, count)}
    if count["qualifier"] != "none_found":
        told = [
            "A count; no source that we read gives a share for it.",
            *note_quoting_inexact_number("count", count),
        ]
        return common | {
            "numerator": count["low"] if rows_with_exact_number([count]) else "",
            "note": " ".join(told),
        }
    for _, measure, people in people_seen(data, count):
        n = int(people["low"])
        largest = three_digits(100 * (1 - 0.05 ** (1 / n)))
        if measure == "upper_bound":
            how = "exact, one-sided, 95 percent, if people were counted independently"
            numbers = {"numerator": 0, "denominator": n, "share_from_counts": 0, "ci_high": largest}
            return common | numbers | {"ci_method": how, "note": "None found."}
        seen = f"Even if all {n:,} people of the survey had been seen here, a share of up to {largest}"
        return common | {"numerator": 0, "note": f"{NOBODY} {seen} percent would still be possible."}
    return common | {"numerator": 0, "note": f"{NOBODY} So we cannot say what it rules out."}


def count_and_denominator_cells(above: Row, below: Row) -> Computed:
    """Return the cells of a count and its number of people."""
    both = {"numerator": above, "denominator": below}
    ids = {f"{name}_id": row["value_id"] for name, row in both.items()}
    return ids | {name: int(row["low"]) for name, row in both.items()}


def sampled(data: Data) -> dict[str, str]:
    """Return whether each study is a sample, by study."""
    return {row["study_id"]: row["is_sample"] for row in data.table("studies")}


def sampled_shares_with_counts(data: Data) -> Iterator[tuple[Row, Row, Row]]:
    """Yield shares of samples with each count and number of people."""
    for share in data.shares:
        if sampled(data)[share["study_id"]] == "yes":
            yield from ((share, above, below) for above, below in data.bases(share))


def why_no_interval(data: Data, share: Row) -> str:
    """Return why a share has no interval; blank if it has one or is not a share of a study."""
    if share not in data.shares:
        return ""
    is_sample = sampled(data)[share["study_id"]]
    if is_sample == "yes" and data.bases(share):
        return ""
    missing = "denominator" if data.linked("numerator_of", share) else "count"
    return NOT_SAMPLED.get(is_sample, f"{missing}_not_printed")


def interval_rows_of_share(share: Row, above: Row, below: Row, deff: float) -> Iterator[Computed]:
    """Yield both intervals of a share over one denominator, at a design effect."""
    x, n = int(above["low"]), int(below["low"])
    methods = {"wilson": wilson, "clopper_pearson": clopper_pearson}
    first = "clopper_pearson" if 1000 * x < 3 * n else "wilson"
    for method in methods if n / deff >= 1 else ():
        low, high = methods[method](x / deff, n / deff)
        yield (
            BY_CHANCE
            | count_and_denominator_cells(above, below)
            | {
                **{"measure": "sampled_share", "unit": "percent", "value_id": share["value_id"]},
                **{"estimate": Fraction(100 * x, n), "ci_low": 100 * low, "ci_high": 100 * high},
                **{"method": method, "is_first_method": str(method == first).lower()},
            }
        )


def design_effects(data: Data, n: int, study: str) -> Iterator[tuple[str, float]]:
    yield from data.assumed_values("design_effect").items()
    of_study = [root for root in rows_with_exact_number(data.main_mentions) if root["study_id"] == study]
    venues = [root for root in of_study if root["indicator_id"] == "venues-visited"]
    for name, icc in data.assumed_values("icc").items() if venues else ():
        yield name, 1 - icc + icc * n / int(venues[0]["low"])


def venue_counts(data: Data, id_: str, *, estimated: bool) -> Iterator[Computed]:
    """Yield people per venue, and the least share of venues without any, for estimated counts or others."""
    for count in counted(data.main_mentions):
        is_meant = (count["indicator_id"], count["topic"]) == ("people-in-age-band", "venue_studies")
        if not is_meant or (count["age_min"], count["age_max"]) != ("0", "17"):
            continue
        natures = {row["nature"] for row in data.mentions[count["value_id"]]}
        for venues in venues_visited(data, count)[:1] if ("estimated" in natures) == estimated else ():
            people, places = int(count["low"]), int(venues["low"])
            without = len(range(people, places))
            key = f"{count['value_id']}.{venues['value_id']}"
            common = count_and_denominator_cells(count, venues) | {"value_id": count["value_id"]}
            yield common | {
                **{id_: f"{key}.per_venue", "measure": "people_per_venue"},
                **{"unit": "people_per_venue", "estimate": Fraction(people, places)},
            }
            yield common | {
                **{id_: f"{key}.without", "measure": "least_share_of_venues_without"},
                **{"unit": "percent", "estimate": Fraction(100 * without, places), "numerator": without},
            }


def none_found_readings(data: Data) -> list[Row]:
    return [root for root in data.main_mentions if root["qualifier"] == "none_found"]


def people_seen(data: Data, none: Row) -> Iterator[tuple[str, str, Row]]:
    """Yield key ending, measure and reported number of people at that place, or else at other places."""
    there = rows_with_exact_number(data.linked("denominator_of", none))
    yield from ((row["value_id"], "upper_bound", row) for row in there)
    others = [] if there else readings_for_other_places(data, none)
    roots = [root for root in others if root["indicator_id"] == "people-observed"]
    printed = [row for root in roots for row in counted(data.versions(root)) if int(row["low"])]
    for row in sorted(printed, key=lambda row: int(row["low"]), reverse=True)[:1]:
        yield f"at_least.{row['value_id']}", "bound_at_least", row


def scenario_none_found(data: Data) -> Iterator[Computed]:
    country = countries(data)
    for none in none_found_readings(data):
        common = {"value_id": none["value_id"], "unit": "percent", **BY_CHANCE, "method": "exact_one_sided"}
        is_known = bool(rows_with_exact_number(data.linked("denominator_of", none)))
        for name, row in assumed_scenarios_of_none_found(data, none) if not is_known else ():
            yield common | {"scenario_id": f"{none['value_id']}.{name}"} | row
        for share in rows_with_exact_number(data.shares):
            same = [(ages(row), row["topic"], country[row["place_id"]]) for row in (none, share)]
            if same[0] == same[1] and Fraction(share["low"]):
                id_ = {"scenario_id": f"{none['value_id']}.exclude.{share['value_id']}"}
                yield common | id_ | sample_size_to_exclude_cells(share)


def upper_bound_cells(row: Row) -> Computed:
    n = int(row.get("low") or row["value"])
    how = {"unit": "percent", "method": "exact_one_sided", **BY_CHANCE}
    return how | {"denominator": n, "estimate": 100 * (1 - 0.05 ** (1 / n))}


def sample_size_to_exclude_cells(share: Row) -> Computed:
    """Return the people needed to rule out a share, and the ends of what rounds to it."""
    ends_of = [Fraction(share["low"]), *reversed(rounding_limits(share["low"]))]
    sizes_at = [size_to_exclude(float(end / 100)) if 0 < end < 100 else "" for end in ends_of]
    if share["written_in"] != "digits":
        sizes_at[1:] = ["", ""]
    numbers = dict(zip(("estimate", *ROUNDED), sizes_at, strict=True))
    cells = {"measure": "n_to_exclude", "compared_id": share["value_id"], "method": "exact_one_sided"}
    return numbers | cells | {"assumed": Fraction(share["low"]), "unit": "people"}


def readings_for_other_places(data: Data, none: Row) -> list[Row]:
    """Return the main mentions in the same study for other places."""
    of_study = [root for root in data.main_mentions if root["study_id"] == none["study_id"]]
    return [root for root in of_study if root["place_id"] != none["place_id"]]


def assumed_scenarios_of_none_found(data: Data, none: Row) -> Iterator[tuple[str, Computed]]:
    """Yield what assumed numbers of people, and counts elsewhere, imply for a place with none found."""
    for name, assumed in data.rates("city_sample_size"):
        yield name, upper_bound_cells(assumed) | {"assumption_id": name, "measure": "upper_bound"}
    for row in counted(readings_for_other_places(data, none)):
        same = all(row[name] == none[name] for name in ("indicator_id", "age_min", "age_max"))
        if same and int(row["low"]):
            yield from chance_of_none_scenarios(data, row["value_id"], int(row["low"]))


def chance_of_none_scenarios(data: Data, key: str, found: int) -> Iterator[tuple[str, Computed]]:
    """Yield the chance of missing all people found elsewhere, and the share that makes this unlikely.

    A chance of one in twenty counts as unlikely; people are taken one by one.
    """
    common: Computed = {"compared_id": key, "denominator": found}
    for name, part in data.assumed_values("place_share").items():
        chance = Fraction(100)
        for _ in range(found):
            chance *= 1 - Fraction(part)
        numbers = {"assumption_id": name, "assumed": 100 * Fraction(part), "estimate": chance}
        yield f"chance.{key}.{name}", common | numbers | {"measure": "chance_of_none"}
    surprise = 100 * bisect(lambda part: 0.05 - (1 - part) ** found, 0, 1)
    yield f"surprise.{key}", common | {"measure": "part_until_surprise", "estimate": surprise}


def size_to_exclude(rate: float) -> int:
    """Return the fewest people for whom the chance of missing everyone is at most one in twenty."""
    return bisect_left(range(10**9), True, key=lambda n: (1 - rate) ** n <= 0.05)


def misjudgement_scenarios(data: Data) -> Iterator[Computed]:
    """Yield the specificity at which a count is all errors, and shares corrected for misjudged ages."""
    first: dict[str, tuple[Row, Row]] = {}
    for share, above, below in judged_and_counted(data):
        key, x, n = share["value_id"], int(above["low"]), int(below["low"])
        low, high = wilson(n - x, n)  # of the adults: everyone else
        common = count_and_denominator_cells(above, below) | BY_CHANCE | {"value_id": key}
        yield common | {
            "scenario_id": f"{key}.{below['value_id']}.least_specificity",
            **{"measure": "least_specificity", "unit": "proportion"},
            **{"estimate": Fraction(n - x, n), "ci_low": low, "ci_high": high},
        }
        if share["topic"] == "venue_studies" and first.setdefault(key, (above, below)) == (above, below):
            for row in corrected_share_scenarios(data, x, n):
                rates = f"{row['assumption_id']}.{row['further_assumption_id']}"
                yield common | row | {"scenario_id": f"{key}.{below['value_id']}.{rates}"}


def corrected_share_scenarios(data: Data, x: int, n: int) -> Iterator[Computed]:
    """Yield the true share under 18 that gives the counted share, for assumed error rates."""
    rates = [data.rates(f"false_{kind}_rate") for kind in ("negative", "positive")]
    seen = [Fraction(x, n), *map(Fraction, wilson(x, n))]
    for (missed, missed_rate), (mistaken, mistaken_rate) in product(*rates):
        fnr, fpr = Fraction(missed_rate["value"]), Fraction(mistaken_rate["value"])
        # Rates of two sources are not assumed at once.
        is_of_two = (missed_rate["fact_id"] and fpr) or (mistaken_rate["fact_id"] and fnr)
        if fnr + fpr >= 1 or is_of_two:  # judging no better than chance
            continue
        kept = [100 * min(Fraction(1), max(Fraction(0), (p - fpr) / (1 - fnr - fpr))) for p in seen]
        yield {
            **{"measure": "share_if_age_misjudged", "unit": "percent"},
            **dict(zip(("estimate", *CHANCE), kept, strict=True)),
            **{"assumption_id": missed, "further_assumption_id": mistaken},
            **{
                "sensitivity": 1 - fnr,
                "specificity": 1 - fpr,
                "verdict": possibility_verdict(seen, fpr, 1 - fnr),
            },
        }


def possibility_verdict(seen: list[Fraction], least: Fraction, most: Fraction) -> str:
    """Return whether corrected shares are possible or, if error rates rule them out, on which side."""
    if seen[2] < least or seen[1] > most:
        return "below_0" if seen[2] < least else "above_1"
    return "point_below_0" if seen[0] < least else "point_above_1" if seen[0] > most else "possible"


def judged_and_counted(data: Data) -> Iterator[tuple[Row, Row, Row]]:
    """Yield shares under 18 of samples in which age was judged, with count and denominator."""
    told = {"self_report", "interview", "document"}
    studies = [row for row in data.table("studies") if row["is_sample"] == "yes"]
    sampled = {row["study_id"] for row in studies if row["age_method"] not in told}
    for share in data.shares:
        under_18 = (share["age_min"], share["age_max"]) == ("0", "17")
        if share["indicator_id"] == "share-in-age-band" and under_18 and share["study_id"] in sampled:
            yield from ((share, above, below) for above, below in data.bases(share))


def score_difference(x1: float, n1: float, x2: float, n2: float) -> tuple[float, float]:
    """Return the Miettinen–Nurminen limits of a difference, by profiling the likelihood over p1."""

    def excess(gap: float, side: int) -> float:
        def slope(p: float) -> float:  # of the log-likelihood, negated so that it increases
            return (n1 - x1) / (1 - p) - x1 / p + (n2 - x2) / (1 - p - gap) - x2 / (p + gap)

        p = bisect(slope, max(0.0, -gap) + 1e-15, min(1.0, 1 - gap) - 1e-15)
        variance = p * (1 - p) / n1 + (p + gap) * (1 - p - gap) / n2
        return side * (gap - middle) - Z * sqrt(variance * (n1 + n2) / (n1 + n2 - 1))

    middle = x2 / n2 - x1 / n1
    return -bisect(lambda gap: excess(-gap, -1), -middle, 0.9), bisect(lambda g: excess(g, 1), middle, 0.9)


@cache
def newcombe(x1: float, n1: float, x2: float, n2: float) -> tuple[float, float]:
    return confint_proportions_2indep(x2, n2, x1, n1, method="newcomb")


@cache
def sampled_changes(x1: float, n1: float, x2: float, n2: float) -> list[tuple[str, str, float, float]]:
    """Return measure, method and limits; statsmodels' own score interval of a difference is wrong."""
    low, high = confint_proportions_2indep(x2, n2, x1, n1, method="score", compare="ratio")
    return [
        ("difference", "newcombe", *newcombe(x1, n1, x2, n2)),
        ("difference", "miettinen_nurminen", *score_difference(x1, n1, x2, n2)),
        ("relative_reduction", "miettinen_nurminen", 1 - high, 1 - low),
    ]


UNITS = {
    **dict.fromkeys(("relative_reduction", "affected_needed", "later_share_bounds"), "percent"),
    **dict.fromkeys(("difference", "change_bounds"), "percentage_points"),
    **dict.fromkeys(("hidden_share_needed", "earlier_false_positive_rate"), "proportion"),
    "hidden_share_needed_jointly": "proportion",
}


def changes(data: Data) -> Iterator[Computed]:
    """Yield the changes between reported figures."""
    for row in two_figure_rows(data):
        compared = str(row["compared"]).replace("other", "printed")
        if compared in ("printed_shares", "counts") and row["measure"] in CHANGES:
            yield rename_key_and_end_columns(row | {"compared": compared}, "change_id", ROUNDED)


def scenario_changes(data: Data) -> Iterator[Computed]:
    """Yield the changes over denominators that are worked back from shares, and by venue."""
    for row in two_figure_rows(data):
        if row["compared"] in ("counted_shares", "counts_per_venue") and row["measure"] in CHANGES:
            yield rename_key_and_end_columns(row, "scenario_id", CHANCE)


def scenario_people_missed(data: Data) -> Iterator[Computed]:
    for row in two_figure_rows(data):
        if row["measure"] in MEASURES:
            yield rename_key_and_end_columns(row, "scenario_id", ("lower", "upper"))


def scenario_tipping_points(data: Data) -> Iterator[Computed]:
    for row in two_figure_rows(data):
        if row["measure"] not in (*CHANGES, *MEASURES):
            yield rename_key_and_end_columns(row, "scenario_id", CHANCE if "ci_level" in row else ROUNDED)


CHANGES = ("relative_reduction", "difference")


def rename_key_and_end_columns(row: Computed, id_: str, ends: tuple[str, str]) -> Computed:
    """Return a row with the column names of a table for its key and the two ends of its range."""
    names = dict(zip(("id", "lower", "upper"), (id_, *ends), strict=True))
    cells = {names.get(name, name): cell for name, cell in row.items()}
    return {name: cell for name, cell in cells.items() if cell != ""}


@lru_cache(maxsize=1)
def two_figure_rows(data: Data) -> list[Computed]:
    """Return all rows computed from two figures, each with its unit."""
    return [*of_two_figures(data)]


def of_two_figures(data: Data) -> Iterator[Computed]:
    for pair in pairs(data):
        common: Computed = {
            **{"earlier_id": pair.earlier["value_id"], "later_id": pair.later["value_id"]},
            **{"printed_change_id": pair.change, "compared": pair.kind},
            **dict(zip(("earlier", "later"), pair.sides, strict=True)),
            **dict(zip(("earlier_denominator", "later_denominator"), pair.bases, strict=True)),
        }
        key = f"{common['earlier_id']}.{common['later_id']}"
        for (tail, measure, low_high), row in scenario_results_of_pair(data, pair):
            unit = UNITS.get(measure, "ratio")
            times = 100 if unit in ("percent", "percentage_points") else 1
            numbers = dict(zip(("estimate", "lower", "upper"), low_high, strict=True))
            results = {name: cell if cell == "" else times * cell for name, cell in numbers.items()}
            yield common | row | {"id": f"{key}.{tail}", "measure": measure, "unit": unit} | results


class Pair(NamedTuple):
    """Two figures to compare: as printed shares, as counts over denominators, as counts, or per venue."""

    kind: str
    earlier: Row
    later: Row
    change: str
    sides: tuple[Fraction | int, ...]
    bases: tuple[int | str, ...] = ("", "")
    spans: tuple[Span, Span] = ((0, 0), (0, 0))  # the range of each share

    @property
    def is_judged(self) -> bool:
        """Whether both are shares or counts of people in an age band, whose age was judged."""
        indicator = self.earlier["indicator_id"]
        return indicator == ("share-in-age-band" if self.kind == "printed_shares" else "people-in-age-band")

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """The count and denominator of the earlier figure, then of the later."""
        (n1, n2), rows = self.bases, (self.earlier, self.later)
        return int(rows[0]["low"]), int(n1), int(rows[1]["low"]), int(n2)


def pairs(data: Data) -> Iterator[Pair]:
    """Yield linked pairs in which both are exact and may be compared, and the earlier is not zero."""
    for earlier, later, fall in data.falls():
        if (
            len(rows_with_exact_number([earlier, later])) < 2
            or not may_be_compared(earlier, later)
            or not Fraction(earlier["low"])
        ):
            continue
        if data.kind(earlier) == "share" and len(rows_printed_in_digits([earlier, later])) == 2:
            sides = tuple(Fraction(row["low"]) for row in (earlier, later))
            first, second = (
                tuple(end / 100 for end in rounding_limits(row["low"])) for row in (earlier, later)
            )
            yield Pair("printed_shares", earlier, later, fall, sides, spans=(first, second))
            yield from pairs_by_earlier_denominator(data, earlier, later, fall)
            yield from pairs_of_other_reported_shares(data, earlier, later)
        elif data.kind(earlier) == "count":
            x1, x2 = int(earlier["low"]), int(later["low"])
            yield Pair("counts", earlier, later, fall, (x1, x2))
            if both := venues_of_both(data, earlier, later):
                rates = Fraction(x1, both[0]), Fraction(x2, both[1])
                yield Pair("counts_per_venue", earlier, later, fall, rates, both)


def pairs_of_other_reported_shares(data: Data, earlier: Row, later: Row) -> Iterator[Pair]:
    """Yield pairs of the other shares reported for two quantities; no source prints their change."""
    for first in rows_printed_in_digits(reported_shares(data, earlier)):
        for second in rows_printed_in_digits(reported_shares(data, later)):
            is_further = bool(first["mention_of"] or second["mention_of"])
            if is_further and Fraction(first["low"]):
                sides = (Fraction(first["low"]), Fraction(second["low"]))
                yield Pair("other_shares", first, second, "", sides)


def pairs_by_earlier_denominator(data: Data, earlier: Row, later: Row, fall: str) -> Iterator[Pair]:
    """Yield a pair for each earlier denominator that gives the share as it was first printed."""
    above, later_denominators = data.numerators(earlier), data.bases(later)
    if data.bases(earlier) or not (above and later_denominators):
        return
    earlier_count, (to, below) = above[0], later_denominators[0]
    n2 = int(below["low"])
    for n1 in sizes(data.earliest_published(earlier)["low"], int(earlier_count["low"])):
        p1, p2 = Fraction(int(earlier_count["low"]), n1), Fraction(int(to["low"]), n2)
        spans = ((p1, p1), (p2, p2))
        yield Pair("counted_shares", earlier_count, to, fall, (100 * p1, 100 * p2), (n1, n2), spans)


def may_be_compared(*rows: Row) -> bool:
    """Return whether the figures may be compared: free, or shown with both denominators."""
    return {row["show"] for row in rows} <= {"free", "with_both_denominators"}


Results = tuple[object, object, object]  # estimate, lower, upper
Of = Iterator[tuple[tuple[str, str, Results], Computed]]  # end of the key, measure, results; other cells


def scenario_results_of_pair(data: Data, pair: Pair) -> Of:
    if pair.kind in ("printed_shares", "other_shares"):
        yield from change_results_from_printed_shares(pair.earlier["low"], pair.later["low"])
    elif pair.kind == "counted_shares":
        yield from change_results_by_design_effect(data, pair)
        if pair.later["topic"] == "venue_studies":
            yield from joint_tipping_points(data, pair)
    elif pair.kind == "counts":
        fall = 1 - Fraction(pair.sides[1]) / pair.sides[0]
        yield ("relative_reduction.counts", "relative_reduction", (fall, "", "")), {}
    else:
        yield from change_results_per_venue(pair)
    if pair.is_judged and pair.kind in ("printed_shares", "counted_shares"):
        name = f"{pair.bases[0]}." if pair.bases[0] else ""
        undone = (
            tipping_points_from_counts(data, pair)
            if name
            else error_rate_results_from_printed_shares(*pair.spans)
        )
        outside = hidden_share_results(data, pair) if pair.later["topic"] == "venue_studies" else ()
        for (tail, measure, results), row in chain(undone, outside):
            yield (name + tail, measure, results), row


def change_results_from_printed_shares(earlier: str, later: str) -> Of:
    (low1, high1), (low2, high2) = rounding_limits(earlier), rounding_limits(later)
    first, second = Fraction(earlier), Fraction(later)
    fall = (1 - second / first, 1 - high2 / low1, 1 - low2 / high1)
    gap = ((second - first) / 100, (low2 - high1) / 100, (high2 - low1) / 100)
    yield ("relative_reduction.printed", "relative_reduction", fall), {}
    yield ("difference.printed", "difference", gap), {}


def change_results_by_design_effect(data: Data, pair: Pair) -> Of:
    x1, n1, x2, n2 = pair.counts
    p1, p2 = Fraction(x1, n1), Fraction(x2, n2)
    for name, d1, d2 in design_effects_of_both_surveys(data, (pair.earlier, n1), (pair.later, n2)):
        if n1 / d1 < 1 or n2 / d2 < 1:
            continue
        for measure, method, *limits in sampled_changes(x1 / d1, n1 / d1, x2 / d2, n2 / d2):
            estimate = p2 - p1 if measure == "difference" else 1 - p2 / p1
            row = {"method": method, "assumption_id": name}
            row |= {"earlier_design_effect": d1, "later_design_effect": d2}
            yield (f"{measure}.{n1}.{name}.{method}", measure, (estimate, *limits)), BY_CHANCE | row


def design_effects_of_both_surveys(
    data: Data, *waves: tuple[Row, int]
) -> Iterator[tuple[str, float | Fraction, float | Fraction]]:
    """Yield the assumed design effects, and those from the largest assumed correlation within venues."""
    for name, effect in data.assumed_values("design_effect").items():
        yield name, effect, effect
    likeness = data.assumed_values("icc")
    sizes_of_venues = [mean_people(data, wave, n) for wave, n in waves]
    for name, icc in likeness.items():
        if icc == max(likeness.values()) and all(size >= 1 for size in sizes_of_venues):
            first, second = (1 - Fraction(icc) + Fraction(icc) * size for size in sizes_of_venues)
            yield name, first, second


def venues_visited(data: Data, row: Row) -> list[Row]:
    """Return the printed counts of venues visited in the study of a row."""
    of_study = [root for root in counted(data.main_mentions) if root["study_id"] == row["study_id"]]
    return [root for root in of_study if root["indicator_id"] == "venues-visited" and int(root["low"])]


def mean_people(data: Data, row: Row, n: int) -> Fraction:
    """Return people per venue; 0 if no venues were counted."""
    found = venues_visited(data, row)
    return Fraction(n, int(found[0]["low"])) if found else Fraction(0)


def venues_of_both(data: Data, earlier: Row, later: Row) -> tuple[int, int] | None:
    """Return the venues of two counts of people in venues, or None."""
    of_people = {earlier["indicator_id"]} == {"people-in-age-band"} and earlier["topic"] == "venue_studies"
    places = [venues_visited(data, row) for row in (earlier, later)]
    if not of_people or len(counted([earlier, later])) < 2 or not all(places):
        return None
    first, second = (int(rows[0]["low"]) for rows in places)
    return first, second


def change_results_per_venue(pair: Pair) -> Of:
    """Yield the change per venue; its limits follow from binomial limits of the later survey's part."""
    x1, t1, x2, t2 = pair.counts
    limits = [1 - part / (1 - part) * t1 / t2 for part in clopper_pearson(x2, x1 + x2)]
    fall = 1 - pair.sides[1] / pair.sides[0]
    results = (fall, limits[1], limits[0])
    row = BY_CHANCE | {"method": "poisson_conditional"}
    yield ("relative_reduction.by_venue", "relative_reduction", results), row
    if x2:
        gap, away = NormalDist(0, sqrt(1 / x1 + 1 / x2)), abs(log(x2 * t1 / (x1 * t2)))
        inflation = bisect(lambda f: sqrt(f) * gap.inv_cdf(0.975) - away, 0, 1e6)
        yield result_without_assumptions("variance_inflation", inflation)


def result_without_assumptions(measure: str, *results: object) -> tuple[tuple[str, str, Results], Computed]:
    """Return a measure without assumptions: its value, with its ends if it has any."""
    blanks = [""] * (3 - len(results))
    middle, low, high = (*results, *blanks)
    return (measure, measure, (middle, low, high)), {}


def hidden_share_results(data: Data, pair: Pair) -> Of:
    """Yield the hidden share that would undo a change, or the bounds of the later share or the change."""
    first, second = pair.spans
    corners = [(sum(first) / 2, sum(second) / 2), *product(first, second)]
    for measure, parameter in MEASURES.items():
        for assumed, row in data.rates(parameter):
            value = Fraction(row["value"])
            if measure == "hidden_share_needed" and value <= second[1]:
                continue
            given = [outcome(measure, a, b, value) for a, b in corners]
            low, high = min(map(min, given)), max(map(max, given))
            middle = given[0][0] if measure.endswith("needed") else ""
            cells = {"assumption_id": assumed, "assumed": value}
            verdict = {"verdict": verdict_of(measure, low, high)}
            yield (f"{measure}.{assumed}", measure, (middle, low, high)), cells | verdict


MEASURES = {
    "affected_needed": "hidden_share",
    "hidden_share_needed": "hidden_affected",
    "later_share_bounds": "hidden_share",
    "change_bounds": "hidden_share",
}


def outcome(measure: str, p1: Fraction, p2: Fraction, value: Fraction) -> Span:
    """Return the needed value as both ends, or the bounds if nobody or everybody hidden is affected."""
    if measure == "affected_needed":  # (1 - h) p2 + h q = p1
        needed = (p1 - (1 - value) * p2) / value
        return needed, needed
    if measure == "hidden_share_needed":
        needed = (p1 - p2) / (value - p2)
        return needed, needed
    if measure == "later_share_bounds":
        seen = (1 - value) * p2
        return seen, seen + value
    seen = (1 - value) * (p2 - p1)
    return seen - value, seen + value


def verdict_of(measure: str, low: Fraction, high: Fraction) -> str:
    if measure == "later_share_bounds":
        return "bounds"
    if measure == "change_bounds":
        return "fall" if high < 0 else "rise" if low > 0 else "sign_open"
    if not 0 <= low <= 1:
        return "impossible"
    return "depends_on_rounding" if high > 1 else "possible"


def error_rate_results_from_printed_shares(first: Span, second: Span) -> Of:
    """Yield error rates that alone explain a change: p1 = p2 + f (1 - p2), and p2 = r p1.

    Their ends come from the ends of the rounding of both shares.
    """
    (p1, p2), (low1, high1), (low2, high2) = (sum(first) / 2, sum(second) / 2), first, second
    if high2 < 1:
        mistakes = [(a - b) / (1 - b) for a, b in ((p1, p2), (low1, high2), (high1, low2))]
        yield result_without_assumptions("earlier_false_positive_rate", *mistakes)
    yield result_without_assumptions("sensitivity_ratio", p2 / p1, low2 / high1, high2 / low1)


def tipping_points_from_counts(data: Data, pair: Pair) -> Of:
    x1, n1, x2, n2 = pair.counts
    low, high = confint_proportions_2indep(x2, n2, x1, n1, method="score", compare="ratio")
    recognised, cells = result_without_assumptions(
        "sensitivity_ratio", Fraction(x2 * n1, n2 * x1), low, high
    )
    yield recognised, cells | BY_CHANCE
    # The adults are all but the later share; the earlier wave judged some of them under 18.
    if x2 < n2:
        yield result_without_assumptions(
            "earlier_false_positive_rate", 1 - Fraction(n1 - x1, n1) / Fraction(n2 - x2, n2)
        )

    def nearer_limit(effect: float) -> float:
        """Return the Newcombe limit nearer zero, negated for a rise; it grows with the design effect."""
        low, high = newcombe(x1 / effect, n1 / effect, x2 / effect, n2 / effect)
        return float(high if x2 * n1 < x1 * n2 else -low)

    effect = bisect(nearer_limit, 0.1, 1e4)
    yield result_without_assumptions("design_effect_to_include_zero", effect)
    for side, row, n in (("earlier", pair.earlier, n1), ("later", pair.later, n2)):
        people = float(mean_people(data, row, n))
        if people >= 1:
            cv = 0.0 if effect <= people else bisect(lambda c, p=people: (1 + c * c) * p - effect, 0, 1e3)
            yield result_without_assumptions(f"{side}_venue_size_cv", cv)


def joint_tipping_points(data: Data, pair: Pair) -> Of:
    """Yield the hidden share needed under joint errors: one root of a quadratic from the upper limit."""
    x1, n1, _, n2 = pair.counts
    errors = ("design_effect", "hidden_affected", "sensitivity_ratio")
    for grid in product(*(data.assumed_values(error).items() for error in errors)):
        (deff, d), (affected, q), (recognised, r) = grid
        if min(n1, n2) / d < 1 or q <= x1 / n1:
            continue
        hidden = hidden_share_from_quadratic(pair.counts, d, q, r)
        cells = {"design_effect": d, "sensitivity_ratio": r}
        cells |= {"assumption_id": affected, "assumed": q}
        tail = f"{n1}.{deff}.{affected}.{recognised}"
        yield (tail, "hidden_share_needed_jointly", (hidden, "", "")), BY_CHANCE | cells


def hidden_share_from_quadratic(waves: tuple[int, int, int, int], d: float, q: float, r: float) -> object:
    """Solve (g0 + h s)² = ((1 - h) b)² + c² for h, where g0 + h s ≤ 0, with a = p2 / r, arms b and c."""
    x1, n1, x2, n2 = map(Decimal, waves)
    p1, p2, d, q, r = x1 / n1, x2 / n2, Decimal(d), Decimal(str(q)), Decimal(str(r))
    c = p1 - Decimal(wilson(float(x1 / d), float(n1 / d))[0])
    a, b = p2 / r, (Decimal(wilson(float(x2 / d), float(n2 / d))[1]) - p2) / r
    g0, s = a - p1, q - a
    if g0 + (b * b + c * c).sqrt() >= 0:
        return 0
    quadratic, linear, constant = b * b - s * s, -2 * b * b - 2 * g0 * s, b * b + c * c - g0 * g0
    root = (linear * linear - 4 * quadratic * constant).sqrt()
    roots = (
        [(-linear + sign * root) / (2 * quadratic) for sign in (1, -1)]
        if quadratic
        else [-constant / linear]
    )
    return next(float(h) for h in roots if 0 <= h <= 1 and g0 + h * s <= Decimal("1e-15"))


def consistency(data: Data) -> Iterator[Cells]:
    for share, count in data.figures:
        root = data.value[share["mention_of"] or share["value_id"]]
        bases: list[Row | None] = [n for _, n in data.bases(root)]
        for base in bases or [None]:
            for rule in RULES:
                yield single_share_test_row(share, count, base, rule)
    for share, _ in data.figures:
        together = data.beside(share)
        for rule in RULES if len(together) > 1 and share is together[0][0] else ():
            if not any(is_printed_as(Fraction(1, 10**9), share["low"], rule) for share, _ in together):
                yield joint(data, share["study_id"], together, rule)


def single_share_test_row(share: Row, count: int, base: Row | None, rule: str) -> Cells:
    token, key, fit = share["low"], share["value_id"], ends(sizes(share["low"], count, rule))
    head = (share["study_id"], "single", key, share["printed"], count)
    if base is None:
        return (f"{key}.{rule}", *head, "", "", rule, "", "", *fit, "", "", "", "not_testable")
    n = int(base["low"])
    # The weight spans the last printed digit, whichever rule the row is about.
    weights = [part * n / (100 * count) for part in (Fraction(token), *rounding_limits(token))]
    verdict = "consistent" if is_ratio_printed_as(count, n, token, rule) else "inconsistent_unweighted"
    counts = ends(counts_that_give(token, n, rule))
    own = base["value_id"]
    return (f"{key}.{own}.{rule}", *head, own, n, rule, *counts, *fit, *weights, verdict)


def joint(data: Data, study: str, figures: list[tuple[Row, int]], rule: str) -> Cells:
    fit = denominators_that_fit_all(figures, rule)
    printed = {int(n["low"]) for share, _ in figures for _, n in data.bases(share)}
    lists = [";".join(share[name] for share, _ in figures) for name in ("value_id", "printed")]
    counts = ";".join(str(count) for _, count in figures)
    verdict = "consistent" if printed & set(fit) else "inconsistent_unweighted"
    head = (f"{figures[0][0]['value_id']}.joint.{rule}", study, "joint", *lists, counts)
    return (*head, "", "", rule, "", "", *ends(fit), "", "", "", verdict)


def reconciliations(data: Data) -> Iterator[Cells]:
    for share, count in data.figures:
        key, study = share["value_id"], share["study_id"]
        if share["mention_of"] or not data.numerators(share):
            continue
        bases = [n for _, n in data.bases(share)]
        figures: list[Figure] = [*data.beside(share)]
        if not bases:
            figures = [
                figure for figure in data.figures if key in (figure[0]["value_id"], figure[0]["mention_of"])
            ]
        tried = (
            hypotheses_with_denominator(data, share, count, bases)
            if bases
            else hypotheses_without_denominator(data, share, count)
        )
        for name, needs, limits, fits in tried:
            for figure, own in figures:
                if fits is None:
                    outcome = "can_fit"
                else:
                    outcome = "reproduced" if fits(figure, own) else "not_reproduced"
                hypothesis, _, variant = name.partition("-")
                head = (f"{key}.{name}.{figure['value_id']}", study, key, hypothesis, variant, needs)
                last = (figure["value_id"], figure["printed"], own, outcome)
                yield (*head, *limits, *last)


def fits_at(bases: Iterable[int]) -> Fits:
    """Return a test of whether a printed share results from its count over one of the denominators."""
    return lambda figure, count: any(is_ratio_printed_as(count, n, figure["low"]) for n in bases)


def hypotheses_with_denominator(data: Data, share: Row, count: int, printed: list[Row]) -> Iterator[Tried]:
    bases = [int(row["low"]) for row in printed]
    token, n = share["low"], bases[0]
    given, needed = Fraction(100 * count, n), counts_that_give(share["low"], n)
    narrow = denominators_that_fit_all(data.beside(share))

    def fits_slip(figure: Row, own: int) -> bool:
        """Return whether a figure fits if the doubtful count changes; a count derived from it moves too."""
        moves = figure is share or not data.numerators(figure)
        moved = [own + (k - count) * moves for k in needed]
        return any(is_ratio_printed_as(k, n, figure["low"]) for k in moved)

    def weight_of(figure: Row, own: int) -> Fraction:
        return rounding_limits(figure["low"])[0] / Fraction(100 * own, n)

    if not is_printed_as(given, token):
        for row in printed:
            size = int(row["low"])
            whole = sorted({k for rule in RULES for k in counts_that_give(token, size, rule)})
            limits = (whole[0], whole[-1]) if whole else ("", "")
            yield f"any_count-{row['value_id']}", "numerator", limits, any_count_of(size)
        heaviest = max(weight_of(figure, own) for figure, own in data.beside(share) if 0 < own <= n)
        yield "city_weights", "city_weight", (heaviest, ""), None
        yield "weighting", "mean_weight", tuple(part / given for part in rounding_limits(token)), None
        yield "narrower_denominator", "denominator", ends(narrow), fits_at(narrow)
        yield "slip_in_count", "numerator", ends(needed), fits_slip
        yield "slip_in_share", "share", (given, given), fits_at([n])
        for other in bases[1:]:
            yield "other_printed_denominator", "denominator", (other, other), fits_at([other])


def any_count_of(n: int) -> Fits:
    """Return a test of whether a printed share results from some count of n people."""
    return lambda figure, _: any(counts_that_give(figure["low"], n, rule) for rule in RULES)


def hypotheses_without_denominator(data: Data, share: Row, count: int) -> Iterator[Tried]:
    first = data.earliest_published(share)
    if first["low"] != share["low"]:
        for version in (share, first):
            fit = sizes(version["low"], count)
            yield f"two_denominators-{version['value_id']}", "denominator", ends(fit), fits_at(fit)
        (low, high), (old_low, old_high) = rounding_limits(share["low"]), rounding_limits(first["low"])
        yield "weighting", "mean_weight", (low / old_high, high / old_low), None


SCOPES = """
WITH RECURSIVE pairs AS (
    SELECT r AS root, p AS other
    FROM reported_values p JOIN reported_values r ON r.value_id = p.mention_of),
inside AS (SELECT place_id, parent_id FROM places WHERE parent_id IS NOT NULL UNION ALL
    SELECT inside.place_id, places.parent_id FROM inside JOIN places ON places.place_id = inside.parent_id
    WHERE places.parent_id IS NOT NULL)
SELECT root.value_id, other.value_id, 'population', 'another_population', a.name, b.name FROM pairs
JOIN populations a ON a.population_id = root.population_id
JOIN populations b ON b.population_id = other.population_id WHERE a.population_id <> b.population_id
UNION ALL
SELECT root.value_id, other.value_id, 'place', CASE
    WHEN (a.place_id, b.place_id) IN (SELECT (place_id, parent_id) FROM inside) THEN 'less_precise_place'
    WHEN b.level = 'area_set' AND b.parent_id = a.parent_id THEN 'less_precise_place'
    ELSE 'another_place' END, a.name, b.name FROM pairs
JOIN places a ON a.place_id = root.place_id
JOIN places b ON b.place_id = other.place_id WHERE a.place_id <> b.place_id
    AND 'place-unnamed' NOT IN (a.place_id, b.place_id)
UNION ALL
SELECT root.value_id, other.value_id, 'sex', 'another_sex', root.sex, other.sex FROM pairs
WHERE root.sex <> other.sex AND 'not_stated' NOT IN (root.sex, other.sex)
UNION ALL
SELECT root.value_id, other.value_id, 'nature', 'another_nature', root.nature, other.nature FROM pairs
WHERE root.nature <> other.nature
"""
ANOTHER = {
    "age": ("another_age_bound", "ages"),
    "sex": ("another_sex", "sexes"),
    "population": ("another_population", "populations"),
    "place": ("another_place", "places"),
    "period": ("another_period", "periods"),
}
DECIDED = {
    "rough_wording": "one is given roughly, and the other rounds to it",
    "overlapping_bound": "one is a bound or a range, and both can hold",
    "separate_bound": "one is a bound or a range, and the two have no number in common",
    "transposed_digits": "same digits in a different order",
    "rounding": "one is the other with fewer decimals",
    "truncation": "one is the other cut off, not rounded",
    "unexplained": "no test applies",
    "share_against_its_counts": "no rounding of the count over the denominator gives the share",
    "parts_against_whole": "the parts do not add up to the whole",
    "change_against_its_ends": "the two ends give a different change",
    "change_against_its_difference": "the difference gives a different change",
    "another_method": "a link says that both are on the same matter, by other methods",
    "one_numeral_two_quantities": "the number is the same, what it is said of is not",
} | {kind: f"no closer test applies, and the two name different {word}" for kind, word in ANOTHER.values()}


@lru_cache(maxsize=1)
def conflicts(data: Data) -> list[Cells]:
    """Return every conflict once; cached for the table of values, which counts them."""
    changes = (differences_of_changes_from_ends(data), differences_of_changes_from_printed_cases(data))
    computed = (
        differences_of_shares_from_counts(data),
        of_parts(data),
        *changes,
        differences_between_methods(data),
        twins(data),
    )
    rows: list[Cells] = []
    for row, to, dimension, kind, has, gives in chain(differences_between_mentions(data), *computed):
        ids = (row["value_id"], to["value_id"], dimension)
        is_scope = dimension in {*ANOTHER, "nature"}
        test = f"the {dimension} that is named differs" if is_scope else DECIDED[kind]
        rows.append((".".join(ids), *ids, kind, type_of_difference(kind, row, to), has, gives, test))
    for check in (link for link in data.table("links") if link["relation"] == "checked_against"):
        two = [data.value[check["from_id"]], data.value[check["to_id"]]]
        ids, shown = [row["value_id"] for row in two], [row["printed"] for row in two]
        last = ("cross_check", "judged", check["judgement"], *shown, check["reason"])
        rows.append((".".join([*ids, "cross_check"]), *ids, *last))
    return rows


NEVER_BOTH = {
    *("transposed_digits", "parts_against_whole"),
    *("change_against_its_ends", "change_against_its_difference"),
}


def type_of_difference(kind: str, row: Row, to: Row) -> str:
    """Return what a difference means; it is a contradiction only if both cannot be true."""
    if kind in NEVER_BOTH or (kind == "share_against_its_counts" and row["weighted"] == "no"):
        return "contradiction"
    if kind == "unexplained":
        return "not_explained"
    if kind == "share_against_its_counts":
        return "in_tension"
    if kind == "separate_bound":
        return "other_counter_or_scope" if [*differing(row, to)] else "contradiction"
    is_wording = kind in {"rounding", "truncation", "rough_wording", "overlapping_bound"}
    return "both_can_hold" if is_wording else "other_counter_or_scope"


def differences_between_mentions(data: Data) -> Iterator[Found]:
    """Yield differences of mentions: scope against the main mention, and numbers between all pairs."""
    scopes: dict[tuple[str, str], list[tuple[str, str, str, str]]] = defaultdict(list)
    for main_id, mention_id, *difference in data.database.execute(SCOPES).fetchall():
        scopes[main_id, mention_id].append(tuple(difference))
    for mention in [row for row in data.values if row["mention_of"]]:
        main = data.value[mention["mention_of"]]
        found = scopes[main["value_id"], mention["value_id"]]
        if ages_differ(main, mention):
            found.append(("age", "another_age_bound", ages(main), ages(mention)))
        if periods_differ(main, mention):
            found.append(("period", "another_period", main["period"], mention["period"]))
        for dimension, *difference in found:
            yield (main, mention, dimension, *difference)
    for root in data.main_mentions:
        rest = sorted(data.mentions[root["value_id"]], key=lambda row: row["value_id"])
        for mention, other in combinations([root, *(row for row in rest if row is not root)], 2):
            kind = number_kind(mention, other, set(differing(mention, other)))
            if kind:
                yield mention, other, "value", kind, mention["printed"], other["printed"]


def differing(*rows: Row) -> Iterator[str]:
    """Yield the parts of their scope in which two mentions differ."""
    yield from ["age"] if ages_differ(*rows) else []
    for name, unknown in (("sex", "not_stated"), ("population_id", ""), ("place_id", "place-unnamed")):
        if len({row[name] for row in rows} - {unknown}) > 1:
            yield name.removesuffix("_id")
    yield from ["period"] if periods_differ(*rows) else []


def ages_differ(*rows: Row) -> bool:
    """Return whether ages differ; a blank is unknown, except for all ages: from 0, with no upper end."""
    youngest = {row["age_min"] or {"all_ages": "0"}.get(row["age_min_reason"], "") for row in rows}
    oldest = {row["age_max"] or {"all_ages": "none"}.get(row["age_max_reason"], "") for row in rows}
    return any(len(known - {""}) > 1 for known in (youngest, oldest))


def ages(row: Row) -> str:
    youngest, oldest = row["age_min"], row["age_max"]
    if not oldest and row["age_max_reason"] == "all_ages":
        return "all ages" if youngest in ("", "0") else f"{youngest} and older"
    if not oldest:
        unknown = row["age_max_reason"].replace("_", " ")
        start = f"from {youngest}, " if youngest != "0" else ""
        return f"{start}upper age {unknown}" if youngest else unknown
    if youngest in ("", "0"):
        return f"under {int(oldest) + 1}"
    return oldest if youngest == oldest else f"{youngest} to {oldest}"


@cache
def first_and_last_day(period: str) -> tuple[date, date]:
    """Return the first and last day of a partial date, or of a span of two."""
    first, _, last = period.partition("/")
    begin, end = ([int(part) for part in end.split("-")] for end in (first, last or first))
    if len(end) < 3:
        year, month = (*end, 12)[:2]
        end = [year, month, monthrange(year, month)[1]]
    return date(*(*begin, 1, 1)[:3]), date(*end)


def periods_differ(root: Row, printing: Row) -> bool:
    """Return whether neither period lies within the other; a blank is unknown."""
    if not (root["period"] and printing["period"]):
        return False
    (start, end), (other_start, other_end) = (
        first_and_last_day(root["period"]),
        first_and_last_day(printing["period"]),
    )
    lies_within = other_start <= start and end <= other_end
    return not (lies_within or bool(start <= other_start and other_end <= end))


def number_kind(root: Row, printing: Row, scopes: set[str]) -> str:
    """Return the first kind of difference that a printed number shows against its main mention."""
    own_low, other_low, how = root["low"], printing["low"], {root["qualifier"], printing["qualifier"]}
    if (len(how) == 1 or how <= BOUNDS) and low_and_high_as_numbers(root) == low_and_high_as_numbers(
        printing
    ):
        return ""  # also two ranges with the same ends, however worded
    if is_one_an_approximation(root, printing):
        return "rough_wording"
    if how & BOUNDS:
        return (
            "overlapping_bound"
            if ranges_overlap(low_and_high_with_rounding(root), low_and_high_with_rounding(printing))
            else "separate_bound"
        )
    if own_low != other_low and sorted(own_low) == sorted(other_low):
        return "transposed_digits"
    gap = abs(Fraction(own_low) - Fraction(other_low))
    if decimal_places(own_low) != decimal_places(other_low) and gap <= half_unit(own_low) + half_unit(
        other_low
    ):
        return "rounding"
    if decimal_places(own_low) != decimal_places(other_low) and is_number_truncated(
        *sorted((own_low, other_low), key=decimal_places)
    ):
        return "truncation"
    return next((ANOTHER[name][0] for name in ANOTHER if name in scopes), "unexplained")


def is_number_truncated(short: str, long: str) -> bool:
    """Return whether the longer number begins with the digits of the shorter."""
    return long.startswith(short + ("" if "." in short else "."))


def low_and_high_as_numbers(row: Row) -> list[Fraction | str]:
    """Return both ends as numbers, so that 2.20 equals 2.2; an open end stays blank."""
    return [Fraction(row[end]) if row[end] else "" for end in ("low", "high")]


def is_one_an_approximation(*rows: Row) -> bool:
    """Return whether an approximate number is close enough to the other."""
    reaches = [half_of_last_significant_digit(row["low"]) for row in rows if row["qualifier"] == "about"]
    if not reaches or any(row["low"] != row["high"] for row in rows):
        return False
    first, second = (Fraction(row["low"]) for row in rows)
    return abs(first - second) <= max(reaches)


def half_of_last_significant_digit(token: str) -> Fraction:
    """Return half a unit of the last significant digit: 20000 is rough to 10000."""
    zeros = 0 if "." in token else len(token) - len(token.rstrip("0"))
    return half_unit(token) * int("1" + "0" * zeros)


def low_and_high_with_open_ends(row: Row) -> Span:
    """Return the low and high end; an open end is 0 or infinity."""
    return Fraction(row["low"] or 0), Fraction(row["high"]) if row["high"] else inf


def low_and_high_with_rounding(row: Row) -> Span:
    """Return the low and high end, widened on both sides for an approximate number."""
    (low, high), is_rough = low_and_high_with_open_ends(row), row["qualifier"] == "about"
    half = half_of_last_significant_digit(row["low"]) if is_rough and row["low"] else 0
    return low - half, high + half


def ranges_overlap(first: Span, second: Span) -> bool:
    return max(first[0], second[0]) <= min(first[1], second[1])


def differences_of_shares_from_counts(data: Data) -> Iterator[Found]:
    """Yield shares that do not follow from their own counts."""
    for share in rows_printed_in_digits(rows_with_exact_number(data.main_mentions)):
        for x, n in data.bases(share)[:1]:
            percent = Fraction(100 * int(x["low"]), int(n["low"]))
            if not is_printed_as(percent, share["low"]):
                gives = f"{int(x['low']):,} of {int(n['low']):,} is {float(percent):.2f} percent"
                yield share, x, "counts", "share_against_its_counts", share["printed"], gives


def of_parts(data: Data) -> Iterator[Found]:
    """Yield parts that make up a whole but do not add up to it."""
    for (key, _), parts in data.parts.items():
        whole, spread = data.value[key], spread_of(data, data.value[key])
        if len(rows_with_exact_number([whole, *parts])) == 1 + len(parts):
            lows, highs = zip(*(spread(part["low"]) for part in parts), strict=True)
            if not ranges_overlap((sum(lows), sum(highs)), spread(whole["low"])):
                total = f"{float(sum(Fraction(part['low']) for part in parts)):,.10g}"
                gives = f"{' + '.join(part['printed'] for part in parts)} is {total}"
                for part in parts:
                    yield whole, part, "parts", "parts_against_whole", whole["printed"], gives


def spread_of(data: Data, row: Row) -> Callable[[str], tuple[Fraction, Fraction]]:
    """Return a function giving the range of a number: half a unit of the last digit for a share.

    A count has no such range.
    """
    return (
        rounding_limits
        if data.kind(row) == "share"
        else lambda number: (Fraction(number), Fraction(number))
    )


def differences_of_changes_from_ends(data: Data) -> Iterator[Found]:
    """Yield printed changes that do not follow from their two ends, by truncation or otherwise."""
    for earlier, later, key in data.falls():
        if not key or len(rows_with_exact_number([earlier, later])) < 2:
            continue
        change, sign = data.value[key], {"fall": -1, "rise": 1}
        way = sign[data.indicator[change["indicator_id"]]["direction"]]
        spread = spread_of(data, earlier)
        given = way * 100 * (Fraction(later["low"]) / Fraction(earlier["low"]) - 1)
        possible = [way * 100 * (b / a - 1) for a in spread(earlier["low"]) for b in spread(later["low"])]
        if not ranges_overlap((min(possible), max(possible)), printed(change)):
            gives = f"{earlier['printed']} to {later['printed']} is {float(given):.2f} percent"
            cut = change["qualifier"] == "exact" and is_number_truncated(
                change["low"], f"{float(given):.9f}"
            )
            kind = "truncation" if cut else "change_against_its_ends"
            yield change, later, "ends", kind, change["printed"], gives


def differences_of_changes_from_printed_cases(data: Data) -> Iterator[Found]:
    """Yield printed changes that disagree with the printed number of cases more or fewer."""
    named = defaultdict(list)
    for link in data.table("links"):
        named[link["from_id"]].append(link["to_id"])
    for later in rows_with_exact_number(data.main_mentions):
        linked = named[later["value_id"]]
        beside = [data.value[key] for key in linked if later in data.joined["later_end_of", key]]
        for change, gap in product(beside, rows_with_exact_number(beside)):
            kinds = (data.kind(change), data.kind(gap))
            if kinds != ("change", "measure") or change["period"] != gap["period"]:
                continue
            is_fall = data.indicator[change["indicator_id"]]["direction"] == "fall"
            before = int(later["low"]) + int(gap["low"]) * (1 if is_fall else -1)
            given = Fraction(100 * int(gap["low"]), before) if before > 0 else None
            if given is not None and not ranges_overlap((given, given), printed(change)):
                words = f"{gap['printed']} {'fewer' if is_fall else 'more'}"
                gives = f"{before} to {later['printed']} ({words}) is {float(given):.2f} percent"
                yield change, gap, "ends", "change_against_its_difference", change["printed"], gives


def printed(change: Row) -> Span:
    """Return the range of numbers that a printed change may be rounded from."""
    if change["qualifier"] == "exact":
        return rounding_limits(change["low"])
    half = half_of_last_significant_digit(change["low"]) if change["qualifier"] == "about" else 0
    low, high = low_and_high_with_open_ends(change)
    return low - half, high + half


def differences_between_methods(data: Data) -> Iterator[Found]:
    """Yield two counts of the same thing by different methods, unless the numbers agree."""
    for to in data.main_mentions:
        for row in data.linked("same_by_other_method", to):
            if number_kind(row, to, set()):
                yield row, to, "method", "another_method", row["printed"], to["printed"]


def twins(data: Data) -> Iterator[Found]:
    """Yield pairs with the same percentage for different things in one study or claim."""
    groups: dict[Cells, list[Row]] = defaultdict(list)
    claims: dict[str, list[str]] = defaultdict(list)
    percent = [
        reading
        for reading in data.main_mentions
        if data.indicator[reading["indicator_id"]]["unit"] == "percent"
    ]
    for row in (row for row in data.table("scopes") if row["claim_id"]):
        claims[row["value_id"]].append(row["claim_id"])
    for row in percent:
        if data.kind(row) == "change" and row["study_id"]:
            same = (row["study_id"], row["place_id"], ages(row), row["period"])
            groups[row["low"], row["high"], *same].append(row)
        for claim in claims[row["value_id"]]:
            groups[row["low"], row["high"], claim].append(row)
    ids = [[row["value_id"] for row in group] for group in groups.values()]
    pairs = {
        (first, second) for group in ids for at, first in enumerate(group) for second in group[at + 1 :]
    }
    for first_id, second_id in sorted(pairs):
        first, second = data.value[first_id], data.value[second_id]
        if what_is_counted_key(first) != what_is_counted_key(second):
            words = reading_in_words(data, first), reading_in_words(data, second)
            yield first, second, "indicator", "one_numeral_two_quantities", *words


def what_is_counted_key(row: Row) -> Cells:
    return row["indicator_id"], row["population_id"], row["place_id"], ages(row)


def reading_in_words(data: Data, row: Row) -> str:
    """Return a number with what it counts, of whom and where."""
    population = data.names("populations").get(row["population_id"], "")
    place = data.names("places")[row["place_id"]]
    words = (data.indicator[row["indicator_id"]]["name"], population, ages(row), place)
    return f"{row['printed']} – {', '.join(word for word in words if word)}"


def origins(data: Data) -> Iterator[Cells]:
    """Yield every mention of every claim in order of time, with the organisation credited."""
    sources = {row["source_id"]: row for row in data.table("sources")}
    claims: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for row in (row for row in data.table("scopes") if row["claim_id"]):
        value = data.value[row["value_id"]]
        claims[row["claim_id"]].append((value, sources[value["source_id"]]))
    for claim, printings in claims.items():
        for position, (value, where) in enumerate(in_time(printings), start=1):
            others = [source for other, source in printings if other is not value]
            rows = [other for other, _ in printings if other is not value]
            key, date, body = value["value_id"], where["date_published"], value["credited_to"]
            earliest = is_earliest(date, [other["date_published"] for other in others])
            last = (chain_of(value, rows), earliest)
            yield (claim, key, position, date, body, *last)


def in_time(printings: list[tuple[Row, Row]]) -> list[tuple[Row, Row]]:
    """Sort by the last possible day, then by the first; undated mentions come last."""
    ordered = sorted(printings, key=lambda mention: mention[0]["value_id"])
    dated = [mention for mention in ordered if mention[1]["date_published"]]
    dated.sort(key=lambda mention: first_and_last_day(mention[1]["date_published"])[::-1])
    return dated + [mention for mention in ordered if not mention[1]["date_published"]]


def chain_of(value: Row, others: list[Row]) -> str:
    """Return how far the credit leads to a document of the organisation that counted the same thing."""
    body = value["credited_to"]
    if not body:
        is_told = (value["credited_to_reason"], value["evidence"]) == ("not_applicable", "secondary")
        return "credits_person" if is_told else "credits_nobody"
    if is_its_own(value):
        return "speaks_for_itself"
    theirs = [other for other in others if is_its_own(other) and other["credited_to"] == body]
    is_read = any(same_count(value, other) for other in theirs)
    return "credited_body_read" if is_read else "chain_breaks"


def is_its_own(row: Row) -> bool:
    """Return whether an organisation reports its own measurement; a claim has no count behind it."""
    return row["evidence"] == "primary" and row["nature"] in MEASURED


MEASURED = {"observed", "recorded", "estimated", "modelled"}


def same_count(*rows: Row) -> bool:
    """Return whether the rows are of one quantity, or of one known study."""
    quantities = {row["mention_of"] or row["value_id"] for row in rows}
    studies = {row["study_id"] for row in rows}
    return len(quantities) == 1 or (len(studies) == 1 and studies != {""})


def is_earliest(date: str, others: list[str]) -> str:
    """Return whether all others certainly came later; “unknown” if their dates leave it open."""
    if not date:
        return "unknown"
    (first, last), dated = (
        first_and_last_day(date),
        [first_and_last_day(other) for other in others if other and other != date],
    )
    if any(end < first for _, end in dated):
        return "no"
    return "yes" if all(start > last for start, _ in dated) else "unknown"


@lru_cache(maxsize=1)
def countries(data: Data) -> dict[str, str]:
    """Return the outermost place that contains each place."""
    parents = {row["place_id"]: row["parent_id"] for row in data.table("places")}
    found = {}
    for place in parents:
        found[place] = place
        while parents[found[place]]:
            found[place] = parents[found[place]]
    return found


def scenario_sample_sizes(data: Data) -> Iterator[Cells]:
    """Yield sample sizes, found by trial: the fewest people with which the aim is met."""
    sampled = {row["study_id"] for row in data.table("studies") if row["is_sample"] == "yes"}
    nothing = [row for row in data.main_mentions if row["qualifier"] == "none_found"]
    young = {ages(row) for row in nothing if row["topic"] == "venue_studies"}
    for share in rows_printed_in_digits(rows_with_exact_number(data.shares)):
        is_judged = share["indicator_id"] == "share-in-age-band" and share["study_id"] in sampled
        p = Fraction(share["low"]) / 100
        is_earlier = share["value_id"] in {earlier["value_id"] for earlier, _, _ in data.falls()}
        if share["topic"] != "venue_studies" or is_earlier:
            continue
        if not is_judged or not may_be_compared(share) or not 0 < p < 1:
            continue
        for deff, effect in data.assumed_values("design_effect").items():
            is_for = {"exclude_after_none_found": ages(share) in young}
            is_under_18 = (share["age_min"], share["age_max"]) == ("0", "17")
            for measure, aim, value, power, n in sample_size_aims(data, float(p), effect):
                if not is_for.get(measure, is_under_18):
                    continue
                venues = venues_for(data, share, n)
                head = (measure, aim, value, deff, effect)
                yield *head, *(power or ("", "")), share["value_id"], 95, n, venues


def sample_size_aims(data: Data, p: float, effect: float) -> Iterator[tuple[str, str, float, Cells, int]]:
    for aim, width in data.assumed_values("half_width").items():
        if width < p:
            n = smallest_sufficient_number(lambda n, w=width: Z * sqrt(p * (1 - p) * effect / n) <= w)
            yield "half_width", aim, width, (), n
    for (aim, fall), power in product(
        data.assumed_values("relative_fall").items(), data.assumed_values("power").items()
    ):
        n = smallest_sufficient_number(
            lambda n, fall=fall, power=power: power_of(p, p * (1 - fall), n / effect) >= power[1]
        )
        yield "further_fall", aim, fall, power, n
    for aim, row in data.rates("false_negative_rate"):
        if not row["fact_id"]:
            seen = p * float(1 - Fraction(row["value"]))
            n = smallest_sufficient_number(lambda n, seen=seen: (1 - seen) ** (n / effect) <= 0.05)
            yield "exclude_after_none_found", aim, float(row["value"]), (), n


def smallest_sufficient_number(is_enough: Callable[[int], bool]) -> int:
    return bisect_left(range(1, 10**9), True, key=is_enough) + 1


@cache
def power_of(p1: float, p2: float, n: float) -> float:
    return float(power_proportions_2indep(p2 - p1, p1, n, alternative="two-sided").power)


def venues_for(data: Data, share: Row, n: int) -> object:
    """Return the venues needed for n people at the mean of that study; blank if unknown."""
    of_study = [row for row in counted(data.main_mentions) if row["study_id"] == share["study_id"]]
    known = {row["indicator_id"]: row["low"] for row in reversed(of_study)}
    if "people-observed" not in known or "venues-visited" not in known:
        return ""
    return -(-n * int(known["venues-visited"]) // int(known["people-observed"]))


@lru_cache(maxsize=1)
def value_limitations(data: Data) -> list[Cells]:
    """Return limitations by reading, joined by an SQL query that ranks the reasons.

    Those that cannot apply to the quantity are left out. Cached for the table of values.
    """
    kinds = {row["limitation_id"]: row for row in data.table("limitations")}
    joined = data.database.execute(LIMITS).fetchall()
    roots = {key: data.value[row["mention_of"] or key] for key, row in data.value.items()}
    return [row for row in joined if can_bear(data, kinds[row[1]], roots[row[0]])]


def can_bear(data: Data, limit: Row, root: Row) -> bool:
    """Return whether a limitation of this kind can apply to such a quantity."""
    kind = data.kind(root)
    of_parts, known = kind in ("share", "change"), {root["age_min"], root["age_max"]} - {"", "0"}
    aged = bool(known) or root["show"] == "with_both_denominators"
    if limit["reach"] == "all_figures":
        read = [
            data.extents[row["source_id"]] for row in rows_not_withdrawn(data.mentions[root["value_id"]])
        ]
        return any(extent != "whole" for extent in read)
    if limit["reach"] == "whole_topic":
        return of_parts or kind == "count"
    if limit["kind"] in ABOUT_AGES:
        return aged
    tests = {
        "zero_claim": root["qualifier"] == "none_found",
        "weighting": of_parts,
        "sampling": of_parts,
        "denominator": aged or of_parts,
    }
    return tests.get(limit["kind"], True)


ABOUT_AGES = {"age_judgement", "false_papers", "coverage", "hidden_methods"}
ABOUT_AGES |= {"displacement", "comparability"}


LIMITS = """
WITH of_studies AS (
    SELECT *, if(count(*) OVER (PARTITION BY limitation_id) = 1, 2, 3) AS rank,
        if(rank = 2, 'study', 'several_studies') AS why
    FROM scopes WHERE limitation_id IS NOT NULL AND study_id IS NOT NULL
), grounds AS (
    SELECT v.value_id, l.limitation_id, 1 AS rank, 'this_value' AS why FROM reported_values v
    JOIN scopes l ON l.value_id = coalesce(v.mention_of, v.value_id)
    UNION ALL SELECT v.value_id, l.limitation_id, l.rank, l.why FROM reported_values v
    JOIN of_studies l USING (study_id)
    UNION ALL SELECT v.value_id, l.limitation_id, 4, 'topic' FROM reported_values v
    JOIN limitations l USING (topic)
    UNION ALL SELECT v.value_id, l.limitation_id, 5, 'all_figures' FROM reported_values v, limitations l
    WHERE l.reach = 'all_figures'
)
SELECT value_id, limitation_id, min_by(why, rank)
FROM grounds WHERE limitation_id IS NOT NULL GROUP BY value_id, limitation_id
"""


def values(data: Data) -> Iterator[Computed]:
    """Yield the rows of `values`, each with the subjects that it or a related row matches."""
    rows = [*flat_rows(data)]
    kinds = {str(row["value_id"]): (row["topic"], row["indicator_id"], row["in_country"]) for row in rows}
    members: dict[str, set[str]] = defaultdict(set)  # ids of readings by subject
    for wanted in data.table("subject_filters"):
        asked = [(name, cell) for name, cell in [*wanted.items()][2:] if cell]
        for row in rows:
            if all(f";{cell};" in f";{row[name]};" for name, cell in asked):
                others = [key for key in str(row["differs_from"]).split(";") if key]
                differing = [key for key in others if kinds[key] == kinds[str(row["value_id"])]]
                members[wanted["subject_id"]] |= {str(row["value_id"]), *differing}
    for row in rows:
        mentions = {str(other["value_id"]) for other in rows if other["quantity_id"] == row["quantity_id"]}
        yield row | {"subject_ids": ";".join(sorted(key for key, ids in members.items() if mentions & ids))}


def subjects(data: Data) -> Iterator[Computed]:
    """Yield the subjects, counted and worded from this module's own table of values."""
    figures = {str(row["value_id"]): row for row in values(data)}
    missing = {row["not_available_id"]: row["what"] for row in data.table("not_available")}
    ways = {
        "found": ("sample_survey", "other_study"),
        "recorded": ("administrative_record",),
        "estimated": ("estimate", "model"),
        "claimed": ("claim",),
    }
    known = {word: way for way, words in ways.items() for word in words}
    for told in data.table("subjects_told"):
        subject_id = told["subject_id"]
        mine = [row for row in figures.values() if subject_id in str(row["subject_ids"]).split(";")]
        own = [row for row in mine if row["mention"] == "main"]
        years = [int(str(row[end])) for row in own for end in ("from_year", "to_year") if row[end]]
        gaps = [gap["gap_id"].rpartition(".") for gap in data.table("subject_gaps")]
        keys = [key for subject, _, key in gaps if subject == subject_id]
        named = [
            row
            for row in data.table("subject_headlines")
            if row["subject_id"] == subject_id and stands(data, row["value_id"])
        ]
        first = [as_told(data, figures, row["value_id"], known, named) for row in named]
        yield {
            **told,
            **{way: sum(row["evidence_type"] in words for row in own) for way, words in ways.items()},
            "from_year": min(years, default=""),
            "to_year": max(years, default=""),
            "not_available": "; ".join(f"{key}: {missing[key]}" for key in keys),
            "main_figures": " ".join(f"{at + 1}) {words}." for at, words in enumerate(first)),
            "by_year": " ".join(counts_by_year(data, own)),
        }


def as_told(
    data: Data, figures: dict[str, Computed], value_id: str, known: dict[str, str], named: list[Row]
) -> str:
    """Return one figure in words, in a fixed order; blank cells are left out."""
    row = figures[value_id]

    def other_than(key: str) -> str:
        apart = [str(figures[key][name]) for name in ("population", "place")]
        apart = [words for words in apart if words and words not in (row["population"], row["place"])]
        return f"{in_words(data, data.value[key])} ({'; '.join([key, *apart])})"

    cells = defaultdict(str, {name: str(cell) for name, cell in row.items()})
    reading, ages = data.value[cells["value_id"]], cells["ages_counted"] or cells["denominator_ages"]
    people = cells["population"] + (f", {reading['sex']}" if reading["sex"] in {"female", "male"} else "")
    if re.search("[0-9]", ages) and ages not in cells["what"]:
        people += f", {ages}"
    when = cells["year_label"].replace("not stated", cells["period_words"] or "no year given")
    if cells["months"] and float(cells["months"]) != 12:
        when += f" ({cells['months']} months)"
    source = cells["publisher"] + (f", {cells['date_published']}" if cells["date_published"] else "")
    words = (
        f"{reading['value_id']}: {in_words(data, reading)}, {cells['what']}; {people}; {cells['place']}; "
    )
    words += f"{when}; {known[cells['evidence_type']]} ({source})"
    if cells["credited_to"]:
        words += f"; credited to {cells['credited_to']}"
    if known[cells["evidence_type"]] not in {"recorded", "claimed"}:
        words += f"; as printed: {reading['scope_as_printed']}"
    if totals := [
        f"{in_words(data, data.value[key])} ({key})" for key in split(cells["part_of"]) if stands(data, key)
    ]:
        words += f"; part of {', '.join(totals)}"
    held = [
        link["from_id"]
        for link in data.table("links")
        if link["relation"] == "part_of" and link["to_id"] == value_id and stands(data, link["from_id"])
    ]
    if parts := [
        other_than(key)
        for key in data.value
        if key in held and data.value[key]["indicator_id"] == reading["indicator_id"]
    ]:
        words += f"; of which {', '.join(parts)}"
    bases = [
        f"{in_words(data, data.value[key])} ({key})"
        for key in split(cells["denominator_ids"])
        if stands(data, key)
    ]
    if cells["share_by_counts"]:
        words += f"; its counts: {cells['share_by_counts']}"
    elif bases:
        words += f"; of {' or '.join(bases)}"
    if beside := [other_than(key) for key in split(cells["stands_with"]) if stands(data, key)]:
        words += f"; only beside {', '.join(beside)}"
    if apart := [key for key in split(cells["not_comparable_with"]) if any_names(named, key)]:
        words += f"; not comparable with {', '.join(apart)}"
    return words


def stands(data: Data, value_id: str) -> bool:
    return data.value[value_id]["show"] != "withdrawn"


def split(ids: str) -> list[str]:
    return [key for key in ids.split(";") if key]


def any_names(named: list[Row], value_id: str) -> bool:
    return any(row["value_id"] == value_id for row in named)


def in_words(data: Data, row: Row) -> str:
    """Return the number of a reading with its qualifier and unit, such as nearly 35%."""
    forms = {(row["code"], row["form"]): row["words"] for row in data.table("code_words")}
    units = {"percent": "%", "years": " years", "us_dollars": " US dollars"}
    base = (
        re.findall("[0-9]+", row["printed"].replace(",", ""))[-1:]
        if row["written_in"] == "fraction"
        else []
    )
    ends = [row[end] for end in ("low", "high") if row[end]]
    if base and base[0].strip("0") not in ("", "1"):
        ends = [f"{float(end):.2g}" for end in ends]
    told = [f"{Decimal(end):,}" for end in dict.fromkeys(ends)]
    number = " to ".join(told) + units.get(data.indicator[row["indicator_id"]]["unit"], "")
    near = re.search("just over|nearly|almost|près de|casi", row["printed"].lower())
    if near and row["qualifier"] in BOUNDS - {"range", "range_of_estimates", "spread"}:
        same = near[0] if near[0] in ("just over", "almost") else "nearly"
        return f"{same} {number}"
    form = "count" if data.kind(row) == "count" else "number"
    return forms[row["qualifier"], form].replace("{n}", number)


CHANGED = {
    "law": "law",
    "period": "period",
    "who_counted": "who counted",
    "coverage": "coverage",
    "definition": "definition",
    "venue_closure": "venue closure",
    "online_scam": "online scam",
    "restated": "counted again later",
    "organisation": "organisation",
}  # what a break of a series is


def counts_by_year(data: Data, own: list[Computed]) -> Iterator[str]:
    """Yield one line for each series with two or more counts in these rows."""
    for series in data.table("series"):
        key = series["series_id"]
        rows = [row for row in own if row["series_id"] == key and stands(data, str(row["value_id"]))]
        rows.sort(key=lambda row: (str(row["from_year"]), str(row["to_year"])))
        if len(rows) < 2:
            continue
        told = []
        for row in rows:
            value_id = str(row["value_id"])
            words = f"{row['year_label']}: {in_words(data, data.value[value_id])} ({value_id}"
            for told_apart in ("population", "credited_to"):
                if row[told_apart] and any(other[told_apart] != row[told_apart] for other in rows):
                    words += f"; {row[told_apart]}"
            told.append(words + ")")
        since, until = str(rows[0]["from_year"]), str(rows[-1]["to_year"])
        stops = [row for row in data.table("series_breaks") if row["series_id"] == key]
        told_stops = {f"{row['at'][:4]} ({CHANGED[row['kind']]})" for row in stops}
        between = sorted(stop for stop in told_stops if since < stop[:4] <= until)
        tail = f"; breaks: {', '.join(between)}" if between else ""
        yield f"{series['name']} ({key}): {', '.join(told)}{tail}."


def flat_rows(data: Data) -> Iterator[Computed]:
    """Yield rows joined by an SQL query, with words, conflicting pairs and counts added."""
    opposed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, first, second, _, _, kind, *_ in conflicts(data):
        for column in {OPPOSED.get(str(kind), "differs_from"), "differs_from"}:
            opposed[column, str(first)].add(str(second))
            opposed[column, str(second)].add(str(first))
    for link in data.table("links"):
        if link["relation"] == "not_comparable":
            opposed["not_comparable_with", link["from_id"]].add(link["to_id"])
            opposed["not_comparable_with", link["to_id"]].add(link["from_id"])
        ends = rows_not_withdrawn([data.value[link[end]] for end in ("from_id", "to_id")])
        kinds = [row["indicator_id"] for row in ends]
        if link["relation"] == "part_of" and len(kinds) == 2 and len({*kinds}) == 1:
            opposed["part_of", link["from_id"]].add(link["to_id"])
    for _ in data.values:  # enough rounds for the longest chain of parts
        for key, wholes in [*opposed.items()]:
            if key[0] == "part_of":
                wholes.update(*(opposed.get(("part_of", whole), ()) for whole in [*wholes]))
    limits: dict[str, list[str]] = defaultdict(list)
    for value_id, limitation_id, _ in value_limitations(data):
        limits[str(value_id)].append(str(limitation_id))
    told: dict[str, list[str]] = defaultdict(list)
    for scope in data.table("scopes"):
        told[scope["value_id"]] += filter(None, [scope["claim_id"]])

    def met(column: str, key: str) -> list[str]:
        """Return what a column holds for a reading and its further mentions."""
        printings = [row["value_id"] for row in data.values if key in (row["value_id"], row["mention_of"])]
        return sorted({other for printing in printings for other in opposed[column, printing]} - {key})

    def disputed(row: Row) -> set[str]:
        """Return what contradicts a reading, or one of the two ends of a change."""
        linked, names = data.linked, set(OPPOSED.values())
        main = data.value[row["mention_of"] or row["value_id"]]
        ends = (
            [*linked("earlier_end_of", main), *linked("later_end_of", main)]
            if rows_not_withdrawn([main])
            else []
        )
        ids = [row["value_id"], main["value_id"], *(end["value_id"] for end in ends)]
        return {other for key in ids for name in names for other in met(name, key)} - {row["value_id"]}

    about = defaultdict(set, {key: {*words} for key, words in data.database.execute(GROUPS).fetchall()})
    order = words_in_order(data, "populations", "about_group")
    data.database.execute(UNLIKE)
    found_values = data.database.execute(VALUES)
    names = [name for name, *_ in found_values.description]
    for cells in found_values.fetchall():
        row = dict(zip(names, ("" if cell is None else cell for cell in cells), strict=True))
        reading = data.value[key := str(row["value_id"])]
        row |= {
            "what": phrase(data, reading),
            "population": row["population"] or whom_later(data, reading),
            **both_ages(data, reading),
            "about_group": ";".join(sorted(named_groups(about[key], reading), key=order.index)),
            **dict(zip(("in_country", "country_code"), whereabouts(data, reading), strict=True)),
            **(numbers_linked(data, reading) if not reading["mention_of"] else {}),
            "stands_with": ";".join(sorted({*beside(data, reading), *disputed(reading)})),
            "to_show": "with_what_differs"
            if reading["show"] == "free" and disputed(reading)
            else reading["show"],
            **{name: ";".join(met(name, key)) for name in (*OPPOSED.values(), "differs_from")},
            "part_of": ";".join(
                sorted(
                    opposed["part_of", reading["mention_of"] or key]
                    if rows_not_withdrawn([reading])
                    else ()
                )
            ),
            "not_comparable_with": ";".join(
                sorted(opposed["not_comparable_with", reading["mention_of"] or key])
            ),
            "months": how_long(data, reading),
            "series_note": what_lies_before(data, reading),
            "no_interval_reason": why_no_interval(data, reading),
            "claim_ids": ";".join(sorted(told[key])),
            "limitation_ids": ";".join(sorted(limits[key])),
        }
        if row["to_show"] == "withdrawn":
            row |= dict.fromkeys(NUMBERS, "")
        yield row


OPPOSED = {
    "contradiction": "contradicts",
    "in_tension": "in_tension_with",
    "not_explained": "in_tension_with",
}
NUMBERS = [
    "value_or_bound",
    "value_kind",
    "at_most",
    "printed_ci_low",
    "printed_ci_high",
    "printed_ci_level",
]
UNLIKE = """
CREATE OR REPLACE MACRO unlike(mine, other) AS mine IS NOT NULL AND mine IS DISTINCT FROM other;
CREATE OR REPLACE MACRO bound(word) AS if(word IN ('exact', 'about', 'none_found'), word, 'bound');
"""
VALUES = """
WITH told AS (
    SELECT *, coalesce(mention_of, value_id) AS root, regexp_extract_all(period, '[0-9]{4}') AS years,
        regexp_extract_all(printed, '[0-9][0-9,.]*')[:2][-1].replace(',', '') AS part
    FROM reported_values
)
SELECT v.value_id, v.root AS quantity_id, if(v.mention_of IS NULL, 'main', 'further') AS mention,
    CASE WHEN v.nature = 'claimed' THEN 'claim' WHEN v.nature = 'modelled' THEN 'model'
        WHEN v.nature = 'recorded' THEN 'administrative_record'
        WHEN s.is_sample = 'yes' THEN 'sample_survey'
        WHEN v.nature = 'observed' THEN 'other_study' ELSE 'estimate' END AS evidence_type,
    if(v.mention_of IS NULL
        OR unlike(v.low::DOUBLE, r.low::DOUBLE) OR unlike(v.high::DOUBLE, r.high::DOUBLE)
        OR v.low IS NULL AND r.low > '0' OR v.high IS NULL AND r.high IS NOT NULL
        OR unlike(bound(v.qualifier), bound(r.qualifier)) OR unlike(v.population_id, r.population_id)
        OR unlike(nullif(v.place_id, 'place-unnamed'), nullif(r.place_id, 'place-unnamed'))
        OR unlike(nullif(v.sex, 'not_stated'), nullif(r.sex, 'not_stated'))
        OR unlike(v.age_min, r.age_min) OR unlike(v.age_max, r.age_max) OR unlike(v.nature, r.nature)
        OR unlike(v.years[1], r.years[1]) OR unlike(v.years[-1], r.years[-1]), 'true', 'false')
        AS is_distinct,
    v.printed, v.scope_as_printed, coalesce(v.low, v.high) AS value_or_bound,
    CASE WHEN v.low = v.high THEN 'number' WHEN v.low IS NULL THEN 'upper_end' ELSE 'lower_end' END
        AS value_kind,
    CASE WHEN i.kind = 'change' AND i.unit = 'percent' THEN 'percent_change' ELSE i.unit END AS unit,
    CASE WHEN v.written_in = 'fraction' AND NOT contains(v.part, '.') THEN v.part END AS printed_per,
    people.name AS population, v.sex, p.name AS place,
    coalesce(array_to_string(list_distinct(v.years).list_sort(), ' to '), 'not stated') AS year_label,
    if(v.years IS NULL, v.period_as_printed, NULL) AS period_words,
    s.setting, s.design, v.study_id, v.nature, v.evidence, w.publisher, w.date_published,
    credited.name AS credited_to, v.interval_low AS printed_ci_low, v.interval_high AS printed_ci_high,
    v.interval_level AS printed_ci_level, v.interval_level_reason AS printed_ci_reason, i.stage,
    CASE WHEN people.population_kind = 'places' THEN 'not_applicable'
        WHEN v.age_min::INT >= 18 THEN 'adults'
        WHEN v.age_max::INT < 18 OR v.age_min = '0' AND v.age_max_reason LIKE 'not_re%'
            THEN 'children' || if(v.age_max IS NULL, '_no_age_given', '')
        WHEN v.age_max IS NOT NULL OR v.age_max_reason = 'all_ages' THEN 'both'
        WHEN v.age_max_reason = 'not_applicable' THEN 'not_applicable' ELSE 'not_stated' END AS age_group,
    v.show AS to_show, v.topic, v.indicator_id, i.kind,
    if(v.mention_of IS NULL, v.series, '') AS series_id, v.qualifier, v.high AS at_most,
    v.years[1] AS from_year, v.years[-1] AS to_year,
    v.source_id, w.url, v.locator, w.read_extent,
    'values/' || v.root || '/' || if(v.mention_of IS NULL, '', '#' || v.value_id) AS page
FROM told v JOIN told r ON r.value_id = v.root JOIN indicators i ON i.indicator_id = v.indicator_id
JOIN sources w ON w.source_id = v.source_id
LEFT JOIN studies s ON s.study_id = v.study_id
LEFT JOIN places p ON p.place_id = v.place_id
LEFT JOIN populations people ON people.population_id = v.population_id
LEFT JOIN organisations credited ON credited.organisation_id = v.credited_to
"""
GROUPS = """
WITH people AS (
    SELECT v.value_id, coalesce(v.population_id, r.population_id) AS population_id, r.value_id AS root
    FROM reported_values v JOIN reported_values r ON r.value_id = coalesce(v.mention_of, v.value_id)
), cells AS (
    SELECT value_id, about_group FROM people JOIN populations USING (population_id)
    UNION ALL SELECT value_id, about_group FROM reported_values JOIN indicators USING (indicator_id)
    UNION ALL SELECT people.value_id, g.about_group FROM people JOIN links ON to_id = root
    JOIN reported_values v ON v.value_id = from_id JOIN reported_values r ON r.value_id = root
    JOIN populations g ON g.population_id = v.population_id
    WHERE relation IN ('numerator_of', 'earlier_end_of', 'later_end_of')
        AND 'withdrawn' NOT IN (v.show, r.show)
)
SELECT value_id, flatten(list(string_split(about_group, ';'))) FROM cells
WHERE about_group IS NOT NULL GROUP BY value_id
"""


def named_groups(groups: set[str], row: Row) -> set[str]:
    """Return the groups of a row: boys for males, except suspects and age tests; “other” only if alone."""
    if row["sex"] == "male" and not groups & {"age_tests", "suspects_and_buyers"}:
        groups = groups | {"boys"}
    return groups - {"other"} or groups


def whom_later(data: Data, row: Row) -> str:
    """Return the population of a change's later end; if there is none, the scope that the source gives."""
    later = data.linked("later_end_of", row) if rows_not_withdrawn([row]) else []
    found = [data.names("populations")[end["population_id"]] for end in later if end["population_id"]]
    return found[0] if found else row["scope_as_printed"]


def words_in_order(data: Data, table: str, column: str) -> list[str]:
    """Return the codes of a column that holds several, in the order of datapackage.json."""
    contract = json.loads((data.folder.parent / "datapackage.json").read_text(encoding="utf-8"))
    [fields] = [
        resource["schema"]["fields"] for resource in contract["resources"] if resource["name"] == table
    ]
    [listed] = [field["listOf"] for field in fields if field["name"] == column]
    return [word["value"] for word in listed]


def both_ages(data: Data, figure: Row) -> dict[str, str]:
    """Return ages counted and of the denominator: both for a share in an age band, otherwise one of them.

    The share's denominator must be linked.
    """
    [indicator] = [row for row in data.table("indicators") if row["indicator_id"] == figure["indicator_id"]]
    below = data.linked("denominator_of", data.value[figure["mention_of"] or figure["value_id"]])
    is_share, is_of_age = indicator["kind"] == "share", indicator["ages_of"] == "numerator"
    counted = figure if not is_share or is_of_age else None
    whole = (below[0] if below else None) if is_of_age else figure if is_share else None
    return {
        "ages_counted": ages(counted) if counted else "",
        "denominator_ages": ages(whole) if whole else "",
        **{f"counted_age_{end}": counted[f"age_{end}"] if counted else "" for end in ("min", "max")},
        **{f"denominator_age_{end}": whole[f"age_{end}"] if whole else "" for end in ("min", "max")},
    }


def how_long(data: Data, row: Row) -> str:
    """Return the length of the period in average months, counting its days by a calendar."""
    is_rise = data.joined["later_end_of", row["mention_of"] or row["value_id"]]
    is_of_work = row["topic"] == "response" and data.kind(row) not in ("share", "change")
    if is_rise or not row["period"] or not is_of_work:
        return ""
    first, last = first_and_last_day(row["period"])
    told = [
        int(word) for word in re.split(r"\W+", row["period_as_printed"]) if word.isdigit() and len(word) < 3
    ]
    if len(told) == 2 and len(row["period"]) == len("2015-12/2016-12"):
        first, last = first.replace(day=told[0]), last.replace(day=told[1])
    return str(max(1, round(((last - first).days + 1) / (365.25 / 12))))


def what_lies_before(data: Data, figure: Row) -> str:
    """Return the years without a figure just before this one in its series, and the series' breaks."""
    if figure["mention_of"] or not figure["series"] or not figure["period"]:
        return ""
    has_figure = {
        row["period"][-7:].split("/")[-1][:4]
        for row in data.main_mentions
        if row["series"] == figure["series"]
    }
    begins, last = int(figure["period"][:4]), int(figure["period"].split("/")[-1][:4])
    years = [begins - 1]
    while str(years[-1]) not in has_figure and years[-1] > 1900:
        years.append(years[-1] - 1)
    is_first, walked = years[-1] == 1900, sorted(years)[1:]
    told = [
        row["text"]
        for row in data.table("series_breaks")
        if row["series_id"] == figure["series"]
        and int(row["at"][:4]) in {*walked, *range(begins, last + 1)}
    ]
    if walked and not is_first:
        between = " to ".join(sorted({str(walked[0]), str(walked[-1])}))
        told = [f"No figure of this series for {between}.", *told]
    return " ".join(told)


def whereabouts(data: Data, row: Row) -> tuple[str, str]:
    """Return whether the place or that of its study is in the country, and a code if it has only one."""
    place = row["place_id"]
    level = {row["place_id"]: (row["level"], row["parent_id"]) for row in data.table("places")}
    if level[place] == ("study_area", ""):
        of_study = {row["study_id"]: row["place_id"] for row in data.table("studies")}
        if not row["study_id"]:
            return "not_stated", ""
        place = of_study[row["study_id"]]
    here = json.loads((data.folder.parent / "datapackage.json").read_text(encoding="utf-8"))["country"]
    rows = {row["place_id"]: row for row in data.table("places")}
    inner = place
    while not rows[inner]["iso_3166_1"] and rows[inner]["parent_id"]:
        inner = rows[inner]["parent_id"]
    code, own = rows[inner]["iso_3166_1"], rows[here]["iso_3166_1"]
    reach = "partly" if code and own in code.split(";") else "no"
    return "yes" if countries(data)[place] == here else reach, "" if ";" in code else code


def numbers_linked(data: Data, root: Row) -> dict[str, object]:
    """Return the linked numerator and denominator, and their share with its interval."""
    bases = data.linked("denominator_of", root)
    above = [
        row
        for row in data.linked("numerator_of", root)
        if row["nature"] == root["nature"] and (bases or row["source_id"] == root["source_id"])
    ]
    below = [row for base in bases for row in data.versions(base) or [base]]
    upper = above[0]["low"] if len(above) == 1 and above[0]["low"] == above[0]["high"] else ""
    sizes = [row["low"] if row["low"] == row["high"] else "" for row in below]
    told = [share_over(data, root, upper, lower) for lower in sizes if upper and lower]
    found: dict[str, object] = {
        **{"numerator": upper, "denominator": [*sizes, ""][0], "denominators": str(len(below))},
        "share_by_counts": "; ".join(words for words, _ in told),
        "numerator_id": ";".join(row["value_id"] for row in above),
        "denominator_ids": ";".join(row["value_id"] for row in below),
    }
    return found | (told[0][1] if told and sizes[0] else {})


def share_over(data: Data, root: Row, upper: str, lower: str) -> tuple[str, dict[str, object]]:
    """Return the share that one count is of another, in words and as cells; a sample's has an interval."""
    share = Fraction(upper) / Fraction(lower)
    words, found = f"{upper} of {lower}: {float(100 * share):.2f} %", {"recomputed_share": 100 * share}
    is_sample = {row["study_id"]: row["is_sample"] for row in data.table("studies")}
    if is_sample.get(root["study_id"]) == "yes" and data.bases(root):
        limits = (clopper_pearson if 1000 * share < 3 else wilson)(int(upper), int(lower))
        for end, limit in zip(("low", "high"), limits, strict=True):
            found[f"recomputed_ci_{end}"] = 100 * limit
        found["recomputed_ci_level"] = "95"
        words += " ({:.2f} to {:.2f})".format(*(100 * float(limit) for limit in limits))
    return words, found


def rows_not_withdrawn(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that are not withdrawn."""
    return [row for row in rows if row["show"] != "withdrawn"]


def beside(data: Data, figure: Row) -> list[str]:
    """Return what must be shown with a reading: other mentions, main mention, or change and both ends."""
    key, root = figure["value_id"], figure["mention_of"]
    if figure["show"] == "with_both_denominators":
        return [
            row["value_id"] for row in rows_not_withdrawn(data.mentions[root or key]) if row is not figure
        ]
    if figure["show"] != "conflict_only" or root:
        return [root] if figure["show"] == "conflict_only" else []
    ends = {
        (link["from_id"], link["to_id"]) for link in data.table("links") if "_end_of" in link["relation"]
    }
    changes = {change for end, change in ends if key in (end, change)}
    ends_of_changes = {end for end, change in ends if change in changes}
    return sorted((changes | ends_of_changes) - {key})


def phrase(data: Data, row: Row) -> str:
    """Return a caption of what a number is: the indicator with ages and how they are known.

    For a count that rose or fell it has only the beginning, since the rest names the people as pages do.
    """
    own = {row["indicator_id"]: row["caption"] for row in data.table("indicator_words")}
    name = data.indicator[row["indicator_id"]]["name"]
    name = name[0].lower() + name[1:] if name[1:2].islower() else name
    caption = (own.get(row["indicator_id"]) or "{name}").replace("{name}", name)
    nature = row["nature"]
    supposed = {"claimed": nature, "estimated": nature, "modelled": "estimated by a model"}.get(nature)
    caption = caption.replace("{recorded}", "recorded " * (row["nature"] == "recorded"))
    caption = caption.replace("{reckoned}", f"{nature} " * bool(supposed))
    caption = caption.replace("{supposed}", f"{supposed} to be " * bool(supposed))
    known = {row["age_min"], row["age_max"]} - {"", "0"}
    band = ages(row) if known else ""
    band = f"aged {band}" if band[:1].isdigit() else band or "under age"
    asked = {row["study_id"]: row["age_method"] for row in data.table("studies")}.get(row["study_id"])
    told = asked in ("self_report", "interview", "document") and row["nature"] == "observed"
    verb = "found to be" if told else KNOWN_BY.get(row["nature"], f"{row['nature']} to be")
    held = "found to be" if told else HELD_BY.get(row["nature"], verb)
    joint = " to be" if verb == "judged" and band.startswith("aged") else ""
    cells = {"{judged}": verb + joint, "{held}": held, "{ages}": band, "{counted}": ANY}
    for place, words in cells.items():
        caption = caption.replace(place, words)
    return caption


KNOWN_BY = {"observed": "judged", "recorded": "recorded as", "modelled": "estimated by a model to be"}
HELD_BY = {"observed": "judged to be", "recorded": "on record as", "claimed": "said to be"}
ANY = "…"  # stands for the rest of a caption, which is not recomputed


TABLES = (
    results,
    estimates,
    changes,
    scenario_estimates,
    scenario_none_found,
    scenario_changes,
    scenario_people_missed,
    scenario_tipping_points,
    consistency,
    reconciliations,
    conflicts,
    origins,
    scenario_sample_sizes,
    value_limitations,
    subjects,
    values,
)
