"""The limits of each value: which limitations can apply to it, and why?"""

from collections.abc import Iterator

from scripts.derived import Cells
from scripts.derived._limits_that_apply import Asked, asked_of, can_apply
from scripts.package.opening import Package
from scripts.package.reading import Reading


def rows(package: Package) -> Iterator[Cells]:
    """One row for each reading and limitation that applies to it; of several grounds, the closest."""
    readings = package.ledger.readings
    roots = {one.root_id for one in readings.values()}
    asked = {root_id: asked_of(package, readings[root_id]) for root_id in roots}
    for one in readings.values():
        grounds = [*_grounds(package, one, asked[one.root_id])]
        for limitation_id, why in dict(reversed(grounds)).items():  # so that the closest of several is kept
            yield {
                "value_limitation_id": f"{one.id}.{limitation_id}",
                "value_id": one.id,
                "limitation_id": limitation_id,
                "applies_to": why,
            }


def _grounds(package: Package, one: Reading, asked: Asked) -> Iterator[tuple[str, str]]:
    """Every ground on which a limitation applies, the closest first."""
    grounds = {
        "this_value": package.grouped("limitations", "value_id", one.root_id),
        "study": package.grouped("limitations", "study_id", one.study_id) if one.study_id else [],
        "several_studies": package.grouped("limitation_studies", "study_id", one.study_id),
        "topic": package.grouped("limitations", "topic", one.topic),
        "all_figures": package.grouped("limitations", "study_id_reason", "all_figures"),
    }
    for why, limitations in grounds.items():
        for row in limitations:
            limitation = package.row("limitations", row["limitation_id"])
            if can_apply(limitation, asked):
                yield row["limitation_id"], why
