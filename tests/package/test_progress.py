"""Long work says what it is at; short work says nothing."""

from scripts.package.progress import at, log, told_to


def test_long_work_tells_its_steps_and_short_work_is_silent() -> None:
    said: list[str] = []
    for every in (-1, 3600):
        told_to(said.append, every)
        at("Reading")
        at("Counting")
        log.info("Done.")
    assert said == ["Reading …", "Counting …", "Done.", "Done."]
