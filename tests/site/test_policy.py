"""The security policy of each page allows only its own inline scripts and the site's script files."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.site import content_security_policy
from scripts.site.content_security_policy import ScriptNotListed, html_with_security_policy
from tests.browser import STARTED

RULES = "script-src 'self' 'unsafe-inline'; base-uri 'none'"
META = f'<meta http-equiv="Content-Security-Policy" content="{RULES}">'
KINDS = ("index.html", "values/", "sources/", "404.html", "km/", "results/")


def allowed(html: str) -> list[str]:
    """Return the script sources that a page's policy allows."""
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    [scripts] = [part.split()[1:] for part in policy.split("; ") if part.startswith("script-src ")]
    return scripts


def test_policy_hashes_inline_scripts_and_not_json_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        content_security_policy,
        "hashes_of_listed_scripts",
        lambda: {content_security_policy.script_hash("a()")},
    )
    data = "<script src=x></script><script type=application/json>1</script>"
    page = f'{META}<script type="module">a()</script>{data}'
    digest = base64.b64encode(hashlib.sha256(b"a()").digest()).decode()
    assert allowed(html_with_security_policy(page)) == ["'self'", f"'sha256-{digest}'"]


def test_a_script_that_is_not_listed_stops_the_build() -> None:
    with pytest.raises(
        ScriptNotListed,
        match=re.escape("'b()'") + ".*" + re.escape(content_security_policy.script_hash("b()")),
    ):
        html_with_security_policy(f"{META}<script>b()</script>")


def test_listed_inline_script_is_allowed_with_any_root_on_this_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        content_security_policy,
        "hashes_of_listed_scripts",
        lambda: {content_security_policy.script_hash('__md_scope=new URL(".",location)')},
    )
    for root in (".", "..", "../..", "/", "/some-site/"):
        script = f'__md_scope=new URL("{root}",location)'
        assert allowed(html_with_security_policy(f"{META}<script>{script}</script>")) == [
            "'self'",
            f"'{content_security_policy.script_hash(script)}'",
        ]
    with pytest.raises(ScriptNotListed):
        html_with_security_policy(
            f'{META}<script>__md_scope=new URL("https://example.org/",location)</script>'
        )


def test_a_page_without_a_policy_stays_as_it_is() -> None:
    assert html_with_security_policy("<script>a()</script>") == "<script>a()</script>"


def test_every_page_lets_its_own_scripts_run_and_no_others(built_package: Path) -> None:
    every = (built_package / "site").rglob("*.html")  # a card allows no script at all
    pages = [path.read_text(encoding="utf-8") for path in every if not path.name.endswith(".card.html")]
    assert len(pages) > 50
    for html in pages:
        scripts = allowed(html)
        assert scripts[0] == "'self'" and "'unsafe-inline'" not in scripts
        own = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        named = {
            f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
            for script in own
        }
        compiles = {"'wasm-unsafe-eval'"} if 'id="check-files"' in html else set()
        assert named | compiles == set(scripts[1:]) and own
        assert html.index("Content-Security-Policy") < html.index("<script")
        assert not re.search(
            r"<[^>]+\son[a-z]+\s*=", re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
        )


@pytest.mark.slow
def test_no_page_breaks_its_own_policy(site_address: str, site_folder: Path, browser: Browser) -> None:
    """Check one page of each kind, in a real browser."""
    folders = [
        next((site_folder / kind).glob("*/index.html")).parent for kind in ("values", "sources", "studies")
    ]
    addresses = [*KINDS, *(f"{folder.relative_to(site_folder).as_posix()}/" for folder in folders)]
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for address in addresses:
        page.goto(f"{site_address}{address}")
        page.wait_for_load_state("networkidle")  # other waits let the page evaluate text, which is refused
        assert page.evaluate(STARTED), address
    page.close()
    assert [text for text in said if "Content Security Policy" in text] == []
