"""A process of its own for frictionless: it validates one package and prints the errors as JSON.

Only this module imports frictionless. It waits for a line that names the folder, since the check starts it
before the files have passed. Whatever it raises ends the process with another code than 0.
"""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from frictionless import Error, FrictionlessException, Package

# What the kinds of errors know beyond their message; none knows all of it.
DETAILS = (
    "row_number",
    "field_name",
    "cell",
    "label",
    "cells",
    "field_names",
    "field_cells",
)


def validate(folder: Path, most: int) -> list[dict[str, Any]]:
    """List the errors of each table, at most so many, after those of the descriptor."""
    try:
        report = Package.from_descriptor(str(folder / "datapackage.json")).validate(limit_errors=most)
    except FrictionlessException as refusal:  # a descriptor that it does not read is a verdict
        return [_part("", refusal.to_errors())]
    return [_part("", report.errors), *(_part(task.name, task.errors) for task in report.tasks)]


def _part(table: str, errors: list[Error]) -> dict[str, Any]:
    return {"table": table, "errors": [_plain(error) for error in errors]}


def _plain(error: Error) -> dict[str, Any]:
    known = {name: getattr(error, name) for name in DETAILS if hasattr(error, name)}
    return {"kind": error.type, "message": error.message} | known


if __name__ == "__main__":
    if task := sys.stdin.readline():  # none, where the check is over before
        folder, most = json.loads(task)
        with redirect_stdout(sys.stderr):  # what a library prints must not end up in the answer
            answer = validate(Path(folder), most)
        print(json.dumps(answer))
