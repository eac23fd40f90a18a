"""All files of a release, in memory: the package as a zip, and in other formats."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass

from scripts.package import git
from scripts.package.contract import GROUPS, Table
from scripts.package.files import sha256_hex
from scripts.package.package import DESCRIPTOR, Package
from scripts.package.reproducible_zip import pack_reproducible_zip
from scripts.publish import formats
from scripts.publish.dataset import BEFORE_YOU_QUOTE, CITE, DescribedDataset, describe_dataset
from scripts.publish.metadata import citation_cff
from scripts.publish.release_history import changelog_text, package_as_published, read_recorded_releases
from scripts.wording.citations import bibtex_file, citation_of_source

SUMS = "SHA256SUMS"
IN_PANDAS = (
    "pandas reads `is_distinct` as a truth value: write `rows[rows.is_distinct]`. It reads an empty cell, "
    "`blank` here, as missing: write `rows[rows.share_by_counts.notna()]`."
)
CONTAINS = (
    "`contains` means one whole key between the semicolons, in pandas "
    "`rows[rows.subject_ids.fillna('').str.split(';').map(lambda keys: key in keys)]`."
)
SUBJECTS = "data/derived/subjects.csv"
LOOK_UP = (
    "Each row of it is a subject. `main_figures` tells the figures that answer first, in words: whom they "
    "are about, when, how they are known, who publishes them and what has to stand beside them. `by_year` "
    "gives counts by year, `beware` how they are misread, and `not_available` what is not there. "
    "Answer from these four cells of a subject, and of the subjects that `beware` leads to. "
    "For all that was published keep the rows of `data/derived/values.csv` whose `subject_ids` contains "
    "the key. Say of each figure whether it was found, recorded, estimated or claimed, of whom and when. "
    "A subject, number, place or year that neither subjects, values, claims nor not_available names was "
    "not met in what was read; whether it exists elsewhere was not looked for. The subjects:"
)
NO_ROW = (
    "Where no row answers, look in `data/claims.csv` and `data/not_available.csv`: the second lists what "
    "was asked for and not found. "
    "Beside a further mention of a result the columns of counts are blank; its main mention has them."
)
BIBLIOGRAPHY = "sources.bib"
FILES = {  # the files in the zip other than the tables, and what they contain
    "codebook.html": "what each column holds, and what a blank cell in it means; codebook.csv is the same",
    "datapackage.json": "the contract: every table, column and key, with the hash of every table",
    "CHANGELOG-DATA.md": "what changed from version to version",
    "PROVENANCE.json": "the commit and the libraries that the files were built from",
    "CITATION.cff": "how to cite the package",
    BIBLIOGRAPHY: "how to cite every source, as BibTeX",
    "LICENSE": "what may be used, and what is not licensed",
}
LICENCES = ("LICENSE", "LICENSES/CC-BY-4.0.txt", "LICENSES/MIT.txt")  # named, to leave out stray files


def all_release_files(package: Package, site_url: str = "") -> dict[str, bytes]:
    """The bytes of each file of dist/, by name; the files cite `site_url` unless it is blank."""
    package = package_as_published(package, site_url)
    dataset = describe_dataset(package)
    name = dataset.release_file_stem
    packed = {f"{name}/{path}": payload for path, payload in files_in_package_zip(package, dataset).items()}
    files = {
        f"{name}.zip": pack_reproducible_zip(packed, is_compressed=True, as_given=True),
        "codebook.csv": formats.codebook_csv(dataset.tables).encode(),
        BIBLIOGRAPHY: sources_bib(package, dataset).encode(),
    }
    for kind in formats.FORMATS:
        files |= kind.files(package, dataset)
    return files | {SUMS: sha256sums(files).encode()}


def files_in_package_zip(package: Package, dataset: DescribedDataset) -> dict[str, bytes]:
    """The files in the zip, which is a complete data package; those to be read first come first."""
    folder = package.folder
    return {
        "README.md": readme_text(dataset).encode(),
        **{table.path: package.bytes_of_file(table.path) for table in dataset.tables},
        **{name: (folder / name).read_bytes() for name in LICENCES if (folder / name).is_file()},
        "CITATION.cff": citation_cff(dataset).encode(),
        BIBLIOGRAPHY: sources_bib(package, dataset).encode(),
        DESCRIPTOR: released_descriptor(package),
        "codebook.csv": formats.codebook_csv(dataset.tables).encode(),
        "codebook.html": formats.codebook_html(dataset).encode(),
        "CHANGELOG-DATA.md": changelog_text(read_recorded_releases(package)).encode(),
        "PROVENANCE.json": (
            json.dumps(asdict(build_provenance(package, dataset)), indent=2) + "\n"
        ).encode(),
    }


def released_descriptor(package: Package) -> bytes:
    """The contract for the released tables, with the size and hash of each file."""
    descriptor, by_name = deepcopy(package.descriptor), {}
    for resource in descriptor["resources"]:
        by_name[resource["name"]] = resource
    descriptor["resources"] = [by_name[table.name] for table in package.contract.released_contract.tables]
    for resource in descriptor["resources"]:
        content = package.bytes_of_file(resource["path"])
        resource["bytes"], resource["hash"] = len(content), f"sha256:{sha256_hex(content)}"
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def sources_bib(package: Package, dataset: DescribedDataset) -> str:
    """Citations of the package and of each source, as one BibTeX file."""
    return bibtex_file([dataset.citation, *map(citation_of_source, package.rows("sources"))])


def sha256sums(files: Mapping[str, bytes]) -> str:
    """The hashes of the files, in the format that `sha256sum --check SHA256SUMS` reads."""
    return "".join(f"{sha256_hex(content)}  {name}\n" for name, content in sorted(files.items()))


def readme_text(dataset: DescribedDataset) -> str:
    """The README in the zip, which mentions only what is in the zip."""
    title, *above = dataset.title_version_description
    files = [f"- `{name}`: {words}" for name, words in FILES.items()]
    first, *others = dataset.tables
    flat = next(table for table in others if table.name == formats.FLAT)
    filters = [f"- {want}: `{cells}`" for want, cells in dataset.suggested_value_filters.items()]
    columns = [f"- Column `{column}`: {words}" for column, words in BEFORE_YOU_QUOTE.items()]
    start = [f"## Start with `{first.path}`", first.description]
    if subjects := [f"- {row['subject']}: `{row['subject_id']}`" for row in dataset.subjects]:
        start += [f"## Look up your subject in `{SUBJECTS}`", LOOK_UP, "\n".join(subjects)]
    start += [f"## First filters of `{flat.path}`", "\n".join(filters), IN_PANDAS, CONTAINS, NO_ROW]
    start += ["## Before you quote or compare", "\n".join(columns)]
    tables = [
        part for group, words in GROUPS.items() for part in _table_list_of_group(group, words, others)
    ]
    parts = [f"# {title}", *above, CITE, *start, "## Files", "\n".join(files), "## Other tables", *tables]
    return "\n\n".join(parts) + "\n"


def _table_list_of_group(group: str, heading: str, tables: Sequence[Table]) -> list[str]:
    """The heading of a group of tables, and a line for each table."""
    lines = [
        f"- `{table.path}` – {table.title}: {table.description}" for table in tables if table.group == group
    ]
    return [f"### {heading}", "\n".join(lines)] if lines else []


@dataclass(frozen=True)
class BuildProvenance:
    """What a build was made from; a field is blank if unknown, as it is outside a git repository."""

    version: str
    commit: str
    commit_date: str
    with_uncommitted_changes: bool
    lock_file_sha256: str
    python: str  # the Python versions for which the libraries are locked
    evidence_until: str


def build_provenance(package: Package, dataset: DescribedDataset) -> BuildProvenance:
    """What a build is made from: the commit according to git, and hashes of the package's files."""
    folder = package.folder
    in_git = git.is_repository_root(folder)
    lock, project = folder / "requirements.lock", folder / "pyproject.toml"
    settings = tomllib.loads(project.read_text(encoding="utf-8")) if project.exists() else {}
    return BuildProvenance(
        version=dataset.version,
        commit=git.git_line(folder, "rev-parse", "HEAD") if in_git else "",
        commit_date=git.day_of_last_commit(folder),
        with_uncommitted_changes=in_git and bool(git.uncommitted_files(folder)),
        lock_file_sha256=sha256_hex(lock.read_bytes()) if lock.exists() else "",
        python=settings["project"]["requires-python"] if settings else "",
        evidence_until=dataset.latest_document,
    )
