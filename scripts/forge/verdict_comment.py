"""The verdict on attached files, as a comment on their issue."""

from collections.abc import Mapping
from typing import Any

from scripts.forge.github import GitHub, Refused
from scripts.forge.harmless_text import harmless
from scripts.forge.one_comment import put
from scripts.forge.read_issue import VERDICT

ARTIFACT = "verdict"
NONE = "What is attached was not read to the end. That is no verdict on it; a maintainer will look."
NEXT = (
    "To send a file again, edit the issue and attach the mended one in its place, under the same name: "
    "this comment is then brought up to date. It was written by a program."
)


def comment(github: GitHub, event: Mapping[str, Any], run_id: int) -> str:
    """Say under an issue what the import says of its files."""
    artifact = github.artifacts(run_id).get(ARTIFACT)
    text = _said(github, artifact) if artifact else NONE
    return put(github, int(event["issue"]["number"]), "verdict", f"{text}\n\n---\n{NEXT}")


def _said(github: GitHub, artifact: Mapping[str, Any]) -> str:
    try:
        return harmless(github.files_of(artifact).get(VERDICT, NONE.encode()).decode("utf-8", "replace"))
    except Refused as refusal:
        return str(refusal)
