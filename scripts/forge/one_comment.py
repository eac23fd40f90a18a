"""One comment under a pull request or an issue: edited where it is there, posted where it is not."""

from typing import Any

from scripts.forge.github import GitHub

WE = "github-actions[bot]"
MOST_PAGES = 20  # of a hundred comments each


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
    for page in range(1, MOST_PAGES + 1):
        comments = github.listed(f"/issues/{number}/comments", page=page)
        for one in comments:
            if one["user"]["login"] == WE and one["body"].startswith(mark(kind)):
                return one
        if len(comments) < 100:
            return None
    return None
