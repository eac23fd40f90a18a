"""Fixtures and helpers that tests share: copies of the frozen package, changes to them, commands."""

import csv
import gc
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from playwright.sync_api import Browser, sync_playwright

from scripts import checks, commands, derived
from scripts.__main__ import main
from scripts.contribute import in_browser
from scripts.package.atomic_write import write_text_atomically
from scripts.package.files import csv_text
from scripts.package.package import Package
from scripts.site import browser_engine
from scripts.site.downloads import PublishedPackage
from scripts.site.render import render_pages
from tests.browser import launch_browser, serve_site
from tests.frozen import ROOT, whole_frozen_package

PARTS = ("data", "docs", "overrides", "datapackage.json", "mkdocs.yml")
FROZEN = whole_frozen_package()
DESCRIPTOR = json.loads((FROZEN / "datapackage.json").read_text(encoding="utf-8"))
SCHEMAS = {table["name"]: table["schema"] for table in DESCRIPTOR["resources"]}
OUR_OWN = ("--skip", "frictionless")  # frictionless takes seconds, and has its own tests
KEYS: dict[str, list[str]] = {name: schema["primaryKey"] for name, schema in SCHEMAS.items()}
PATHS = {table["name"]: table["path"] for table in DESCRIPTOR["resources"]}
ORDER = ("results", "core", "context", "computed", "scenarios", "method")  # the released groups
RELEASED = [table for group in ORDER for table in DESCRIPTOR["resources"] if table["group"] == group]
COLUMNS = {name: [field["name"] for field in schema["fields"]] for name, schema in SCHEMAS.items()}


ADDRESS = "https://example.org/evidence/"  # where a site is said to be, for tests that need to know
MEMORY = Path("/dev/shm")  # where Linux keeps files in memory
ROOM = 4_000_000_000  # bytes; what a whole run leaves behind takes up to 1 GB


def pytest_configure() -> None:
    """Set up the test processes to run fast, where the system allows it.

    glibc is told to keep a large cache of small freed blocks, since DuckDB frees thousands and finding a
    free one would get ever slower. Temporary files go into memory. Python's cyclic garbage collector runs
    after fifty thousand new objects instead of seven hundred; it used to take a twentieth of the time in
    two test files.
    """
    gc.set_threshold(50_000, 50, 50)
    os.environ.setdefault("GLIBC_TUNABLES", "glibc.malloc.tcache_count=65535")
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK):
        place = os.statvfs(MEMORY)
        if place.f_bavail * place.f_frsize > ROOM and not place.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"] = str(MEMORY)
            tempfile.tempdir = None  # so that Python looks it up again


# Fixtures of whole sites, releases and the browser: `make test FAST=1` skips tests that use them.
WHOLE = {
    "site_folder",
    "built_package",
    "described_at",
    "addressed",
    "hostile_package",
    "rendered_pages",
    "released",
    "browser",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that need a whole site or release as slow, and put grouped tests first.

    Each group runs on one worker, so a group that starts last would leave the other workers idle.
    """
    for item in items:
        if WHOLE & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
    items.sort(key=lambda item: not _is_of_a_group(item))


def _is_of_a_group(item: pytest.Item) -> bool:
    """Return whether a test is in a group that takes long; the groups of single pages are short."""
    group = item.get_closest_marker("xdist_group")
    return group is not None and not str(group.args[0]).startswith("page ")


@pytest.fixture(scope="session", autouse=True)
def frozen_package_as_default() -> Iterator[None]:
    """Make the frozen package the default of commands that name no package."""
    with patch.object(commands, "HERE", FROZEN), patch.object(in_browser, "HERE", FROZEN):
        yield


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the frozen package, for a test to damage."""
    return copy_package(tmp_path / "package")


@pytest.fixture
def without_frictionless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave frictionless out of commands that run every layer, in tests of something else."""
    ours = {name: module for name, module in checks.LAYERS.items() if name != "frictionless"}
    monkeypatch.setattr(checks, "LAYERS", ours)  # a deleted item would be restored at the end


@pytest.fixture
def selections_checked(monkeypatch: pytest.MonkeyPatch) -> list[checks.Selection]:
    """The selections that checks of a contribution are given, in order."""
    found: list[checks.Selection] = []
    run = checks.run_layers
    monkeypatch.setattr(
        checks, "run_layers", lambda *given, **named: found.append(named["asked"]) or run(*given, **named)
    )
    return found


@pytest.fixture
def frictionless_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run frictionless within this Python for tests of its findings, since a start takes half a second.

    Tests without this fixture cover its separate process.
    """
    import frictionless

    from scripts.checks import public_validator

    folders: list[Path] = []

    def answer(process: None) -> Any:
        path = str(folders.pop() / "datapackage.json")
        with frictionless.system.use_context(trusted=True):
            report = frictionless.validate(path, limit_errors=public_validator.MOST_ERRORS)
        return json.loads(report.to_json())

    monkeypatch.setattr(
        public_validator, "start_frictionless", lambda subject, folder: folders.append(folder)
    )
    monkeypatch.setattr(public_validator, "_report_of_frictionless", answer)


def with_subtests(
    cases: Iterable[Any], ids: Callable[[Any], str] = str
) -> Callable[..., Callable[..., None]]:
    """Return a decorator that runs one test over many small cases, as subtests named by `ids`.

    With a test for each, as `parametrize` makes, handing it to a worker would take longer than running it.
    """
    named = [(ids(case), case) for case in cases]

    def of(test: Callable[[Any], None]) -> Callable[[pytest.Subtests], None]:
        def all_of_them(subtests: pytest.Subtests) -> None:
            assert named, "there is no case"
            for name, case in named:
                with subtests.test(name):
                    test(case)

        return all_of_them

    return of


def mark_later_cases_long(most: int, cases: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Return parameters for many similar cases: the first `most` in every run, the rest in `make long`."""
    marks = pytest.mark.long
    return [pytest.param(*case, marks=marks if at >= most else ()) for at, case in enumerate(cases)]


def copy_package(place: Path, source: Path = FROZEN) -> Path:
    """Copy the files of a package, without its git history and its build."""
    place.mkdir(parents=True)
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, place / part)
        else:
            shutil.copyfile(source / part, place / part)
    return place


def make_once_for_all_workers(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """Return a folder shared by all workers: the first to ask makes it, and the others wait."""
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    begun = place.with_name(f"{name}.begun")
    failed = place.with_name(f"{name}.failed")
    new = place.with_name(f"{name}.new")
    try:
        begun.mkdir()
    except FileExistsError:
        while not place.exists():
            assert not failed.exists(), f"another worker could not make {name}"
            time.sleep(0.2)
        return place
    try:
        make(new)
        new.rename(place)
    except BaseException:
        failed.touch()
        raise
    return place


def build_site(*options: str, **environment: str) -> None:
    """Run `python -m scripts site …`, and assert that it succeeds."""
    done = run_in_own_process("site", *options, **environment)
    assert done.returncode == 0, done.stderr


UNASKED = """import sys
from pathlib import Path
from scripts.contribute import in_browser
from scripts.package.package import Package
from scripts.site import build
build.build_site(Package(Path(sys.argv[1])), Path(sys.argv[1], "site"), sys.argv[2])
"""


def build_site_without_check(package: Path) -> None:
    """Build a site without the check, from data that the check would refuse, to test the build itself."""
    program = [sys.executable, "-c", UNASKED, str(package), ADDRESS]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


# Run by Python before anything else: no socket may be opened.
GUARD = """import pathlib, sys
pathlib.Path({mark!r}).touch()
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        pathlib.Path({mark!r}).with_name("asked").touch()
        raise OSError("no network here")
sys.addaudithook(refuse)
"""


@pytest.fixture(scope="session")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine, or the reason why there is none, settled before any site is built."""

    def make(place: Path) -> None:
        place.mkdir()
        try:
            (place / "made").symlink_to(browser_engine.build_engine_if_missing())
        except browser_engine.EngineUnavailable as reason:
            (place / "reason").write_text(str(reason), encoding="utf-8")

    return make_once_for_all_workers(tmp_path_factory, "kept-engine", make)


@pytest.fixture(scope="session")
def built_package(tmp_path_factory: pytest.TempPathFactory, engine_folder: Path) -> Path:
    """A copy of the package outside any repository, with its site built offline."""

    def make(place: Path) -> None:
        copy_package(place)
        guard = place.with_name("guard")
        guard.mkdir()
        (guard / "sitecustomize.py").write_text(GUARD.format(mark=str(guard / "guarded")), encoding="utf-8")
        build_site("--package", str(place), PYTHONPATH=os.pathsep.join([str(guard), str(ROOT)]))

    return make_once_for_all_workers(tmp_path_factory, "package-built", make)


@pytest.fixture(scope="session")
def site_folder(built_package: Path) -> Path:
    """The folder of the built site."""
    return built_package / "site"


@pytest.fixture(scope="session")
def hostile_package(tmp_path_factory: pytest.TempPathFactory, engine_folder: Path) -> Path:
    """The package filled with hostile text, and its site built for a known address."""
    from tests.hostile import write_formulas_into_values, write_hostile_text

    def make(place: Path) -> None:
        write_hostile_text(copy_package(place))
        write_formulas_into_values(place, FROZEN)
        build_site_without_check(place)

    return make_once_for_all_workers(tmp_path_factory, "hostile", make)


def render_pages_of(package: Path) -> dict[str, str]:
    """Return every page of an unreleased package by name, as passed to MkDocs."""
    return render_pages(Package(package), PublishedPackage(Package(package), {}, ""))


@pytest.fixture(scope="session")
def rendered_pages() -> dict[str, str]:
    """The rendered pages of the frozen package; tests that use them form a group and make them once."""
    return render_pages_of(FROZEN)


@pytest.fixture(scope="session")
def site_address(site_folder: Path) -> Iterator[str]:
    """The address of the locally served site."""
    with serve_site(site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser, shared by all tests."""
    with sync_playwright() as playwright:
        started = launch_browser(playwright)
        yield started
        started.close()


class _Settings(yaml.SafeLoader):
    """A YAML loader that reads mkdocs.yml without its environment variables."""


_Settings.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node))


def mkdocs_settings() -> dict[str, Any]:
    """Return the settings in mkdocs.yml."""
    settings: dict[str, Any] = yaml.load(
        (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Settings
    )
    return settings


def run_in_own_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m scripts …` in a separate Python, as a reader would, and capture its output."""
    return subprocess.run(
        [sys.executable, "-m", "scripts", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m scripts …` within this Python, which saves the second that a separate one needs."""
    out, told = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    at_the_end = signal.getsignal(signal.SIGTERM)
    try:
        with redirect_stdout(out), redirect_stderr(told):
            code = main(arguments)
    finally:
        signal.signal(signal.SIGTERM, at_the_end)
    return subprocess.CompletedProcess(arguments, code, _text_written(out), _text_written(told))


def _text_written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def findings_of(package: Path, *options: str) -> list[dict[str, Any]]:
    """Run the check on a package, without frictionless, and return the findings from its JSON."""
    done = run_command("check", "--package", str(package), "--format", "json", *OUR_OWN, *options)
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    parts = {"valid", "found", "findings", "not_listed", "layers_run", "layers_not_run", "notes"}
    assert set(report) == parts
    assert report["valid"] == (done.returncode == 0)
    findings: list[dict[str, Any]] = report["findings"]
    return findings


def edit_contract(package: Path, edit: Callable[[Any], object]) -> None:
    """Edit datapackage.json in place."""
    path = package / "datapackage.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    edit(whole)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=2), encoding="utf-8", newline="\n")


def column_entry(whole: Any, table: str, name: str) -> Any:
    """Return a column's entry in datapackage.json."""
    return next(field for field in table_entry(whole, table)["schema"]["fields"] if field["name"] == name)


def table_entry(whole: Any, name: str) -> Any:
    """Return a table's entry in datapackage.json."""
    return next(table for table in whole["resources"] if table["name"] == name)


def free_withdrawn_readings(rows: list[dict[str, str]]) -> None:
    """Mark every withdrawn reading as free again."""
    for row in rows:
        row["show"] = "free" if row["show"] == "withdrawn" else row["show"]


def make_unreleased(package: Path) -> Path:
    """Make a package that is not yet published: version 0.9.0, no corrections, nothing withdrawn."""
    edit_contract(package, lambda contract: contract.update(version="0.9.0"))
    change_rows(package, "corrections", list.clear)
    change_rows(package, "reported_values", free_withdrawn_readings)
    rebuild_derived_tables(package)
    return package


def rebuild_derived_tables(package: Path) -> None:
    """Rebuild the derived tables, as `derive` does after its check."""
    for path, text in derived.texts_of_derived_tables(Package(package, with_derived=False)).items():
        write_text_atomically(package / path, text)


def bytes_of_files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by relative path."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def change_rows(package: Path, table: str, change: Callable[[list[dict[str, str]]], None]) -> None:
    """Change the rows of a table; `change` gets the list of rows and edits it in place."""
    path = package / PATHS[table]
    rows = read_csv(path)
    header = list(rows[0]) if rows else COLUMNS[path.stem]
    change(rows)
    path.write_text(csv_text(header, [list(row.values()) for row in rows]), encoding="utf-8", newline="")


def change_cells(package: Path, table: str, key: str, **cells: str) -> dict[str, str]:
    """Change cells of the row with this first key, and return the row as it was."""
    was: dict[str, str] = {}

    def change(rows: list[dict[str, str]]) -> None:
        row = next(row for row in rows if row[KEYS[table][0]] == key)
        was.update(row)
        row.update(cells)

    change_rows(package, table, change)
    return was


def keys_of(package: Path, table: str) -> list[str]:
    """Return the key of each row in order, from line 2; tests use keys because lines move as data grow."""
    rows = read_csv(package / PATHS[table])
    return ["|".join(row[column] for column in KEYS[table]) for row in rows]


def line_of(package: Path, table: str, key: str) -> int:
    """Return the line of the only row with this key."""
    [line] = [line for line, row_key in enumerate(keys_of(package, table), start=2) if row_key == key]
    return line


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read any CSV file as dictionaries, without our own code."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
