"""The limitations that can apply to each value, and why.

For example, a limitation on how age was judged does not apply to a value without an age.
"""

from collections.abc import Iterator

from scripts.derived import Cells
from scripts.package.files import Row
from scripts.package.package import Package
from scripts.package.reading import Reading

ON_AGES = ("age_judgement", "false_papers", "coverage", "hidden_methods", "displacement", "comparability")
# The traits of which a quantity needs at least one, by kind of limitation; other kinds can always apply.
CAN_APPLY = {
    **{kind: {"of_ages"} for kind in ON_AGES},
    "zero_claim": {"none_found"},
    "weighting": {"relative"},
    "sampling": {"relative"},
    "denominator": {"of_ages", "relative"},
}
BY_REACH = {"all_figures": {"read_in_part"}, "whole_topic": {"count", "relative"}}


def rows(package: Package) -> Iterator[Cells]:
    """Yield a row for each limitation of each reading, with the most specific reason why it applies."""
    readings = package.reading_index.readings_by_id
    main_mentions = {reading.quantity_id for reading in readings.values()}
    traits = {
        quantity_id: _traits_that_decide_limitations(package, readings[quantity_id])
        for quantity_id in main_mentions
    }
    for reading in readings.values():
        grounds = [*_limitations_with_grounds(package, reading, traits[reading.quantity_id])]
        for limitation_id, why in dict(reversed(grounds)).items():  # keeps the closest of several grounds
            yield {"value_id": reading.id, "limitation_id": limitation_id, "applies_to": why}


def _traits_that_decide_limitations(package: Package, main: Reading) -> set[str]:
    """The traits of a quantity that decide which limitations can apply to it."""
    kind = package.reading_index.kind_of_indicator(main)
    sources = {reading.source_id for reading in package.reading_index.mentions_of_quantity(main.id)}
    has = {
        "of_ages": main.has_ages or main.show == "with_both_denominators",
        "relative": kind in ("share", "change"),
        "count": kind == "count",
        "none_found": main.is_none_found,
        "read_in_part": any(package.row("sources", key)["read_extent"] != "whole" for key in sources),
    }
    return {trait for trait, is_so in has.items() if is_so}


def _limitations_with_grounds(
    package: Package, reading: Reading, traits: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield each limitation that applies, and why it applies, starting with the most specific reason."""
    of_study = package.rows_applying_to("limitations", "study_id", reading.study_id)
    grounds = {
        "this_value": package.rows_applying_to("limitations", "value_id", reading.quantity_id),
        "study": [row for row in of_study if len(package.studies_of("limitations", row)) == 1],
        "several_studies": of_study,
        "topic": package.rows_with_cell("limitations", "topic", reading.topic),
        "all_figures": package.rows_with_cell("limitations", "reach", "all_figures"),
    }
    for why, limitations in grounds.items():
        for limitation in limitations:
            if _limitation_can_apply(limitation, traits):
                yield limitation["limitation_id"], why


def _limitation_can_apply(limitation: Row, traits: set[str]) -> bool:
    """Return whether a limitation can apply to a quantity with these traits."""
    needed = BY_REACH.get(limitation["reach"]) or CAN_APPLY.get(limitation["kind"])
    return needed is None or bool(needed & traits)
