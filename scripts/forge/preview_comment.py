"""The preview as a comment on its pull request. Anyone's code may have made it, so it is only a text."""

import re
from collections.abc import Mapping
from typing import Any

from scripts.forge.github import MOST_PAGES, PAGE, GitHub, Refused
from scripts.forge.harmless_text import LARGEST, harmless
from scripts.forge.one_comment import put

PREVIEW, FILE, SITE = "preview", "preview.md", "site"  # what the run hands over
NONE = "The run ended without a preview. Its log says why."
TABLE = re.compile(r"data/[a-z_/]+\.csv")  # pages are templates, so they too are code
ONLY_DATA = "The pull request changes tables alone, so the code of the base made the text above."
CODE = (
    "**The pull request changes files that are no tables ({}): read these first. They may have made the "
    "text above, and the verdict.**"
)
FOLD, END = "<details><summary>For reviewers</summary>", "</details>"  # as the preview writes them
SUPERSEDED = "No open pull request has this commit as its newest. Nothing to say."


def comment(github: GitHub, event: Mapping[str, Any]) -> str:
    """Say under the pull request of a finished run what the change does."""
    run = event["workflow_run"]
    numbers = pull_requests(github, run)
    handed_over = github.artifacts(int(run["id"])) if numbers else {}
    text = f"{_said(github, handed_over)}\n\n{_about(run, handed_over)}"
    bodies = {number: f"{text} {_who_made_it(github, number)}" for number in numbers}
    done = [f"#{number}: {put(github, number, 'preview', body)}" for number, body in bodies.items()]
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
    return _folded(files.get(FILE, NONE.encode()).decode("utf-8", "replace"))


def _folded(text: str) -> str:
    """All of it harmless, and what is for reviewers folded, where there is room for it."""
    for_all, _, rest = text.partition(FOLD)
    said, hints = harmless(for_all), harmless(rest.partition(END)[0].strip())
    if not hints or len(said) + len(hints) > LARGEST:
        return said
    return f"{said.rstrip()}\n\n{FOLD}\n\n{hints}\n\n{END}"


def _about(run: Mapping[str, Any], handed_over: Mapping[str, Mapping[str, Any]]) -> str:
    """Our own words: which commit, whose code, and where the whole of it stands."""
    page, commit = run["html_url"], run["head_sha"][:10]
    site = f"{page}/artifacts/{int(handed_over[SITE]['id'])}" if SITE in handed_over else ""
    links = [
        f"[the run and its verdict]({page})",
        *([f"[the site as it would be, to download]({site})"] if site else []),
    ]
    verdict = "passed" if run["conclusion"] == "success" else "did not pass"
    return f"---\nThe check of commit `{commit}` {verdict}: {', '.join(links)}."


def _who_made_it(github: GitHub, number: int) -> str:
    """May the text be trusted? Whoever changes code can make it say anything; GitHub knows the files."""
    files = list(github.every(f"/pulls/{number}/files"))
    names = [name for one in files for name in (one["filename"], one.get("previous_filename")) if name]
    others = [name for name in names if not TABLE.fullmatch(name)]
    if others or len(files) >= PAGE * MOST_PAGES:
        return CODE.format(f"{len(others):,}")
    return ONLY_DATA
