"""The code follows ARCHITECTURE.md: imports go one way, and names are distinct."""

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.conftest import ROOT

FILES = sorted((ROOT / "scripts").rglob("*.py"))
# The parts that each part may import. A part is a folder of scripts/, or a file directly in it.
ALLOWED_IMPORTS_BY_FOLDER = {
    "package": set(),
    "findings": set(),
    "methods": set(),
    "derived": {"package", "methods", "wording"},  # only two classes of `wording`: see below
    "checks": {"package", "findings", "derived", "publish"},
    "wording": {"package"},
    "publish": {"package", "wording"},
    "source_links": {"package", "findings"},
    "contribute": {"package", "findings", "derived", "checks"},
    "site": {"package", "findings", "methods", "derived", "checks", "wording", "publish", "contribute"},
    "preview": {"package", "findings", "derived", "checks", "wording", "contribute", "site"},
    "release": {"package", "findings", "checks", "publish", "site"},
    "forge": set(),
    "commands": {"package", "findings", "derived", "checks", "contribute", "site", "preview", "release"},
    "__main__": {"package", "findings", "checks", "commands", "source_links"},
}


def part_of(module: str) -> str:
    """Return the part to which a module belongs, such as site for scripts.site.charts.chart_model."""
    return module.split(".")[1]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def named_in(path: Path) -> set[str]:
    """Return the modules that a file imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def imported(path: Path) -> set[str]:
    """Return the modules of scripts/ that a file imports."""
    return {name for name in named_in(path) if name.startswith("scripts.")}


def locked(name: str) -> set[str]:
    """Return the libraries in a lock file, each with its version and platforms."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|index-url", text)
    return set(re.findall(r"^([a-z0-9-]+==[^\\\n]+) \\\n    --hash=sha256:", text, re.MULTILINE))


def test_each_folder_of_scripts_imports_only_those_listed_in_the_architecture() -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        if path != ROOT / "scripts/__init__.py":
            part = part_of(module_of(path))
            used[part] |= {part_of(name) for name in imported(path)} - {part}
    assert dict(used) == ALLOWED_IMPORTS_BY_FOLDER


def test_imports_between_folders_have_no_cycle() -> None:
    assert len([*TopologicalSorter(ALLOWED_IMPORTS_BY_FOLDER).static_order()]) == len(
        ALLOWED_IMPORTS_BY_FOLDER
    )


def test_imports_between_modules_have_no_cycle() -> None:
    """There are no circular imports, even by imports inside functions."""
    modules = {module_of(path).removesuffix(".__init__"): path for path in FILES}
    stands_on = {
        name: {_module_named(name, modules) for name in imported(path)} - {name}
        for name, path in modules.items()
    }
    order = [*TopologicalSorter(stands_on).static_order()]
    assert {*order} == {*modules} | {"scripts"}


def _module_named(name: str, modules: Container[str]) -> str:
    """Return the module itself, or the module that contains the imported name."""
    return name if name in modules else name.rpartition(".")[0]


def test_computed_tables_take_from_the_words_only_how_a_figure_and_its_number_are_said() -> None:
    named = {name for path in FILES if part_of(module_of(path)) == "derived" for name in imported(path)}
    assert {name for name in named if name.startswith("scripts.wording")} == {
        "scripts.wording.quantity_names.QuantityNames",
        "scripts.wording.reading_words.ReadingWords",
    }


def test_requirements_lock_has_every_library_that_scripts_import() -> None:
    used = {name.split(".")[0] for path in FILES for name in named_in(path)}
    used -= {"scripts", "__future__"} | sys.stdlib_module_names
    installed = packages_distributions()
    libraries = {re.sub("[-_.]+", "-", installed[name][0]).lower() for name in used}
    assert "duckdb" in libraries
    assert libraries - {line.split("==")[0] for line in locked("requirements.lock")} == set()


def test_dev_lock_adds_libraries_to_requirements_lock_and_changes_none() -> None:
    assert locked("requirements.lock") < locked("requirements-dev.lock")


def test_module_names_are_unique() -> None:
    names = Counter(path.stem for path in FILES if path.stem != "__init__")
    apart = {name: times for name, times in names.items() if times > 1}
    assert apart == {}


def test_the_architecture_names_every_folder_and_file_beside_them() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for path in (ROOT / "scripts").iterdir():
        if path.name not in ("__init__.py", "__pycache__"):
            assert f"  {path.name}{'/' if path.is_dir() else ''} " in text, path.name


def test_nothing_but_package_opens_the_contract_or_a_table() -> None:
    """Only `package` reads `datapackage.json` or a CSV file, so there is one way to open a package."""
    readers = ("DictReader", "read_csv", "json.load(")
    found = {
        module_of(path)
        for path in FILES
        if part_of(module_of(path)) != "package"
        if any(word in path.read_text(encoding="utf-8") for word in readers)
    }
    assert found == set()


def test_a_call_with_more_than_four_arguments_names_them() -> None:
    """Calls of our own functions with over four arguments name them; variable arguments are exempt."""
    assert list(_long_calls()) == []


def _long_calls() -> Iterator[str]:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
    nodes = [(path, node) for path, tree in trees.items() for node in ast.walk(tree)]
    fixed = {
        node.name
        for _, node in nodes
        if isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.FunctionDef) and not node.args.vararg and len(node.args.args) > 4)
    }
    for path, node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in fixed and len(node.args) > 4:
                yield f"{path.name}, line {node.lineno}: {name}"
