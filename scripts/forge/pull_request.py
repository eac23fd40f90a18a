"""A pull request with the rows of a valid workbook: one commit on top of main, on the issue's own branch.

It contains only new rows of existing tables, and derived tables. That is checked here, because the job that
read the workbook may hand over anything.
"""

import base64
import csv
import io
import os
import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from scripts.forge.github_api import Event, GitHub, RequestRefused
from scripts.forge.issue_attachments import ROWS

CHECK = "pull-request.yml"
NAME, MAIL = "github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"
TABLE = re.compile(r"data/(?:method/|(?P<derived>derived/))?(?P<name>[a-z_]{1,60})\.csv")
# People write these by hand, and all of data/editorial/, which decides how others are judged or shown.
BY_HAND = ("corrections", "replies")
MOST_ROWS = 5_000  # the most rows that may be added to a table
OTHERS = (
    "The branch {} holds the work of others, so it is left alone. A maintainer takes the new rows over."
)
TEXT = (
    "The rows of the workbook that is attached to #{number}, as the import adds them, and the computed "
    "tables. Nobody has read them yet.\n\n{tables}\n\nHow to review and merge it: MAINTAINING.md."
)


def open_pull_request(github: GitHub, event: Event, folder: Path = Path()) -> str:
    """Put the rows that this run produced on a branch, open a pull request and start the check."""
    artifact = github.artifacts_of_run(github.run_id).get(ROWS)
    if artifact is None:
        raise RequestRefused("The run handed over no rows.")
    tables = write_tables_into_package(github.files_in_artifact(artifact), folder)
    number = int(event["issue"]["number"])
    branch = f"new-source-{number}"
    commit_and_push_branch(github, folder, branch, f"Add the rows of issue {number}")
    listed = "\n".join(f"- `{name}`" for name in tables)
    content = {
        "title": f"Rows from issue {number}",
        "head": branch,
        "base": event["repository"]["default_branch"],
        "body": TEXT.format(number=number, tables=listed),
    }
    done = _open_pull_request_unless_open(github, branch, content)
    # A push by a job does not start a workflow, but a dispatch does.
    github.call_api("POST", f"/actions/workflows/{CHECK}/dispatches", {"ref": branch})
    return done


def _open_pull_request_unless_open(github: GitHub, branch: str, content: Mapping[str, str]) -> str:
    """Open a pull request for the branch, unless one is already open."""
    head = f"{github.repository.partition('/')[0]}:{branch}"
    for there in github.items_of_paged_list("/pulls", state="open", head=head):
        return f"#{int(there['number'])} brought up to date"
    return f"#{int(github.call_api('POST', '/pulls', content)['number'])} opened"


def write_tables_into_package(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Write the tables into the package and return their names.

    If one of them is not allowed, raises RequestRefused and writes none.
    """
    for name, content in files.items():
        _refuse_unless_table_only_gains_rows(name, content, folder)
    if not any(name.count("/") == 1 for name in files):
        raise RequestRefused("No table of data/ would change.")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return sorted(files)


def _refuse_unless_table_only_gains_rows(name: str, content: bytes, folder: Path) -> None:
    path = TABLE.fullmatch(name)
    if not path or path["name"] in BY_HAND:
        raise RequestRefused("What was handed over holds a file that is no table for new rows.")
    place = folder / name
    if any(part.is_symlink() for part in (place, *place.parents) if part != folder) or not place.is_file():
        raise RequestRefused(f"{name} is no plain file of the package.")
    before, after = (
        _parse_rows_of_equal_width(place.read_bytes(), name),
        _parse_rows_of_equal_width(content, name),
    )
    if before[:1] != after[:1]:
        raise RequestRefused(f"The columns of {name} are others.")
    if path["derived"]:
        return
    if Counter(before) - Counter(after):
        raise RequestRefused(f"A row of {name} would change or go.")
    if len(after) - len(before) > MOST_ROWS:
        raise RequestRefused(f"More than {MOST_ROWS:,} rows would be added to {name}.")


def _parse_rows_of_equal_width(content: bytes, name: str) -> list[tuple[str, ...]]:
    """The header and rows of a table; raises RequestRefused unless all have the same number of cells."""
    try:
        text = io.StringIO(content.decode("utf-8"), newline="")
        rows = [tuple(row) for row in csv.reader(text, strict=True)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise RequestRefused(f"{name} is no CSV in UTF-8.") from error
    if not rows or {len(row) for row in rows} != {len(rows[0])}:
        raise RequestRefused(f"The rows of {name} have different numbers of cells.")
    return rows


def commit_and_push_branch(github: GitHub, folder: Path, branch: str, message: str) -> None:
    """Commit the tables on top of main and push; raises RequestRefused if others worked on the branch."""

    def git(*words: str) -> str:
        return run_git_with_push_rights(github.token, folder, *words)

    there = git("ls-remote", github.remote, f"refs/heads/{branch}").partition("\t")[0]
    if there:
        git("fetch", "--quiet", "--depth", "1", github.remote, there)
        if git("log", "-1", "--format=%ce", there) != MAIL:
            raise RequestRefused(OTHERS.format(branch))
    git("checkout", "--quiet", "-B", branch)
    git("commit", "--quiet", "--message", message, "--", "data")
    lease = f"--force-with-lease=refs/heads/{branch}:{there}"
    git("push", "--quiet", lease, github.remote, f"HEAD:refs/heads/{branch}")


def run_git_with_push_rights(token: str, folder: Path, *words: str) -> str:
    """Run a git command with push rights, and return its output; the token is in no command or message."""
    login = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    rights = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraHeader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {login}",
    }
    who = ["-c", f"user.name={NAME}", "-c", f"user.email={MAIL}"]
    command = ["git", "-C", str(folder), *who, *words]
    done = subprocess.run(command, env=os.environ | rights, capture_output=True, text=True)
    if done.returncode:
        raise RequestRefused(f"git {words[0]} failed.")
    return done.stdout.strip()
