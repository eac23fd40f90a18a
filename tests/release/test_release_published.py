"""The steps after dist/ is built: permanent addresses, and the release guide."""

from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.package.package import Package
from scripts.publish import release_history
from scripts.release import release_conditions
from scripts.site import build
from tests.conftest import FROZEN, ROOT, bytes_of_files, change_rows
from tests.release.test_release import next_version, prepared
from tests.repository import commit_all, run_git

# The site of a version, at the addresses that stay


@pytest.fixture
def quick_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stub of the site build, with few files that show the address given."""

    def build_site(package: Package, place: Path, address: str) -> None:
        (place / "data").mkdir(parents=True)
        (place / "download").mkdir()
        (place / "values/KH010").mkdir(parents=True)
        for page in ("index.html", "values/index.html", "values/KH010/index.html"):
            (place / page).write_text(f"at {address}", encoding="utf-8")
        (place / "values/KH010.json").write_text("{}", encoding="utf-8")
        (place / "datapackage.json").write_bytes(package.bytes_of_file("datapackage.json"))
        (place / "data/organisations.csv").write_bytes(package.bytes_of_file("data/organisations.csv"))

    monkeypatch.setattr(build, "build_site", build_site)
    monkeypatch.setattr("scripts.release.make_release.SITE_URL", "https://example.org/evidence/")


def release(package: Path, version: str) -> None:
    """Change the data, and make a version of them."""
    change_rows(package, "organisations", lambda rows: rows[0].update(name=f"Name of {version}"))
    next_version(package, version)
    commit_all(package)


@pytest.mark.usefixtures("quick_site")
def test_published_addresses_stay_and_the_latest_follows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package, folder = prepared(tmp_path / "package", FROZEN), tmp_path / "versions"
    assert main(["release", "--assemble", str(folder), "--package", str(package)]) == 0
    assert capsys.readouterr().out == "Put in place: /v/1.0.0/\nPut in place: /latest/\n"
    first = bytes_of_files(folder / "v/1.0.0")
    assert first["index.html"] == b"at https://example.org/evidence/v/1.0.0/"
    run_git(package, "tag", "v1.0.0")
    release(package, "1.10.0")
    assert main(["release", "--assemble", str(folder), "--package", str(package)]) == 0
    run_git(package, "tag", "v1.10.0")
    assert sorted(path.name for path in (folder / "v").iterdir()) == ["1.0.0", "1.10.0"]
    assert bytes_of_files(folder / "v/1.0.0") == first
    newest = bytes_of_files(folder / "v/1.10.0")
    latest = bytes_of_files(folder / "latest")
    assert {name for name in latest if latest[name] != newest.get(name)} == {"index.html"}
    assert b'url=../v/1.10.0/"' in latest["index.html"]
    assert b"Name of 1.10.0" in latest["data/organisations.csv"]
    assert [name for name in latest if name.startswith("values/")] == ["values/KH010.json"]
    # An older version, built again, changes nothing; 1.9.0 comes before 1.10.0.
    run_git(package, "checkout", "--quiet", "v1.0.0")
    (folder / "v/1.0.0/index.html").write_bytes(b"as published")
    assert main(["release", "--assemble", str(folder), "--package", str(package)]) == 0
    assert (folder / "v/1.0.0/index.html").read_bytes() == b"as published"
    assert bytes_of_files(folder / "latest") == latest


@pytest.mark.long
def test_the_site_of_a_version_is_whole(tmp_path: Path) -> None:
    """The site of a version has its data and files; programs find the newest under one address."""
    package, folder = prepared(tmp_path / "package", FROZEN), tmp_path / "versions"
    assert main(["release", "--assemble", str(folder), "--package", str(package)]) == 0
    site = bytes_of_files(folder / "v/1.0.0")
    assert {"index.html", "data/index.html", "datapackage.json", "download/SHA256SUMS"} <= site.keys()
    for table in (FROZEN / "data").rglob("*.csv"):
        name = table.relative_to(FROZEN).as_posix()
        assert site[name] == table.read_bytes()
        if not name.startswith("data/editorial/"):
            assert (folder / "latest" / name).read_bytes() == table.read_bytes()
    page = site["about-the-data/index.html"].decode()
    assert '<h3 id="v1.0.0">' in page
    assert "The first release." in page


# The guide


def test_the_guide_names_commands_and_files_that_exist() -> None:
    guide = (ROOT / "MAINTAINING.md").read_text(encoding="utf-8").partition("## Make a release")[2]
    guide = guide.partition("\n## ")[0]
    assert len(guide.split()) < 400  # one page
    for word in (
        "python -m scripts release --prepare",
        "make release",
        release_history.NAME,
        release_conditions.CHANGELOG,
    ):
        assert f"`{word}`" in guide
    assert "\nrelease:" in (ROOT / "Makefile").read_text(encoding="utf-8")
