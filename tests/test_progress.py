"""Long work says what it is at; short work says nothing."""

import time

from scripts.progress import Progress


def test_long_work_speaks_of_its_last_step() -> None:
    said: list[str] = []
    with Progress(said.append, every=0.02) as progress:
        progress.at("Reading")
        progress.at("Counting")
        deadline = time.monotonic() + 10
        while not said and time.monotonic() < deadline:
            time.sleep(0.01)
    assert set(said) == {"Counting …"}
    heard = len(said)
    time.sleep(0.1)
    assert len(said) == heard


def test_short_work_is_silent() -> None:
    said: list[str] = []
    with Progress(said.append, every=60) as progress:
        progress.at("Reading")
    assert said == []
