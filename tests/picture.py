"""Takes the picture of the home page that README.md shows. Run by hand: `make picture`."""

import sys
import threading

from playwright.sync_api import sync_playwright

from scripts.site.server import make_server
from tests.browser import launch
from tests.conftest import ROOT

PICTURE = ROOT / "docs" / "assets" / "home.png"


def main() -> int:
    """Serve the built site, open it as a laptop would, and save what the first screen shows."""
    with make_server(ROOT / "site", 0) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = launch(playwright).new_page(viewport={"width": 1000, "height": 720})
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/")
        page.screenshot(path=PICTURE)
        server.shutdown()
    print(f"Saved {PICTURE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
