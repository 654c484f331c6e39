"""How a scenario is cut into rounds: at which ticks people decide."""

from __future__ import annotations

from dataclasses import dataclass

from sim.model import TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.play.timeline import Timeline
from sim.scenario import Scenario

FEWEST_ROUNDS, MOST_ROUNDS = 1, 12


@dataclass(frozen=True)
class Rounds:
    """edges: the tick at which each round begins, and last the one at which the last ends.

    An evening is cut by whole minutes, a campaign by whole days; end: tick after the last night.
    """

    edges: tuple[int, ...]
    end: int
    timeline: Timeline
    campaign: bool

    @classmethod
    def of(cls, scenario: Scenario, count: int) -> Rounds:
        """`count` rounds as even as they can be; fewer where there are fewer minutes or days."""
        timeline = Timeline.of(scenario)
        if scenario.campaign is not None:
            start, unit, length = 0, TICKS_PER_DAY, scenario.campaign.days
        else:
            start, unit = timeline.live_start, TICKS_PER_MINUTE
            length = (timeline.live_end - timeline.live_start) // unit
        count = max(FEWEST_ROUNDS, min(count, MOST_ROUNDS, length))
        edges = tuple(start + unit * (length * k // count) for k in range(count + 1))
        return cls(edges, timeline.end, timeline, scenario.campaign is not None)

    def __len__(self) -> int:
        return len(self.edges) - 1

    def minutes(self, number: int) -> tuple[int, int]:
        """From and to which minute of the live round `number` lasts; days in a campaign."""
        unit = TICKS_PER_DAY if self.campaign else TICKS_PER_MINUTE
        first = self.edges[0]
        return (self.edges[number] - first) // unit, (self.edges[number + 1] - first) // unit

    def clock(self, number: int) -> str:
        """Such as "20:20–20:40"; in a campaign the days, such as "8–14"."""
        if self.campaign:
            first, last = self.minutes(number)
            return f"{first + 1}–{last}"
        tell = self.timeline.clock
        return f"{tell(self.edges[number])}–{tell(self.edges[number + 1])}"
