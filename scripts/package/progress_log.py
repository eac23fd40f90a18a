"""Log progress; a step is shown only if nothing has been shown for two seconds."""

import logging
import time
from collections.abc import Callable

SECONDS = 2.0
log = logging.getLogger("mkdocs.scripts")  # a child of MkDocs's logger, so that MkDocs shows it too


def log_step(step: str) -> None:
    """Report the current step, so that a long run does not look stuck."""
    log.debug(f"{step} …")


class ProgressHandler(logging.Handler):
    """A log handler that passes messages to a function, but leaves out steps that follow too soon."""

    def __init__(self, show_message: Callable[[str], None], seconds_between_steps: float = SECONDS) -> None:
        super().__init__()
        self.tell, self.items_of_paged_list, self.told = (
            show_message,
            seconds_between_steps,
            time.monotonic(),
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on a message, unless it is a step and too soon after the last message."""
        if record.levelno > logging.DEBUG or time.monotonic() - self.told > self.items_of_paged_list:
            self.told = time.monotonic()
            self.tell(record.getMessage())


def send_log_to(show_message: Callable[[str], None], seconds_between_steps: float = SECONDS) -> None:
    """Send log messages to the function `show_message` and nowhere else."""
    log.setLevel(logging.DEBUG)
    log.handlers[:] = [ProgressHandler(show_message, seconds_between_steps)]
