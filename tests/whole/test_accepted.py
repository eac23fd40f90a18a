"""What the check accepts, the build builds; and the build itself writes nothing outside its folder."""

import re
from pathlib import Path

import pytest

from scripts.site.build import SiteError, refuse_outside
from scripts.wording.words import safe_url
from tests.conftest import findings_of, read_csv, rendered

IDS = {"0", "404", "a-", "a..b", "assets", "x.md", "con-", "index-", "-".join(["long"] * 16)}


@pytest.mark.long
def test_ids_that_are_let_in_name_pages(package: Path) -> None:
    known = [row["source_id"] for row in read_csv(package / "data/sources.csv")]
    named = dict(zip(known, sorted(IDS), strict=False))
    words = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, named))})(?![\w.-])")
    for path in (package / "data").rglob("*.csv"):
        text = words.sub(lambda found: named[found[0]], path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8", newline="")
    assert "id-names-a-file" not in {one["rule"] for one in findings_of(package, "--without-derived")}
    assert {f"sources/{name}.md" for name in IDS} <= rendered(package).keys()


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
    with pytest.raises(SiteError, match="outside the folder"):
        refuse_outside(name)


def test_a_name_that_no_disk_takes_is_refused() -> None:
    with pytest.raises(SiteError, match="too long"):
        refuse_outside(f"sources/{'x' * 201}.md")
    refuse_outside("sources/khmer-times-2015.md")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a.pdf#page=12", "https://example.org/a.pdf#page=12"),
        ("https://example.org/(a)[b]", "https://example.org/%28a%29%5Bb%5D"),
        ("https://example.org/@x*'!", "https://example.org/%40x%2A%27%21"),
        ("https://example.org/ខ", "https://example.org/%E1%9E%81"),
    ],
)
def test_signs_that_markdown_acts_on_are_encoded(address: str, link: str) -> None:
    assert safe_url(address) == link
