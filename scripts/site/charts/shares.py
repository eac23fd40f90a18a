"""The printed shares of the two surveys: in every version, and of young children."""

from collections.abc import Sequence

from scripts.derived._comparison import ages_differ
from scripts.package.featured import Role
from scripts.package.files import Row, grouped
from scripts.package.reading import Reading, age_words
from scripts.site.charts import model
from scripts.site.charts.readings import mark_of, population_words, publisher_of, standing, year_of
from scripts.site.gone import Gone, or_gone
from scripts.site.page_data import PageData
from scripts.wording.reported_by import reported_by
from scripts.wording.words import in_words, listed, percent, whole

# The share of each survey, the earlier first.
UNDER_18 = (Role("share-under-18-earlier"), Role("share-under-18-later"))
FIRST = Role("share-under-18-earlier-first")
UNDER_16 = (Role("share-under-16-earlier"), Role("share-under-16-later"))
PEOPLE = Role("people-seen-later")
YOUNG = Role("under-16-seen-later")  # the count that is drawn with its interval
PEOPLE_ELSEWHERE = Role("people-seen-later-elsewhere")


def printed_versions(data: PageData) -> model.Chart:
    """Every printing of the share under 18, both surveys, by what it is a share of."""
    printed = _versions(data, UNDER_18)
    wholes = {one.population_id for one in printed if one.population_id}
    return model.Chart(
        title=_many_numbers(data, printed),
        note=f"The sources describe {in_words(len(wholes))} different groups of people. "
        "The title leaves out rounded figures and those for a different age.",
        found=" ".join(_versions_in_words(data, role) for role in UNDER_18).strip(),
        panels=model.percent_panels(_by_population(data, printed, UNDER_18[1])),
        columns=model.PERCENT_COLUMNS,
        tables=("data/derived/values.csv", "data/derived/conflicts.csv"),
        roles=(*UNDER_18, FIRST),
        held_back=_held_back(data, UNDER_18),
    )


def young_children(data: PageData) -> model.Chart:
    """The share under 16, as printed and as counted."""
    lines = _by_population(data, _versions(data, UNDER_16), UNDER_16[1])
    each = standing(data, *UNDER_16)
    shares = listed(f"{data.values.value(one.id)} in {year_of(one, data.package.ledger)}" for one in each)
    found = [f"Reported: {shares}."] if shares else []
    interval = or_gone(data.figures.interval)
    rows = [interval(*UNDER_16[1:], people, effect="least") for people in (PEOPLE, PEOPLE_ELSEWHERE)]
    for row in (one for one in rows if not isinstance(one, Gone)):
        line, share = _counted_line(data, row), data.package.ledger.readings[row["value_id"]]
        lines.setdefault(population_words(data, share.population_id), []).append(line)
        ends = f"{percent(row['level'], 0)} interval {percent(row['lower'])} to {percent(row['upper'])}"
        found.append(f"{line.label}: {percent(row['estimate'])} ({ends}).")
    return model.Chart(
        title=_reported(data, shares),
        note="The year is that of the survey, also where a source names none. The ranges assume that each "
        "person was counted independently, and no mistakes about age or people out of sight.",
        found=" ".join(found),
        panels=model.percent_panels(lines),
        columns=model.PERCENT_COLUMNS,
        tables=("data/derived/estimates.csv",),
        roles=(*UNDER_16, Role("share-under-15-later"), YOUNG, PEOPLE),
        held_back=_held_back(data, UNDER_16),
    )


def _versions(data: PageData, roles: Sequence[Role]) -> list[Reading]:
    """The printings of each share that may stand beside others, those of the larger numbers first."""
    printed: list[Reading] = []
    for role in roles:
        root = data.package.featured.reading(role).id
        free = [one for one in data.package.ledger.printings(root) if one.is_free]
        printed += sorted(free, key=lambda one: (-float(one.high or one.low), one.id))
    return printed


def _held_back(data: PageData, roles: Sequence[Role]) -> int:
    """How many printings may stand only beside others."""
    roots = [data.package.featured.reading(role).id for role in roles]
    return sum(not one.is_free for root in roots for one in data.package.ledger.printings(root))


def _many_numbers(data: PageData, printed: Sequence[Reading]) -> str:
    """The numbers printed for each survey, without those that are one of them with fewer decimals."""
    ledger, rows = data.package.ledger, data.package.rows("conflicts")
    rounded = {row["value_id"] for row in rows if row["kind"] in ("rounding", "rough_wording")}
    exact = [one for one in printed if not ages_differ(one, ledger.readings[one.root_id])]
    exact = [one for one in exact if one.id not in rounded]
    numbers = grouped((year_of(one, ledger), data.values.value(one.id)) for one in exact)
    said = [f"{' or '.join(dict.fromkeys(here))} for {year}" for year, here in numbers.items()]
    return f"Under 18: sources give {listed(said)}" if said else "Reported shares under 18"


def _versions_in_words(data: PageData, role: Role) -> str:
    printed = _versions(data, [role])
    if not printed:
        return ""
    shares = listed(dict.fromkeys(data.values.value(one.id) for one in printed))
    return f"{year_of(printed[0], data.package.ledger)} survey: {shares}, in {len(printed)} mentions."


def _by_population(data: PageData, printed: Sequence[Reading], root: Role) -> dict[str, list[model.Line]]:
    """The lines of each population that is named: the root's own first, the unstated last."""
    own = data.package.featured.reading(root).population_id
    found = grouped((one.population_id, one) for one in printed)
    names = sorted(found, key=lambda name: (name != own, not name))
    return {population_words(data, name): _lines(data, found[name]) for name in names}


def _lines(data: PageData, readings: Sequence[Reading]) -> list[model.Line]:
    """One line for each number that is printed for a year, with all who print it."""
    groups = grouped((_label(data, one), one) for one in readings)
    return [_line(data, label, here) for label, here in groups.items()]


def _label(data: PageData, one: Reading) -> str:
    """Year and number, and the age where it is another one than that of the root."""
    ages = f", {age_words(one)}" if ages_differ(one, data.package.ledger.readings[one.root_id]) else ""
    return f"{year_of(one, data.package.ledger)}: {data.values.value(one.id)}{ages}"


def _line(data: PageData, label: str, readings: Sequence[Reading]) -> model.Line:
    """Year, number, age where it is another one, and who prints it; the table has each printed token."""
    publishers = dict.fromkeys(publisher_of(one, data.package.ledger) for one in readings)
    marks = [mark_of(one, name=_printing(data, one), tint=_tint_of(data, one)) for one in readings]
    return model.Line(f"{label} – {', '.join(publishers)}", marks)


def _printing(data: PageData, one: Reading) -> str:
    ledger, place = data.package.ledger, data.package.name_of("places", one.place_id)
    what = f"{year_of(one, ledger)}: “{one.printed.strip()}”, {age_words(one)}, {place}"
    return f"{what} – {publisher_of(one, ledger)}"


def _tint_of(data: PageData, one: Reading) -> str:
    """The colour of the survey of which a reading is printed; ink for what is of neither."""
    earlier, later = (data.package.featured.reading(role).study_id for role in UNDER_18)
    study = data.package.ledger.readings[one.root_id].study_id
    return {earlier: model.EARLIER, later: model.LATER}.get(study, model.INK)


def _reported(data: PageData, shares: str) -> str:
    """Who reported both shares; no number where one was withdrawn."""
    both = standing(data, *UNDER_16)
    if len(both) < len(UNDER_16):
        return "Shares judged under 16"
    return f"Judged under 16: {shares}, {reported_by(data.package, both)}"


def _counted_line(data: PageData, row: Row) -> model.Line:
    """A counted share with its interval, and who prints count and base if these are two newspapers."""
    ledger = data.package.ledger
    count, base = (whole(row[end]) for end in ("numerator", "denominator"))
    ids = row["numerator_id"], row["denominator_id"]
    by, other = (publisher_of(ledger.readings[one], ledger) for one in ids)
    words = f"{count} of {base} people" if by == other else f"{count} ({by}) of {base} people ({other})"
    at, low, high = (float(row[name]) for name in ("estimate", "lower", "upper"))
    mark = model.Mark(kind=model.COUNTED, at=at, low=low, high=high, tint=model.LATER)
    return model.Line(f"{year_of(ledger.readings[row['value_id']], ledger)}: {words}", [mark])
