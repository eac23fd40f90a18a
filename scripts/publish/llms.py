"""llms.txt: what the site holds and what its figures are not, for programs that read in place of people."""

import re
from pathlib import Path

from scripts.package.featured import Role
from scripts.package.opening import Package
from scripts.publish.dataset import Dataset

EXAMPLE = Role("share-under-18-later")
FRONT = re.compile(r"^(title|description): (.+)$", re.MULTILINE)


def llms_txt(package: Package, dataset: Dataset, root: str) -> str:
    """A heading, the description with its limits, then the pages and the tables as lists of links."""
    example = package.featured.reading(EXAMPLE).id
    named = {page.name: page for page in sorted((package.folder / "docs").glob("*.md"))}
    named.pop("404.md", None)  # for addresses that do not exist
    pages = [named.pop("index.md"), *named.values()]
    lines = [
        f"# {dataset.title}",
        "",
        f"> {dataset.description}",
        "",
        f"Version {dataset.edition}. Licence: {dataset.licence.name}.",
        "Say with each share what it is a share of, its place and its period.",
        "Cite its source and this package.",
        "",
        "## Pages",
        "",
        *(_page(page, root) for page in pages),
        "",
        "## Data",
        "",
        f"- [datapackage.json]({root}datapackage.json): the contract, with every table and column",
        f"- [{example}.json]({root}values/{example}.json): one quantity; so for each quantity_id, and .csv",
        f"- [codebook.csv]({root}download/codebook.csv): every column in words",
        *(f"- [{table.name}]({root}{table.path}): {table.description}" for table in dataset.tables),
    ]
    return "\n".join(lines) + "\n"


def _page(page: Path, root: str) -> str:
    front = dict(FRONT.findall(page.read_text(encoding="utf-8").partition("\n---\n")[0]))
    address = "" if page.name == "index.md" else f"{page.stem}/"
    return f"- [{front.get('title', page.stem)}]({root + address or './'}): {front.get('description', '')}"
