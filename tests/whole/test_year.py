"""The replay of a year: a step that fails is said and undone, and no traceback passes."""

import sys
from pathlib import Path

import pytest

from tests import year
from tests.clone import Clone, keep


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A repository with a table and a version, in place of a clone of the project."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/links.csv").write_text("from_id,to_id\nA1,A2\nA2,A3\n", encoding="utf-8")
    (tmp_path / "data/corrections.csv").write_text(
        "correction_id,version,date,kind,table_name,row_key,reason\n", encoding="utf-8"
    )
    keys = '[{"name": "links", "schema": {"primaryKey": ["from_id", "to_id"]}}]'
    contract = f'{{"version": "1.9.0-dev0", "resources": {keys}}}'
    (tmp_path / "datapackage.json").write_text(contract, encoding="utf-8")
    clone = Clone(tmp_path)
    clone.git("init", "--quiet")
    keep(clone)
    return clone


def says(text: str, code: int = 0) -> list[str]:
    return [sys.executable, "-c", f"print({text!r}); raise SystemExit({code})"]


def test_a_step_that_fails_is_said_and_undone(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    before = clone.rows("links")
    clone.step("one", lambda here: here.write("links", []), lambda here: here.run(says("No such row.", 1)))
    clone.step("two", lambda here: here.write("links", before[:1]))
    assert [step.is_done for step in clone.steps] == [False, True]
    assert clone.rows("links") == before[:1] and clone.git("status", "--short") == ""
    said = capsys.readouterr().out
    assert "FAILED" in said and "No such row." in said and "ended with 1" in said


def test_only_rows_that_are_wrong_and_name_what_is_gone_are_taken_out(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = '{"level": "error", "table": "data/links.csv", "row": "A1 A2"}'
    asked = '{"level": "warning", "table": "data/links.csv", "row": "A2 A3"}'
    monkeypatch.setattr(Clone, "scripts", lambda *words, codes: f'{{"findings": [{wrong}, {asked}]}}')
    assert not year.take_out(clone, {"A3"})
    assert year.take_out(clone, {"A2"})
    assert clone.rows("links") == [{"from_id": "A2", "to_id": "A3"}]
    [told] = clone.rows("corrections")
    assert (told["kind"], told["table_name"], told["row_key"]) == ("removal", "links", "A1 A2")
