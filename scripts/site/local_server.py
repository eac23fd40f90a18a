"""Serve the built site, on this machine only."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Windows takes the type of a file from its registry, which may be wrong; browsers run only this type.
SimpleHTTPRequestHandler.extensions_map[".js"] = "text/javascript"


def serve_folder_locally(folder: Path, port: int) -> None:
    """Serve a folder on this machine only, until Ctrl+C is pressed; port 0 picks a free port."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        print(f"The site is at {address} – stop with Ctrl+C.", flush=True)
        server.serve_forever()
