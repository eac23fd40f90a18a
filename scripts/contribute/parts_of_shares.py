"""A share names its count and its base by what their rows print: which rows are meant, and is one named?"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from scripts.checks.contribution_rules import NO_BASE, NO_NUMBER, PART
from scripts.contribute.printed_result import in_plain_digits, number_in, read
from scripts.contribute.sheets import PARTS, Entry
from scripts.findings import Finding
from scripts.package.files import Row
from scripts.package.opening import Package

WHICH = (
    "Give the row that is meant a short name in the first column, such as BASE-1, and write that name here."
)
MOST = 5  # rows that are named where a number stands in several


class Shares:
    """The readings of a contribution, by their keys, tokens and numbers.

    What the example of the template prints is nobody's count: its rows and those of the contributor name
    one another by key alone.
    """

    def __init__(self, values: Sequence[Entry], example: Row) -> None:
        self._example = example
        self._rows: dict[bool, dict[str, list[int]]] = {one: defaultdict(list) for one in (True, False)}
        for entry in values if any(one.parts for one in values) else ():
            printed = entry.cells["printed"]
            for is_example, rows in self._rows.items():
                names = {printed, _as_number(printed)} if is_example is self._is_example(entry) else set()
                for name in {entry.cells["value_id"], *names} - {""}:
                    rows[name].append(entry.line)
        self.of_part = {  # the share and the relation of each row that one share names
            lines[0]: (share, relation)
            for share in values
            for relation in share.parts
            if len(lines := self.parts(relation, share)) == 1
        }

    def parts(self, relation: str, share: Entry) -> list[int]:
        """The first rows that print the number that the share names, or have it as their key.

        Where the count is the base, as in 88 of 88, its row comes first.
        """
        token, rows = share.parts[relation], self._rows[self._is_example(share)]
        found = {line for name in (token, _as_number(token)) for line in rows.get(name, [])[: MOST + 1]}
        lines = sorted(found - {share.line})[:MOST]
        is_whole = len({*map(_as_number, share.parts.values())}) == 1
        return [lines[[*PARTS].index(relation)]] if is_whole and len(lines) == len(PARTS) else lines

    def _is_example(self, entry: Entry) -> bool:
        """Is this a row of the example of the template, and no other under its key?"""
        return self._example.get(entry.cells["value_id"]) == entry.cells["printed"]


def _as_number(token: str) -> str:
    """A number apart from how it is printed, in whatever digits; blank where there is none."""
    number = number_in(in_plain_digits(token))
    return f"= {number}" if number else ""


def exchanged(share: Entry, mark: str = "point") -> list[Finding]:
    """A count that is greater than its base: the two were typed in each other's place, or one is wrong."""
    count, base = (share.parts.get(relation, "") for relation in PARTS)
    count_is, base_is = ("".join([*read(token, mark).values()][:1]) for token in (count, base))
    if not (count_is and base_is) or Decimal(count_is) <= Decimal(base_is):
        return []
    message = f"The count {count} is greater than the base {base}."
    return [
        share.finding(PART, message, "numerator_of", value=count, fix="Exchange the two, or correct one.")
    ]


def no_part(share: Entry, relation: str, rows: list[int]) -> Finding:
    """No row or several rows of the sheet print the number that a share names."""
    token = share.parts[relation]
    listed = f"Rows {', '.join(map(str, rows))} all print" if rows else "No other row of this sheet prints"
    return share.finding(PART, f"{listed} “{token}”.", relation, value=token, fix=WHICH if rows else "")


def without_base(
    values: Sequence[Entry], rows: Mapping[str, Sequence[Row]], package: Package
) -> list[Finding]:
    """One finding for all shares of which nobody says of how many they are: the source may not."""
    indicators, links = (rows.get(name) or package.rows(name) for name in ("indicators", "links"))
    kinds = {row["indicator_id"]: row["kind"] for row in indicators}
    based = {row["to_id"] for row in links if row["relation"] == "denominator_of"}
    shares = [
        one
        for one in values
        if kinds.get(one.cells["indicator_id"]) == "share"
        and not one.cells["printing_of"] + one.cells["base_reason"]
        and one.cells["value_id"] not in based
    ]
    if not shares:
        return []
    named = ", ".join(f"“{share.cells['printed']}” (row {share.line})" for share in shares[:MOST])
    more = f" and {len(shares) - MOST:,} more" if len(shares) > MOST else ""
    verb = "share has" if len(shares) == 1 else "shares have"
    return [shares[0].finding(NO_BASE, f"{len(shares):,} {verb} no base: {named}{more}.", "denominator_of")]


def without_a_number(added: Mapping[str, Mapping[int, Entry]]) -> list[Finding]:
    """One finding for each new study without a number: sound, and seldom what is meant."""
    told = {entry.cells["study_id"] for entry in added.get("reported_values", {}).values()}
    bare = [entry for entry in added.get("studies", {}).values() if entry.cells["study_id"] not in told]
    message = "The file holds no number of your study."
    return [study.finding(NO_NUMBER, message, "name", value=study.cells["name"]) for study in bare]
