"""One comment under a pull request or an issue: edited where it is there, posted where it is not."""

from typing import Any

from scripts.forge.github import GitHub

WE = "github-actions[bot]"


def put(github: GitHub, number: int, kind: str, text: str) -> str:
    """Post the comment of this kind, or bring it up to date; say which. Others can write the mark too."""
    body = f"{mark(kind)}\n{text}"
    there = _ours(github, number, kind)
    if there is None:
        github.ask("POST", f"/issues/{number}/comments", {"body": body})
        return "posted"
    github.ask("PATCH", f"/issues/comments/{int(there['id'])}", {"body": body})
    return "edited"


def mark(kind: str) -> str:
    """The first line, which is not shown."""
    return f"<!-- {kind} of this repository -->"


def _ours(github: GitHub, number: int, kind: str) -> Any:
    comments = github.every(f"/issues/{number}/comments")
    ours = (one for one in comments if one["user"]["login"] == WE and one["body"].startswith(mark(kind)))
    return next(ours, None)
