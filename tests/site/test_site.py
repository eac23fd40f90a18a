"""The build of the site: hostile text stays text, faults stop it, and its bytes are reproducible."""

import json
import re
import shutil
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from scripts.package.package import Package
from scripts.site import build
from scripts.site.render import TEMPLATES
from scripts.wording.text_formatting import require_web_address
from tests.conftest import (
    FROZEN,
    PATHS,
    RELEASED,
    ROOT,
    build_site,
    build_site_without_check,
    bytes_of_files,
    change_rows,
    copy_package,
    findings_of,
    mark_later_cases_long,
    read_csv,
    render_pages_of,
    run_command,
)
from tests.hostile import HOSTILE, write_hostile_text
from tests.site.test_look import Built, every_page

# Columns that pages show word for word; the test fills these and all other free text.
SHOWN = {
    "organisations": "name",
    "sources": "title publisher creator",
    "searches": "words_as_typed left_out",
    "series": "name counts caveat",
    "series_breaks": "text",
    "events": "title text fact_as_printed",
    "claims": "name lookup text",
    "links": "reason",
    "places": "name",
    "populations": "name definition",
    "indicators": "name definition",
    "studies": "name design_note generalises_to interest",
    "study_facts": "fact_as_printed locator",
    "risk_of_bias": "words_as_printed locator",
    "reported_values": "printed scope_as_printed locator",
    "limitations": "name text locator",
    "statements": "paraphrase locator",
    "scenario_assumptions": "locator value_as_printed caveat",
    "not_available": "what what_would_settle",
    "helplines": "name contact_as_printed hours_as_printed",
    "terms": "avoid use_instead",
    "conflicts": "value_has other_has",
    "reconciliations": "printed",
    "contract": "title",
    "table": "title description",
    "field": "title description example",
}


def test_hostile_text_stays_text(hostile_package: Path) -> None:
    assert_text_stays_text(hostile_package)


@pytest.mark.long
def test_hostile_text_in_all_rows_stays_text(package: Path, engine_folder: Path) -> None:
    write_hostile_text(package, step=1)
    build_site_without_check(package)
    assert_text_stays_text(package)


def assert_text_stays_text(package: Path) -> None:
    """Assert that hostile text is on the pages, but never runs as script or becomes a link."""
    pages = [Built(path.read_text(encoding="utf-8")) for path in (package / "site").rglob("*.html")]
    text = "\n".join(page.text for page in pages)
    shown = [
        f"{table}.{column} {HOSTILE}" for table, columns in SHOWN.items() for column in columns.split()
    ]
    assert [cell for cell in shown if cell not in text] == []
    for tag, attributes in (element for page in pages for element in page.elements):
        assert tag != "img"
        assert not [name for name in attributes if name.startswith("on")], attributes
        for name in ("href", "src", "data-src", "xlink:href", "action"):
            assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get(name) or "", re.I)
    assert "alert(1)" not in "".join(scripts_of(package / "site"))
    described = [script for kind, script in all_scripts(package / "site") if "ld+json" in kind]
    facts = [json.loads(script) for script in described]
    datasets = {fact["name"] for fact in facts if fact["@type"] == "Dataset"}  # the others are of figures
    assert datasets == {f"contract.title {HOSTILE}"}
    assert "<img" not in (package / "site/search/search_index.json").read_text(encoding="utf-8")
    assert not [*package.rglob("pwned"), *ROOT.glob("pwned"), *Path.cwd().glob("pwned")]


def scripts_of(site: Path) -> list[str]:
    """Return the scripts of all pages that a browser would run, without descriptions for search engines."""
    return [script for kind, script in all_scripts(site) if 'type="application/ld+json"' not in kind]


def all_scripts(site: Path) -> list[tuple[str, str]]:
    """Return the attributes and the text of every script element."""
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    return [found for page in pages for found in re.findall(r"<script\b([^>]*)>(.*?)</script>", page, re.S)]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " https://example.org",
        "https://example.org/ x",
        'https://example.org/"onclick="alert(1)',
        "https://example.org/<img>",
        "https://example.org/\nx",
        "data:text/html,x",
        "//example.org/",
        "",
    ],
)
def test_only_plain_web_addresses_become_links(address: str) -> None:
    with pytest.raises(ValueError, match="not a plain web address"):
        require_web_address(address)


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a.pdf#page=12", "https://example.org/a.pdf#page=12"),
        (
            "https://example.org/)[x](javascript:alert(1)",
            "https://example.org/%29%5Bx%5D%28javascript:alert%281%29",
        ),
        ("https://example.org/(a)[b]", "https://example.org/%28a%29%5Bb%5D"),
        ("https://example.org/@x*'!", "https://example.org/%40x%2A%27%21"),
        ("https://example.org/ខ", "https://example.org/%E1%9E%81"),
    ],
)
def test_signs_that_markdown_acts_on_are_encoded(address: str, link: str) -> None:
    assert require_web_address(address) == link


def test_links_in_templates_are_sanitised() -> None:
    templates = [
        *TEMPLATES.glob("*.html"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "docs").glob("parts/*.html"),
    ]
    targets = [
        (path.name, target)
        for path in templates
        for target in re.findall(
            r"(?:href\s*=\s*[\"']?|\]\()\s*(\{\{.*?\}\})", path.read_text(encoding="utf-8")
        )
    ]
    assert len(targets) >= 7
    ours = (
        "{{ value_url(",
        "{{ source_url(",
        "{{ study_url(",
        "{{ base }}",
        "{{ address",
        "{{ page }}",
        "{{ root }}",
        "{{ published.address_of_file_with_suffix(",
        "{{ published.address_of_example_workbook(",
        "{{ engine.",
    )  # built from ids, names of pages and settings
    looked_at = re.compile(r"\| safe_(url|path)\b")
    assert [
        target for target in targets if not looked_at.search(target[1]) and not target[1].startswith(ours)
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "column"), mark_later_cases_long(1, [("sources", "url"), ("helplines", "contact_as_printed")])
)
def test_a_script_in_place_of_an_address_stops_the_build(package: Path, table: str, column: str) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row[column] = "javascript:alert(1)"

    change_rows(package, table, change)
    with pytest.raises(build.PageFault, match=r"not a plain web address: javascript:alert\(1\)"):
        build.build_site(Package(package), package / "site")
    assert not (package / "site").exists()


BROKEN = {  # what is written at the end of a page, and what the build then reports
    "glossary": ("{{ v('KH999') }}", "KH999"),
    "about": ("{{ row('sources', 'no-source').title }}", "no-source"),
    "context": ("{{ nothing }}", "nothing"),
    "methodology": ("{% if %}", ""),
}
DEAD_LINKS = "[x](no-page.md) [y](index.md#no-anchor-there) [z](#no-anchor-here)"


def add(page: Path, text: str) -> None:
    """Add a paragraph at the end of a page."""
    page.write_text(page.read_text(encoding="utf-8") + f"\n\n{text}\n", encoding="utf-8")


def refused(package: Path, built: Path) -> list[str]:
    """Return the lines of a build that must fail, and assert that the earlier site is unchanged."""
    shutil.copytree(built / "site", package / "site")
    done = run_command("site", "--package", str(package))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert bytes_of_files(package / "site") == bytes_of_files(built / "site")
    assert bytes_of_files(package / "build") == {}
    assert not [*package.glob(".site*")]
    return done.stderr.splitlines()


def test_broken_pages_stop_the_build_and_each_is_named(built_package: Path, package: Path) -> None:
    for name, (addition, _) in BROKEN.items():
        add(package / "docs" / f"{name}.md", addition)
    said = refused(package, built_package)
    for name, (_, reason) in BROKEN.items():
        assert [line for line in said if f"docs/{name}.md" in line and reason in line], (name, said)


@pytest.mark.long
def test_dead_links_stop_the_build_and_each_is_named(built_package: Path, package: Path) -> None:
    add(package / "docs" / "results.md", DEAD_LINKS)
    said = "\n".join(refused(package, built_package))
    words = ("results.md", "no-page.md", "no-anchor-there", "no-anchor-here")
    assert [word for word in words if word not in said] == []


def test_the_site_is_built_without_a_network(built_package: Path) -> None:
    """The site is built in a Python that can open no socket, set up in conftest.py."""
    guard = built_package.with_name("guard")
    assert (guard / "guarded").exists() and not (guard / "asked").exists()


@pytest.mark.long
def test_site_built_in_another_place_has_the_same_bytes(built_package: Path, tmp_path: Path) -> None:
    """The other build has another hash seed, time zone and folder."""
    again = copy_package(tmp_path / "again")
    build_site("--package", str(again), PYTHONHASHSEED="1", TZ="Asia/Phnom_Penh")
    first, second = bytes_of_files(built_package / "site"), bytes_of_files(again / "site")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name] and "sitemap" not in name] == []
    for place in (FROZEN, built_package, again):
        assert [name for name in second if str(place).encode() in first[name] + second[name]] == []


LINK = re.compile(r"[a-z]+:", re.IGNORECASE)  # an address that leaves the site


@pytest.mark.xdist_group("look")  # the worker that reads all pages
def test_every_internal_link_leads_somewhere(site_folder: Path) -> None:
    """Links on every page, generated pages too, must resolve with their anchors."""
    home = "http://here/"
    pages = {home + name.removesuffix("index.html"): page for name, page in every_page(site_folder).items()}
    links = {
        urljoin(address, written)
        for address, page in pages.items()
        for written in page.addresses
        if not LINK.match(written)
    }
    assert len(pages) > len(list((ROOT / "docs").glob("*.md"))) + 100
    assert len([link for link in links if "#" in link]) > 1000
    assert [link for link in sorted(links) if not leads_somewhere(link, home, site_folder, pages)] == []


def leads_somewhere(link: str, home: str, site: Path, pages: dict[str, Built]) -> bool:
    """Return whether a link leads to a page that has the anchor, or to a file of the site."""
    address, anchor = urldefrag(link)
    address = address.partition("?")[0]  # what is asked of a page
    if anchor:
        return address in pages and unquote(anchor) in pages[address].ids
    return address in pages or (site / unquote(address.removeprefix(home))).exists()


CAUTIONS = {
    "conflict_only": ("contradicted by: “", "also reported: “", "The same text gives the percentage as "),
    "with_both_denominators": ("also reported: “",),
    "retrospective_only": ("recalled from childhood",),
    "no_trend": ("editions are not a trend",),
}


def test_listed_figures_have_their_companion_or_caution_in_the_same_entry(site_folder: Path) -> None:
    """In every list such a figure has its companion or its caution in the same entry.

    A picture has no room for words: an asterisk, which it explains, follows the number.
    """
    rows = [row for row in read_csv(FROZEN / "data/reported_values.csv") if row["show"] in CAUTIONS]
    folders = [
        path.parent for kind in ("studies", "sources") for path in (site_folder / kind).glob("*/*.html")
    ]
    lists = [*folders, *(site_folder / name for name in ("values", "claims", "context", "response"))]
    met = set()
    for folder in lists:
        entries = re.split("<tr|<li", (folder / "index.html").read_text(encoding="utf-8"))
        for row in rows:
            link = f'values/{row["mention_of"] or row["value_id"]}/#{row["value_id"]}"'
            for entry in (entry for entry in entries if link in entry):
                number = entry.partition(link)[2].partition("</a>")[0]
                is_told = any(words in entry for words in CAUTIONS[row["show"]])
                assert is_told or unescape(number).endswith("*"), (folder.name, entry)
                met.add(row["value_id"])
    assert met == {row["value_id"] for row in rows}


def test_site_holds_the_data_files_byte_for_byte(site_folder: Path) -> None:
    found = bytes_of_files(site_folder)
    for path in PATHS.values():
        assert found[path] == (FROZEN / path).read_bytes(), path
    told = json.loads(found["datapackage.json"])["resources"]
    assert [entry["path"] for entry in told] == [table["path"] for table in RELEASED]


def test_a_folder_that_is_no_site_is_spared(package: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear", encoding="utf-8")
    done = run_command("site", "--package", str(package), "--output", str(tmp_path / "letters"))
    assert done.returncode == 2
    assert "holds something other than a site" in done.stderr
    assert bytes_of_files(tmp_path / "letters") == {"one.txt": b"dear"}


def test_serving_without_a_site_says_how_to_build_it(package: Path) -> None:
    done = run_command("serve", "--package", str(package))
    assert done.returncode == 2
    assert "Build it first: python -m scripts site" in done.stderr


# What the check accepts, the build builds; and it writes nothing outside its folder.

IDS = {"0", "404", "a-", "a..b", "assets", "x.md", "con-", "index-", "-".join(["long"] * 16)}


@pytest.mark.long
def test_every_allowed_id_can_name_a_page(package: Path) -> None:
    known = [row["source_id"] for row in read_csv(package / "data/sources.csv")]
    named = dict(zip(known, sorted(IDS), strict=False))
    words = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, named))})(?![\w.-])")
    for path in (package / "data").rglob("*.csv"):
        text = words.sub(lambda found: named[found[0]], path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8", newline="")
    assert "id-names-a-file" not in {
        finding["rule"] for finding in findings_of(package, "--without-derived")
    }
    assert {f"sources/{name}.md" for name in IDS} <= render_pages_of(package).keys()


@pytest.mark.parametrize(
    "name",
    [
        "../x.md",
        "/etc/x.md",
        "sources/../../x.md",
        "sources/./x.md",
        "a\\b.md",
        "c:x.md",
        "a//b.md",
        "x\0.md",
    ],
)
def test_a_page_that_leaves_its_folder_is_refused(name: str) -> None:
    with pytest.raises(build.SiteBuildError, match="outside the folder"):
        build.refuse_path_outside_site(name)
