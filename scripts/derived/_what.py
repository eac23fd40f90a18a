"""The caption of a reading: what is counted or measured, in a phrase that can stand beside a number."""

from scripts.derived._comparison import age_words
from scripts.package.ledger import Reading
from scripts.package.opening import Package

JUDGED = {
    "observed": "judged to be",
    "recorded": "on record as",
    "claimed": "claimed to be",
    "estimated": "estimated to be",
    "modelled": "found by a model to be",
}
BANDS = {  # indicators of people of some ages: what such a number is, before “judged under 18”
    "share-in-age-band": "share",
    "claimed-share": "share",
    "people-in-age-band": "people",
    "fall-of-share": "fall of the share",
    "fall-of-count": "fall of the number",
}
IN_POPULATION = "people-in-population"  # the size of a population, which is named in its place


def inside(name: str) -> str:
    """Write a name inside a sentence: a small first letter, unless it is an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def named_ages(one: Reading) -> str:
    """The ages that a reading names; blank where it names none."""
    words = age_words(one) if any(end.isdecimal() for end in one.ages) else ""
    return f"aged {words}" if words[:1].isdigit() else words


def has_age_band(one: Reading) -> bool:
    """Whether it names ages that people can be said to be of."""
    return named_ages(one).startswith(("under ", "aged "))


def judged(package: Package, one: Reading) -> str:
    """How it is known that people were of an age: judged, unless it is known that they told it."""
    method = package.row("studies", one.study_id)["age_method"] if one.study_id else ""
    is_told = one.nature == "observed" and method in ("self_report", "interview", "document")
    return "found to be" if is_told else JUDGED[one.nature]


def what(package: Package, one: Reading) -> str:
    """Such as: share judged under 18; people interviewed, aged 13 to 24, female."""
    ages, sex = named_ages(one), one.sex if one.sex in ("female", "male") else ""
    if one.indicator_id in BANDS and has_age_band(one):
        verb = judged(package, one).removesuffix(" to be")
        return ", ".join(filter(None, [f"{BANDS[one.indicator_id]} {verb} {ages}", sex]))
    population = package.name_of("populations", one.population_id)
    is_size = one.indicator_id == IN_POPULATION and population
    name = population if is_size else package.name_of("indicators", one.indicator_id)
    return ", ".join(filter(None, [inside(name), ages, sex]))
