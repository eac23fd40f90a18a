"""The jobs by name: python -m scripts.forge.jobs JOB runs one of them.

The event and the token come from the environment that GitHub sets.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.error import HTTPError

from scripts.forge import comments, issue_attachments, pull_request
from scripts.forge.github_api import Event, GitHub, RequestRefused, client_and_event_from_environment


def _import_attachments_of_issue(_: GitHub, event: Event) -> str:
    """Import an issue's attachments into build/issue for the jobs that follow, without using a token."""
    has_rows = issue_attachments.write_verdict_and_tables(event, Path.cwd(), Path.cwd() / "build/issue")
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as output:
        output.write(f"rows={str(has_rows).lower()}\n")
    return "There are new rows." if has_rows else "There are no rows to add."


JOBS: dict[str, Callable[[GitHub, Event], str]] = {
    "comment-preview": comments.comment_change_preview,
    "read-issue": _import_attachments_of_issue,
    "comment-verdict": comments.comment_import_verdict,
    "offer-rows": pull_request.open_pull_request,
}


def main(arguments: Sequence[str]) -> int:
    """Run one job and print what it did."""
    try:
        print(JOBS[arguments[0]](*client_and_event_from_environment()))
    except RequestRefused as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 1
    except HTTPError as error:
        settings = "MAINTAINING.md names the settings that are needed."
        print(f"GitHub answered {error.code}. {settings}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
