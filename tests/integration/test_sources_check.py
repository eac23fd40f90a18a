"""The check of sources' addresses, on a server that answers, redirects, hangs, fails and lies."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scripts import source_links
from scripts.__main__ import main
from scripts.package.package import Package
from scripts.source_links import RateLimitedClient
from tests.conftest import change_rows, read_csv

DEADLINE = 60  # seconds, for a server that answers, however busy the machine is
SOON = 0.2  # seconds, for the server that never answers
DAY = "2026-12-01"


def answer(status: str, *headers: str, body: str = "") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", body]).encode()


def hang(client: socket.socket) -> None:
    """Send nothing until the client disconnects."""
    with suppress(OSError):
        client.recv(1)


LONG = "x" * 70_000
CLOSEST = "{host}/web/20200101/http://{place}/there"
ANSWERS: dict[str, bytes | Callable[[socket.socket], None]] = {
    "/there": answer("200 OK", "Content-Length: 0"),
    "/endless": answer("200 OK", "Content-Length: 999999999999", body="a"),
    "/moved": answer("301 Moved", "Location: /there"),
    "/for-now": answer("302 Found", "Location: /there"),
    "/away": answer("308 Moved", "Location: file:///etc/passwd"),
    "/loop": answer("302 Found", "Location: /loop"),
    "/nowhere": answer("301 Moved"),
    "/gone": answer("404 Not Found"),
    "/refused": answer("403 Forbidden"),
    "/broken": answer("500 Error"),
    "/no-http": b"SSH-2.0-OpenSSH\r\n",
    "/long-head": answer("200 OK", f"X-Long: {LONG}"),
    "/odd-status": answer("999 What"),
    "/silent": b"",
    "/hang": hang,
}
WORDS = {
    **dict.fromkeys(("/there", "/endless", "/for-now"), "answered"),
    "/moved": "moved",
    "/gone": "gone",
    "/refused": "refused",
    **dict.fromkeys(("/nowhere", "/broken", "/odd-status"), "failed"),
    **dict.fromkeys(("/loop", "/away", "/no-http", "/long-head", "/silent", "/hang"), "no answer"),
}


class Server:
    """A server that gives each path its set answer, and records the requests."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.host = f"http://{self.place}"
        self.asked: list[tuple[str, bytes]] = []
        self.answers = dict(ANSWERS)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with client:
            head = client.recv(65_536)
            path = head.split(b" ")[1].decode() if head.count(b" ") > 1 else ""
            self.asked.append((path, head))
            reply = self.answers.get(path.partition("?")[0], answer("404 Not Found"))
            with suppress(OSError):
                reply(client) if callable(reply) else client.sendall(reply)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.listener.close()


def visitor(deadline: float = DEADLINE) -> RateLimitedClient:
    return RateLimitedClient(pause=0, deadline=deadline)


@pytest.mark.parametrize("path", ANSWERS)
def test_visit_result_is_worded_for_each_kind_of_server_answer(server: Server, path: str) -> None:
    visit = visitor(SOON if path == "/hang" else DEADLINE).request_up_to(server.host + path)
    assert visit.word == WORDS[path]
    assert visit.body == b""  # the body is not kept


@pytest.mark.parametrize(
    "address", ["ftp://example.org/", "file:///etc/passwd", "http://[", "http://a\r\nb/", "nonsense"]
)
def test_only_web_addresses_are_visited(address: str) -> None:
    assert visitor().request_up_to(address).word == "no answer"


class Clock:
    """A clock that advances only by waiting, or by hand."""

    def __init__(self) -> None:
        self.now, self.waits = 1000.0, list[float]()

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def test_a_visitor_says_who_it_is_and_waits_between_two_visits_to_one_host(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(source_links, "time", clock)
    polite = RateLimitedClient(30, DEADLINE, name="a-package")
    for _ in range(2):
        polite.request_up_to(f"{server.host}/there")
        clock.now += 10
    polite.request_up_to("http://another.invalid:x/")  # no address, but another host
    polite.request_up_to(f"{server.host}/there")
    assert clock.waits == [0, 20, 0, 20]
    assert all(b"User-Agent: a-package (" in head for _, head in server.asked)


# Copies in an archive.


def available(url: object) -> bytes:
    body = json.dumps({"archived_snapshots": {"closest": {"url": url}}})
    return answer("200 OK", f"Content-Length: {len(body)}", body=body)


@pytest.mark.parametrize(
    "lie", ["{host}/web/2020/http://{place}/another-page", "javascript:alert(1)", None, 7]
)
def test_archived_copy_of_another_document_is_not_taken(server: Server, lie: object) -> None:
    told = lie.format(host=server.host, place=server.place) if isinstance(lie, str) else lie
    server.answers["/wayback/available"] = available(told)
    assert source_links.archived_copy_url(visitor(), server.host, f"{server.host}/there", make=False) == ""


@pytest.mark.parametrize("body", ["{", "null", "[" * 50_000])
def test_an_invalid_archive_response_gives_no_copy(server: Server, body: str) -> None:
    server.answers["/wayback/available"] = answer("200 OK", f"Content-Length: {len(body)}", body=body)
    assert source_links.archived_copy_url(visitor(), server.host, f"{server.host}/there", make=False) == ""


def test_existing_archived_copy_is_taken_and_otherwise_one_is_made(server: Server) -> None:
    url = f"{server.host}/there"
    copy = f"{server.host}/web/20200101/{url}"
    server.answers["/wayback/available"] = available(copy)
    assert source_links.archived_copy_url(visitor(), server.host, url, make=False) == copy
    server.answers["/wayback/available"] = answer("503 Busy")
    server.answers[f"/save/{url}"] = answer("302 Found", f"Location: /web/20261201/{url}")
    server.answers[f"/web/20261201/{url}"] = answer("200 OK")
    assert source_links.archived_copy_url(visitor(), server.host, url, make=False) == ""
    assert (
        source_links.archived_copy_url(visitor(), server.host, url, make=True)
        == f"{server.host}/web/20261201/{url}"
    )


# What it makes of the table.


@pytest.fixture
def visited(package: Path, server: Server) -> Path:
    """A package whose first three sources are on the server; the others have no address."""

    def place(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row.update(url="")
        for row, path in zip(rows, ("/there", "/moved", "/gone"), strict=False):
            row.update(url=server.host + path)

    change_rows(package, "sources", place)
    return package


def run(visited: Path, server: Server, *options: str) -> int:
    place = ["--package", str(visited), "--archive", server.host]
    return main(["sources", "check", *place, "--pause", "0", "--deadline", str(DEADLINE), *options])


def test_without_the_write_option_changes_are_only_shown(
    visited: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (visited / "data/sources.csv").read_bytes()
    assert run(visited, server) == 0
    out = capsys.readouterr().out
    assert (visited / "data/sources.csv").read_bytes() == before
    assert len(re.findall(r"^\+(?!\+)", out, re.MULTILINE)) == 2
    assert f"moved (200) to {server.host}/there: {server.host}/moved" in out
    assert f"gone (404): {server.host}/gone" in out


def test_write_option_records_the_day_only_for_addresses_that_answered(
    visited: Path, server: Server
) -> None:
    before = read_csv(visited / "data/sources.csv")
    assert run(visited, server, "--write") == 0
    after = read_csv(visited / "data/sources.csv")
    assert [row["date_seen"] != "" for row in after[:4]] == [True, True, False, False]
    kept = [name for name in before[0] if name != "date_seen"]
    assert [[row[name] for name in kept] for row in after] == [
        [row[name] for name in kept] for row in before
    ]


def test_archived_copy_fills_a_blank_cell_and_replaces_no_other(visited: Path) -> None:
    opened = Package(visited)
    first, second, *_ = opened.rows("sources")
    visit = source_links.VisitResult("gone", 404)
    copy = f"{source_links.ARCHIVE}/web/2020/{first['url']}"
    text = source_links.sources_csv_after_visits(
        opened, [source_links.VisitedSource(first, visit, copy)], DAY
    )
    (visited / "data/sources.csv").write_text(text, encoding="utf-8")
    first_after, second_after, *_ = read_csv(visited / "data/sources.csv")
    assert (first_after["archived_url"], first_after["date_seen"]) == (copy, "")
    assert second_after == second
