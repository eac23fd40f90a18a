"""Show the built site on this machine, and on no other."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scripts.findings import shown

# Windows asks its registry for some of these and may answer wrongly.
SimpleHTTPRequestHandler.extensions_map |= {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and reports only what went wrong."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of requests that succeed."""

    def log_message(self, format: str, *args: object) -> None:
        """Print a failure on one line, whatever the request held."""
        print(shown(format % args))


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Bind to this machine only; port 0 takes a free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(QuietHandler, directory=str(folder)))


def serve(folder: Path, port: int) -> None:
    """Serve until Ctrl+C."""
    with make_server(folder, port) as server:
        print(
            f"The site is at http://127.0.0.1:{server.server_address[1]}/ – stop with Ctrl+C.", flush=True
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")
