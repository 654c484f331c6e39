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

Two things keep one bad guess from drowning everything else. An interval narrower than a fiftieth of
what is possible is widened to that when it is made: no game is known more finely, and among
intervals that wide, saying what one believes still costs least. And the skill that is shown of one
bet ends at -3, which is what a probability loses that was certain and wrong, so that one kind of
bet can cost no more than the other. A floor that lies higher would tempt people to bet everything
on a point; at -3 the most that anybody gains by narrowing is nothing one could see, for beliefs of
any of the shapes that the tests try. What is averaged over runs has no floor at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim import wording
from sim.errors import Phrase, StrollError
from sim.play.batch import compare
from sim.play.bets_questions import Question, questions, rising, ways_of
from sim.play.luck import own_figures

if TYPE_CHECKING:
    from sim.play.run import Run

__all__ = [
    "Bet", "IntervalBet", "ProbabilityBet", "QuantileBet", "Question", "Settled", "bet_from_data",
    "outcome_of", "questions", "settle_all",
]  # fmt: skip

CONFIDENCE = 0.8
NARROWEST = 0.02  # of what is possible
WORST = -3.0  # Brier's, of a certainty that did not come
_MOST_QUANTILES = 20


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

    def loss_of_best(self) -> float:
        """What the best bet there can be would have cost."""
        return 0.0

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
        if not self.question.compares or not rising((0.0, self.probability, 1.0)):
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
    """From low to high, in the unit of the metric, with a confidence below 1 that it lies there.

    One that is too narrow is made with `NARROWEST` around the same middle, within what is possible.
    """

    low: float
    high: float
    confidence: float = CONFIDENCE

    kind = "interval"

    def __post_init__(self) -> None:
        possible = (self.question.low, self.low, self.high, self.question.high)
        if self.question.compares or not rising(possible):
            raise StrollError(Phrase("bets.refused.interval"))
        if not (rising((0.0, self.confidence)) and 0.0 < self.confidence < 1.0):
            raise StrollError(Phrase("bets.refused.confidence"))
        least = self.loss_of_best()
        # a hair less is one that was widened before
        if self.high - self.low < least * (1.0 - 1e-9):
            low = (self.low + self.high - least) / 2.0
            low = min(max(low, self.question.low), self.question.high - least)
            object.__setattr__(self, "low", low)
            object.__setattr__(self, "high", low + least)

    def loss_of_best(self) -> float:
        return NARROWEST * (self.question.high - self.question.low)

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
        inside = fits and rising((0.0, *self.levels, 1.0)) and rising(self.values)
        strictly = inside and len({0.0, *self.levels, 1.0}) == len(self.levels) + 2
        if self.question.compares or not strictly:
            raise StrollError(Phrase("bets.refused.quantiles"))
        if not rising((self.question.low, *self.values, self.question.high)):
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
        """1 perfect, 0 as good as knowing nothing, below 0 worse, -3 as wrong as can be."""
        return math.nan if self.void else max(self.skill_without_floor, WORST)

    @property
    def skill_without_floor(self) -> float:
        """The same however wrong the bet was: what to average over runs."""
        if self.void:
            return math.nan
        nothing, best = self.bet.loss_of_nothing(self.outcome), self.bet.loss_of_best()
        return (nothing - self.loss) / (nothing - best) if nothing > best else 0.0

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
    """Scores bets after a run. Tactics, or policies, that are compared are simulated with the run's
    crowd, unless `same_crowd` (tactic -> figures) knows them already."""
    made = list(bets)
    known = dict(same_crowd or {})
    wanted = {name for bet in made for name in (bet.question.one, bet.question.other) if name}
    ways = ways_of(run.scenario)
    missing = sorted(name for name in wanted if name not in known and name in ways)
    if missing:
        found = compare(run.scenario, missing, [run.seed])
        for name in missing:
            known[name] = {metric: values[0] for metric, values in found.values[name].items()}
    own = _own(run)
    return [Settled(bet, outcome_of(bet.question, own, known)) for bet in made]


def _own(run: Run) -> dict[str, float]:
    """The final figures of a run, those of weeks included."""
    if run.scenario.campaign is None:
        return own_figures(run)
    whole = run if run.phase == "finished" else run.fork()
    return {**whole.finish(), **whole.campaign_report()}


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


def _pinball(levels: Sequence[float], values: Sequence[float], outcome: float) -> float:
    parts = [
        level * (outcome - value) if outcome >= value else (1.0 - level) * (value - outcome)
        for level, value in zip(levels, values, strict=True)
    ]
    return 2.0 * sum(parts) / len(parts)
