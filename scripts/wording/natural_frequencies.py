"""Natural frequencies: a share as a number of people in a hundred or a thousand.

They are easier to grasp than percentages with decimals, but they are rounded, so falls, ratios and
differences are never computed from them.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

OUT_OF = (100, 1000)
LEAST = 2  # with fewer people, the number would be mostly rounding


def count_that_percentages_round_to(out_of: int, percentages: Iterable[str]) -> int:
    """The number of people in `out_of` to which all percentages round, with halves rounded up.

    It is 0 if the percentages round to different numbers.
    """
    people = {_round_half_up(Decimal(percent) * out_of / 100) for percent in percentages}
    return people.pop() if len(people) == 1 else 0


def about_how_many_in_hundred(percentages: Iterable[str]) -> str:
    """Words such as “about 8 in 100” or “about 3 in 1,000”, to which all these percentages round.

    Blank if they do not all round to the same number of at least two people.
    """
    shares = list(percentages)
    found = ((count_that_percentages_round_to(out_of, shares), out_of) for out_of in OUT_OF)
    return next((f"about {people} in {out_of:,}" for people, out_of in found if people >= LEAST), "")


def _round_half_up(number: Decimal) -> int:
    """Round to the nearest whole number, half up."""
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def bound_as_frequency_words(words: str, percent: str) -> str:
    """A bound with its qualifier, such as “less than 1 in 1,000”.

    A bound is never rounded, so the words are blank if it is not a whole number of people.
    """
    out_of = 100 if Decimal(percent) >= 1 else 1000
    people = Decimal(percent) * out_of / 100
    is_whole = people >= 1 and people == int(people)
    return words.replace("{n}", f"{int(people)} in {out_of:,}") if is_whole else ""


def mentions_for_same_ages_and_years(index: ReadingIndex, share: Reading) -> list[Reading]:
    """The mentions of a share's quantity for the same ages and years as this share, including this one."""
    mentions = index.mentions_of_quantity(share.quantity_id)
    return [mention for mention in mentions if _ages_and_years(mention) == _ages_and_years(share)]


def _ages_and_years(share: Reading) -> tuple[tuple[str, str], str, str]:
    return share.age_limits, share.period[:4], share.period.rpartition("/")[2][:4]
