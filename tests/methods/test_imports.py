"""The modules build on one another in one direction."""

import ast
from pathlib import Path

import scripts.methods
from tests.methods.common import MODULES

FOLDER = Path(scripts.methods.__file__).parent


def test_each_module_builds_on_earlier_ones_only() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == {"__init__", *MODULES}
    for place, module in enumerate(MODULES):
        tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
        names = [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        own = {name.rpartition(".")[2] for name in names if name.startswith("scripts")}
        assert own <= set(MODULES[:place])
