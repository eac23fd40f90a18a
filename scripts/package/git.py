"""What git knows about the package: commits, tags, and uncommitted files. Works offline."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

LOCAL = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}  # neither fetch nor prompt for anything


class NoGit(Exception):
    """Raised if a git command failed or git is not installed; the message is git's first line of output."""


def git_output(folder: Path, *arguments: str) -> bytes:
    """The output of a read-only git command; raises NoGit if it fails."""
    command = ["git", "--no-optional-locks", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, env=os.environ | LOCAL, capture_output=True, check=True).stdout
    except OSError as error:
        raise NoGit("Git is not installed") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoGit(said[0] if said else f"git {arguments[0]} failed in {folder.name}") from error


def git_line(folder: Path, *arguments: str) -> str:
    """The one line that a git command prints."""
    return git_output(folder, *arguments).decode("utf-8").strip()


def why_git_unavailable(folder: Path) -> str:
    """Why git cannot be used in a folder, and what to do about it; blank if it can be used."""
    try:
        git_line(folder, "rev-parse", "--git-dir")
    except NoGit as error:
        ways_out = "install git, let it read this folder, or work in a clone"
        return f"Git tells nothing about {folder.name} ({error}): {ways_out}, then run again."
    return ""


def why_git_history_unavailable(folder: Path) -> str:
    """Why git cannot read a folder's history; blank if it can, or if there is no history to read."""
    has_history = any((place / ".git").exists() for place in (folder, *folder.parents))
    return why_git_unavailable(folder) if has_history else ""


def is_repository_root(folder: Path) -> bool:
    """Return whether this folder is the root of a repository with a commit, not just inside one."""
    try:
        root = Path(git_line(folder, "rev-parse", "--show-toplevel"))
        git_line(folder, "rev-parse", "--verify", "HEAD")
    except NoGit:
        return False
    return root.resolve() == folder.resolve()


def uncommitted_files(folder: Path) -> list[str]:
    """The files that differ from the last commit or are untracked, except for ignored ones."""
    lines = (
        git_output(folder, "status", "--porcelain", "--untracked-files=normal").decode("utf-8").splitlines()
    )
    return [status[3:] for status in lines]


def day_of_last_commit(folder: Path, *paths: str) -> str:
    """The day of the last commit, or of the last one that changed these paths; blank if git cannot tell.

    The day is in universal time, whatever this machine's time zone. In a shallow clone, the first commit
    seems to change everything, so it does not count.
    """
    if not is_repository_root(folder):
        return ""
    seconds, *parents = git_line(folder, "log", "-1", "--format=%ct %P", "--", *paths).split() or [""]
    is_cut = not parents and git_line(folder, "rev-parse", "--is-shallow-repository") == "true"
    if not seconds or (paths and is_cut):
        return ""
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()


def commit_hash_of(folder: Path, revision: str) -> str:
    """The hash of the commit to which a name such as a tag refers; blank if there is none."""
    try:
        return git_line(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except NoGit:
        return ""
