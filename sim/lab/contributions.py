"""What each mechanism contributes to the facts: all of them measured again without it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.lab.facts import BESIDE, FACT_SEEDS, POOLED, targets
from sim.lab.measure import measure
from sim.lab.weeks import WEEKS, WEEKS_BESIDE, measure_weeks
from sim.scenario import SWITCHES, Scenario

Progress = Callable[[int, int], None]

# Mechanisms whose work takes more than an evening; the others are looked for in an evening.
OF_WEEKS = (
    "note_sales", "note_comments", "ageing", "need", "notifications", "fatigue", "forgetting",
    "word_of_mouth", "group", "group_care", "group_cooling", "group_stay", "shared_experience",
    "feedback", "strain", "reports",
)  # fmt: skip

# What has no bounds is read on a scale of its own: one step is a quarter more or less.
_STEP = math.log(1.25)
# So many times what a change differs between crowds it must be, to be called more than luck.
_SURE = 2.0


@dataclass(frozen=True)
class Contribution:
    """The facts with everything on and without one mechanism, by name, on the same crowds.

    luck: how far each change may be off because these are few crowds (its standard error); nan
    with a single crowd, or where a fact is undefined on some of them.
    """

    mechanism: str
    with_it: dict[str, float]
    without: dict[str, float]
    luck: dict[str, float]

    def largest(self, count: int = 3) -> list[str]:
        """The facts that change most, beyond luck; the largest change first.

        A change is counted in steps from a fact's target to its nearer bound, on the scale of
        ratios unless the target is zero.
        """
        names = [name for name in self.with_it if self.size(name) > 0.0 and self.is_sure(name)]
        return sorted(names, key=self.size, reverse=True)[:count]

    def is_sure(self, name: str) -> bool:
        """Whether the change is more than luck, or nothing is known of luck."""
        change = abs(self.without[name] - self.with_it[name])
        return not change <= _SURE * self.luck[name]  # also where one of them is undefined

    def size(self, name: str) -> float:
        """The change of a fact in such steps; infinite where it becomes undefined."""
        here, gone = self.with_it[name], self.without[name]
        if math.isnan(here) or math.isnan(gone):  # there was nothing to divide by
            return 0.0 if math.isnan(here) == math.isnan(gone) else math.inf
        target = targets().get(name)
        if target is not None and target["target"] == 0.0:
            return abs(gone - here) / min(abs(target["low"]), abs(target["high"]))
        step = _STEP
        if target is not None:
            bounds = [bound for bound in (target["low"], target["high"]) if bound > 0.0]
            step = min(abs(math.log(bound / target["target"])) for bound in bounds)
        if here <= 0.0 or gone <= 0.0:
            return 0.0 if here == gone else math.inf
        return abs(math.log(gone / here)) / step


Facts = Mapping[str, Callable[[Any], float]]
_EVENING: Facts = {**POOLED, **BESIDE}
_SEASON: Facts = {**WEEKS, **WEEKS_BESIDE}


def _evening(crowds: int, off: tuple[str, ...]) -> Any:
    lesson = Scenario.load("first_stream")
    changed = lesson.with_changes({"switch_off": sorted({*lesson.switch_off, *off})})
    return measure(changed, range(FACT_SEEDS, FACT_SEEDS + crowds))


def _season(crowds: int, off: tuple[str, ...]) -> Any:
    return measure_weeks(range(FACT_SEEDS, FACT_SEEDS + crowds), changes={"switch_off": list(off)})


def _without_one(measured: Any, crowds: int, place: int) -> Any:
    """What was measured on all crowds but one."""
    others = [measured.only(n) for n in range(crowds) if n != place]
    whole = others[0]
    for other in others[1:]:
        whole = whole.joined(other)
    return whole


def _compared(name: str, facts: Facts, here: Any, gone: Any, crowds: int) -> Contribution:
    """Luck by the jackknife: how the change moves when each crowd in turn is left out."""
    with_it = {fact: pooled(here) for fact, pooled in facts.items()}
    without = {fact: pooled(gone) for fact, pooled in facts.items()}
    luck = dict.fromkeys(facts, math.nan)
    if crowds > 1:
        pairs = [
            (_without_one(here, crowds, n), _without_one(gone, crowds, n)) for n in range(crowds)
        ]
        for fact, pooled in facts.items():
            changes = [pooled(two) - pooled(one) for one, two in pairs]
            mean = sum(changes) / crowds
            spread = sum((change - mean) ** 2 for change in changes)
            luck[fact] = math.sqrt(spread * (crowds - 1) / crowds)
    return Contribution(name, with_it, without, luck)


def contributions(
    crowds: int = 8, seasons: int = 2, progress: Progress | None = None
) -> Iterator[Contribution]:
    """One Contribution a mechanism, as soon as it is measured.

    crowds: evenings for each; seasons: crowds for mechanisms of weeks (0 leaves those out).
    """
    names = [name for name in SWITCHES if seasons > 0 or name not in OF_WEEKS]
    evening = _evening(crowds, ())
    season = _season(seasons, ()) if seasons > 0 else None
    for number, name in enumerate(names):
        if name in OF_WEEKS:
            yield _compared(name, _SEASON, season, _season(seasons, (name,)), seasons)
        else:
            yield _compared(name, _EVENING, evening, _evening(crowds, (name,)), crowds)
        if progress is not None:
            progress(number + 1, len(names))
