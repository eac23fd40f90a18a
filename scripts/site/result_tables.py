"""The computed results as tables of words: intervals, changes, and what could explain a mismatch."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from scripts.package.featured import Role
from scripts.package.files import Row
from scripts.package.opening import Package
from scripts.package.reading import age_words
from scripts.site.gone import Gone
from scripts.site.how_sure import NO_RANGE, span
from scripts.site.lines import Entry, entry
from scripts.site.page_data import PageData
from scripts.site.page_parts import survey_year, value_link
from scripts.wording import sentences
from scripts.wording.words import by_number, decimals, percent, plain_word, whole

PEOPLE = Role("people-seen-later")
STUDIES = "venue_studies"  # the topic of the two waves
FOLLOWS = {"reproduced": ": follows", "not_reproduced": ": does not follow", "can_fit": ""}
CANNOT_FAIL = "Each can be met by some weight. Weights are free, so this hypothesis cannot fail: "


def hypotheses(package: Package, question_id: str) -> list[tuple[str, list[Row]]]:
    """The rows of each hypothesis on a mismatch, and the printed share that gives its base, if any."""
    asked = package.grouped("reconciliations", "question_id", question_id)
    groups = groupby(asked, key=itemgetter("hypothesis", "variant"))
    return [(variant, list(rows)) for (_, variant), rows in groups]


def _of_waves(data: PageData) -> set[str]:
    """The ids of the quantities of the two waves."""
    return {root.id for root in data.package.ledger.roots if root.topic == STUDIES}


def intervals(data: PageData, first: bool) -> list[Entry] | Gone:
    """The intervals of the two waves by design effect; or, not first, by likeness and other bases."""
    shares = data.package.matching("estimates", measure="sampled_share")
    rows = [row for row in shares if row["stands_first"] != "no"]
    chosen = [row for row in rows if row["value_id"] in _of_waves(data)]
    found = [row for row in by_number(chosen, "design_effect") if _is_first(data, row) == first]
    return [_interval(data, row) for row in found] or Gone()


def _is_first(data: PageData, row: Row) -> bool:
    if row["no_interval_reason"]:
        return True
    is_base = row["denominator_id"] == data.package.featured.reading(PEOPLE).id
    return _assumption(data, row)["parameter"] == "design_effect" and (is_base or row["basis"] == "counted")


def _assumption(data: PageData, row: Row) -> Row:
    return data.package.row("assumptions", row["assumption_id"])


def _interval(data: PageData, row: Row) -> Entry:
    """The interval of a share at one design effect, or why it has none."""
    share = data.package.ledger.readings[row["value_id"]]
    name = value_link(data, share.id, f"{age_words(share)}, {survey_year(data, share.id)}")
    if row["no_interval_reason"]:
        return entry("", name, f"No range: {NO_RANGE[row['no_interval_reason']]}.")
    other = _by_other_method(data, row)
    first, second = (f"{span(one)} ({_how(one)})" for one in (row, other))
    return entry("", name, first, second, _clustering(data, row), _counts(data, row))


def _how(row: Row) -> str:
    """By which method an interval was made, and at which level."""
    return f"{sentences.method(row)}, level {percent(row['level'], 0)}"


def _counts(data: PageData, row: Row) -> str:
    """The counts behind an interval, with who prints each."""
    children = f"{row['numerator']} ({data.values.publisher(row['numerator_id'])})"
    people = f"{whole(row['denominator'])} people ({data.values.publisher(row['denominator_id'])})"
    return f"{children} of {people} = {percent(row['estimate'])}"


def _by_other_method(data: PageData, row: Row) -> Row:
    same = {name: row[name] for name in ("value_id", "denominator_id", "assumption_id")}
    [other] = data.package.matching("estimates", **same, stands_first="no")
    return other


def _clustering(data: PageData, row: Row) -> str:
    assumption = _assumption(data, row)
    effect = f"scenario: design effect {decimals(row['design_effect'])}"
    likeness = f", from a likeness within venues of {assumption['value']}"
    words = "people treated as independent" if row["basis"] == "counted" else effect
    return words + (likeness if assumption["parameter"] == "icc" else "")


def changes(data: PageData, scenarios: bool) -> list[Entry] | Gone:
    """The falls between the two waves as printed and counted; or the scenarios of them."""
    falls = data.package.matching("comparisons", measure="relative_reduction")
    chosen = [row for row in falls if row["earlier_id"] in _of_waves(data)]
    found = [row for row in chosen if (row["basis"] == "scenario") == scenarios]
    return [_change(data, row) for row in found] or Gone()


def _change(data: PageData, row: Row) -> Entry:
    """A fall from one figure to another."""
    ages = age_words(data.package.ledger.readings[row["earlier_id"]])
    compared = f"{plain_word(row['compared'])}, {ages}"
    earlier, later = (data.values.value(row[name]) for name in ("earlier_id", "later_id"))
    if row["compared"] == "counts_per_venue":
        compared += f", over {whole(row['earlier_base'])} and {whole(row['later_base'])} venues"
        earlier, later = (f"{float(row[side]):.2f} a venue" for side in ("earlier", "later"))
    elif row["basis"] == "scenario":
        year, base = survey_year(data, row["earlier_id"]), whole(row["earlier_base"])
        compared += f", base of {year} taken as {base} people, {_effects(row)}"
        earlier, later = percent(row["earlier"]), percent(row["later"])
    span = f"{percent(row['lower'], 1)} to {percent(row['upper'], 1)}" if row["lower"] else ""
    covers = plain_word(row["uncertainty_scope"])
    return entry("", compared, earlier, later, percent(row["estimate"], 1), span, covers)


def _effects(row: Row) -> str:
    """The design effect of both waves, or that of each where all people in a venue are alike."""
    effects = [f"{float(row[f'{side}_design_effect']):.2f}" for side in ("earlier", "later")]
    if len(set(effects)) == 1:
        return f"design effect {decimals(effects[0])}"
    return f"design effects {' and '.join(effects)}, for people as alike in a venue as is assumed"


def explanations(data: PageData, question_id: str) -> list[Entry] | Gone:
    """The hypotheses on the mismatch of one printed share."""
    return [_explanation(data, *asked) for asked in hypotheses(data.package, question_id)] or Gone()


def _explanation(data: PageData, variant_id: str, tried: Sequence[Row]) -> Entry:
    """A hypothesis on a mismatch, what it needs, and which printed shares follow."""
    readings, first = data.package.ledger.readings, tried[0]
    which = f": that of “{readings[variant_id].printed}”" if variant_id else ""
    lead = CANNOT_FAIL if first["outcome"] == "can_fit" else ""
    shares = (
        f"“{row['printed']}” ({age_words(readings[row['figure_id']])}){FOLLOWS[row['outcome']]}"
        for row in tried
    )
    return entry("", sentences.hypothesis(first) + which, sentences.needed(first), lead + "; ".join(shares))
