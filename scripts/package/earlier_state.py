"""An earlier state of the package, for comparison: a folder or a git revision. Works offline."""

import io
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scripts.package import git
from scripts.package.contract import Contract
from scripts.package.files import UsageError
from scripts.package.git import NoGit
from scripts.package.package import DESCRIPTOR, Package

VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")

Version = tuple[int, int, int, bool]
PUBLISHED: Version = (1, 0, 0, True)  # from this version on, published rows must stay


class NoComparisonBase(UsageError):
    """Raised if there is nothing to compare with; the message says why, and what to do."""


@contextmanager
def open_comparison_base(name: str | None, package: Path) -> Iterator[Package | None]:
    """Open the base of a comparison: a package in a folder or in a git revision.

    The name “published” means the newest version with a tag in this repository. If no version has a tag, or
    if `name` is None, yields None.
    """
    name = newest_version_tag(package) if name == "published" else name
    if name is None:
        yield None
        return
    if not name.strip():
        raise NoComparisonBase(
            "The name of the base is blank. Name a folder or a revision, such as v1.0.0."
        )
    with ExitStack() as to_close:
        folder = Path(name)
        if not (folder / DESCRIPTOR).is_file():
            folder = Path(to_close.enter_context(tempfile.TemporaryDirectory()))
            _extract_revision(package, name, folder)
            if not (folder / DESCRIPTOR).is_file():
                raise NoComparisonBase(f"The revision {name} holds no {DESCRIPTOR}. Name a later one.")
        yield to_close.enter_context(Package(folder.resolve()))


def newest_version_tag(package: Path) -> str | None:
    """The tag of the newest version in the git history of this commit; None if no version has a tag."""
    try:
        tags = git.git_line(package, "tag", "--list", "v*", "--merged", "HEAD").split()
    except NoGit as error:
        if lost := git.why_git_history_unavailable(package):
            raise NoComparisonBase(lost) from error
        return None  # there is no repository, or it has no commit
    versions = {version: tag for tag in tags if (version := parse_version(tag[1:])) and version[3]}
    return f"refs/tags/{versions[max(versions)]}" if versions else None


def _extract_revision(package: Path, revision: str, folder: Path) -> None:
    """Extract a revision into a folder; raises NoComparisonBase if a link points outside it."""
    try:  # --end-of-options: a name that begins with “-” is not an option
        archive = git.git_output(
            package, "archive", "--format=tar", "--end-of-options", f"{revision}^{{commit}}"
        )
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
    except NoGit as error:
        raise NoComparisonBase(
            git.why_git_unavailable(package)
            or f"There is no folder {revision} with a {DESCRIPTOR}, and git knows no such revision: "
            f"{error}. “git tag” and “git log” list what can be named. To a clone of the newest history "
            "alone “git fetch --unshallow --tags” brings the rest."
        ) from error
    except tarfile.TarError as error:
        raise NoComparisonBase(f"The revision {revision} cannot be unpacked safely: {error}.") from error


def parse_version(text: str) -> Version | None:
    """Parse a version into a tuple that sorts pre-releases before their release; None for other text."""
    match = VERSION.fullmatch(text)
    return (int(match[1]), int(match[2]), int(match[3]), not match[4]) if match else None


def contract_and_version_of_base(base: Package) -> tuple[Contract, Version]:
    """Read the contract and the version of a base; raises NoComparisonBase if these cannot be used."""
    try:
        the_contract = base.contract
    except (AttributeError, KeyError, TypeError, ValueError, OSError) as error:
        raise NoComparisonBase(
            f"The {DESCRIPTOR} of the base cannot be read: {type(error).__name__} {error}."
        ) from error
    version = parse_version(str(the_contract.version))
    if version is None:
        raise NoComparisonBase(
            f"The base has the version “{the_contract.version}”, which is none like 1.2.0."
        )
    return the_contract, version
