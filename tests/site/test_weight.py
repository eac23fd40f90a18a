"""The number of bytes that a first visit to the site loads, with no request to other sites."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

HOME, REQUESTS = 150_000, 12  # bytes, number


@dataclass
class Visit:
    """What a browser with an empty cache requested, and how many cookies it kept."""

    asked: list[str]
    kinds: set[str]
    cookies: int

    def weight(self) -> int:
        """Return the bytes over the network, compressed, with headers."""
        return sum(map(wire_size, self.asked))


def wire_size(address: str) -> int:
    """Return the bytes of one response from a host that compresses text, with headers."""
    with urlopen(address, timeout=60) as answer:
        return len(gzip.compress(answer.read())) + len(bytes(answer.headers))


def visit(browser: Browser, address: str) -> Visit:
    """Open a page with an empty cache, and wait until it requests nothing more."""
    context = browser.new_context(bypass_csp=True)
    asked: list[str] = []
    kinds: set[str] = set()
    context.on("request", lambda request: (asked.append(request.url), kinds.add(request.resource_type)))
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    icon = page.locator('head link[rel="icon"]').evaluate("link => link.href")
    if icon not in asked:  # a headless browser does not request it; others do
        asked.append(icon)
    seen = Visit(asked, kinds, len(context.cookies()))
    context.close()
    return seen


def test_first_visit_downloads_little_from_this_site_alone(
    browser: Browser, site_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = visit(browser, site_address)
    with capsys.disabled():
        print(f"\nThe first visit: {seen.weight() / 1000:.1f} kB, {len(seen.asked)} requests.")
    needed = {"assets/favicon.svg", "assets/style.css"}  # an empty visit would pass the limits
    assert {site_address + name for name in needed} <= set(seen.asked)
    assert (
        site_address + "search/search_index.json" not in seen.asked
    )  # it is loaded when the search is opened
    assert len(seen.asked) <= REQUESTS
    assert seen.weight() <= HOME
    assert all(address.startswith(site_address) for address in seen.asked)
    assert "font" not in seen.kinds
    assert seen.cookies == 0


def test_stylesheets_load_no_font_and_no_other_host(site_folder: Path) -> None:
    styles = [path.read_text(encoding="utf-8") for path in site_folder.rglob("*.css")]
    assert len(styles) >= 3
    for style in styles:
        assert "@font-face" not in style
        assert "@import" not in style
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", style)
