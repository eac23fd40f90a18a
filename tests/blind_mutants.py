"""Slips that somebody wrote who knew the tables and not the rules: tests/blind_slips.csv.

A row names the cells that change (a star and an object where there are several) and what contradicts them.
Rules were added after these slips had been read, so what is found now says nothing about slips to come.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator

from tests.conftest import KEYS, ROOT, read_csv
from tests.meaning_mutants import Meaning, Row, judged, rows

TABLE = ROOT / "tests/blind_slips.csv"


def cells(slip: Row) -> Row:
    """What the slip writes."""
    many: Row = json.loads(slip["new"]) if slip["column"] == "*" else {slip["column"]: slip["new"]}
    return many


def _fits(slip: Row, row: Row) -> bool:
    """Does the row still hold what the slip was written against?"""
    old: Row = json.loads(slip["old"]) if slip["column"] == "*" else {slip["column"]: slip["old"]}
    return old.items() <= row.items() and not cells(slip).items() <= row.items()


def blind_slips() -> Iterator[Meaning]:
    """Those that still fit; rows move on, and a slip about a cell of old is none."""
    for slip in read_csv(TABLE):
        key = slip["key"].split("|")
        same = [one for one in rows(slip["table"]) if [one[name] for name in KEYS[slip["table"]]] == key]
        if same and _fits(slip, same[0]):
            change = {"table": slip["table"], "row": key, "set": cells(slip)}
            yield Meaning(slip["words"], [change], slip["contradicted_by"])


def main() -> int:
    """Try all that fit, and say which survived."""
    slips = list(blind_slips())
    verdicts = list(judged(slips))
    missed = Counter(one.kind for one, found in verdicts if not found)
    for one, found in verdicts:
        if not found:
            print(f"Survived: {one.kind}: {one.changes}; {one.against}")
    found_, put_in = len(verdicts) - missed.total(), len(verdicts)
    print(f"Slips written blind (some rules were added after them): {found_:,} of {put_in:,} found")
    print(f"No longer fit the tables: {len(read_csv(TABLE)) - put_in:,}")
    return 0 if 10 * found_ >= 9 * put_in else 1


if __name__ == "__main__":
    sys.exit(main())
