"""The difference of files: which of code, rules, workflows and prose are new, gone or changed?"""

from collections.abc import Iterator
from pathlib import Path

from scripts.preview.results import FileChange

# The first group that holds a path is its group.
GROUPS = {
    "rules": ("scripts/checks",),
    "workflows": (".github", ".githooks", ".ci"),
    "code": (
        "scripts",
        "tests",
        "overrides",
        "docs/assets",
        "Makefile",
        "mkdocs.yml",
        "pyproject.toml",
        "requirements.lock",
        "requirements-dev.lock",
        ".gitattributes",
        ".gitignore",
    ),
    "prose": (
        "docs",
        "README.md",
        "CONTRIBUTING.md",
        "MAINTAINING.md",
        "CHANGELOG.md",
        "CITATION.cff",
        "LICENSE",
        "LICENSES",
    ),
}
NOT_OURS = {"__pycache__", ".mypy_cache", ".DS_Store"}
DATA_ALONE = "One of the two holds data without code, so code is not compared."


def hold_code(*folders: Path) -> bool:
    """Do all of these folders hold the scripts? A published package may hold data alone."""
    return all((folder / "scripts").is_dir() for folder in folders)


def file_changes(base: Path, package: Path) -> tuple[FileChange, ...]:
    """Compare byte by byte, in the order of the groups."""
    with_code = hold_code(base, package)
    groups = GROUPS if with_code else {"prose": GROUPS["prose"]}
    found: dict[str, FileChange] = {}
    for group, parts in groups.items():
        for part in parts:
            for path in sorted({*_files(base, part), *_files(package, part)}):
                is_asset = path.startswith("docs/assets/") and not with_code
                if path not in found and not is_asset and (kind := _kind(base / path, package / path)):
                    found[path] = FileChange(kind, path, group)
    return tuple(found.values())


def _files(folder: Path, part: str) -> Iterator[str]:
    place = folder / part
    for path in sorted(place.rglob("*")) if place.is_dir() and not place.is_symlink() else [place]:
        if (path.is_symlink() or path.is_file()) and not NOT_OURS & set(path.parts):
            yield path.relative_to(folder).as_posix()


def _kind(before: Path, after: Path) -> str:
    """new, gone, changed, or blank for the same."""
    old, new = _content(before), _content(after)
    if old == new:
        return ""
    return "new" if old is None else "gone" if new is None else "changed"


def _content(path: Path) -> bytes | None:
    """The bytes of a file; of a link where it leads, which is not followed."""
    if path.is_symlink():
        return b"link to " + str(path.readlink()).encode(errors="surrogateescape")
    return path.read_bytes() if path.is_file() else None
