"""The subjects that each reading belongs to, selected by the cells of its row in `values`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scripts.package.files import Row
from scripts.package.package import Package

CELLS = ("topic", "indicator_id", "about_group", "in_country", "age_group", "study_id")
ALIKE = ("topic", "indicator_id", "in_country")


def subject_ids_by_row(package: Package, rows: Sequence[Row]) -> list[str]:
    """The subjects of each row of `values`, separated by semicolons.

    A reading also has the subjects of all other mentions of its quantity, and those of readings that differ
    from one of these mentions if topic, indicator and country are the same.
    """
    filters, of_quantity = package.rows("subject_filters"), defaultdict[str, set[str]](set)
    own = {row["value_id"]: _matching_subjects(filters, row) for row in rows}
    by_id = {row["value_id"]: row for row in rows}
    for row in rows:
        differing = [by_id[key] for key in row["differs_from"].split(";") if key]
        for other in (row, *differing):
            if all(other[name] == row[name] for name in ALIKE):
                of_quantity[other["quantity_id"]] |= own[row["value_id"]]
    return [";".join(sorted(own[row["value_id"]] | of_quantity[row["quantity_id"]])) for row in rows]


def _matching_subjects(filters: Sequence[Row], row: Row) -> set[str]:
    return {wanted["subject_id"] for wanted in filters if _row_matches_filter(wanted, row)}


def _row_matches_filter(wanted: Mapping[str, str], row: Row) -> bool:
    return all(not wanted[name] or wanted[name] in row[name].split(";") for name in CELLS)
