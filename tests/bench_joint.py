"""How often do joint tipping points keep their word? Simulated, with all that they assume and in venues.

`python -m tests.bench_joint` prints, for each set of errors, in how many of the runs the hidden part that
is given does not exceed the true one. By its level it should be 97.5 % of them, for it is one-sided.
"""

import sys
from dataclasses import dataclass
from itertools import product
from math import ceil

import numpy as np
from numpy.random import Generator, default_rng

from scripts.methods.outside_frame import hidden_part_that_undoes
from scripts.package.featured import Role
from scripts.package.opening import Package
from tests.conftest import FROZEN

RUNS, SEED = 4000, 2015
PROMISED = 0.975


@dataclass(frozen=True)
class Wave:
    """A wave of so many people in so many venues."""

    people: int
    venues: int

    def seen(self, share: float, effect: float, rng: Generator) -> int:
        """People judged under 18: one by one, or so alike in a venue that this design effect comes out."""
        if effect == 1:
            return int(rng.binomial(self.people, share))
        sizes = np.full(self.venues, self.people // self.venues)
        sizes[: self.people % self.venues] += 1
        likeness = (effect - 1) / (self.people / self.venues - 1)
        both = 1 / likeness - 1
        shares = rng.beta(share * both, (1 - share) * both, self.venues)
        return int(rng.binomial(sizes, shares).sum())


def coverage(
    waves: tuple[Wave, Wave], p1: float, affected: float, ratio: float, effect: float, runs: int
) -> float:
    """In what part of the runs is the given hidden part at most the true one, which undoes the fall?"""
    rng, true = default_rng(SEED), 0.06
    # So many of the later people seen are judged under 18 that all together are as affected as before.
    p2 = ratio * (p1 - true * affected) / (1 - true)
    first, second = waves
    held = 0
    for _ in range(runs):
        x1, x2 = first.seen(p1, effect, rng), second.seen(p2, effect, rng)
        held += (
            hidden_part_that_undoes(x1, first.people, x2, second.people, affected, ratio, effect) <= true
        )
    return held / runs


def waves_of(package: Package) -> tuple[tuple[Wave, Wave], float]:
    """The sizes of the two waves, and the earlier share, at the smallest base that fits it."""
    [row, *_] = package.matching("comparisons", measure="hidden_share_needed_jointly")
    venues = [
        int(package.featured.reading(Role(role)).low)
        for role in ("venues-seen-earlier", "venues-seen-later")
    ]
    bases = int(row["earlier_base"]), int(row["later_base"])
    share = int(package.featured.reading(Role("under-18-seen-earlier")).low) / bases[0]
    return (Wave(bases[0], venues[0]), Wave(bases[1], venues[1])), share


def bench_joint(runs: int = RUNS) -> list[float]:
    """Print the coverage for each set of errors."""
    waves, share = waves_of(Package(FROZEN))
    found = []
    for effect, ratio, affected in product((1, 4), (1, 0.8, 0.6), (0.5, 1)):
        held = coverage(waves, share, affected, ratio, effect, runs)
        found.append(held)
        print(
            f"design effect {effect}, ratio {ratio}, affected {affected}: the hidden part that is given "
            f"is at most the true one in {100 * held:.1f} % of {runs:,} runs",
            flush=True,
        )
    worst = ceil(1000 * min(found)) / 10
    print(f"joint tipping points: promised {100 * PROMISED} %, at the least {worst} %")
    return found


if __name__ == "__main__":
    bench_joint()
    sys.exit(0)
