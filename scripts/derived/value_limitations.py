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
    of_study = package.bearing_on("limitations", "study_id", one.study_id)
    grounds = {
        "this_value": package.bearing_on("limitations", "value_id", one.root_id),
        "study": [row for row in of_study if len(package.studies_of("limitations", row)) == 1],
        "several_studies": of_study,
        "topic": package.grouped("limitations", "topic", one.topic),
        "all_figures": package.grouped("limitations", "reach", "all_figures"),
    }
    for why, limitations in grounds.items():
        for limitation in limitations:
            if can_apply(limitation, asked):
                yield limitation["limitation_id"], why
