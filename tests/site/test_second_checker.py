"""HTML_CodeSniffer, which pa11y runs, tests one page of each kind, as a second checker besides axe.

It is in `vendor/` as published, with its licence, so that no test needs Node or a network.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import open_page, resize_window

CHECKER = Path(__file__).parents[1] / "vendor/HTMLCS.js"
PAGES = (
    *("", "about/", "values/", "claims/", "sources/", "disagreements/", "methodology/", "limitations/"),
    *(
        "what-if/",
        "data/",
        "contribute/",
        "tip-tiers/",
        "response/",
        "voices/",
        "km/",
        "rules/",
        "404.html",
    ),
    *("values/KH010/", "studies/ijm-khm-2015/", "sources/khmer-times-2015/"),
)
NOT_FAULTS = {
    "H32.2": "the forms act while one types or chooses, and none is sent",
    "HeadersRequired": "cells of charts' tables have heads by their scope, which is as good",
}
ERRORS = """() => new Promise((done) => HTMLCS.process("WCAG2AA", document, () => done(
  HTMLCS.getMessages().filter((one) => one.type === HTMLCS.ERROR)
    .map((one) => [one.code, one.msg, one.element.outerHTML?.slice(0, 120)]))))"""


@pytest.mark.long
def test_html_codesniffer_finds_no_accessibility_fault(browser: Browser, site_address: str) -> None:
    page = browser.new_page(bypass_csp=True)
    faults = []
    for name in PAGES:
        open_page(page, site_address + name)
        page.add_script_tag(path=CHECKER)
        for width in (1280, 360):
            resize_window(page, {"width": width, "height": 800})
            found = page.evaluate(ERRORS)
            faults += [(name, width, *fault) for fault in found if not fault[0].endswith(tuple(NOT_FAULTS))]
    page.close()
    assert faults == []


def test_html_codesniffer_finds_a_planted_accessibility_fault(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<title>A page</title><img src="x.png"><input name="x">')
    page.add_script_tag(path=CHECKER)
    codes = {code.rpartition(".")[2] for code, *_ in page.evaluate(ERRORS)}
    page.close()
    assert {"H37", "F68"} <= codes
