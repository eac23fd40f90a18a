"""On which line of a JSON file is a place such as `studies.note`, or `resources.3.schema`?"""

from typing import Any


def line_of(text: str, whole: Any, place: str) -> int:
    """The line on which the last part of the place that can be found begins; 0 where none can.

    A part is a property, the name of a table or column, or a number in a list. Read from the text, since a
    parser that tells lines would be one more dependency.
    """
    at, part_of = -1, whole
    for part in place.split("."):
        wanted = f'"name": "{part}"'
        if isinstance(part_of, list) and part.isdigit() and int(part) < len(part_of):
            part_of = part_of[int(part)]
            wanted = (
                f'"name": "{part_of["name"]}"' if isinstance(part_of, dict) and "name" in part_of else ""
            )
        elif isinstance(part_of, dict) and part in part_of:
            part_of, wanted = part_of[part], f'"{part}":'
        else:
            part_of = None  # inside a table or column: one called name is not its property
        found = text.find(wanted, at + 1) if wanted else -1
        at = found if found >= 0 else at
    return text.count("\n", 0, at) + 1 if at >= 0 else 0
