"""A pull request with the rows of a sound workbook: one commit on main, on a branch named for the issue."""

import base64
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.forge.accepted_rows import accept
from scripts.forge.github import GitHub, Refused

ARTIFACT = "rows"
CHECK = "pull-request.yml"
NAME, MAIL = "github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"
OTHERS = (
    "The branch {} holds the work of others, so it is left alone. A maintainer takes the new rows over."
)
TEXT = (
    "The rows of the workbook that is attached to #{number}, as the import adds them, and the computed "
    "tables. Nobody has read them yet.\n\n{tables}\n\nHow to review and merge it: MAINTAINING.md."
)


def offer(github: GitHub, event: Mapping[str, Any], run_id: int, folder: Path, remote: str) -> str:
    """Take the rows that the run handed over to a branch, open its pull request, and start the check."""
    artifact = github.artifacts(run_id).get(ARTIFACT)
    if artifact is None:
        raise Refused("The run handed over no rows.")
    tables = accept(github.files_of(artifact), folder)
    number = int(event["issue"]["number"])
    branch = f"new-source-{number}"
    push(Git(folder, remote, github.token), branch, tables, f"Add the rows of issue {number}")
    where = open_request(github, event, branch, TEXT.format(number=number, tables=_list(tables)))
    # What a job pushes starts no workflow by itself; a dispatch does.
    github.ask("POST", f"/actions/workflows/{CHECK}/dispatches", {"ref": branch})
    return where


def _list(tables: list[str]) -> str:
    return "\n".join(f"- `{name}`" for name in tables)


def open_request(github: GitHub, event: Mapping[str, Any], branch: str, text: str) -> str:
    """Open the pull request of a branch, unless it is open."""
    owner = github.repository.partition("/")[0]
    there = github.listed("/pulls", state="open", head=f"{owner}:{branch}")
    if there:
        return f"#{int(there[0]['number'])} brought up to date"
    content = {
        "title": f"Rows from issue {int(event['issue']['number'])}",
        "head": branch,
        "base": event["repository"]["default_branch"],
        "body": text,
    }
    return f"#{int(github.ask('POST', '/pulls', content)['number'])} opened"


class Git:
    """Git in a clone, with the right to push to the remote. The token stands in no command."""

    def __init__(self, folder: Path, remote: str, token: str) -> None:
        self.folder, self.remote = folder, remote
        login = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        settings = {
            "http.extraHeader": f"AUTHORIZATION: basic {login}",
            "core.hooksPath": os.devnull,
            "user.name": NAME,
            "user.email": MAIL,
        }
        pairs = enumerate(settings.items())
        self._environment = {
            **os.environ,
            "GIT_CONFIG_COUNT": str(len(settings)),
            **{
                f"GIT_CONFIG_{part}_{at}": one
                for at, pair in pairs
                for part, one in zip(("KEY", "VALUE"), pair, strict=True)
            },
        }

    def do(self, *words: str) -> str:
        """The output of a git command. Refused, without what git says, where it fails."""
        command = ["git", "-C", str(self.folder), *words]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True)
        if done.returncode:
            raise Refused(f"git {words[0]} failed.")
        return done.stdout.strip()


def push(git: Git, branch: str, paths: list[str], message: str) -> None:
    """Commit the paths on top of main and put the branch there. Refused where others have worked on it."""
    there = git.do("ls-remote", git.remote, f"refs/heads/{branch}").partition("\t")[0]
    if there:
        git.do("fetch", "--quiet", "--depth", "1", git.remote, there)
        if git.do("log", "-1", "--format=%ce", there) != MAIL:
            raise Refused(OTHERS.format(branch))
    git.do("checkout", "--quiet", "-B", branch)
    git.do("add", "--", *paths)
    git.do("commit", "--quiet", "--message", message)
    lease = f"--force-with-lease=refs/heads/{branch}:{there}"
    git.do("push", "--quiet", lease, git.remote, f"HEAD:refs/heads/{branch}")
