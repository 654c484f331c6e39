"""What each mechanism contributes to the facts: all of them measured again without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sim.lab.facts import BESIDE, FACT_SEEDS, POOLED
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


@dataclass(frozen=True)
class Contribution:
    """The facts with everything on and without one mechanism, by name, on the same crowds."""

    mechanism: str
    with_it: dict[str, float]
    without: dict[str, float]

    def largest(self, count: int = 3) -> list[str]:
        """The facts that change most, relative to what they are; the largest change first."""

        def change(name: str) -> float:
            here, gone = self.with_it[name], self.without[name]
            if here != here or gone != gone:  # nan: there was nothing to divide by
                return float("inf") if (here == here) != (gone == gone) else 0.0
            return abs(gone - here) / max(abs(here), 0.01)

        return sorted(self.with_it, key=change, reverse=True)[:count]


def _evening(crowds: int, off: tuple[str, ...]) -> dict[str, float]:
    lesson = Scenario.load("first_stream")
    changed = lesson.with_changes({"switch_off": sorted({*lesson.switch_off, *off})})
    measured = measure(changed, range(FACT_SEEDS, FACT_SEEDS + crowds))
    return {name: pooled(measured) for name, pooled in {**POOLED, **BESIDE}.items()}


def _season(crowds: int, off: tuple[str, ...]) -> dict[str, float]:
    changes = {"switch_off": list(off)}
    measured = measure_weeks(range(FACT_SEEDS, FACT_SEEDS + crowds), changes=changes)
    return {name: pooled(measured) for name, pooled in {**WEEKS, **WEEKS_BESIDE}.items()}


def contributions(
    crowds: int = 8, seasons: int = 1, progress: Progress | None = None
) -> Iterator[Contribution]:
    """One Contribution a mechanism, as soon as it is measured.

    crowds: evenings for each; seasons: crowds for mechanisms of weeks (0 leaves those out).
    """
    names = [name for name in SWITCHES if seasons > 0 or name not in OF_WEEKS]
    evening = _evening(crowds, ())
    season = _season(seasons, ()) if seasons > 0 else {}
    for number, name in enumerate(names):
        if name in OF_WEEKS:
            yield Contribution(name, season, _season(seasons, (name,)))
        else:
            yield Contribution(name, evening, _evening(crowds, (name,)))
        if progress is not None:
            progress(number + 1, len(names))
