"""Featured readings, studies and limitations, to which pages refer by a role instead of an id."""

from typing import NewType

from scripts.package.files import Row
from scripts.package.reading import Reading
from scripts.package.reading_index import ReadingIndex

Role = NewType("Role", str)  # a key of the table `featured`, which pages pass to macros and charts
TABLE = "featured"
# Page macros whose arguments are roles.
MACROS = (
    "v",
    "figure",
    "about",
    "study_of",
    "limitation_of",
    "facts_of",
    "interval",
    "change",
    "scenario_change",
    "people_missed",
    "tipping_point",
    "differences",
    "least_specificity",
    "parts_outside",
    "zero_bounds",
    "rounding_tests",
    "venue_count",
    "joint_errors",
)
OPTIONAL = "optional"  # the macro for a role that a page can do without
# Macros that build a table of featured readings and studies.
TABLES = (
    "results_grid",
    "people_missed_to_undo_fall",
    "errors_together",
    "bounds_of_none_found",
    "shares_elsewhere",
    "changes_elsewhere",
    "similar_surveys_without_result",
)
# The check treats the positional arguments of these macros, and keyword arguments with these names, as
# roles.
WITHOUT_A_NAME = (*MACROS, *TABLES, OPTIONAL)
WITH_A_NAME = (
    "earlier",
    "later",
    "first",
    "share",
    "count",
    "earlier_count",
    "people",
    "elsewhere",
    "venues",
)


class FeaturedRoles:
    """The rows of data/editorial/featured.csv by role; looking up an unknown role raises KeyError."""

    def __init__(self, index: ReadingIndex) -> None:
        self._index = index

    def reading(self, role: Role) -> Reading:
        """The reading with a role, whether withdrawn or not."""
        return self._index.readings_by_id[self._cell_of_role(role, "value_id")]

    def role_if_known(self, role: Role) -> str:
        """The role itself; blank if it is not in data/editorial/featured.csv."""
        return role if role in self._index.rows_by_key(TABLE) else ""

    def study_id(self, role: Role) -> str:
        """The id of the featured study; raises KeyError if the role has none."""
        return self._cell_of_role(role, "study_id")

    def limitation_id(self, role: Role) -> str:
        """The id of the featured limitation; raises KeyError if the role has none."""
        return self._cell_of_role(role, "limitation_id")

    def role_rows_quoted_for(self, question: str) -> list[Row]:
        """Return the rows of data/editorial/featured.csv that are quoted in answer to this question."""
        return [row for row in self._index.rows(TABLE) if row["quote_for"] == question]

    def _cell_of_role(self, role: str, column: str) -> str:
        if found := self._index.rows_by_key(TABLE).get(role, {}).get(column):
            return found
        raise KeyError(f"{column} for the role {role} in data/editorial/{TABLE}.csv")
