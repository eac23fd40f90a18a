"""Provenance: where do the files come from? It follows from the commit, so it is the same everywhere."""

import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.package import git
from scripts.package.files import sha256
from scripts.package.opening import Package
from scripts.publish.dataset import Dataset


@dataclass(frozen=True)
class Provenance:
    """The provenance of a build: what was it made from? Blank is not known: it was made outside git."""

    version: str
    commit: str
    commit_date: str
    with_uncommitted_changes: bool
    lock_file_sha256: str
    python: str
    evidence_until: str


def provenance(package: Package, dataset: Dataset) -> Provenance:
    """Ask git and the files of the package."""
    folder = package.folder
    in_git = git.is_root(folder)
    lock, project = folder / "requirements.lock", folder / "pyproject.toml"
    return Provenance(
        version=dataset.version,
        commit=git.line(folder, "rev-parse", "HEAD") if in_git else "",
        commit_date=git.day(folder),
        with_uncommitted_changes=in_git and bool(git.changes(folder)),
        lock_file_sha256=sha256(lock.read_bytes()) if lock.exists() else "",
        python=_python(project) if project.exists() else "",
        evidence_until=dataset.latest_document,
    )


def provenance_json(made: Provenance) -> str:
    """Write it for machines."""
    return json.dumps(asdict(made), indent=2) + "\n"


def _python(project: Path) -> str:
    """The versions of Python that the locked libraries are resolved for."""
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["requires-python"])
