"""Do the rooms that are raced play the same rules? Asked of their outcomes, not of their code.

Each has its own stream of luck, so no two lives are alike; over many crowds their means must be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from types import ModuleType

import numpy as np

from bench import room
from bench.race import arrive_ticks
from sim.scenario import Scenario

# An exact copy lands beyond 4 standard errors in about one of 4,000 comparisons of 24 crowds; a
# whole bench makes some 140 of them. At 3 every third honest bench would fail.
TOLERANCE = 4.0

# Means over all who came in, of one crowd.
MEASURES = (
    "watch_seconds",
    "orders",
    "comments",
    "trust",
    "answers",
    "glances",
    "follows",
    "unfollows",
    "joins",
    "missed_offers",
)
HEADLINE = MEASURES[:4]


@dataclass(frozen=True)
class Comparison:
    """One measure of one tactic: ours against a rival's, means over crowds."""

    tactic: str
    measure: str
    rival: str
    ours: float
    theirs: float
    error: float  # standard error of the difference

    @property
    def errors_apart(self) -> float:
        """The difference in standard errors."""
        gap = abs(self.ours - self.theirs)
        if self.error > 0.0:
            return gap / self.error
        return 0.0 if gap == 0.0 else inf


@dataclass(frozen=True)
class Agreement:
    """All comparisons, and whether every one is within the tolerance."""

    crowds: int
    shoppers: int
    comparisons: list[Comparison]

    @property
    def holds(self) -> bool:
        """Whether no measure is further apart than luck explains."""
        return all(one.errors_apart <= TOLERANCE for one in self.comparisons)

    @property
    def worst(self) -> Comparison | None:
        """The comparison furthest apart; None where there was nobody to compare with."""
        return max(self.comparisons, key=lambda one: one.errors_apart, default=None)


def outcomes(
    runner: ModuleType, scenario: Scenario, crowds: Sequence[int]
) -> dict[str, np.ndarray]:
    """MEASURES over crowds; `scenario` comes from `room_scenario`."""
    rows = []
    for crowd in crowds:
        model = runner.build(scenario, crowd, arrive_ticks(scenario))
        runner.play(model)
        tally = runner.tally(model)
        tally["watch_seconds"] = tally["watch_ticks"] * 10.0
        rows.append([tally[name] / tally["viewers"] for name in MEASURES])
    return dict(zip(MEASURES, np.array(rows).T, strict=True))


def measure(
    scenario: Scenario,
    crowds: int,
    shoppers: int,
    rivals: Sequence[ModuleType],
    tactics: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Agreement:
    """Every tactic of the scenario (between them they use every act), on `crowds` crowds each."""
    names = list(scenario.choices if tactics is None else tactics)
    comparisons = []
    for number, tactic in enumerate(names):
        alone = room.room_scenario(scenario, shoppers, tactic)
        ours = outcomes(room, alone, range(crowds))
        for place, rival in enumerate(rivals):
            # other numbers: a crowd of theirs is not a crowd of ours
            theirs = outcomes(rival, alone, range(1000 * (place + 1), 1000 * (place + 1) + crowds))
            comparisons += [
                _compared(tactic, name, rival.NAME, ours[name], theirs[name]) for name in MEASURES
            ]
            if progress is not None:
                progress(number * len(rivals) + place + 1, len(names) * len(rivals))
    return Agreement(crowds, shoppers, comparisons)


def _compared(
    tactic: str, name: str, rival: str, ours: np.ndarray, theirs: np.ndarray
) -> Comparison:
    error = sqrt((ours.var(ddof=1) + theirs.var(ddof=1)) / len(ours))
    return Comparison(tactic, name, rival, float(ours.mean()), float(theirs.mean()), error)
