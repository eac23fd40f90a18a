"""The parts of GitHub's API that these jobs need, and the event that started the job."""

import io
import json
import os
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

LONGEST_WAIT = 30  # seconds
LARGEST_ANSWER = 20_000_000  # bytes
LARGEST_ARTIFACT = 5_000_000  # bytes, compressed or not
PAGE, MOST_PAGES = 100, 30  # GitHub lists at most 3,000 files for a pull request
MOST_FILES = 200  # in one artifact

Event = Mapping[str, Any]
Send = Callable[[urllib.request.Request], bytes]


class RequestRefused(Exception):
    """Raised if a job refuses what it was asked to do; the message, in our own words, says why."""


def fetch_up_to(request: urllib.request.Request, largest: int = LARGEST_ANSWER) -> bytes:
    """Send a request and read at most `largest` bytes.

    Raises RequestRefused if the response is larger, or if the request is redirected away from https.
    """
    with urllib.request.urlopen(request, timeout=LONGEST_WAIT) as answer:
        return read_https_body_up_to(answer, largest)


def read_https_body_up_to(answer: HTTPResponse, largest: int) -> bytes:
    """The body of a response; raises RequestRefused if it is too large or was redirected from https."""
    if urlsplit(answer.geturl()).scheme != "https":
        raise RequestRefused("An address led to one without https.")
    content = answer.read(largest + 1)
    if len(content) > largest:
        raise RequestRefused(f"The file is larger than {largest:,} bytes.")
    return content


@dataclass(frozen=True)
class GitHub:
    """The GitHub API for one repository, with the permissions of the job."""

    api: str
    repository: str
    token: str
    remote: str  # the address that git pushes to
    run_id: int  # the id of this job's run
    send: Send = fetch_up_to

    def call_api(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> Any:
        """Call the API for this repository and return the parsed response."""
        answer = self._response_bytes(method, path, json.dumps(content).encode() if content else None)
        return json.loads(answer) if answer else None

    def _response_bytes(self, method: str, path: str, body: bytes | None = None) -> bytes:
        address = f"{self.api}/repos/{self.repository}{path}"
        request = urllib.request.Request(address, data=body, method=method)
        request.add_header("Accept", "application/vnd.github+json")
        # Not sent to the file store that GitHub redirects to.
        request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        return self.send(request)

    def items_of_paged_list(self, path: str, part: str = "", **query: str) -> Iterator[Any]:
        """Yield all items of a paged list; `part` is its key, in responses that hold more than the list."""
        for page in range(1, MOST_PAGES + 1):
            answer = self.call_api("GET", f"{path}?{urlencode({'per_page': PAGE, 'page': page, **query})}")
            found = answer[part] if part else answer
            yield from found
            if len(found) < PAGE:
                return

    def artifacts_of_run(self, run_id: int) -> dict[str, dict[str, Any]]:
        """The artifacts of a run that have not expired, by name."""
        found = self.items_of_paged_list(f"/actions/runs/{run_id}/artifacts", "artifacts")
        return {artifact["name"]: artifact for artifact in found if not artifact["expired"]}

    def files_in_artifact(self, artifact: Mapping[str, Any]) -> dict[str, bytes]:
        """An artifact's files by name, in memory; raises RequestRefused if it is too big or has a link."""
        if artifact["size_in_bytes"] > LARGEST_ARTIFACT:
            raise RequestRefused("What the run handed over is too large.")
        return regular_files_in_zip(
            self._response_bytes("GET", f"/actions/artifacts/{int(artifact['id'])}/zip")
        )


def regular_files_in_zip(content: bytes) -> dict[str, bytes]:
    """The regular files in a zip; none is ever written to disk under its name in the zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MOST_FILES or sum(member.file_size for member in members) > LARGEST_ARTIFACT:
                raise RequestRefused("What the run handed over is too large.")
            if any(_is_symbolic_link(member) for member in members):
                raise RequestRefused("What the run handed over holds a link.")
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise RequestRefused("What the run handed over cannot be unpacked.") from error


def _is_symbolic_link(member: zipfile.ZipInfo) -> bool:
    return (member.external_attr >> 28) == 0o12


def client_and_event_from_environment(
    environment: Mapping[str, str] = os.environ,
) -> tuple[GitHub, dict[str, Any]]:
    """The API client and the event of this job, from the variables that GitHub sets."""
    event: dict[str, Any] = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    repository = environment["GITHUB_REPOSITORY"]
    github = GitHub(
        api=environment["GITHUB_API_URL"],
        repository=repository,
        token=environment.get("GITHUB_TOKEN", ""),
        remote=f"{environment['GITHUB_SERVER_URL']}/{repository}",
        run_id=int(environment["GITHUB_RUN_ID"]),
    )
    return github, event
