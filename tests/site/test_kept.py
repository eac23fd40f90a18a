"""What is kept from one build to the next is what would be made."""

from pathlib import Path

import pytest

from scripts.site import kept as kept_module
from scripts.site.kept import kept


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept_module, "PLACE", tmp_path / "kept")
    return tmp_path / "kept"


def test_the_same_text_is_made_once_and_another_anew(place: Path) -> None:
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return f"drawing {len(made)}: កុមារ\n"

    assert [kept("one", make), kept("one", make), kept("other", make)] == [
        "drawing 1: កុមារ\n",
        "drawing 1: កុមារ\n",
        "drawing 2: កុមារ\n",
    ]
    assert len(list(place.iterdir())) == 2


def test_a_fault_in_the_making_keeps_nothing(place: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        kept("one", lambda: str(1 // 0))
    assert kept("one", lambda: "made") == "made"
