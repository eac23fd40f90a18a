"""All files of a release, in memory: the package as a zip, and in the formats that readers open."""

import json
from collections.abc import Mapping
from copy import deepcopy

from scripts.package.files import sha256 as sha256
from scripts.package.opening import DESCRIPTOR, Package
from scripts.package.zips import zip_bytes
from scripts.publish.citation_files import citation_cff, zenodo_json
from scripts.publish.codebook import codebook_csv, codebook_html
from scripts.publish.dataset import Dataset, describe
from scripts.publish.excel import workbook
from scripts.publish.parquet import parquet_files
from scripts.publish.provenance import provenance, provenance_json
from scripts.publish.read_me import zip_read_me
from scripts.publish.sqlite import datasette_metadata, sqlite_file
from scripts.publish.stata import stata_file
from scripts.publish.versions import as_published, changelog_text, read_history

SUMS = "SHA256SUMS"
LICENCES = ("LICENSE", "LICENSES/CC-BY-4.0.txt", "LICENSES/MIT.txt")  # by name: git may ignore a stray file


def bundle(package: Package) -> dict[str, bytes]:
    """Make every file of dist/: its name and its bytes."""
    package = as_published(package)
    dataset = describe(package)
    name = f"{dataset.name}-{dataset.version}"
    parquet = parquet_files(package)
    packed = {f"{name}/{path}": one for path, one in package_files(package, dataset).items()}
    files = {
        f"{name}.zip": zip_bytes(packed, is_compressed=True),
        f"{name}.xlsx": workbook(package, dataset),
        f"{name}.sqlite": sqlite_file(package, dataset),
        "datasette-metadata.json": datasette_metadata(dataset, name).encode(),
        "values.dta": stata_file(package, dataset),
        "codebook.csv": codebook_csv(dataset.tables).encode(),
        **{f"parquet/{file}": content for file, content in parquet.items()},
    }
    return files | {SUMS: sums(files).encode()}


def package_files(package: Package, dataset: Dataset) -> dict[str, bytes]:
    """What is in the zip: a data package that stands alone."""
    tables = {table.path: package.content(table.path) for table in dataset.tables}
    folder = package.folder
    licences = {name: folder / name for name in LICENCES}
    return {
        **tables,
        **{name: text.read_bytes() for name, text in licences.items() if text.is_file()},
        "CITATION.cff": citation_cff(dataset).encode(),
        ".zenodo.json": zenodo_json(dataset).encode(),
        DESCRIPTOR: released_descriptor(package),
        "README.md": zip_read_me(dataset).encode(),
        "codebook.csv": codebook_csv(dataset.tables).encode(),
        "codebook.html": codebook_html(dataset).encode(),
        "CHANGELOG-DATA.md": changelog_text(read_history(package)).encode(),
        "PROVENANCE.json": provenance_json(provenance(package, dataset)).encode(),
    }


def released_descriptor(package: Package) -> bytes:
    """The contract of what is released, with the length and the hash of every file, to verify a copy."""
    descriptor, paths = deepcopy(package.descriptor), {one.path for one in package.contract.released.tables}
    descriptor["resources"] = [one for one in descriptor["resources"] if one["path"] in paths]
    for resource in descriptor["resources"]:
        content = package.content(resource["path"])
        resource["bytes"], resource["hash"] = len(content), f"sha256:{sha256(content)}"
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def sums(files: Mapping[str, bytes]) -> str:
    """What `sha256sum --check SHA256SUMS` reads."""
    return "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(files.items()))
