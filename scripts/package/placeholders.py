"""What the words of an indicator may hold in braces: the one list of it, and how it is filled in.

They are names and nothing else: no format, no attribute and no number can be asked for.
"""

import re
from collections.abc import Callable, Mapping

from scripts.package.sql import literal

WHAT = ("name", "judged", "held", "ages", "supposed", "reckoned", "recorded", "counted")
WHOM_AND_WHERE = (
    *("people", "group", "whom", "persons", "were", "tallied", "there_were"),
    *("setting", "scope", "place", "where", "between"),
)
ALLOWED = {  # by the columns of `indicator_words`
    "caption": WHAT,
    "heading": ("caption", *WHAT, *WHOM_AND_WHERE),
    "sentence": ("n", *WHAT, *WHOM_AND_WHERE),
    "unnamed": (),
}
PLACEHOLDER = re.compile(r"\{([a-z_]+)}")


def filled(words: str, made: Mapping[str, Callable[[], str]]) -> str:
    """The words with what each placeholder stands for; any other brace stays as it is."""
    return PLACEHOLDER.sub(lambda found: made[found[1]]() if found[1] in made else found[0], words)


def as_query() -> str:
    """For the rules: each column of words, and what it may hold, in braces."""
    rows = (
        f"({literal(column)}, [{', '.join(literal(f'{{{name}}}') for name in names)}]::VARCHAR[])"
        for column, names in ALLOWED.items()
    )
    return f"FROM (VALUES {', '.join(rows)}) AS listed(field, allowed)"
