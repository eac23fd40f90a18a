"""Shows the built site on this machine, and on no other."""

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

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
    """Serves files with the types that a web host gives, and reports only what went wrong."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of requests that succeed."""


class QuietServer(ThreadingHTTPServer):
    """A browser that leaves in the middle of a page is no failure."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say a real failure."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def make_server(folder: Path, port: int, handler: type[QuietHandler] = QuietHandler) -> ThreadingHTTPServer:
    """Bind to this machine only; port 0 takes a free one."""
    return QuietServer(("127.0.0.1", port), partial(handler, directory=str(folder)))


def serve(folder: Path, port: int) -> None:
    """Serve until Ctrl+C."""
    with make_server(folder, port) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        print(f"The site is at {address} – stop with Ctrl+C.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")
