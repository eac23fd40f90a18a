"""Which roles of the table `featured` do pages, templates and charts ask for, and is each of them there?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from scripts.checks.rule_table import listed
from scripts.findings import Finding, did_you_mean, finding
from scripts.package.featured import MACROS
from scripts.package.files import NotPlain, read_text

PATH = "data/editorial/featured.csv"
KNOWN = listed("role-known")
USED = listed("role-used")
RULES = (KNOWN, USED)

CODE = Path(__file__).parents[2]
PAGES = ("docs/*.md", "docs/brief/*.md", "docs/parts/*.html", "docs/parts/verdicts.csv")
BY_PAGES = re.compile(rf"\b(?:{'|'.join(MACROS)})\(([^()]*)\)")
ASKED = {".md": BY_PAGES, ".html": BY_PAGES, ".csv": BY_PAGES, ".py": re.compile(r"\bRole\(([^()]*)\)")}
A_ROLE = re.compile(r"""= ?["'][^"']*["']|["']([^"']*)["']""")  # an argument without a name


@dataclass(frozen=True)
class Use:
    """A role, and where it is asked for."""

    role: str
    file: str
    line: int


def uses(folder: Path) -> list[Use]:
    """Every place of the pages in this folder, and of our templates and charts, that asks for a role."""
    pages = sorted(page for place in PAGES for page in folder.glob(place))
    return [*(use for page in pages for use in _uses_in(folder, page)), *_uses_of_code()]


@cache  # our own files stay as they are while they run
def _uses_of_code() -> tuple[Use, ...]:
    files = (file for file in sorted(CODE.glob("scripts/site/**/*")) if file.suffix in ASKED)
    return tuple(use for file in files for use in _uses_in(CODE, file))


def _uses_in(folder: Path, file: Path) -> Iterator[Use]:
    try:
        lines = read_text(folder, file).splitlines()
    except NotPlain:  # the layer prose says so
        return
    for number, line in enumerate(lines, start=1):
        for asked in ASKED[file.suffix].findall(line):
            for role in filter(None, A_ROLE.findall(asked)):
                yield Use(role, file.relative_to(folder).as_posix(), number)


def load(connection: duckdb.DuckDBPyConnection, asked: Sequence[Use]) -> None:
    """Put each place that asks for a role into the table `role_uses`, for the rules."""
    places = [[getattr(one, name) for one in asked] for name in ("role", "file", "line")]
    columns = "unnest(?::VARCHAR[]) AS role, unnest(?::VARCHAR[]) AS file, unnest(?::INTEGER[]) AS line"
    connection.execute(f"CREATE OR REPLACE TABLE role_uses AS SELECT {columns}", places)


def faults(asked: Sequence[Use], there: Mapping[str, int]) -> Iterator[Finding]:
    """Roles that are asked for and not there, and the other way round; rows are roles with their lines."""
    for use in asked:
        if use.role not in there:
            hint = did_you_mean(use.role, there)
            message = f"There is no role {use.role} in {PATH}.{hint}"
            yield finding(KNOWN, use.file, message, line=use.line, value=use.role)
    used = {use.role for use in asked}
    has_pages = any(use.file.startswith("docs/") for use in asked)  # else it is a package of data alone
    for role in sorted(there.keys() - used) if has_pages else []:
        message = f"No page, template or chart asks for {role}."
        yield finding(USED, PATH, message, line=there[role], field="role", value=role)
