"""The check in a real browser gives the same bytes as the command line, without requests to other sites."""

import base64
import gzip
import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from scripts import contribute
from scripts.package.files import csv_text
from scripts.package.package import Package
from scripts.package.reproducible_zip import pack_reproducible_zip, unzip_files
from scripts.site import browser_engine, check_page
from scripts.site.check_page import ENGINE, PACKAGE
from tests.browser import serve_site
from tests.conftest import ROOT
from tests.contribute.contributions import Taken, package_without_study, write_workbook
from tests.contribute.test_contribute import FLAWS

# Grouped, so that one browser worker, once loaded, serves all tests.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("engine")]
PATIENCE = 240  # seconds; other tests run beside it
# The text on the page of a copy without a repository.
NOWHERE = "These pages have no address to send to yet."
FORM = "https://example.org/project/issues/new?template=new-source.yml"
STOPPED = ("The check stopped", "The check could not be loaded")
HEARD = """
window.answers = [];
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => { if (data.answer) window.answers.push(data.answer); });
    window.latest = this;
  }
};
"""


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Taken]:
    """The whole package without one study, and that study's rows.

    The whole package is needed because the browser's engine may evaluate the parts of a query in another
    order, and reach a cast that fails.
    """
    return package_without_study(tmp_path_factory.mktemp("engine") / "package")


@pytest.fixture(scope="module")
def site_with_engine(
    engine_folder: Path,
    built_package: Path,
    lacking: tuple[Path, Taken],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The small site, with its page checking against the package without the study."""
    if (engine_folder / "reason").exists():
        pytest.skip(f"There is no engine on this machine: {(engine_folder / 'reason').read_text()}")
    place = tmp_path_factory.mktemp("engine") / "site"
    shutil.copytree(built_package / "site", place)
    assert (place / ENGINE / (engine_folder / "made").resolve().name).is_dir(), (
        "The site was built before the engine was there."
    )
    (place / PACKAGE).write_bytes(
        browser_engine.zip_of_rules_and_tables(Package(lacking[0], with_derived=False))
    )
    page = place / "check" / "index.html"
    html = page.read_text(encoding="utf-8")
    assert html.count(NOWHERE) == 1
    page.write_text(
        html.replace(NOWHERE, f'<a id="check-send" href="{FORM}">open it</a>'), encoding="utf-8"
    )
    return place


@pytest.fixture(scope="module")
def warm(site_with_engine: Path, browser: Browser) -> Iterator[Page]:
    """A page whose worker has checked once; after that the network is off."""
    with serve_site(site_with_engine) as address:
        context = browser.new_context()
        context.add_init_script(HEARD)
        page = context.new_page()
        page.asked = []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
        page.goto(f"{address}check/")
        page.wait_for_selector("#check:not([hidden])")
        assert not any(f"/{ENGINE}/" in address for address in page.asked)  # type: ignore[attr-defined]
        answers(page, {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})
        context.set_offline(True)
        yield page
        context.close()


def says(page: Page) -> str:
    """Return the page's message below its button."""
    return page.inner_text("#check output")


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Poll until a condition holds; the page's policy forbids waits that evaluate a string in it."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, says(page)
        time.sleep(0.05)


def comes_to_say(page: Page, words: str) -> None:
    """Wait until the page's message has these words."""
    wait_until(page, lambda: words in says(page))


def answers(page: Page, *files: Any) -> dict[str, Any]:
    """Check files through the page's form, and return Python's answer."""
    page.set_input_files("#check-files", list(files))
    return asked(page, "#check [type=submit]")


def asked(page: Page, button: str) -> dict[str, Any]:
    """Press a button, and return Python's answer."""
    before = page.evaluate("answers.length")
    page.click(button)
    wait_until(page, lambda: page.evaluate("answers.length") > before or says(page).startswith(STOPPED))
    assert not says(page).startswith(STOPPED), says(page)
    found: dict[str, Any] = json.loads(page.evaluate("answers.at(-1)"))
    return found


def begin(page: Page, origin: str = "study") -> None:
    """Open the form and answer its first question."""
    page.evaluate("document.getElementById('questions').open = true")
    page.select_option("#one-origin", origin)


def by_command(package: Path, sent: Path) -> str:
    """Return the JSON of `contribute import --dry-run --format json`, which has no timings."""
    return contribute.outcome_text(
        contribute.import_contribution(Package(package), sent, is_dry_run=True), "json"
    )


@pytest.mark.long
@pytest.mark.parametrize("flaw", FLAWS)
def test_check_in_the_browser_gives_the_bytes_of_the_command_line(
    flaw: str, warm: Page, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    package, rows = lacking
    sent = write_workbook(rows, tmp_path / "study.xlsx", FLAWS[flaw])
    said = answers(warm, sent)["report"]
    assert said == by_command(package, sent)
    assert json.loads(said)["findings"]


def test_browser_engine_and_package_weigh_under_fourteen_megabytes(site_with_engine: Path) -> None:
    made = check_page.check_settings(None)["bytes"]  # type: ignore[arg-type]
    archive = len(browser_engine.zip_of_rules_and_tables(Package(ROOT)))
    assert isinstance(made, int) and 10_000_000 < made + archive < 14_000_000


def test_a_study_passes_all_rules_in_the_browser_and_its_rows_can_be_kept(
    warm: Page, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    sent = write_workbook(lacking[1], tmp_path / "study.xlsx")
    said = answers(warm, sent)
    assert said["report"] == by_command(lacking[0], sent)
    assert said["can_be_sent"] and "rules" in json.loads(said["report"])["layers_run"]
    links = warm.locator("#check-answer a[download]").all()
    assert len(links) > 5 and not any(link.is_visible() for link in links)
    warm.click("#check-answer summary >> text=Other formats")
    assert all((link.bounding_box() or {})["height"] >= 44 for link in links)  # large enough for a thumb
    with warm.expect_download() as kept:
        warm.click("#check-answer a[download='studies.csv']")
    rows = lacking[1]["studies"]
    assert kept.value.path().read_text(encoding="utf-8") == csv_text(rows[0], [rows[0].values()])
    assert warm.inner_text("#check-answer h2") == said["verdict"]
    told = parse_qs(urlsplit(warm.get_attribute("#check-send", "href") or "").query)
    assert told == {"template": ["new-source.yml"], **{name: [text] for name, text in said["form"].items()}}
    assert warm.get_attribute("#check-answer p a", "href") == warm.get_attribute("#check-send", "href")
    assert told["title"][0].startswith("New source: ") and told["link"][0].startswith("https://")


def test_form_gives_its_workbook_and_reports_a_fault_at_its_question(warm: Page) -> None:
    begin(warm)
    warm.fill("#one-result", "9.0%")
    warm.fill("#one-title", "Survey of venues")
    warm.fill("#one-publisher", "Call 012 345 678")
    refused = asked(warm, "#one [type=submit]")  # it contains a contact, so no workbook is given
    assert "telephone number" in warm.inner_text("#check-answer") and not refused.get("files")
    warm.fill("#one-publisher", "A publisher")
    warm.fill("#one-published", "May")
    said = asked(warm, "#one [type=submit]")
    assert base64.b64decode(said["files"]["one-result.xlsx"]).startswith(b"PK")
    assert "“When was it published?”" in warm.inner_text("#check-answer")
    assert "To fix" in warm.inner_text("#one output") and warm.inner_text("#check output") == ""
    faulty = "[...document.querySelectorAll('#one [aria-invalid=true]')].map((one) => one.name)"
    assert {"published", "kind"} <= {*warm.evaluate(faulty)}
    warm.click("#check-answer td a >> text=When was it published?")
    assert warm.evaluate("document.activeElement.id") == "one-published"


@pytest.mark.long
def test_folded_question_opens_if_it_has_a_fault_or_an_answer(warm: Page) -> None:
    begin(warm)
    for name in ("mark", "qualifier", "raised_by"):
        assert not warm.is_visible(f"#one-{name}")
    warm.evaluate("document.getElementById('one-qualifier').value = 'about'")
    assert "Not yet sound" in asked(warm, "#one [type=submit]")["verdict"]
    assert warm.is_visible("#one-qualifier") and not warm.is_visible("#one-raised_by")
    warm.evaluate("localStorage.setItem('one-result', JSON.stringify({raised_by: 'UNICEF'}))")


def test_new_name_in_the_form_is_asked_about_once(warm: Page) -> None:
    begin(warm)
    offered = warm.get_attribute("#names-places option", "value") or ""
    for question, name in {"speaks": "A new body", "run_by": "a new  body ", "place": offered}.items():
        warm.fill(f"#one-{question}", name)
        warm.dispatch_event(f"#one-{question}", "change")
    shown = "[...document.querySelectorAll('.more:not([hidden])')].map((one) => one.dataset.describes)"
    assert warm.evaluate(shown) == ["speaks"]
    own = "[...document.querySelectorAll('option.own')].map((one) => [one.parentElement.id, one.value])"
    assert warm.evaluate(own) == [
        ["names-organisations", "A new body"]
    ]  # so that it can be chosen for later questions


def test_form_draft_is_cleared_only_after_confirmation(warm: Page) -> None:
    begin(warm)
    warm.fill("#one-title", "Survey of venues")
    warm.once("dialog", lambda asked: asked.dismiss())
    warm.click("#one [name=clear]")
    assert warm.input_value("#one-title") == "Survey of venues"
    warm.once("dialog", lambda asked: asked.accept())
    warm.click("#one [name=clear]")
    assert warm.input_value("#one-title") == ""
    assert warm.evaluate("localStorage.getItem('one-result')") is None


def test_two_tabs_keep_separate_form_drafts(warm: Page) -> None:
    begin(warm)
    warm.fill("#one-title", "Of the first tab")
    warm.context.set_offline(False)
    other = warm.context.new_page()
    other.goto(warm.url)
    other.wait_for_selector("#check:not([hidden])")
    assert other.input_value("#one-title") == ""
    begin(other)
    other.fill("#one-title", "Of the second tab")
    warm.fill("#one-publisher", "A publisher")
    other.reload()
    other.wait_for_selector("#questions[open]")  # open, since there is a draft
    assert other.input_value("#one-title") == "Of the second tab"
    other.close()
    warm.context.set_offline(True)
    draft = json.loads(warm.evaluate("localStorage.getItem('one-result')"))
    answers = {"origin": "study", "title": "Of the first tab", "publisher": "A publisher"}
    assert draft == answers | {"language": "English"}


SHOWN = "[...document.querySelectorAll('#one .step [name]')].filter((one) => one.offsetParent)"


def shown(page: Page) -> list[str]:
    """Return the names of the questions on screen."""
    names: list[str] = page.evaluate(f"{SHOWN}.map((one) => one.name)")
    return names


def steps(page: Page) -> int:
    """Return the number of steps that the form gives."""
    return int(page.inner_text("[data-step=all]"))


def test_on_a_phone_a_few_questions_are_a_step_and_a_reload_leaves_it_where_it_was(
    site_with_engine: Path, browser: Browser
) -> None:
    size = {"width": 360, "height": 640}
    with serve_site(site_with_engine) as address, browser.new_context(viewport=size) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}check/")
        page.wait_for_selector("#one:not([hidden])", state="attached")
        page.evaluate("document.getElementById('questions').open = true")
        assert shown(page) == ["origin"] and page.is_disabled("#one [name=next]")
        assert page.is_disabled("#one [type=submit]")  # the first question cannot be skipped
        page.select_option("#one-origin", "study")
        of_a_study = steps(page)
        page.select_option("#one-origin", "not_a_study")
        assert 1 < steps(page) < of_a_study
        page.click("#one [name=next]")
        page.fill("#one-title", "Numbers of a hotline")
        page.press("#one-title", "Enter")  # the next question of the step, not the check
        page.fill("#one-publisher", "A hotline")
        assert shown(page) == ["title", "kind", "publisher"] and page.inner_text("[data-step=at]") == "2"
        page.press("#one-publisher", "Enter")  # the next step
        page.click("#one [name=next]")
        assert shown(page)[:2] == ["speaks", "language"] and page.inner_text("[data-step=at]") == "4"
        page.click("[data-same-as=publisher]:visible")
        assert page.input_value("#one-speaks") == page.input_value("#one-publisher") == "A hotline"
        page.reload()
        page.wait_for_selector("#questions[open]")
        assert {"speaks", "language"} <= {*shown(page)} and page.input_value("#one-language") == "English"
        page.fill("#one-speaks", "")
        page.click("#one [name=back]")
        page.click("#one [name=back]")
        page.click("#one [name=back]")
        assert page.input_value("#one-title") == "Numbers of a hotline"
        asked, heights = [], []
        while page.is_enabled("#one [name=next]"):
            page.click("#one [name=next]")
            asked += shown(page)
            heights.append((page.locator("#one").bounding_box() or {})["height"])
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert {"where", "when", "whom", "counted_by", "limit_text"} <= {*asked}
        assert {*asked}.isdisjoint({"study", "run_by", "place", "setting"})
        assert max(heights) < size["height"]


def test_the_definition_of_an_indicator_is_shown_and_a_share_is_asked_for_its_counts(
    warm: Page, lacking: tuple[Path, Taken]
) -> None:
    begin(warm, "not_a_study")
    rows = Package(lacking[0]).rows("indicators")
    for kind in ("share", "count"):
        name, definition = next((row["name"], row["definition"]) for row in rows if row["kind"] == kind)
        warm.fill("#one-indicator", name)
        warm.dispatch_event("#one-indicator", "change")
        assert warm.inner_text("#one-indicator ~ .definition") == definition
        assert warm.is_visible("#one-count") == (kind == "share")


def test_on_a_wide_screen_questions_stand_below_each_other_as_the_first_has_it(warm: Page) -> None:
    begin(warm, "no_study_named")
    assert warm.is_visible("#one-title") and warm.is_visible("#one-when")
    assert not warm.is_visible("#one-run_by") and not warm.is_visible("#one [name=next]")
    warm.click("[data-answers=one-when] >> text=not reported")
    assert warm.input_value("#one-when") == "(not reported)"
    begin(warm)
    assert warm.is_visible("#one-run_by") and not warm.is_visible("#one-when")


def test_check_page_shows_file_contents_as_text(
    warm: Page, lacking: tuple[Path, Taken], tmp_path: Path
) -> None:
    rows = {name: [dict(row) for row in table_rows] for name, table_rows in lacking[1].items()}
    rows["reported_values"][0]["low"] = "<img src=x onerror=document.title='gone'>"
    answers(warm, write_workbook(rows, tmp_path / "study.xlsx"))
    assert "<img src=x" in warm.inner_text("#check-answer table")
    assert warm.locator("#check-answer img").count() == 0


def test_check_page_requests_only_files_of_the_site(warm: Page) -> None:
    host = warm.url.split("/check/")[0]
    asked: list[str] = warm.asked  # type: ignore[attr-defined]
    assert [address for address in asked if f"/{ENGINE}/" in address]
    assert [address for address in asked if not address.startswith((host, f"blob:{host}"))] == []


FETCH = "fetch('{address}', {{ mode: 'no-cors' }}).then(() => 'went', () => 'refused')"
IN_A_WORKER = """async (code) => {
  const from = URL.createObjectURL(new Blob([`(${code}).then(postMessage)`], { type: "text/javascript" }));
  const worker = new Worker(from, { type: "module" });
  return new Promise((done) => { worker.onmessage = ({ data }) => done(data); });
}"""


def test_the_page_and_its_workers_reach_no_other_host(
    site_with_engine: Path, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("elsewhere", encoding="utf-8")
    with serve_site(site_with_engine) as address, serve_site(tmp_path) as elsewhere:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}check/")
        assert page.evaluate(FETCH.format(address=address)) == "went"
        assert page.evaluate(IN_A_WORKER, FETCH.format(address=address)) == "went"
        assert page.evaluate(FETCH.format(address=elsewhere)) == "refused"
        assert page.evaluate(IN_A_WORKER, FETCH.format(address=elsewhere)) == "refused"
        context.close()


@contextmanager
def with_a_file(site: Path, browser: Browser, script: str = HEARD) -> Iterator[Page]:
    """Open the page in a new window, with a file chosen but not yet checked."""
    with serve_site(site) as address, browser.new_context() as context:
        context.add_init_script(script)
        page = context.new_page()
        page.goto(f"{address}check/")
        page.wait_for_selector("#check:not([hidden])")
        page.set_input_files("#check-files", [{"name": "a.xlsx", "mimeType": "", "buffer": b"x"}])
        yield page


def test_failed_loading_of_the_check_is_reported_in_a_sentence(
    site_with_engine: Path, browser: Browser
) -> None:
    with with_a_file(site_with_engine, browser) as page:
        page.context.set_offline(True)
        page.click("#check [type=submit]")
        comes_to_say(page, "could not be loaded")
        page.context.set_offline(False)
        page.click("#check [type=submit]")
        page.click("#check [name=stop]")
        comes_to_say(page, "Stopped")
        page.evaluate("window.latest = null")  # the stopped run gets no answer
        page.click("#check [type=submit]")
        wait_until(page, lambda: page.evaluate("Boolean(window.latest)"))
        page.evaluate("latest.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }))")
        comes_to_say(page, "ran out of memory")
        page.evaluate("document.getElementById('check').dataset.most = '0'")
        page.click("#check [type=submit]")
        comes_to_say(page, "too large for a browser")


# A stub: no check runs, and the second of two modules is compiled only when the test releases it.
HELD = """
let modules = 0;
window.Worker = class { postMessage() {} terminate() {} };
WebAssembly.compileStreaming = async (answer) => {
  await (await answer).arrayBuffer();
  modules += 1;
  if (modules === 2) await new Promise((done) => { window.release = done; });
};
"""


def test_stopped_check_shows_no_result(site_with_engine: Path, browser: Browser) -> None:
    """A check that is stopped after all files have arrived shows no result."""
    with with_a_file(site_with_engine, browser, HELD) as page:
        page.click("#check [type=submit]")
        wait_until(page, lambda: page.evaluate("Boolean(window.release)"))
        page.click("#check [name=stop]")
        comes_to_say(page, "Stopped")
        page.evaluate("release()")
        page.evaluate("new Promise((done) => { setTimeout(done, 50); })")
        assert "Stopped" in says(page)


@pytest.mark.long
def test_crash_of_the_check_is_reported_in_a_sentence(site_with_engine: Path, browser: Browser) -> None:
    """If Python fails, the page says so and stays usable."""
    place = site_with_engine / PACKAGE
    whole = place.read_bytes()
    files = unzip_files(gzip.decompress(whole)) | {"scripts/contribute/in_browser.py": b"raise MemoryError"}
    place.write_bytes(gzip.compress(pack_reproducible_zip(files)))
    try:
        with with_a_file(site_with_engine, browser) as page:
            page.click("#check [type=submit]")
            comes_to_say(page, "The check stopped")
            assert page.is_enabled("#check [type=submit]")
    finally:
        place.write_bytes(whole)
