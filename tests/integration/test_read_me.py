"""What README.md shows of the data is still true."""

import contextlib
import io
import re

import pytest

from tests.conftest import ROOT


def test_code_in_the_readme_prints_the_output_shown_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs on today's data, as a reader would; if they changed, copy the new table into README.md."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [(code, printed)] = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(ROOT)
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(code, {})
    assert output.getvalue() == printed
