"""Progress: a word now and then while a long work lasts, so that nobody takes it for stopped."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

SECONDS = 2.0


class Progress:
    """Tells every two seconds what the work is at. Shorter work says nothing.

    Where there are no threads, as in a browser, it is told with the first step after that time.
    """

    def __init__(self, tell: Callable[[str], None], every: float = SECONDS) -> None:
        self._tell, self._every, self._step = tell, every, "Starting"
        self._done = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._told = time.monotonic()

    def at(self, step: str) -> None:
        """Note what is being done now."""
        self._step = step
        if not self._watcher.is_alive() and time.monotonic() - self._told > self._every:
            self._told = time.monotonic()
            self._tell(f"{step} …")

    def _watch(self) -> None:
        while not self._done.wait(self._every):
            self._tell(f"{self._step} …")

    def __enter__(self) -> Self:
        with suppress(RuntimeError):  # what Python says where it cannot start a thread
            self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._watcher.is_alive():
            self._watcher.join()
