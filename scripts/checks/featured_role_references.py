"""Find the roles from the table `featured` that pages use, and check that each of them exists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from scripts.checks.python_rule_texts import rule_from_table
from scripts.findings import Finding, did_you_mean, make_finding
from scripts.package.featured_roles import OPTIONAL, WITH_A_NAME, WITHOUT_A_NAME
from scripts.package.files import Row, UnreadableFile, read_page_text, rows_of_csv

if TYPE_CHECKING:
    from jinja2 import nodes

PATH = "data/editorial/featured.csv"
KNOWN = rule_from_table("role-known")
USED = rule_from_table("role-used")
RULES = (KNOWN, USED)
PAGES = ("docs/*.md", "docs/brief/*.md", "docs/parts/*.html")
VERDICTS = "docs/parts/verdicts.csv"  # each row has a template expression in the column `holds_if`


@dataclass(frozen=True)
class RoleUse:
    """A place that uses a role, and whether its page works without that role."""

    role: str
    file: str
    line: int
    is_optional: bool = False


def find_role_uses(folder: Path) -> list[RoleUse]:
    """Every use of a role in the pages and in docs/parts/verdicts.csv of this folder."""
    found = [use for page in template_pages(folder) for use in _role_uses_in_page(folder, page)]
    return found + list(_role_uses_in_verdicts(folder))


def template_pages(folder: Path) -> list[Path]:
    """The pages of this folder that are templates, sorted by path."""
    return sorted(page for place in PAGES for page in folder.glob(place))


def _role_uses_in_page(folder: Path, page: Path) -> Iterator[RoleUse]:
    text = text_of_file_or_blank(folder, page)
    asked = list(_roles_in_template(text))
    optional = {role for role, _, is_optional in asked if is_optional}
    name = page.relative_to(folder).as_posix()
    yield from (RoleUse(role, name, line, role in optional) for role, line, _ in asked)


def _role_uses_in_verdicts(folder: Path) -> Iterator[RoleUse]:
    text = text_of_file_or_blank(folder, folder / VERDICTS)
    for line, row in enumerate(rows_of_csv(text.encode()), start=2):
        for role, _, _ in _roles_in_template(f"{{{{ {row.get('holds_if')} }}}}"):
            yield RoleUse(role, VERDICTS, line)


def text_of_file_or_blank(folder: Path, file: Path) -> str:
    """The text of a file; blank if it is missing or unreadable, which the `prose` layer reports."""
    try:
        return read_page_text(folder, file) if file.exists() else ""
    except UnreadableFile:
        return ""


def _roles_in_template(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield each role that a template uses, with its line and whether the template can do without it."""
    for name, call in calls_in_template(text):
        for role in _role_arguments_of_call(call, name):
            if isinstance(words := getattr(role, "value", None), str):
                yield words, role.lineno, name == OPTIONAL


def calls_in_template(text: str) -> "tuple[tuple[str, nodes.Call], ...]":
    """Each call in a template, with the name of the called function; blank if it is not a plain name."""
    from jinja2 import nodes  # not needed if the package has no pages

    found = _parse_template(text).find_all(nodes.Call)
    return tuple((call.node.name if isinstance(call.node, nodes.Name) else "", call) for call in found)


def included_files(text: str) -> list[str]:
    """The names of the files that a template includes, except for names that are computed."""
    from jinja2 import meta

    return [name for name in meta.find_referenced_templates(_parse_template(text)) if name]


@lru_cache(maxsize=2_000)  # enough for the pages and verdicts of two packages; two layers use them
def _parse_template(text: str) -> "nodes.Template":
    """The syntax tree of a template; an empty tree if the template cannot be read."""
    from jinja2 import Environment, TemplateSyntaxError, nodes

    try:
        return Environment().parse(text)
    except (TemplateSyntaxError, RecursionError):  # the build of the site or the `prose` layer reports this
        return nodes.Template([])


def _role_arguments_of_call(call: "nodes.Call", function_name: str) -> "list[nodes.Expr]":
    """The arguments of a call that name roles."""
    unnamed = call.args if function_name in WITHOUT_A_NAME else []
    return [*unnamed, *(keyword.value for keyword in call.kwargs if keyword.key in WITH_A_NAME)]


def load_role_uses(connection: duckdb.DuckDBPyConnection, role_uses: Sequence[RoleUse]) -> None:
    """Load the uses of roles into the table `role_uses`, for the rules."""
    places = [[getattr(use, name) for use in role_uses] for name in ("role", "file", "line")]
    columns = "unnest(?::VARCHAR[]) AS role, unnest(?::VARCHAR[]) AS file, unnest(?::INTEGER[]) AS line"
    connection.execute(f"CREATE OR REPLACE TABLE role_uses AS SELECT {columns}", places)


def findings_on_roles(role_uses: Sequence[RoleUse], featured_rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield a finding for each role that a page uses but `featured` lacks, and for each that no page uses.

    A role that is quoted in answer to a question counts as used. If no page uses roles, none is reported.
    """
    there = {row["role"]: line for line, row in enumerate(featured_rows, start=2)}
    for use in role_uses:
        if use.role not in there and not use.is_optional:
            hint = did_you_mean(use.role, there)
            message = f"There is no role {use.role} in {PATH}.{hint}"
            yield make_finding(KNOWN, use.file, message, line=use.line, value=use.role)
    used = {use.role for use in role_uses} | {row["role"] for row in featured_rows if row["quote_for"]}
    for role in sorted(there.keys() - used) if role_uses else []:  # otherwise the package has no pages
        message = f"No page asks for {role}."
        yield make_finding(USED, PATH, message, line=there[role], field="role", value=role)
