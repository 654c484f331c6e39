"""What can be bet on before a run."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim import wording
from sim.errors import Phrase, StrollError
from sim.play.batch import Progress, compare
from sim.play.campaign_figures import CAMPAIGN_METRICS
from sim.play.figures import METRICS
from sim.play.luck import other_crowds

if TYPE_CHECKING:
    from sim.scenario import Scenario


# A shop of weeks takes as long as dozens of evenings, so one crowd has to do.
_CROWDS, _CAMPAIGN_CROWDS = 8, 1
# Of what the usual ways bring at most, so much more is still thought possible.
_ROOM_ABOVE = 2.0


@dataclass(frozen=True)
class Question:
    """What is bet on.

    metric      one of sim.play.figures.METRICS or CAMPAIGN_METRICS
    one, other  two tactics, or of a campaign two policies, each kept throughout with the player's
                crowd: will `one` bring more? Both None: what will the player's own run bring?
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
        known = (*METRICS, *CAMPAIGN_METRICS)
        if self.metric not in known or not paired or not rising((self.low, self.high)):
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
        ways = ways_of(scenario)
        one, other = (
            ways[name].title.text(language) if name in ways else str(name)
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
    """What a brief asks: which tactic (of a campaign which policy) reaches more, how many returns,
    how soon people order."""
    asked = []
    own, compared = scenario.reference, scenario.compare
    if scenario.campaign is not None:
        own, compared = scenario.campaign.policy, scenario.campaign.compare
    rivals = [name for name in compared if name != own]
    if rivals:
        asked.append(Question(scenario.goal, own, rivals[0]))
    asked.append(Question("return_rate"))
    asked.append(Question("median_minutes_to_order", high=float(scenario.live.minutes)))
    return tuple(asked)


def ways_of(scenario: Scenario) -> Mapping[str, Any]:
    """What two of which can be compared: the policies of a campaign, else the tactics, by id."""
    return scenario.tactics if scenario.campaign is None else scenario.policies


def question_about(scenario: Scenario, metric: str, progress: Progress | None = None) -> Question:
    """What the player's own run will bring of any figure, with what is possible.

    Shares and levels lie between 0 and 1, minutes to order within a live. Of anything else twice
    the most that the scenario's own ways bring with a few other crowds is thought possible, for
    which they are simulated. progress(worlds done, worlds in all). KeyboardInterrupt goes through.
    """
    unit = wording.text(f"metrics.{metric}.unit", "en")
    if unit in ("share", "level"):
        return Question(metric)
    if metric == "median_minutes_to_order":
        return Question(metric, high=float(scenario.live.minutes))
    count = _CROWDS if scenario.campaign is None else _CAMPAIGN_CROWDS
    seeds = other_crowds(count, "bets, possible")
    found = compare(scenario, seeds=seeds, progress=progress)
    if found.interrupted:
        raise KeyboardInterrupt
    brought = [value for values in found.values.values() for value in values[metric].tolist()]
    known = [value for value in brought if math.isfinite(value)]
    most = _round_above(_ROOM_ABOVE * max([*known, 0.5]))
    least = -_round_above(-_ROOM_ABOVE * min(known)) if known and min(known) < 0.0 else 0.0
    return Question(metric, low=least, high=most)


def _round_above(value: float) -> float:
    """The next number up that is 1, 2 or 5 and noughts; at least 1."""
    size = 10.0 ** math.floor(math.log10(max(value, 1.0)))
    return next(size * step for step in (1, 2, 5, 10) if size * step >= value)


def rising(values: Sequence[float]) -> bool:
    """Whether all are finite numbers and none is below the one before."""
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if abs(value) > 1e12 or not math.isfinite(value):
            return False
    return all(one <= other for one, other in itertools.pairwise(values))
