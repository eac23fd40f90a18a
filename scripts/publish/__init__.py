"""Downloads and metadata in standard formats, all generated from the contract and the tables."""

import re

from scripts.package.package import Package
from scripts.publish.dataset import read_dataset_metadata
from scripts.publish.metadata import citation_cff

VERSION = re.compile(r'^version = ".*"$', re.MULTILINE)


def citation_and_pyproject_texts(package: Package) -> dict[str, str]:
    """The texts of CITATION.cff, generated from the contract, and of pyproject.toml with its version."""
    told = read_dataset_metadata(package)
    texts = {"CITATION.cff": citation_cff(told)}
    project = package.folder / "pyproject.toml"
    if project.exists():
        text = project.read_text(encoding="utf-8")
        texts["pyproject.toml"] = VERSION.sub(f'version = "{told.version}"', text, count=1)
    return texts
