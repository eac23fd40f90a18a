"""Shows the built site on this machine, and on no other."""

import gzip
import io
import sys
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

from scripts.findings import shown

# Windows asks its registry for some of these and may answer wrongly.
SimpleHTTPRequestHandler.extensions_map |= {
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
}
TEXT = (".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".xml")


@lru_cache(maxsize=32)
def _smaller(body: bytes) -> bytes:
    """The same compressed, once for a style or script that every page asks for."""
    return gzip.compress(body, mtime=0)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files as a web host would, compressed, and reports only what went wrong."""

    def send_head(self) -> BinaryIO | None:
        """A whole file, or the page for what is missing; text is smaller where the browser takes it."""
        path, status = Path(self.translate_path(self.path)), 200
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if not path.exists():
            path, status = Path(self.directory) / "404.html", 404
            self.log_error("code 404, %s", self.path)
        return self._sent(path, status) if path.is_file() else super().send_head()

    def _sent(self, path: Path, status: int) -> BinaryIO:
        """Weight is measured as readers meet it, whose hosts compress text."""
        body = path.read_bytes()
        is_small = path.suffix in TEXT and "gzip" in self.headers.get("Accept-Encoding", "")
        body = _smaller(body) if is_small else body
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Vary", "Accept-Encoding")
        if is_small:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of requests that succeed."""

    def log_message(self, format: str, *args: object) -> None:
        """Print a failure on one line, whatever the request held."""
        print(shown(format % args))


class QuietServer(ThreadingHTTPServer):
    """A browser that leaves in the middle of a page is no failure."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say a real failure on one line."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            print(f"A request failed: {shown(str(error))}")


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Bind to this machine only; port 0 takes a free one."""
    return QuietServer(("127.0.0.1", port), partial(QuietHandler, directory=str(folder)))


def serve(folder: Path, port: int) -> None:
    """Serve until Ctrl+C."""
    with make_server(folder, port) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        print(f"The site is at {address} – stop with Ctrl+C.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")
