"""When a scenario's lives are: the one of an evening, or those that a campaign's mornings plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.model import TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.model.decisions import Decision
from sim.model.planning import PlanLive
from sim.model.town import live_ticks
from sim.play.timeline import Timeline
from sim.scenario import Scenario


@dataclass(frozen=True)
class Live:
    """A live from tick `start` up to `end`."""

    start: int
    end: int

    @property
    def day(self) -> int:
        """The day it is on; 1 is the first."""
        return self.start // TICKS_PER_DAY + 1

    def minute(self, tick: int) -> int:
        """Full minutes of a tick since it began; negative before that."""
        return (tick - self.start) // TICKS_PER_MINUTE


def lives_of(scenario: Scenario, decisions: Iterable[tuple[int, Decision]]) -> tuple[Live, ...]:
    """All lives in time order; of a morning's several plans the last one holds."""
    if scenario.campaign is None:
        timeline = Timeline.of(scenario)
        return (Live(timeline.live_start, timeline.live_end),)
    planned: dict[int, Live | None] = {}
    for tick, decision in decisions:
        if isinstance(decision, PlanLive):
            live = None
            if decision.minutes > 0:
                start, end = live_ticks(scenario, decision.starts, decision.minutes)
                live = Live(tick + start, tick + end)
            planned[tick] = live
    return tuple(planned[tick] for tick in sorted(planned) if planned[tick] is not None)


def live_of_day(lives: Sequence[Live], tick: int) -> Live | None:
    """The live on the day that a tick belongs to; None where there is none."""
    day = tick // TICKS_PER_DAY
    return next((live for live in lives if live.start // TICKS_PER_DAY == day), None)
