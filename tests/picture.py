"""Take the screenshot of the home page for README.md. Run by hand: `make picture`."""

import sys

from playwright.sync_api import sync_playwright

from tests.browser import launch_browser, serve_site
from tests.conftest import ROOT

PICTURE = ROOT / "docs" / "assets" / "home.png"


def main() -> int:
    """Serve the built site, open it at the size of a laptop, and save a screenshot of the first screen."""
    with serve_site(ROOT / "site") as address, sync_playwright() as playwright:
        page = launch_browser(playwright).new_page(viewport={"width": 1000, "height": 720}, bypass_csp=True)
        page.goto(address)
        page.screenshot(path=PICTURE)
    print(f"Saved {PICTURE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
