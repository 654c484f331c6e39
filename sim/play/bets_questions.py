"""What can be bet on before a run."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim import wording
from sim.errors import Phrase, StrollError
from sim.play.figures import METRICS

if TYPE_CHECKING:
    from sim.scenario import Scenario


@dataclass(frozen=True)
class Question:
    """What is bet on.

    metric      one of sim.play.figures.METRICS
    one, other  two tactics, each kept throughout with the player's crowd: will `one` bring more?
                Both None: what will the player's own run bring?
    low, high   what is possible for the metric, in its unit; 0 and 1 when two tactics are compared
    """

    metric: str
    one: str | None = None
    other: str | None = None
    low: float = 0.0
    high: float = 1.0

    def __post_init__(self) -> None:
        paired = (self.one is None) == (self.other is None) and (
            self.one is None or self.one != self.other
        )
        if self.metric not in METRICS or not paired or not rising((self.low, self.high)):
            raise StrollError(Phrase("bets.refused.question"))

    @property
    def compares(self) -> bool:
        """Whether two tactics are compared, so that a probability is asked for."""
        return self.one is not None

    def text(self, scenario: Scenario, language: str) -> str:
        """The question in words."""
        metric = wording.text(f"metrics.{self.metric}.name", language)
        if not self.compares:
            return wording.text("bets.question.value", language, metric=metric)
        one, other = (
            scenario.tactics[name].title.text(language) if name in scenario.tactics else str(name)
            for name in (self.one, self.other)
        )
        return wording.text("bets.question.which", language, metric=metric, one=one, other=other)

    def to_data(self) -> dict[str, Any]:
        """Plain data that `bet_from_data` reads back as part of a bet."""
        return {
            "metric": self.metric,
            "one": self.one,
            "other": self.other,
            "low": self.low,
            "high": self.high,
        }


def questions(scenario: Scenario) -> tuple[Question, ...]:
    """What a brief asks: which tactic reaches more, how many returns, how soon people order."""
    asked = []
    rivals = [name for name in scenario.compare if name != scenario.reference]
    if rivals:
        asked.append(Question(scenario.goal, scenario.reference, rivals[0]))
    asked.append(Question("return_rate"))
    asked.append(Question("median_minutes_to_order", high=float(scenario.live.minutes)))
    return tuple(asked)


def rising(values: Sequence[float]) -> bool:
    """Whether all are finite numbers and none is below the one before."""
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if abs(value) > 1e12 or not math.isfinite(value):
            return False
    return all(one <= other for one, other in itertools.pairwise(values))
