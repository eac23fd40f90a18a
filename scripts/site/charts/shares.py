"""The printed shares of the two waves: in every version, and of young children."""

from collections.abc import Iterable, Iterator, Sequence

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.site.charts.model import (
    COUNTED,
    LATER,
    PERCENT_COLUMNS,
    SCENARIO,
    Chart,
    Data,
    Line,
    Lines,
    Mark,
    ends_of,
    panel_of,
    scale_for,
)
from scripts.site.charts.readings import (
    of_root_population,
    percent_of,
    population_words,
    printing_lines,
    publisher_of,
    standing,
    year_of,
)
from scripts.wording import sentences
from scripts.wording.words import begun, counted, decimals, inside, listed, percent, whole

# The share of each wave, the earlier first.
UNDER_18 = (Role("share-under-18-earlier"), Role("share-under-18-later"))
FIRST_PRINTED = Role("share-under-18-earlier-first")
UNDER_16 = (Role("share-under-16-earlier"), Role("share-under-16-later"))
PEOPLE = Role("people-seen-later")
YOUNG = Role("under-16-seen-later")  # the count that is drawn with its interval
NONE_FOUND = Role("none-found-under-16")
ENDS = ("numerator", "denominator")  # of a counted share
SAMPLING_ONLY = "Ranges cover chance in sampling only, not mistakes about age or people out of sight."


def printed_versions(data: Data) -> Chart:
    """Every printing of the share under 18, both waves, by what it is a share of."""
    earlier, later = map(data.featured.reading, UNDER_18)
    printed = [*_versions(data, earlier), *_versions(data, later)]
    return Chart(
        id="printed-versions",
        title=_many_numbers(data, printed),
        note=f"{_wholes_in_words(printed)} Each line names who printed the number.",
        asked="What do sources print for the two waves, and of whom?",
        found=" ".join(_versions_in_words(data, root) for root in (earlier, later)),
        sure=f"{_wholes_in_words(printed)} No version is marked as wrong.",
        left_out="A share given roughly is drawn at its number. The year is that of the study, "
        f"not the one that a source prints. {_left_out(data, (earlier, later))}".strip(),
        panels=_panels(data, printed, later),
        columns=PERCENT_COLUMNS,
        tables=("data/derived/values.csv", "data/derived/conflicts.csv"),
        roles=(*UNDER_18, FIRST_PRINTED),
    )


def young_children(data: Data) -> Chart:
    """The share under 16, and what "none found" in one city can rule out."""
    earlier, later = map(data.featured.reading, UNDER_16)
    printed = [*_versions(data, earlier), *_versions(data, later)]
    none_found = data.featured.reading(NONE_FOUND)
    bounds = [
        row
        for row in data.rows("estimates")
        if row["value_id"] == none_found.id and row["method"] == "exact_one_sided"
    ]
    return Chart(
        id="under-16",
        title=_fall_and_zero(data, earlier, later, none_found),
        note=f"{SAMPLING_ONLY} Pale or dashed: a what-if, not a measurement.",
        asked="Which share was judged under 16, and what can “none found” rule out?",
        found=f"{_as_printed(data, standing(data, *UNDER_16))} {_as_counted(data, later)} {_reach(bounds)}",
        sure=f"{_precision(data, later)} {SAMPLING_ONLY} {_level_of(bounds)}",
        left_out=f"{_without_base(data, (earlier,))} The scenarios take people as independent and "
        f"every child as recognised. {_left_out(data, (earlier, later))}".strip(),
        panels=(
            *_panels(data, printed, later, _interval_lines(data, later)),
            *_none_found_panels(data, none_found, bounds),
        ),
        columns=PERCENT_COLUMNS,
        tables=("data/derived/estimates.csv",),
        roles=(*UNDER_16, YOUNG, PEOPLE, NONE_FOUND),
        rests_on=tuple(row[f"{end}_id"] for row in _intervals(data, later)[:1] for end in ENDS),
    )


def _many_numbers(data: Data, printed: Sequence[Reading]) -> str:
    """How many numbers are printed for each wave."""
    numbers: dict[str, set[str]] = {}
    for one in printed:
        numbers.setdefault(year_of(one, data.ledger), set()).add(percent_of(one))
    if not numbers:
        return "Printed shares judged under 18"
    said = listed(f"{counted(len(here), 'number')} for {year}" for year, here in numbers.items())
    return f"Sources print {said}: shares judged under 18, of differently described groups of people"


def _fall_and_zero(data: Data, earlier: Reading, later: Reading, zero: Reading) -> str:
    """Both shares, and that none found in one place is not none; no number where one was withdrawn."""
    if any(one.is_withdrawn for one in (earlier, later, zero)):
        return "Shares judged under 16, and what “none found” in one city can rule out"
    shares = [f"{percent_of(one)} in {year_of(one, data.ledger)}" for one in (earlier, later)]
    place = data.name_of("places", zero.place_id)
    lead = f"{begun(data.reported_by((earlier, later)))} reported {' and '.join(shares)}"
    return f"{lead} judged under 16. “None found” in {place} does not mean none"


def _reach(bounds: Sequence[Row]) -> str:
    """What “none found” leaves open, and how many people would have had to be seen to rule it out."""
    return sentences.none_found(bounds) if bounds else ""


def _level_of(bounds: Sequence[Row]) -> str:
    levels = dict.fromkeys(percent(row["level"], 0) for row in bounds)
    return f"Ranges after none was found are one-sided, at the level {listed(levels)}." if levels else ""


def _panels(
    data: Data, printed: Sequence[Reading], root: Reading, counted: Iterable[Line] = ()
) -> tuple[Lines, ...]:
    """One panel for each population that is named, all on one scale; counts stand with their own."""
    lines = {
        population: printing_lines([one for one in printed if one.population_id == population], data)
        for population in of_root_population(printed, root)
    }
    for line in counted:
        lines[root.population_id].append(line)
    scale = scale_for("percent", ends_of([line for here in lines.values() for line in here]))
    return tuple(
        Lines(population_words(data, population), tuple(here), scale) for population, here in lines.items()
    )


def _versions(data: Data, root: Reading) -> list[Reading]:
    """The printings that may stand beside others, those of the larger numbers first."""
    free = [one for one in data.ledger.printings(root.id) if one.is_free]
    return sorted(free, key=lambda one: (-float(one.high or one.low), one.id))


def _left_out(data: Data, roots: Sequence[Reading]) -> str:
    held = [one for root in roots for one in data.ledger.printings(root.id) if not one.is_free]
    return (
        f"Printings left out because they stand only beside others: {len(held)}; see where sources differ."
        if held
        else ""
    )


def _intervals(data: Data, share: Reading) -> list[Row]:
    """The interval that stands first at each design effect for the people observed, the narrowest first."""
    assumed = {row["assumption_id"]: row["parameter"] for row in data.rows("assumptions")}
    base = share.id, "yes", data.featured.reading(PEOPLE).id
    chosen = [
        row
        for row in data.rows("estimates")
        if (row["value_id"], row["stands_first"], row["denominator_id"]) == base
        and assumed[row["assumption_id"]] == "design_effect"
    ]
    return sorted(chosen, key=lambda row: float(row["design_effect"]))


def _interval_lines(data: Data, share: Reading) -> Iterator[Line]:
    year = year_of(share, data.ledger)
    for row in _intervals(data, share):
        kind = COUNTED if row["basis"] == "counted" else SCENARIO
        estimate, low, high = (float(row[name]) for name in ("estimate", "lower", "upper"))
        effect = f"design effect {decimals(row['design_effect'])}"
        yield Line(
            f"{year}: {_counts(data, row)}, {effect}", (Mark(kind, estimate, low, high, tint=LATER),)
        )


def _counts(data: Data, row: Row) -> str:
    """A count and its base; with who prints each, where one newspaper prints the one and one the other."""
    count, base = (whole(row[end]) for end in ("numerator", "denominator"))
    by, other = (publisher_of(data.ledger.readings[row[f"{end}_id"]], data.ledger) for end in ENDS)
    return f"{count} of {base} people" if by == other else f"{count} ({by}) of {base} people ({other})"


def _as_printed(data: Data, readings: Sequence[Reading]) -> str:
    """Say each printed share, its year, and what it is a share of."""
    said = [
        f"{percent_of(one)} in {year_of(one, data.ledger)}"
        f" ({inside(population_words(data, one.population_id))})"
        for one in readings
    ]
    return f"As printed: {listed(said)}." if said else ""


def _as_counted(data: Data, share: Reading) -> str:
    rows = _intervals(data, share)
    if not rows:
        return ""
    first = rows[0]
    return (
        f"As counted in {year_of(share, data.ledger)}: {_counts(data, first)}, "
        f"which is {percent(first['estimate'])}."
    )


def _precision(data: Data, share: Reading) -> str:
    rows = _intervals(data, share)
    if not rows:
        return "No interval can be given."
    ends = listed(
        f"{percent(row['lower'])} to {percent(row['upper'])} at a design effect of "
        f"{decimals(row['design_effect'])}"
        for row in (rows[0], rows[-1])
    )
    return (
        f"The {percent(rows[0]['level'], 0)} interval of the counts is {ends}; effects above 1 are assumed."
    )


def _without_base(data: Data, shares: Sequence[Reading]) -> str:
    """Say which share has no interval because no base is printed; silent when one is."""
    bare = {
        row["value_id"] for row in data.rows("estimates") if row["no_interval_reason"] == "base_not_printed"
    }
    years = [year_of(one, data.ledger) for one in shares if one.id in bare]
    return f"No interval for {listed(years)}: the base is not printed." if years else ""


def _other_people(data: Data) -> str:
    """Name the other printed numbers of people; each may only be shown beside the first."""
    people = standing(data, PEOPLE)
    points = [point for one in people for point in data.ledger.differing_points(one.id)]
    if len(points) < 2:
        return ""
    first, *others = points
    tokens = listed(f"“{one.printed}”" for one in others)
    return f"Another paper prints {tokens} people where the counts here use “{first.printed}”."


def _versions_in_words(data: Data, root: Reading) -> str:
    readings = _versions(data, root)
    if not readings:
        return ""
    shares = listed(dict.fromkeys(percent_of(one) for one in readings))
    return f"Wave of {year_of(root, data.ledger)}: {shares}, in {len(readings)} printings."


def _wholes_in_words(readings: Sequence[Reading]) -> str:
    wholes = {one.population_id for one in readings if one.population_id}
    return (
        f"The sources name {len(wholes)} different populations: the shares are not all of the same people."
    )


def _none_found_panels(data: Data, none_found: Reading, bounds: Sequence[Row]) -> Iterator[Lines]:
    """How high the share may still be, by how many people were seen; all are scenarios or all counted."""
    drawn = [row for row in bounds if row["measure"] in ("upper_bound", "n_to_exclude")]
    lines = tuple(_bound_line(data, row) for row in sorted(drawn, key=_people_seen))
    place = data.name_of("places", none_found.place_id)
    population = population_words(data, none_found.population_id)
    title = f"{population}, {place} only: shares that stay possible if none is found"
    if lines:
        yield panel_of(title, lines)


def _people_seen(row: Row) -> float:
    """Among how many none is found: the number given, or that which rules a share out."""
    return float(row["estimate"] if row["measure"] == "n_to_exclude" else row["denominator"])


def _bound_line(data: Data, row: Row) -> Line:
    excluded = data.ledger.readings.get(row["compared_id"])
    aim = f", just enough to rule out {percent_of(excluded)}" if excluded else ""
    kind = COUNTED if row["basis"] == "counted" else SCENARIO
    return Line(
        f"none among {whole(_people_seen(row))} people{aim}",
        (Mark(kind, low=0.0, high=float(row["assumed"] or row["estimate"]), tint=LATER),),
    )
