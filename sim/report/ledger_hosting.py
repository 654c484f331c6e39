"""How a run was hosted: which tactic and which acts, tick by tick."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sim.model.acts import ACTS, Act
from sim.model.decisions import Decision, Perform, SetMix, SetTactic
from sim.play.branch_plan import Plan, is_way_to_host, sets_mix
from sim.play.branch_side import Side
from sim.play.lives import Live, lives_of
from sim.scenario import Scenario

TEACHING = (Act.EXPLAIN, Act.DETAIL, Act.ANSWER)


@dataclass(frozen=True)
class Segment:
    """A stretch of the live that was hosted in one way, from tick `start` to before `end`.

    tactic: its id, or None for a mix of the trainee's own. performed: single acts in it.
    """

    number: int
    start: int
    end: int
    way: SetTactic | SetMix
    performed: tuple[tuple[int, Perform], ...] = ()

    @property
    def tactic(self) -> str | None:
        """The tactic's id, or None for a mix of the trainee's own."""
        return self.way.tactic if isinstance(self.way, SetTactic) else None

    def is_only(self, tactic: str) -> bool:
        """Whether nothing but this tactic was done."""
        return self.tactic == tactic and not self.performed


def segments_of(scenario: Scenario, decisions: Plan, until: int | None = None) -> list[Segment]:
    """The stretches of one way to host, in time order, to the end of the live or tick `until`; of a
    campaign those of all its lives."""
    found: list[Segment] = []
    for live in lives_of(scenario, decisions):
        end = live.end if until is None else min(until, live.end)
        starts: list[tuple[int, Decision]] = [(live.start, SetTactic(scenario.reference))]
        for tick, decision in decisions:
            if not sets_mix(decision) or tick >= end:
                continue
            at = max(tick, live.start)
            if starts[-1][0] == at:
                starts[-1] = (at, decision)
            elif starts[-1][1] != decision:
                starts.append((at, decision))
        starts = [step for n, step in enumerate(starts) if n == 0 or step[1] != starts[n - 1][1]]
        ends = [tick for tick, _ in starts[1:]] + [end]
        found += [
            Segment(len(found) + number, start, stop, way, _performed(decisions, start, stop))
            for number, ((start, way), stop) in enumerate(zip(starts, ends, strict=True))
            if start < stop
        ]
    return found


def _performed(decisions: Plan, start: int, end: int) -> tuple[tuple[int, Perform], ...]:
    return tuple(
        (tick, decision)
        for tick, decision in decisions
        if start <= tick < end and isinstance(decision, Perform)
    )


def kept_at(decisions: Plan, tick: int) -> list[Decision]:
    """What was decided at a tick apart from ways to host."""
    return [step for at, step in decisions if at == tick and not is_way_to_host(step)]


class Hosting:
    """Asks a watched run what its host was doing."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.lives = lives_of(side.run.scenario, side.run.decisions)
        self.segments = segments_of(side.run.scenario, side.run.decisions)

    def live(self, tick: int) -> Live:
        """The live that a tick belongs to, or that was the last before it; the first before all."""
        begun = [live for live in self.lives if live.start <= tick]
        return begun[-1] if begun else self.lives[0]

    def in_live(self, tick: int) -> bool:
        """Whether a tick belongs to a live, its end included, when the room closes."""
        return any(live.start <= tick <= live.end for live in self.lives)

    def minute(self, tick: int) -> int:
        """Full minutes since the live began; of a campaign 0 outside of its lives."""
        if self.side.run.scenario.campaign is not None and not self.in_live(tick):
            return 0
        return self.live(tick).minute(tick)

    def segment(self, tick: int) -> Segment | None:
        """The stretch a tick of the live belongs to."""
        for segment in self.segments:
            if segment.start <= tick < segment.end:
                return segment
        return None

    def last_with(self, act: int, ticks: Iterable[int]) -> int | None:
        """The last of these ticks in which some time went to an act; None when there is none."""
        return max((tick for tick in ticks if self.side.share(tick, act) > 0.0), default=None)

    def busiest(self, ticks: Iterable[int], without: tuple[int, ...] = ()) -> int | None:
        """The act that took most of these ticks, some left out; None when none is left."""
        rooms = [self.side.witness.room(tick) for tick in ticks]
        shares = [room["acts"] for room in rooms if room is not None]
        if not shares:
            return None
        total = np.sum(shares, axis=0)
        total[list(without)] = 0.0
        return int(total.argmax()) if total.max() > 0.0 else None


def act_name(act: int | None) -> str | None:
    """An act's name as in YAML."""
    return None if act is None else ACTS[act]
