"""What this build was made from, in words."""

from scripts.publish.bundle import Provenance
from scripts.site.lines import Line, Marked

NOT_KNOWN: Line = ("not known",)


def origin(made: Provenance) -> tuple[tuple[str, Line], ...]:
    """Commit, libraries, Python and the latest document, each under its name."""
    return (
        ("Built from commit", _commit(made)),
        ("Libraries", _libraries(made.lock_file_sha256) if made.lock_file_sha256 else NOT_KNOWN),
        ("Python", (made.python,) if made.python else NOT_KNOWN),
        ("Evidence until", (f"{made.evidence_until}, the date of the latest dated document",)),
    )


def _commit(made: Provenance) -> Line:
    if not made.commit:
        return ("not known: the build was made outside git",)
    changes = ", with changes that are in no commit" if made.with_uncommitted_changes else ""
    return (Marked(made.commit, "code"), f" of {made.commit_date}{changes}")


def _libraries(sha256: str) -> Line:
    return (Marked("requirements.lock", "code"), ", SHA-256 ", Marked(sha256, "code"))
