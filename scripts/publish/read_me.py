"""What to know before the first number is used: for the first sheet of the workbook, and for the zip."""

from scripts.publish.dataset import Dataset

CITE = "Cite the source of each figure, and this package."
FILES = {  # of the zip, beside the tables
    "data/derived/values.csv": "one row a number that a source prints; it is enough for most questions",
    "codebook.html": "what each column holds, and what a blank cell in it means; codebook.csv is the same",
    "datapackage.json": "the contract: every table, column and key, with the hash of every table",
    "CHANGELOG-DATA.md": "what changed from version to version",
    "PROVENANCE.json": "the commit and the libraries that the files were built from",
    "CITATION.cff": "how to cite the package",
    "LICENSE": "what may be used, and what is not licensed",
}


def heading_lines(dataset: Dataset) -> list[str]:
    """The title, the version with the licence, and what the data hold and do not hold."""
    licence = f"{dataset.licence.title} ({dataset.licence.path})"
    return [dataset.title, f"Version {dataset.edition}. {licence}.", dataset.description]


def zip_read_me(dataset: Dataset) -> str:
    """The page that stands in the zip: it names only what is in there."""
    title, *above = heading_lines(dataset)
    files = [f"- `{name}`: {words}" for name, words in FILES.items()]
    tables = [f"- `{one.path}` – {one.title}: {one.description}" for one in dataset.tables]
    parts = [f"# {title}", *above, CITE, "## Files", "\n".join(files), "## Tables", "\n".join(tables)]
    return "\n\n".join(parts) + "\n"
