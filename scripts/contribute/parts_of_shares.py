"""A share names its count and its base by what their rows print: which rows are meant?"""

from collections import defaultdict
from collections.abc import Sequence

from scripts.checks.contribution_rules import PART
from scripts.contribute.filling import number_in
from scripts.contribute.sheets import Entry
from scripts.findings import Finding, finding


class Shares:
    """The readings of a contribution, by their keys, tokens and numbers."""

    def __init__(self, values: Sequence[Entry]) -> None:
        self._rows: dict[str, set[int]] = defaultdict(set)
        for entry in values if any(one.parts for one in values) else ():
            printed = entry.cells["printed"]
            for name in {entry.cells["value_id"], printed, _as_number(printed)} - {""}:
                self._rows[name].add(entry.line)
        self.of_part = {  # the share and the relation of each row that one share names
            lines[0]: (share, relation)
            for share in values
            for relation, token in share.parts.items()
            if len(lines := self.parts(token, share)) == 1
        }

    def parts(self, token: str, share: Entry) -> list[int]:
        """The rows of the sheet that print this number, or have it as their key."""
        lines = self._rows.get(token, set()) | self._rows.get(_as_number(token), set())
        return sorted(lines - {share.line})


def _as_number(token: str) -> str:
    """A number apart from how it is printed; blank where there is none."""
    number = number_in(token)
    return f"= {number}" if number else ""


def no_part(share: Entry, relation: str, token: str, rows: list[int]) -> Finding:
    """No row or several rows of the sheet print the number that a share names."""
    listed = (
        f"Rows {', '.join(map(str, rows[:5]))} all print" if rows else "No other row of this sheet prints"
    )
    message = f"{listed} “{token}”."
    found = finding(PART, share.file, message, line=share.line, field=relation, value=token)
    return found.at(share.place(relation))
