"""Check that each source URL still works, look for an archived copy, and compare both with the table.

Requests are polite to hosts: they are made one at a time, with a pause before the next one to the same
host; few redirects are followed, and the documents themselves are not read.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import unified_diff
from urllib.parse import quote, urlsplit

from scripts.findings import remove_control_characters
from scripts.package.file_transaction import lock_files
from scripts.package.files import Row, csv_text
from scripts.package.package import Package

TABLE = "sources"
SAFE = "/,;:?%=&+#~"
ARCHIVE = "https://web.archive.org"
LONGEST_ANSWER = 100_000  # bytes in an answer from the archive
COPY = re.compile(r"https?://[^/]+(/web/[0-9]{4,14}/)(https?://[^ <>\"]+)")
WHY = "(checks once a month whether the documents it cites are still there)"
FOR_GOOD = (301, 308)  # status codes of permanent redirects
WORDS = {404: "gone", 410: "gone", 401: "refused", 403: "refused", 429: "refused"}
MOST_REDIRECTS = 5


def check_source_links(options: argparse.Namespace, package: Package) -> int:
    """Visit the URL of every source and print the changes to the table; write them if --write is given."""
    visitor = RateLimitedClient(options.pause, options.deadline, package.descriptor["name"])
    visits = list(visit_sources(package, visitor, options.archive.rstrip("/")))
    print(remove_control_characters(f"{report_on_visits(visits)}\n"))
    # Visits take long, and other commands may write meanwhile, so the table is read again.
    with (
        lock_files(package.folder) if options.write else nullcontext() as files,
        Package(package.folder) as now,
    ):
        path = package.contract.table(TABLE).path
        before, after = (
            now.bytes_of_file(path).decode(),
            sources_csv_after_visits(now, visits, f"{datetime.now(UTC).date()}"),
        )
        if files:
            files.write_all_or_none({path: after})
    difference = unified_diff(before.splitlines(True), after.splitlines(True), path, path, n=0)
    print(remove_control_characters("".join(difference)))
    return 0


@dataclass(frozen=True)
class VisitResult:
    """The result of a visit: a word for it, the status, the final URL, and the bytes that were read."""

    word: str  # answered, moved, gone, refused, failed, no answer
    status: int = 0
    address: str = ""
    body: bytes = b""

    @property
    def is_document_found(self) -> bool:
        """Whether the address of the document answered, perhaps after a redirect."""
        return self.word in ("answered", "moved")


class RateLimitedClient:
    """A client that requests URLs, with a pause between two visits to the same host."""

    def __init__(self, pause: float, deadline: float, name: str = "data package") -> None:
        import requests  # no other command needs it

        self.pause, self.deadline = pause, deadline  # seconds between visits, and for one answer
        self.last: dict[str, float] = {}
        self._session, self._failures = requests.Session(), (requests.RequestException, ValueError)
        self._session.max_redirects, self._session.trust_env = MOST_REDIRECTS, False
        self._session.headers["User-Agent"] = f"{name} {WHY}"

    def request_up_to(self, address: str, most: int = 0) -> VisitResult:
        """Request an address and read at most `most` bytes."""
        try:
            self._wait_between_visits(urlsplit(address).hostname or "")
            with self._session.get(address, stream=True, timeout=self.deadline) as answer:
                is_moved = any(redirect.status_code in FOR_GOOD for redirect in answer.history)
                word = "moved" if is_moved else "answered"
                word = word if 200 <= answer.status_code < 300 else WORDS.get(answer.status_code, "failed")
                return VisitResult(
                    word, answer.status_code, answer.url, answer.raw.read(most) if most else b""
                )
        except self._failures:
            return VisitResult("no answer")

    def _wait_between_visits(self, host: str) -> None:
        due = self.last.get(host, 0) + self.pause
        time.sleep(max(0.0, due - time.monotonic()))
        self.last[host] = time.monotonic()


@dataclass(frozen=True)
class VisitedSource:
    """A source with the result of its visit and its archived copy."""

    row: Row  # the row as it was at the time of the visit
    visit: VisitResult
    copy: str  # the address of an archived copy; blank if none is known


def visit_sources(package: Package, visitor: RateLimitedClient, archive: str) -> Iterator[VisitedSource]:
    """Visit the URL of every source, one after another, and yield the results."""
    rows = [row for row in package.rows(TABLE) if row["url"]]
    for number, row in enumerate(rows, start=1):
        print(f"{number} of {len(rows)}: {row['source_id']} …", file=sys.stderr)
        visit = visitor.request_up_to(row["url"])
        copy = row["archived_url"] or archived_copy_url(
            visitor, archive, row["url"], make=visit.is_document_found
        )
        yield VisitedSource(row, visit, copy)


def archived_copy_url(visitor: RateLimitedClient, archive: str, url: str, *, make: bool) -> str:
    """The address of an archived copy; if there is none, make one if `make` is true, or return a blank."""
    asked = visitor.request_up_to(f"{archive}/wayback/available?url={quote(url, safe='')}", LONGEST_ANSWER)
    if copy := _archived_url_if_same_document(url, asked.body.decode("utf-8", "replace"), archive):
        return copy
    return (
        _archived_url_if_same_document(url, visitor.request_up_to(f"{archive}/save/{url}").address, archive)
        if make
        else ""
    )


def _archived_url_if_same_document(url: str, told: str, archive: str) -> str:
    """The address of an archived copy of exactly this document; blank if there is none."""
    match = COPY.search(told)
    return (
        f"{archive}{match[1]}{match[2]}"
        if match and _url_without_scheme_and_slash(match[2]) == _url_without_scheme_and_slash(url)
        else ""
    )


def _url_without_scheme_and_slash(url: str) -> str:
    """An address without its scheme and trailing slash, in which the address of a copy may differ."""
    return url.partition("://")[2].rstrip("/")


def sources_csv_after_visits(package: Package, visits: list[VisitedSource], day: str) -> str:
    """The text of data/sources.csv with the date on which each URL last answered, and the copies."""
    by_id = {visit.row["source_id"]: visit for visit in visits}
    rows = [_source_row_after_visit(row, by_id.get(row["source_id"]), day) for row in package.rows(TABLE)]
    return csv_text(package.contract.table(TABLE).column_names, [list(row.values()) for row in rows])


def _source_row_after_visit(row: Row, found: VisitedSource | None, day: str) -> Row:
    """A row with the result of its visit; a row edited since the visit is returned unchanged."""
    if found is None or found.row != row:
        return row
    seen = {"date_seen": day} if found.visit.is_document_found else {}
    return row | seen | {"archived_url": found.copy}


def report_on_visits(visits: list[VisitedSource]) -> str:
    """A summary of the visits: the count of each result, and each address that has moved or failed."""
    words = [found.visit.word for found in visits]
    lines = [f"{word}: {words.count(word)}" for word in dict.fromkeys(sorted(words))]
    lines += [f"archived copies: {sum(bool(found.copy) for found in visits)}"]
    for visit in visits:
        if visit.visit.word != "answered":
            told = f" ({visit.visit.status})" if visit.visit.status else ""
            to = f" to {quote(visit.visit.address, safe=SAFE)}" if visit.visit.word == "moved" else ""
            lines.append(f"- {visit.row['source_id']}: {visit.visit.word}{told}{to}: {visit.row['url']}")
    return "\n".join(lines)
