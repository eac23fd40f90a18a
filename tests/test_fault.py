"""A small fixed sample of what `make fault` tries by the thousand."""

import sys
from collections.abc import Callable, Iterator

import pytest

if sys.platform == "win32":
    pytest.skip("there is no fork", allow_module_level=True)

from tests import fault, fuzzers

PER_KIND, KILLS = 4, 1


def sample(test: Callable[..., None]) -> Callable[..., None]:
    """Mark what tries a sample: one worker makes the package, once, and what is timed loads it itself."""
    return pytest.mark.long(pytest.mark.xdist_group("fault")(pytest.mark.usefixtures("own_database")(test)))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[fault.Bench]:
    """The package that is broken."""
    yield fault.Bench(tmp_path_factory.mktemp("fault"))


@sample
@pytest.mark.parametrize("kind", fault.KINDS)
def test_damaged_inputs_are_told_in_words_in_little_time_and_memory(kind: str, bench: fault.Bench) -> None:
    ended = [*fault.fuzzed(bench, kind, range(PER_KIND))]
    assert [words for words, _ in ended if words] == []
    assert len(ended) == PER_KIND


@sample
@pytest.mark.parametrize("name", ["derive", "import", "prepare"])
def test_after_a_kill_the_next_run_succeeds_without_a_hand(name: str, bench: fault.Bench) -> None:
    assert [words for words, _ in fault.killed(bench, name, KILLS) if words] == []


@sample
@pytest.mark.parametrize("size", [0, 30_000])
def test_an_import_onto_a_full_disk_leaves_all_as_it_was(size: int, bench: fault.Bench) -> None:
    words, ended = fault.cramped(bench, "import", lambda package: fault.small_files(size), "small files,")
    assert (words, ended.code) == ("", 2)


def test_a_fault_says_what_it_was_and_how_to_try_it_alone() -> None:
    told = fault.told("kill site", 7, "torn: [x]")
    assert told.splitlines() == [
        "kill site 7: torn: [x]",
        '  alone: python -m tests.fault --only "kill site" --first 7 --inputs 1 --kills 1',
    ]
    assert fault.told("table", 7, "") == ""


@pytest.mark.parametrize(
    ("damage", "data"),
    [
        (fuzzers.table, b"a,b\n1,2\n" * 40),
        (fuzzers.tree, b'{"a": 1, "b": 2}'),
    ],
    ids=["table", "tree"],
)
def test_the_same_number_gives_the_same_input(damage: fuzzers.Damage, data: bytes) -> None:
    first, again = ([fuzzers.damaged(damage, data, number) for number in range(400)] for _ in range(2))
    assert first == again and len(set(first)) > 50


@pytest.mark.parametrize(
    ("said", "code", "seconds", "megabytes", "word"),
    [
        ("Traceback (most recent", 1, 1.0, 90, "Traceback"),
        ("The tool failed: KeyError", 2, 1.0, 90, "The tool failed"),
        ("", -11, 1.0, 90, "exit"),
        ("", 0, 9.0, 90, "on the sound package"),
        ("", 0, 1.0, 900, "900 MB"),
        ("", 1, 1.0, 90, ""),
    ],
)
def test_what_must_not_be_is_seen(said: str, code: int, seconds: float, megabytes: int, word: str) -> None:
    fault_of_run = fault.Run(code, seconds, seconds, megabytes, said).fault(sound=1.0)
    assert word in fault_of_run and bool(word) == bool(fault_of_run)
