"""The search ranks the right page first, in the built index, with the theme's own worker."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import open_page
from tests.conftest import read_csv

# What readers type, and the page that has to come first, or another that answers as well; "/" is home.
FIRST = {row["query"]: {row["page"], row["or"]} for row in read_csv(Path(__file__).parent / "searches.csv")}
NEAR = {"report an error": "contribute/"}  # only among the first three, since many pages have these words

ASK = """async ([index, script, queries]) => {
  const worker = new Worker(script), answers = {};
  const ask = (message) => new Promise((done) => {
    worker.onmessage = (event) => done(event.data.data);
    worker.postMessage(message);
  });
  const { config, docs } = await (await fetch(index)).json();
  await ask({ type: 0, data: { config, docs, options: { suggest: false } } });
  for (const query of queries) answers[query] = (await ask({ type: 2, data: query })).items;
  worker.terminate();
  return answers;
}"""


@pytest.fixture(scope="module")
def answers(browser: Browser, site_address: str, site_folder: Path) -> Iterator[dict[str, Any]]:
    """The search worker's answer to each query."""
    [script] = (site_folder / "assets/javascripts/workers").glob("search.*.min.js")
    page = browser.new_page(bypass_csp=True)
    page.goto(site_address)
    address = f"{site_address}{script.relative_to(site_folder).as_posix()}"
    yield page.evaluate(ASK, [f"{site_address}search/search_index.json", address, [*FIRST, *NEAR]])
    page.close()


def found(items: list[list[dict[str, Any]]], at: int = 0) -> str:
    """Return the address of the page at a position in the results, the first by default."""
    return str(items[at][0]["location"]).partition("#")[0] or "/"


def test_the_right_page_comes_first(answers: dict[str, Any]) -> None:
    first = {query: found(answers[query]) if answers[query] else "nothing" for query in FIRST}
    assert {query: page for query, page in first.items() if page not in FIRST[query]} == {}


@pytest.mark.parametrize("query", NEAR)
def test_the_right_page_is_among_the_first(query: str, answers: dict[str, Any]) -> None:
    assert NEAR[query] in [found(answers[query], at) for at in range(3)]


def test_search_index_has_every_generated_page_and_no_rules(site_folder: Path) -> None:
    entries = json.loads((site_folder / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    pages = {entry["location"] for entry in entries}
    for kind in ("values", "studies", "sources"):
        assert pages >= {f"{kind}/{page.name}/" for page in (site_folder / kind).iterdir() if page.is_dir()}
    assert not [page for page in pages if page.startswith("rules/")]
    assert not [entry["location"] for entry in entries if "More filters" in entry["text"]]
    assert not [
        page for page in pages if "#" in page and page.partition("/")[2].count("/")
    ]  # no sections of them
    assert [page for page in pages if page.endswith("#where-to-report")] == ["#where-to-report"]


def test_search_index_is_loaded_when_the_search_is_opened(browser: Browser, site_address: str) -> None:
    page = browser.new_page(bypass_csp=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, site_address)
    page.wait_for_load_state("networkidle")
    assert not [address for address in asked if "search_index" in address]
    page.locator("[data-md-component=search-query]").focus()
    page.keyboard.type("karaoke")
    first: Page = page.locator(".md-search-result__link").first
    first.wait_for()
    assert (
        first.get_attribute("href")
        .partition("?")[0]
        .removesuffix("#")
        .removesuffix("/")
        .endswith("methodology")
    )
    assert len([address for address in asked if "search_index" in address]) == 1
    page.close()
