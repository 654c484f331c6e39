"""Why one way to go on is better than another: the figures that say what it changes, and its cost.

Both ways have met the same crowds. A figure is told when it clearly differs, whatever crowd comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.play.luck import LOWER_IS_BETTER, Verdict, tie

# Figures that say how the goal was reached, in the order in which equals are told.
TELLING = (
    "return_rate",
    "conversion",
    "orders",
    "watch_seconds",
    "comments",
    "viewers",
    "followers",
    "unfollowed",
    "trust",
    "median_minutes_to_order",
)
# Neither more nor less of these is better by itself.
_NEUTRAL = frozenset({"median_minutes_to_order"})


@dataclass(frozen=True)
class Reason:
    """One figure that clearly differs: means to the end of the run, and the judged difference."""

    metric: str
    going_on: float
    advised: float
    verdict: Verdict

    @property
    def better(self) -> bool | None:
        """Whether the other way is better in this figure; None where that cannot be said."""
        if self.metric in _NEUTRAL:
            return None
        return (self.verdict.mean < 0) == (self.metric in LOWER_IS_BETTER)


def reasons_of(figures: Mapping[str, np.ndarray], goal: str) -> tuple[Reason, ...]:
    """The figures that clearly differ, the most telling first.

    figures: metric -> two rows over the same crowds, as it goes and with the change.
    """
    found = []
    for place, metric in enumerate(TELLING):
        one, other = figures[metric]
        known = ~(np.isnan(one) | np.isnan(other))
        verdict = tie((other - one)[known])
        if metric == goal or not verdict.clear:
            continue
        spread = float((other - one)[known].std())
        strength = abs(verdict.mean) / spread if spread > 0 else np.inf
        reason = Reason(metric, float(one[known].mean()), float(other[known].mean()), verdict)
        found.append((-strength, place, reason))
    return tuple(reason for *_, reason in sorted(found, key=lambda item: item[:2]))
