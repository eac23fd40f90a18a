"""The advisory lock of a folder: two runs that write into it never mix. The end of a process frees it."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
try:
    import msvcrt
except ImportError:  # everywhere else
    msvcrt = None  # type: ignore[assignment]

PAUSE = 0.1  # seconds; Windows itself waits for a lock ten seconds at most


@contextmanager
def alone(folder: Path, waits: bool = True) -> Iterator[bool]:
    """Hold the lock of a folder, and say whether nobody else holds it."""
    if fcntl is None and msvcrt is None:  # in a browser, where there is no second run
        yield True
        return
    handle = _handle(folder)
    try:
        yield _is_taken(handle, waits)
    finally:
        os.close(handle)  # which gives the lock back, as the end of the process does


def _handle(folder: Path) -> int:
    """The folder itself, or on Windows, which opens no folder, a file in its place."""
    if fcntl is not None:
        return os.open(folder, os.O_RDONLY)
    name = hashlib.sha256(os.path.normcase(folder.resolve()).encode("utf-8", "replace")).hexdigest()[:32]
    return os.open(Path(tempfile.gettempdir()) / f"lock-{name}", os.O_RDWR | os.O_CREAT)


def _is_taken(handle: int, waits: bool) -> bool:
    if fcntl is not None:
        return _is_done(lambda: fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB)))
    while not _is_done(lambda: msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)):
        if not waits:
            return False
        time.sleep(PAUSE)
    return True


def _is_done(take: Callable[[], object]) -> bool:
    try:
        take()
    except OSError:
        return False
    return True
