"""The year, replayed: what contributors and a maintainer do in a year, tried on this commit.

Sound contributions come in, each featured reading is withdrawn with its printings, a body replies, a cell
is corrected, a version is released. After each step `derive`, `check` and `site --pages-only` have to
succeed, and at the end of each part the whole site and a release. Every command runs in a process of its
own, in clones of HEAD, so that the tree stays as it is. What comes in is in tests/year/, and all of it is
invented.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

from openpyxl import load_workbook

from tests.clone import CORRECTIONS, READINGS, ROOT, WHY, Clone, Failed, keep, rows_of

INPUTS = sorted((ROOT / "tests" / "year").iterdir())
BY_PULL_REQUEST = ("statements.csv", "events.csv")  # rows that no workbook takes
REPLIES = "replies"
AT_ONCE = 2  # parts, each in a clone of its own


def settle(clone: Clone) -> None:
    """What follows each change; the check compares with the version that is out, if one is."""
    clone.scripts("derive")
    clone.scripts("check", "--base", "published")
    clone.scripts("site", "--pages-only")


def whole(clone: Clone) -> None:
    """The whole site and the files of a release, of what is committed."""
    keep(clone)
    clone.scripts("site")
    clone.scripts("release")


# A version


def prepare(clone: Clone) -> None:
    """Write what the next version needs, as the page `data` tells: its section, its record, and so on."""
    version, path = clone.to_come(), clone.folder / "CHANGELOG.md"
    heading, text = f"## {version} ({date.today()})", path.read_text(encoding="utf-8")
    text, times = re.subn(rf"^## {re.escape(version)}(?!\S).*$", heading, text, flags=re.MULTILINE)
    text = text if times else text.replace("\n## ", f"\n{heading}\n\n- {WHY}\n\n## ", 1)
    path.write_text(text, encoding="utf-8", newline="\n")
    clone.scripts("release", "--prepare", version)


def publish(clone: Clone) -> None:
    """Commit the version that is prepared, and tag it."""
    keep(clone)
    clone.git("tag", f"v{clone.contract()['version']}")


# What comes in


def bring_in(folder: Path, clone: Clone) -> None:
    """Take in a folder of CSV files, several workbooks, or rows that come as a pull request."""
    before = clone.git("diff", "--numstat")
    workbooks = [filled_in(one, clone) for one in sorted(folder.iterdir()) if one.is_dir()]
    if any((folder / name).exists() for name in BY_PULL_REQUEST):
        for file in folder.iterdir():
            clone.add(file.stem, rows_of(file))
    else:
        for one in workbooks or [folder]:
            clone.scripts("contribute", "import", str(one))
    if clone.git("diff", "--numstat") == before:
        raise Failed("No row was added.")


def filled_in(sheets: Path, clone: Clone) -> Path:
    """A workbook from the template, filled in with the cells of these sheets."""
    place = Path(tempfile.mkdtemp(dir=clone.folder.parent)) / f"{sheets.name}.xlsx"
    clone.scripts("contribute", "template", str(place))
    book = load_workbook(place)
    for sheet in book.worksheets[1:-1]:  # between the first, which tells how, and the lists
        sheet.delete_rows(2, sheet.max_row)
    for file in sheets.iterdir():
        columns = {cell.value: cell.column for cell in book[file.stem][1]}
        for line, row in enumerate(rows_of(file), start=2):
            for title, cell in row.items():
                book[file.stem].cell(line, columns[title]).value = cell or None
    book.save(place)
    return place


# What is changed


def featured(clone: Clone) -> list[str]:
    """The readings that pages speak about."""
    return [row["value_id"] for row in clone.rows("featured") if row["value_id"]]


def withdraw(ids: Iterable[str], clone: Clone) -> None:
    """Withdraw readings with their printings, and take out the rows that the check then names."""
    gone = [row for row in clone.rows(READINGS) if {row["value_id"], row["printing_of"]} & set(ids)]
    for row in (one for one in gone if one["show"] != "withdrawn"):
        clone.change("withdrawal", row["value_id"], "show", "withdrawn")
    while take_out(clone, {row["value_id"] for row in gone}):
        pass  # what is taken out may leave others that the check names


def take_out(clone: Clone, gone: set[str]) -> bool:
    """Take out the rows that the check finds wrong and that name a withdrawn reading. Were there any?"""
    words = ("check", "--without-derived", "--base", "published", "--format", "json")
    found = json.loads(clone.scripts(*words, codes=(0, 1)))["findings"]
    wrong = {(Path(one["table"]).stem, one["row"]) for one in found if one["level"] == "error"}
    keys = {one["name"]: one["schema"]["primaryKey"] for one in clone.contract()["resources"]}
    taken = [
        (table, row, key)
        for table in sorted({table for table, _ in wrong} & set(keys) - {READINGS, CORRECTIONS})
        for row in clone.rows(table)
        if (table, key := " ".join(row[name] for name in keys[table])) in wrong and gone & set(row.values())
    ]
    for table, row, key in taken:
        clone.write(table, [one for one in clone.rows(table) if one != row])
        if clone.place(table).parent.name != "editorial":  # of which nothing is published
            clone.tell("removal", table, key)
    return bool(taken)


def correct(clone: Clone) -> None:
    """Correct the locator of a featured reading."""
    key = featured(clone)[-1]
    was = next(row["locator"] for row in clone.rows(READINGS) if row["value_id"] == key)
    clone.change("correction", key, "locator", f"{was}, read again")


def reply(clone: Clone) -> None:
    """Let the body that ran a study with a featured reading reply."""
    named = {row["study_id"] for row in clone.rows(READINGS) if row["value_id"] in featured(clone)}
    study = next(row for row in clone.rows("studies") if row["study_id"] in named)
    row = {name: study[name] for name in ("study_id", "organisation_id")}
    row |= {"reply_id": f"A{len(clone.rows(REPLIES)) + 1:03}", "date": f"{date.today()}", "text": WHY}
    clone.add(REPLIES, [row | {"value_id_reason": "several_values"}])


# The parts


def contributions(clone: Clone) -> None:
    """Ten contributions of different shape, one after the other."""
    for folder in INPUTS:
        clone.step(f"contribution {folder.name}", partial(bring_in, folder), settle)
    clone.step("all contributions: site and release", settle, whole)


def withdrawals(clone: Clone) -> None:
    """Each featured reading withdrawn alone, then all of them, after a version is out."""
    clone.step("before the withdrawals: a version is out", prepare, settle, publish)
    out = clone.git("rev-parse", "HEAD").strip()
    for one in featured(clone):
        clone.step(f"withdrawal of {one}", partial(withdraw, [one]), settle)
        clone.git("reset", "--quiet", "--hard", out)
    clone.step(
        "all withdrawals: site and release", partial(withdraw, featured(clone)), prepare, settle, whole
    )


def corrections(clone: Clone) -> None:
    """A reply and a correction, after a version is out."""
    clone.step("before the corrections: a version is out", prepare, settle, publish)
    clone.step("a reply", reply, settle)
    clone.step("a correction", correct, settle)
    clone.step("corrections with a reply: site and release", prepare, settle, whole)


def version(clone: Clone) -> None:
    """A version, changes of each kind, and the version after it."""
    clone.step("a version: site and release", prepare, settle, whole, publish)
    withdrawn = partial(withdraw, featured(clone)[:1])
    clone.step("what changes after it", partial(bring_in, INPUTS[0]), withdrawn, correct, reply, settle)
    clone.step("the new version: site and release", prepare, settle, whole, publish)


PARTS: dict[str, Callable[[Clone], None]] = {
    one.__name__: one for one in (withdrawals, contributions, corrections, version)
}


def replay(part: str) -> bool:
    """Replay a part in a clone of its own and say how long it took. Did all of it succeed?"""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="year-", ignore_cleanup_errors=True) as folder:
        clone = Clone.of_head(Path(folder) / "clone")
        PARTS[part](clone)
    done, minutes = [step.is_done for step in clone.steps], (time.monotonic() - start) / 60
    print(f"{part}: {len(done)} steps in {minutes:.1f} min, {done.count(False)} failed", flush=True)
    return bool(done) and all(done)


def main(arguments: Sequence[str] | None = None) -> int:
    """Replay all parts, or one."""
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--only", choices=sorted(PARTS), help="replay this part only")
    only = parser.parse_args(arguments).only
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(replay, [only] if only else PARTS))
    print(
        "The year was replayed: all succeeded." if all(done) else "The year was replayed: see what FAILED."
    )
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
