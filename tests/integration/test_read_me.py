"""What README.md says the data give is what they give."""

import contextlib
import io
import re

import pytest

from tests.conftest import ROOT


def test_the_code_of_the_read_me_prints_the_output_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the data of today, which a reader has; where they changed, copy the new table into README.md."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [(code, printed)] = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(ROOT)
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(code, {})
    assert output.getvalue() == printed
