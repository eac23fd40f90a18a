"""Featured readings, studies and limitations: which row stands in each role that pages ask for."""

from typing import NewType

from scripts.package.files import Row
from scripts.package.ledger import Ledger
from scripts.package.reading import Reading

Role = NewType("Role", str)  # a key of the table; code writes Role("…"), so that the check finds it
TABLE = "featured"
# What pages call with roles, by name. Each argument without a name is a role, so that the check finds it.
MACROS = (
    *("v", "figure", "study_of", "limitation_of", "missing_of", "facts_of", "interval", "compared"),
    *("differences", "least_specificity", "parts_outside", "zero_bounds", "luck", "rounding_tests"),
    *("venue_count", "joint_errors"),
)


class Featured:
    """The rows of data/editorial/featured.csv by role. KeyError for a role that is not there."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def reading(self, role: str) -> Reading:
        """The reading in a role, taken back or not."""
        return self._ledger.readings[self._named(role, "value_id")]

    def study_id(self, role: str) -> str:
        """The id of the study in a role."""
        return self._named(role, "study_id")

    def limitation_id(self, role: str) -> str:
        """The id of the limitation in a role."""
        return self._named(role, "limitation_id")

    def missing_id(self, role: str) -> str:
        """The id of what was not found, in a role."""
        return self._named(role, "not_available_id")

    def quoted_for(self, question: str) -> list[Row]:
        """The roles that answer one question of the table of what to quote."""
        return [row for row in self._ledger.rows(TABLE) if row["quote_for"] == question]

    def _named(self, role: str, column: str) -> str:
        if found := self._ledger.index(TABLE).get(role, {}).get(column):
            return found
        raise KeyError(f"{column} for the role {role} in data/editorial/{TABLE}.csv")
