"""schema.org Dataset as JSON-LD, for the head of search engines. It says what the page shows, no more."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.publish.dataset import Dataset

# Characters that could end the script element, written so that JSON still means the same.
ENDS_A_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True)
class Download:
    """A file that readers can take: its path from the root of the site, what it is, and its hash."""

    path: str
    title: str
    media_type: str
    size: int
    sha256: str


def json_ld(
    dataset: Dataset,
    downloads: Sequence[Download],
    root: str,
    with_indicators: bool,
    *,
    citation: str = "",
    commit: str = "",
) -> str:
    """Describe the data set; `root` leads from the page, or from anywhere, to the root of the site."""
    bodies = [{"@type": "Organization", "name": name} for name in dataset.creators]
    code = {"@type": "SoftwareSourceCode", "name": "The commit it was made from", "identifier": commit}
    catalog = {"@type": "DataCatalog", "url": dataset.catalog}
    facts: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title,
        "description": dataset.description,
        "url": f"{root}data/",
        "identifier": f"https://doi.org/{dataset.doi}" if dataset.doi else "",
        "version": dataset.version,
        "datePublished" if dataset.is_released else "dateModified": dataset.created,
        "creativeWorkStatus": "" if dataset.is_released else "not released",
        "license": dataset.licence.path,
        "isAccessibleForFree": True,
        "creator": bodies,
        "publisher": bodies,
        "citation": citation,
        "includedInDataCatalog": catalog if dataset.catalog else {},
        "keywords": list(dataset.keywords),
        "temporalCoverage": "/".join(dataset.years),
        "spatialCoverage": {"@type": "Place", "name": dataset.country},
        "isBasedOn": [f"{root}{dataset.based_on}", *([code] if commit else [])],
        "variableMeasured": [row["name"] for row in dataset.indicators] if with_indicators else [],
        "distribution": [_distribution(one, root) for one in downloads],
    }
    known = {name: fact for name, fact in facts.items() if fact}
    return json.dumps(known, ensure_ascii=False).translate(ENDS_A_SCRIPT)


def _distribution(download: Download, root: str) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": download.title,
        "contentUrl": f"{root}{download.path}",
        "encodingFormat": download.media_type,
        "contentSize": f"{download.size} B",
        "sha256": download.sha256,
    }
