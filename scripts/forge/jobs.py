"""The jobs, by name: python -m scripts.forge.jobs JOB. GitHub gives event and token in the environment."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.error import HTTPError

from scripts.forge import preview_comment, read_issue, request, verdict_comment
from scripts.forge.github import Refused, of_the_job

HERE = Path.cwd()


def _comment_preview() -> str:
    return preview_comment.comment(*of_the_job())


def _read_issue() -> str:
    """Without a token. What is handed over lies in build/issue; another job asks if there are rows."""
    _, event = of_the_job()
    has_rows = read_issue.read(event, HERE, HERE / "build/issue")
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as output:
        output.write(f"rows={str(has_rows).lower()}\n")
    return "There are new rows." if has_rows else "There are no rows to add."


def _comment_verdict() -> str:
    return verdict_comment.comment(*of_the_job(), int(os.environ["GITHUB_RUN_ID"]))


def _offer_rows() -> str:
    github, event = of_the_job()
    remote = f"{os.environ['GITHUB_SERVER_URL']}/{github.repository}"
    run_id = int(os.environ["GITHUB_RUN_ID"])
    return request.offer(github, event, run_id=run_id, folder=HERE, remote=remote)


JOBS: dict[str, Callable[[], str]] = {
    "comment-preview": _comment_preview,
    "read-issue": _read_issue,
    "comment-verdict": _comment_verdict,
    "offer-rows": _offer_rows,
}


def main(arguments: Sequence[str]) -> int:
    """Do one job and say what was done."""
    if len(arguments) != 1 or arguments[0] not in JOBS:
        print(f"Name one of: {', '.join(JOBS)}", file=sys.stderr)
        return 2
    try:
        print(JOBS[arguments[0]]())
    except Refused as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 1
    except HTTPError as error:
        print(
            f"GitHub answered {error.code}. MAINTAINING.md names the settings that are needed.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
