"""Types of disagreement: can both figures hold, and what would they then be?

A difference is no contradiction by itself. Whoever counts something else, or about somebody else, may
print another number; and a rounded share may have been weighted. Where no test applies, nobody can say
whether both can hold.
"""

from scripts.derived._comparison import (
    ages_differ,
    periods_differ,
    places_differ,
    populations_differ,
    sexes_differ,
)
from scripts.package.reading import Reading

CONTRADICTION = "contradiction"
NOT_EXPLAINED = "not_explained"
SCOPE = "other_counter_or_scope"
TENSION = "in_tension"
BOTH = "both_can_hold"
TYPES = {
    "rounding": BOTH,
    "truncation": BOTH,
    "rough_wording": BOTH,
    "overlapping_bound": BOTH,
    "another_population": SCOPE,
    "another_age_bound": SCOPE,
    "another_sex": SCOPE,
    "another_place": SCOPE,
    "less_precise_place": SCOPE,
    "another_period": SCOPE,
    "another_nature": SCOPE,
    "another_method": SCOPE,
    "one_numeral_two_bases": SCOPE,
    "change_against_its_ends": CONTRADICTION,
    "change_against_its_difference": CONTRADICTION,
    "parts_against_whole": CONTRADICTION,
    "transposed_digits": CONTRADICTION,
    "unexplained": NOT_EXPLAINED,
}
SCOPES = (ages_differ, sexes_differ, populations_differ, places_differ, periods_differ)


def type_of(kind: str, one: Reading, other: Reading) -> str:
    """The type of a disagreement that a test or a link found."""
    if kind == "share_against_its_counts":
        return CONTRADICTION if one.weighted == "no" else TENSION
    if kind == "separate_bound":
        return SCOPE if any(differ(one, other) for differ in SCOPES) else CONTRADICTION
    return TYPES[kind]
