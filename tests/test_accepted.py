"""What the check accepts, the build builds; and the build itself writes nothing outside its folder."""

from pathlib import Path

import pytest

from scripts.package.opening import Package
from scripts.site.build import SiteError, refuse_outside
from scripts.wording.words import safe_url
from tests.accepted import ADDRESSES, IDS, accepted
from tests.conftest import FROZEN, command


@pytest.mark.long
def test_hostile_rows_that_are_accepted_build(package: Path) -> None:
    cells = accepted(FROZEN, package)
    assert len(cells) > 100
    assert sum(text in ADDRESSES for text in cells.values()) > 5
    assert command("derive", "--package", str(package)).returncode == 0
    done = command("site", "--pages-only", "--package", str(package))
    assert done.returncode == 0, done.stderr
    pages = package / "build/docs"
    named = IDS & set(Package(package).index("sources"))
    assert named and all((pages / f"sources/{name}.md").is_file() for name in named)


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
