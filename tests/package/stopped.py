"""A helper for tests of interrupted commands."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

NO_FORK = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree", "shutil.move"}
WRITES |= {"tempfile.mkstemp", "tempfile.mkdtemp", "shutil.copyfile"}


def exit_code_if_killed_at(run: Callable[[], object], at: int) -> int:
    """Run a function in a fork that is killed at the given moment; return the exit code, 9 if killed.

    The moments are the audit events of Python for files opened to write, created, renamed or removed.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    moments = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal moments
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
        if event in WRITES or (opened and arguments[0] != os.devnull):
            moments += 1
            if moments == at:
                os._exit(9)

    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        sys.stdout = sys.stderr = nothing
        sys.addaudithook(hook)
        os._exit(int(bool(run())))
