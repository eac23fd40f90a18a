"""Long work logs its steps; short work logs nothing."""

from scripts.package.progress_log import log, log_step, send_log_to


def test_long_work_logs_its_steps_and_short_work_logs_nothing() -> None:
    said: list[str] = []
    for every in (-1, 3600):
        send_log_to(said.append, every)
        log_step("Reading")
        log_step("Counting")
        log.info("Done.")
    assert said == ["Reading …", "Counting …", "Done.", "Done."]
