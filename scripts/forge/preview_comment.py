"""The preview as a comment on its pull request. Anyone's code may have made it, so it is only a text."""

from collections.abc import Mapping
from typing import Any

from scripts.forge.github import GitHub, Refused
from scripts.forge.harmless_text import harmless
from scripts.forge.one_comment import put

PREVIEW, FILE, SITE = "preview", "preview.md", "site"  # what the run hands over
NONE = "The run ended without a preview. Its log says why."
SUPERSEDED = "No open pull request has this commit as its newest. Nothing to say."


def comment(github: GitHub, event: Mapping[str, Any]) -> str:
    """Say under the pull request of a finished run what the change does."""
    run = event["workflow_run"]
    numbers = pull_requests(github, run)
    handed_over = github.artifacts(int(run["id"])) if numbers else {}
    text = f"{_said(github, handed_over)}\n\n{_about(run, handed_over)}"
    done = [f"#{number}: {put(github, number, 'preview', text)}" for number in numbers]
    return ", ".join(done) or SUPERSEDED


def pull_requests(github: GitHub, run: Mapping[str, Any]) -> list[int]:
    """The open pull requests whose newest commit is the one that ran, as GitHub says and nobody else."""
    head = run["head_repository"]
    if head is None:  # it was deleted since
        return []
    found = github.listed("/pulls", state="open", head=f"{head['owner']['login']}:{run['head_branch']}")
    return [int(one["number"]) for one in found if _is_head(one["head"], head["id"], run["head_sha"])]


def _is_head(head: Mapping[str, Any], repository: int, commit: str) -> bool:
    return head["sha"] == commit and head["repo"] is not None and head["repo"]["id"] == repository


def _said(github: GitHub, handed_over: Mapping[str, Mapping[str, Any]]) -> str:
    if PREVIEW not in handed_over:
        return NONE
    try:
        files = github.files_of(handed_over[PREVIEW])
    except Refused as refusal:
        return str(refusal)
    return harmless(files.get(FILE, NONE.encode()).decode("utf-8", "replace"))


def _about(run: Mapping[str, Any], handed_over: Mapping[str, Mapping[str, Any]]) -> str:
    """Our own words: which commit, whose code, and where the whole of it stands."""
    page, commit = run["html_url"], run["head_sha"][:10]
    site = f"{page}/artifacts/{int(handed_over[SITE]['id'])}" if SITE in handed_over else ""
    links = [
        f"[the run and its verdict]({page})",
        *([f"[the site as it would be, to download]({site})"] if site else []),
    ]
    verdict = "passed" if run["conclusion"] == "success" else "did not pass"
    return (
        f"---\nThe check of commit `{commit}` {verdict}: {', '.join(links)}. The text above was made by "
        "the code of this pull request itself. It is brought up to date at each push."
    )
