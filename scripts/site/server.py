"""Shows the built site on this machine, and on no other."""

import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files as a web host would, and reports only what went wrong."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The page for what is missing; other failures in the words of the library."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        self.log_error("code 404, %s", self.path)
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(page.stat().st_size))
        self.end_headers()
        self.wfile.write(page.read_bytes())

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
