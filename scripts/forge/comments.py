"""Two comments: the preview of a pull request, and the result of importing files attached to an issue.

Each is posted once and then edited. What a workflow run hands over may come from anybody's code, so it is
treated as text and made harmless.
"""

import re
from collections.abc import Mapping
from typing import Any

from scripts.forge.github_api import MOST_PAGES, PAGE, Event, GitHub, RequestRefused
from scripts.forge.sanitise_markdown import LARGEST, make_markdown_harmless

WE = "github-actions[bot]"
PREVIEW, PREVIEW_FILE, SITE = "preview", "preview.md", "site"  # the artifacts of a run on a pull request
VERDICT, VERDICT_FILE = "verdict", "verdict.md"  # the artifact of the job for an issue
NO_PREVIEW = "The run ended without a preview. Its log says why."
NO_VERDICT = "What is attached was not read to the end. That is no verdict on it; a maintainer will look."
NEXT = (
    "To send a file again, edit the issue and attach the fixed one in its place, under the same name: "
    "this comment is then brought up to date. It was written by a program."
)
TABLE = re.compile(r"data/[a-z_/]+\.csv")  # pages are templates, so they count as code
ONLY_DATA = "The pull request changes tables alone, so the code of the base made the text above."
CODE = (
    "**The pull request changes files that are no tables ({:,}): read these first. They may have made the "
    "text above, and the verdict.**"
)
FOLD, END = "<details><summary>For reviewers</summary>", "</details>"  # as the preview writes it
SUPERSEDED = "No open pull request has this commit as its newest. Nothing to say."

Artifacts = Mapping[str, Mapping[str, Any]]


def post_or_update_comment(github: GitHub, number: int, kind: str, text: str) -> str:
    """Post a comment, or edit our earlier one of this kind, and return which of the two was done.

    Our comment is recognised by its marker and its author, since other people can write the marker too.
    """
    mark = f"<!-- {kind} of this repository -->"
    comments = github.items_of_paged_list(f"/issues/{number}/comments")
    ours = (
        comment
        for comment in comments
        if comment["user"]["login"] == WE and comment["body"].startswith(mark)
    )
    there, content = next(ours, None), {"body": f"{mark}\n{text}"}
    if there is None:
        github.call_api("POST", f"/issues/{number}/comments", content)
        return f"#{number}: posted"
    github.call_api("PATCH", f"/issues/comments/{int(there['id'])}", content)
    return f"#{number}: edited"


def comment_import_verdict(github: GitHub, event: Event) -> str:
    """Post the result of the import as a comment on the issue."""
    text = (
        _text_from_artifact(github, github.artifacts_of_run(github.run_id), VERDICT, VERDICT_FILE)
        or NO_VERDICT
    )
    return post_or_update_comment(
        github, int(event["issue"]["number"]), VERDICT, f"{make_markdown_harmless(text)}\n\n---\n{NEXT}"
    )


def comment_change_preview(github: GitHub, event: Event) -> str:
    """Post the preview of a change as a comment on the pull request whose run has finished."""
    run = event["workflow_run"]
    numbers = _open_pull_requests_of_run(github, run)
    handed_over = github.artifacts_of_run(int(run["id"])) if numbers else {}
    text = _sanitise_and_fold_reviewer_part(
        _text_from_artifact(github, handed_over, PREVIEW, PREVIEW_FILE) or NO_PREVIEW
    )
    about = f"---\n{_commit_and_link_words(run, handed_over)}"
    done = [
        post_or_update_comment(
            github, number, PREVIEW, f"{text}\n\n{about} {_note_whether_text_is_trusted(github, number)}"
        )
        for number in numbers
    ]
    return ", ".join(done) or SUPERSEDED


def _text_from_artifact(github: GitHub, handed_over: Artifacts, name: str, file: str) -> str:
    """The text of a file that a run handed over, or why it was refused; blank if there is no such file."""
    try:
        files = github.files_in_artifact(handed_over[name]) if name in handed_over else {}
    except RequestRefused as refusal:
        return str(refusal)
    return files.get(file, b"").decode("utf-8", "replace")


def _open_pull_requests_of_run(github: GitHub, run: Mapping[str, Any]) -> list[int]:
    """The numbers of the open pull requests whose newest commit is the one that the run checked."""
    head = run["head_repository"]
    if head is None:  # the pull request's repository has been deleted
        return []
    found = github.items_of_paged_list(
        "/pulls", state="open", head=f"{head['owner']['login']}:{run['head_branch']}"
    )
    return [
        int(pull["number"]) for pull in found if _is_head_commit(pull["head"], head["id"], run["head_sha"])
    ]


def _is_head_commit(head: Mapping[str, Any], repository: int, commit: str) -> bool:
    return head["sha"] == commit and head["repo"] is not None and head["repo"]["id"] == repository


def _sanitise_and_fold_reviewer_part(text: str) -> str:
    """Return the text made harmless; the part for reviewers is folded, or left out if there is no room."""
    for_all, _, rest = text.partition(FOLD)
    said, hints = make_markdown_harmless(for_all), make_markdown_harmless(rest.partition(END)[0].strip())
    if not hints or len(said) + len(hints) > LARGEST:
        return said
    return f"{said.rstrip()}\n\n{FOLD}\n\n{hints}\n\n{END}"


def _commit_and_link_words(run: Mapping[str, Any], handed_over: Artifacts) -> str:
    """The sentence that says which commit was checked, with links to the run and to the built site."""
    links = f"[the run and its verdict]({run['html_url']})"
    if SITE in handed_over:
        site = f"{run['html_url']}/artifacts/{int(handed_over[SITE]['id'])}"
        links += f", [the site as it would be, to download]({site})"
    passed = "passed" if run["conclusion"] == "success" else "did not pass"
    return f"The check of commit `{run['head_sha'][:10]}` {passed}: {links}."


def _note_whether_text_is_trusted(github: GitHub, number: int) -> str:
    """Say whether only tables have changed, or also code, which could make the text say anything."""
    files = list(github.items_of_paged_list(f"/pulls/{number}/files"))
    names = [name for file in files for name in (file["filename"], file.get("previous_filename"))]
    others = [name for name in names if name and not TABLE.fullmatch(name)]
    return CODE.format(len(others)) if others or len(files) >= PAGE * MOST_PAGES else ONLY_DATA
