"""A polite visitor: one request after another, none soon after another to one host, no page kept.

Whatever a server does, a visit ends: each has a deadline, few redirects, and reads no page.
"""

import http.client
import queue
import ssl
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

WHY = "(checks once a month whether the documents it cites are still there)"
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
WORDS = {200: "answered", 404: "gone", 410: "gone", 401: "refused", 403: "refused", 429: "refused"}


@dataclass(frozen=True)
class Visit:
    """What one visit found: a word for it, the status, where it ended, and what was to be read."""

    word: str  # answered, moved, gone, refused, failed, no answer
    status: int = 0
    address: str = ""
    body: bytes = b""

    @property
    def is_there(self) -> bool:
        """The document's address answers, maybe at another place."""
        return self.word in ("answered", "moved")


@dataclass
class Visitor:
    """Visits addresses with a pause between two visits to one host."""

    pause: float = 5.0  # seconds
    deadline: float = 30.0  # seconds for one visit with all its redirects
    name: str = "data package"  # in whose name it asks
    last: dict[str, float] = field(default_factory=dict)

    def visit(self, address: str, most: int = 0) -> Visit:
        """Ask for an address and read at most so many bytes of it."""
        answer: queue.Queue[Visit] = queue.Queue()
        # A thread of its own: a server that sends a byte now and then keeps a socket awake for ever.
        work = threading.Thread(target=lambda: answer.put(self._safely(address, most)), daemon=True)
        work.start()
        try:
            return answer.get(timeout=self.deadline)
        except queue.Empty:
            return Visit("no answer")

    def _safely(self, address: str, most: int) -> Visit:
        try:
            return self._followed(address, most)
        except (OSError, http.client.HTTPException, ValueError):
            return Visit("no answer")

    def _followed(self, address: str, most: int) -> Visit:
        here, is_moved = address, False
        for _ in range(MOST_REDIRECTS + 1):
            status, location, body = self._asked(here, most)
            if status not in REDIRECTS or not location:
                word = WORDS.get(200 if 200 <= status < 300 else status, "failed")
                word = "moved" if word == "answered" and is_moved else word
                return Visit(word, status, here, body)
            is_moved = is_moved or status in FOR_GOOD
            here = urljoin(here, location)
        return Visit("failed", status, here)

    def _asked(self, address: str, most: int) -> tuple[int, str, bytes]:
        """One request. ValueError for what is no web address."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"no web address: {address}")
        self._wait(parts.hostname)
        connection = self._connection(parts.scheme, parts.netloc)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"User-Agent": f"{self.name} {WHY}", "Accept": "*/*", "Connection": "close"}
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return (
                response.status,
                response.getheader("Location") or "",
                response.read(most) if most else b"",
            )
        finally:
            connection.close()

    def _connection(self, scheme: str, host: str) -> http.client.HTTPConnection:
        if scheme == "http":
            return http.client.HTTPConnection(host, timeout=self.deadline)
        return http.client.HTTPSConnection(
            host, timeout=self.deadline, context=ssl.create_default_context()
        )

    def _wait(self, host: str) -> None:
        due = self.last.get(host, 0) + self.pause
        time.sleep(max(0.0, due - time.monotonic()))
        self.last[host] = time.monotonic()
