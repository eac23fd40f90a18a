"""Long work says what it is at; short work says nothing."""

from scripts.progress import steps_told


def test_long_work_tells_its_steps_and_short_work_is_silent() -> None:
    said: list[str] = []
    for every in (0, 60):
        at = steps_told(said.append, every)
        at("Reading")
        at("Counting")
    assert said == ["Reading …", "Counting …"]
