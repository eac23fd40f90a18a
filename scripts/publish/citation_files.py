"""CITATION.cff and .zenodo.json: how to cite the package, for the tools that ask."""

import json
from html import escape

from scripts.publish.dataset import Dataset

MESSAGE = "If you use these data, please cite this package and the source of each figure."


def citation_cff(dataset: Dataset) -> str:
    """Write the Citation File Format 1.2.0. Texts are quoted as in JSON, which YAML reads too."""
    facts: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": dataset.title,
        "abstract": dataset.description,
        "authors": [{"name": name} for name in dataset.creators],
        "version": dataset.version,
        "date-released": dataset.is_released and dataset.created,
        "license": dataset.licence.name,
        "keywords": list(dataset.keywords),
        "url": dataset.homepage,
        "doi": dataset.doi,
    }
    known = {name: json.dumps(fact, ensure_ascii=False) for name, fact in facts.items() if fact}
    return "".join(f"{name}: {fact}\n" for name, fact in known.items())


def zenodo_json(dataset: Dataset) -> str:
    """Write what Zenodo asks for when it takes a release in. It assigns the DOI itself."""
    facts: dict[str, object] = {
        "title": dataset.title,
        "upload_type": "dataset",
        "description": f"<p>{escape(dataset.description, quote=False)}</p>",
        "notes": MESSAGE,
        "creators": [{"name": name} for name in dataset.creators],
        "access_right": "open",
        "license": dataset.licence.name,
        "keywords": list(dataset.keywords),
        "language": "eng",
        "version": dataset.version,
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
