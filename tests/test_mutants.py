"""A sample of the mutants of `make mutants`, and what must hold for the whole set."""

import pytest

from scripts import checks
from scripts.checks import public_validator
from scripts.checks.causes import CAUSE
from tests.mutants import (
    JUDGES_DIFFER,
    Mutant,
    Verdict,
    all_mutants,
    judge_all,
    judges_disagree,
    runs,
)

EVERY = 61  # one run of so many is in the sample
SAMPLE = pytest.mark.xdist_group("mutants")  # one worker judges it, once


@pytest.fixture(scope="module")
def sample() -> list[Verdict]:
    """The verdicts of some runs of each kind."""
    return list(judge_all(runs(all_mutants())[::EVERY]))


def says(mutant: Mutant) -> tuple[str, ...]:
    """Name a mutant in a failure."""
    return mutant.operator, mutant.rule, mutant.file, str(mutant.line), mutant.field


@SAMPLE
@pytest.mark.long
def test_every_mutant_of_the_sample_is_found_by_the_rule_named_for_it(sample: list[Verdict]) -> None:
    assert len(sample) > 60
    assert [says(one.mutant) for one in sample if one.mutant.rule not in one.found] == []


@SAMPLE
@pytest.mark.long
def test_two_judges_agree_or_the_difference_has_its_reason(sample: list[Verdict]) -> None:
    apart = [says(one.mutant) for one in sample if judges_disagree(one)]
    assert [one for one in apart if one[0] not in JUDGES_DIFFER] == []


def test_every_rule_has_a_mutant_and_there_are_enough() -> None:
    """A rule that nothing can break is worse than none.

    Of a fault that our own layers find, what frictionless says is left out: its rules have other tests.
    """
    mutants = all_mutants()
    theirs = {rule.id for rule in public_validator.RULES} | {CAUSE.id}  # which heads what others find
    assert {one.rule for one in mutants} == {rule.id for rule in checks.catalogue()} - theirs
    assert len({one.operator for one in mutants}) >= 40
    assert len(mutants) >= 1000
    assert sum(len(run) for run in runs(mutants)) == len(mutants)
