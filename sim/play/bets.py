"""Bets: what a player expects before a run, as numbers that can be scored afterwards.

    asked = questions(scenario)                      # which of two nets more? returns? minutes?
    bets = [ProbabilityBet(asked[0], 0.7), IntervalBet(asked[1], 0.05, 0.15)]
    settled = settle_all(bets, run)                  # after the run
    calibration(settled_over_many_runs)

Losses are proper: whoever says what they believe expects the least. A probability is scored with
Brier's (p - o)^2; an interval of confidence 1 - a with Gneiting and Raftery's (2007) interval score
(high - low) + 2/a x (how far the outcome lies outside); quantiles with twice their mean pinball
loss, which comes to the CRPS as they become many. `skill` compares with knowing nothing: 1 is a
perfect bet, 0 is 50:50 or "anything can happen", below 0 is worse than that.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim import wording
from sim.errors import Phrase, StrollError
from sim.play.batch import compare
from sim.play.figures import METRICS
from sim.play.luck import own_figures

if TYPE_CHECKING:
    from sim.play.run import Run
    from sim.scenario import Scenario

CONFIDENCE = 0.8
_MOST_QUANTILES = 20


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
        if self.metric not in METRICS or not paired or not _rising((self.low, self.high)):
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


@dataclass(frozen=True)
class Bet:
    """Base of all bets. StrollError, as a plain sentence, when the numbers make none."""

    question: Question

    kind = ""

    def loss(self, outcome: float) -> float:
        """What the bet costs when `outcome` comes; the less the better."""
        raise NotImplementedError

    def loss_of_nothing(self, outcome: float) -> float:
        """What it would have cost to know nothing."""
        raise NotImplementedError

    def hit(self, outcome: float) -> bool | None:
        """Whether what was called likely came; None where that cannot be said."""
        raise NotImplementedError

    def to_data(self) -> dict[str, Any]:
        """Plain data that `bet_from_data` reads back."""
        raise NotImplementedError


@dataclass(frozen=True)
class ProbabilityBet(Bet):
    """The chance, 0 to 1, that the first tactic of a comparing question brings more."""

    probability: float

    kind = "probability"

    def __post_init__(self) -> None:
        if not self.question.compares or not _rising((0.0, self.probability, 1.0)):
            raise StrollError(Phrase("bets.refused.probability"))

    @property
    def confidence(self) -> float:
        """The chance given to the likelier side."""
        return max(self.probability, 1.0 - self.probability)

    def loss(self, outcome: float) -> float:
        return (self.probability - outcome) ** 2

    def loss_of_nothing(self, outcome: float) -> float:
        return 0.25

    def hit(self, outcome: float) -> bool | None:
        if outcome == 0.5 or self.probability == 0.5:
            return None
        return (self.probability > 0.5) == (outcome > 0.5)

    def to_data(self) -> dict[str, Any]:
        data = {"kind": self.kind, "question": self.question.to_data()}
        return {**data, "probability": self.probability}


@dataclass(frozen=True)
class IntervalBet(Bet):
    """From low to high, in the unit of the metric, with a confidence below 1 that it lies there."""

    low: float
    high: float
    confidence: float = CONFIDENCE

    kind = "interval"

    def __post_init__(self) -> None:
        possible = (self.question.low, self.low, self.high, self.question.high)
        if self.question.compares or not _rising(possible):
            raise StrollError(Phrase("bets.refused.interval"))
        if not (_rising((0.0, self.confidence)) and 0.0 < self.confidence < 1.0):
            raise StrollError(Phrase("bets.refused.confidence"))

    def loss(self, outcome: float) -> float:
        outside = max(self.low - outcome, 0.0) + max(outcome - self.high, 0.0)
        return self.high - self.low + 2.0 / (1.0 - self.confidence) * outside

    def loss_of_nothing(self, outcome: float) -> float:
        return self.question.high - self.question.low

    def hit(self, outcome: float) -> bool | None:
        return self.low <= outcome <= self.high

    def to_data(self) -> dict[str, Any]:
        data = {"kind": self.kind, "question": self.question.to_data()}
        return {**data, "low": self.low, "high": self.high, "confidence": self.confidence}


@dataclass(frozen=True)
class QuantileBet(Bet):
    """Values below which the outcome lies with the chances `levels` (rising, between 0 and 1)."""

    levels: tuple[float, ...]
    values: tuple[float, ...]

    kind = "quantiles"

    def __post_init__(self) -> None:
        fits = 0 < len(self.levels) == len(self.values) <= _MOST_QUANTILES
        inside = fits and _rising((0.0, *self.levels, 1.0)) and _rising(self.values)
        strictly = inside and len({0.0, *self.levels, 1.0}) == len(self.levels) + 2
        if self.question.compares or not strictly:
            raise StrollError(Phrase("bets.refused.quantiles"))
        if not _rising((self.question.low, *self.values, self.question.high)):
            raise StrollError(Phrase("bets.refused.interval"))

    def loss(self, outcome: float) -> float:
        return _pinball(self.levels, self.values, outcome)

    def loss_of_nothing(self, outcome: float) -> float:
        low, width = self.question.low, self.question.high - self.question.low
        return _pinball(self.levels, [low + level * width for level in self.levels], outcome)

    def hit(self, outcome: float) -> bool | None:
        return None if len(self.values) < 2 else self.values[0] <= outcome <= self.values[-1]

    def to_data(self) -> dict[str, Any]:
        data = {"kind": self.kind, "question": self.question.to_data()}
        return {**data, "levels": list(self.levels), "values": list(self.values)}


@dataclass(frozen=True)
class Settled:
    """A bet and what came. outcome is nan where nothing did (no order, so no share of returns):
    such a bet is void, its loss, skill and hit are undefined."""

    bet: Bet
    outcome: float

    @property
    def void(self) -> bool:
        """Whether nothing came that could be scored."""
        return math.isnan(self.outcome)

    @property
    def loss(self) -> float:
        """Brier, interval or quantile score; the less the better."""
        return math.nan if self.void else self.bet.loss(self.outcome)

    @property
    def skill(self) -> float:
        """1 perfect, 0 as good as knowing nothing, below 0 worse."""
        if self.void:
            return math.nan
        nothing = self.bet.loss_of_nothing(self.outcome)
        return 1.0 - self.loss / nothing if nothing > 0.0 else 0.0

    @property
    def hit(self) -> bool | None:
        """Whether what was called likely came; None where that cannot be said."""
        return None if self.void else self.bet.hit(self.outcome)

    def text(self, language: str) -> str:
        """How good the bet was, in one sentence."""
        if self.void:
            return wording.text("bets.settled.void", language)
        if self.hit is None:
            return wording.text("bets.settled.open", language)
        near = self.skill > 0.0
        if isinstance(self.bet, IntervalBet) and not self.hit:
            # not further out than the interval is wide
            outside = max(self.bet.low - self.outcome, self.outcome - self.bet.high)
            near = near and outside <= self.bet.high - self.bet.low
        sure = "better" if near else "worse"
        return wording.text(f"bets.settled.{'hit' if self.hit else 'missed'}_{sure}", language)


def settle_all(
    bets: Iterable[Bet],
    run: Run,
    same_crowd: Mapping[str, Mapping[str, float]] | None = None,
) -> list[Settled]:
    """Scores bets after a run. Tactics that are compared are simulated with the run's crowd, unless
    `same_crowd` (tactic -> figures) knows them already."""
    made = list(bets)
    known = dict(same_crowd or {})
    wanted = {name for bet in made for name in (bet.question.one, bet.question.other) if name}
    missing = sorted(name for name in wanted if name not in known and name in run.scenario.tactics)
    if missing:
        found = compare(run.scenario, missing, [run.seed])
        for name in missing:
            known[name] = {metric: values[0] for metric, values in found.values[name].items()}
    own = own_figures(run)
    return [Settled(bet, outcome_of(bet.question, own, known)) for bet in made]


def outcome_of(
    question: Question,
    own: Mapping[str, float],
    same_crowd: Mapping[str, Mapping[str, float]],
) -> float:
    """What came: 1 if `one` brought more than `other`, 0 if less, 0.5 if equal; or the player's
    own figure. nan where it is undefined or unknown."""
    if not question.compares:
        return float(own.get(question.metric, math.nan))
    one, other = (
        float(same_crowd.get(str(name), {}).get(question.metric, math.nan))
        for name in (question.one, question.other)
    )
    if math.isnan(one) or math.isnan(other):
        return math.nan
    return 0.5 if one == other else float(one > other)


def bet_from_data(data: Any) -> Bet:
    """Reads untrusted data. StrollError where it is not a bet."""
    refused = StrollError(Phrase("bets.refused.data"))
    if not isinstance(data, dict) or not isinstance(data.get("question"), dict):
        raise refused
    fields = {name: value for name, value in data.items() if name not in ("kind", "question")}
    if any(isinstance(value, list) and len(value) > _MOST_QUANTILES for value in fields.values()):
        raise refused
    try:
        question = Question(**data["question"])
        names = {name for name in (question.one, question.other) if name is not None}
        kind = _KINDS[data["kind"]]
        bet = kind(
            question,
            **{n: tuple(v) if isinstance(v, list) else v for n, v in fields.items()},
        )
    except (TypeError, KeyError, ValueError) as error:
        raise refused from error
    if not all(isinstance(name, str) and len(name) <= 64 for name in names):
        raise refused
    return bet


_KINDS: dict[str, type[Bet]] = {
    kind.kind: kind for kind in (ProbabilityBet, IntervalBet, QuantileBet)
}


def _rising(values: Sequence[float]) -> bool:
    """Whether all are finite numbers and none is below the one before."""
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if abs(value) > 1e12 or not math.isfinite(value):
            return False
    return all(one <= other for one, other in itertools.pairwise(values))


def _pinball(levels: Sequence[float], values: Sequence[float], outcome: float) -> float:
    parts = [
        level * (outcome - value) if outcome >= value else (1.0 - level) * (value - outcome)
        for level, value in zip(levels, values, strict=True)
    ]
    return 2.0 * sum(parts) / len(parts)
