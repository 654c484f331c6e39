"""A run: one world, the decisions given to it, and everything that can be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.errors import DecisionError, Phrase
from sim.model import TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE
from sim.model.decisions import PLAYED, Decision, SetMix, SetTactic
from sim.model.layout import EVENT, Place
from sim.model.world import World
from sim.play.campaign_figures import campaign_figures
from sim.play.figures import figures, mean_trust
from sim.play.observation import Observation, observe
from sim.play.timeline import Timeline
from sim.scenario import Scenario

# Choices that can be taken back, latest first. Each keeps a copy of the world before it.
_MOST_UNDOS = 12
# Phases in which something can be decided.
_DECIDING = ("before", "live", "morning", "street")
_DIGEST_TICKS = 10 * TICKS_PER_MINUTE


class Keeper(Protocol):
    """What a run tells while it goes on; sim.play.journal.Journal writes it to disk."""

    def decision(self, tick: int, decision: Decision) -> None: ...
    def digest(self, tick: int, digest: str) -> None: ...
    def heartbeat(self, tick: int) -> None: ...
    def undo(self, tick: int) -> None: ...
    def finished(self, figures: dict[str, float]) -> None: ...


@dataclass(frozen=True)
class _Before:
    """The moment before a decision."""

    world: World
    events: int
    tactic: str | None


class Run:
    """One live and the nights after it, hosted by whoever calls `decide`.

    scenario: what is played. seed: the crowd (the scenario's own by default). journal: is told of
    every decision before it takes effect. Ticks are ten simulated seconds, minutes are simulated.
    """

    def __init__(self, scenario: Scenario, seed: int | None = None, journal: Keeper | None = None):
        self.scenario = scenario
        self.seed = scenario.seed if seed is None else int(seed)
        self.timeline = Timeline.of(scenario)
        self.world = World(scenario, [self.seed])
        self.journal = journal
        self.tactic: str | None = scenario.reference
        self.decisions: list[tuple[int, Decision]] = []
        self._events: list[np.ndarray] = []
        self._joined: np.ndarray | None = None
        self._finished_told = False
        self._before: list[_Before] = []

    @classmethod
    def at(cls, world: World) -> Run:
        """A run that continues a world of exactly one row; what happened before is not known."""
        run = object.__new__(cls)
        run.scenario, run.seed, run.world = world.scenario, world.seeds[0], world
        run.timeline = Timeline.of(world.scenario)
        run.journal, run.tactic, run.decisions = None, None, []
        run._events, run._joined, run._finished_told, run._before = [], None, False, []
        return run

    @property
    def tick(self) -> int:
        """Ticks since the street opened."""
        return self.world.tick(0)

    @property
    def minute(self) -> float:
        """Minutes since the live began; negative before it."""
        return (self.tick - self.live_start_tick) / TICKS_PER_MINUTE

    @property
    def live_start_tick(self) -> int:
        """Tick at which the live begins; in a campaign the last one planned."""
        return self._live[0]

    @property
    def live_end_tick(self) -> int:
        """Tick at which the live is over; in a campaign the last one planned."""
        return self._live[1]

    @property
    def _live(self) -> tuple[int, int]:
        if self.timeline.days == 1:
            return self.timeline.live_start, self.timeline.live_end
        room = self.world.state(0).rooms[PLAYED]
        return int(room["starts"]), int(room["ends"])

    @property
    def is_live_day(self) -> bool:
        """Whether a live is planned for the present day."""
        start = self.live_start_tick
        return start >= 0 and start // TICKS_PER_DAY == self.tick // TICKS_PER_DAY

    @property
    def end_tick(self) -> int:
        """Tick at which the last night is over."""
        return self.timeline.end

    @property
    def phase(self) -> str:
        """ "before" the live, "live", "night" (parcels come and go) or "finished".

        In a campaign also "morning", when the day can be planned, and "street" on an open day
        without a live or after it; "before" is then the part of a day before its live.
        """
        if self.tick >= self.timeline.end:
            return "finished"
        if self.timeline.days > 1:
            return self._campaign_phase()
        if self.tick >= self.timeline.live_end:
            return "night"
        return "live" if self.tick >= self.timeline.live_start else "before"

    def _campaign_phase(self) -> str:
        if self.timeline.is_morning(self.tick):
            return "morning"
        if not self.timeline.is_open(self.tick):
            return "night"
        if not self.is_live_day or self.tick >= self.live_end_tick:
            return "street"
        return "live" if self.tick >= self.live_start_tick else "before"

    def decide(self, decision: Decision, keep_undo: bool = True) -> None:
        """Applies a decision from this tick on. DecisionError, costing nothing, if impossible.

        keep_undo: whether it may be taken back, at the price of a copy of the world; a run with a
        journal always keeps that copy.
        """
        if self.phase not in _DECIDING:
            name = "finished" if self.phase == "finished" else "not_live"
            raise DecisionError(Phrase(f"decisions.{name}"))
        if not keep_undo and self.journal is None:
            self.world.change(0, lambda state, town: decision.apply(self.scenario, state, town))
            self._decided(decision)
            return
        # tried on a copy first: the journal must hold nothing that cannot be done, and nothing
        # may be done that the journal does not hold
        trial = self.world.fork()
        trial.change(0, lambda state, town: decision.apply(self.scenario, state, town))
        if self.journal is not None:
            self.journal.decision(self.tick, decision)
        self._before = [*self._before, _Before(self.world, len(self.events()), self.tactic)]
        self._before = self._before[-_MOST_UNDOS:]
        self.world = trial
        self._decided(decision)

    def _decided(self, decision: Decision) -> None:
        self.decisions.append((self.tick, decision))
        if isinstance(decision, SetTactic):
            self.tactic = decision.tactic
        elif isinstance(decision, SetMix):
            self.tactic = None

    @property
    def can_undo(self) -> bool:
        """Whether the last choice can still be taken back."""
        return bool(self._before) and self.phase in _DECIDING

    def undo(self) -> Decision:
        """Goes back to the moment before the last decision and returns it; time goes back too.

        DecisionError when there is nothing to take back or the live is over.
        """
        if not self.can_undo:
            raise DecisionError(Phrase("decisions.nothing_to_undo"))
        tick, decision = self.decisions[-1]
        if self.journal is not None:
            self.journal.undo(tick)
        before = self._before.pop()
        happened = self.events()[: before.events].copy()
        self.world, self.tactic = before.world, before.tactic
        self._events, self._joined = [happened], None
        self.decisions.pop()
        return decision

    def advance(self, minutes: float) -> int:
        """Advances simulated minutes; returns the ticks done (fewer at the end of the run)."""
        return self.advance_ticks(round(minutes * TICKS_PER_MINUTE))

    def advance_ticks(self, ticks: int) -> int:
        """Advances ticks of ten seconds; returns how many were done."""
        start = self.tick
        target = min(start + max(0, ticks), self.timeline.end)
        while self.tick < target:
            self._advance_to(min(target, self._next_mark()))
        return self.tick - start

    def finish(self) -> dict[str, float]:
        """Advances to the end of the last night and returns the report."""
        self.advance_ticks(self.timeline.end - self.tick)
        return self.report()

    def observe(self) -> Observation:
        """What may be seen now."""
        return observe(self)

    def events(self, since: int = 0) -> np.ndarray:
        """Events of the played room in time order, from number `since` on (dtype EVENT)."""
        if self._joined is None:
            parts = self._events or [np.zeros(0, dtype=EVENT)]
            self._joined = np.concatenate(parts)
            self._events = [self._joined]
        return self._joined[since:]

    def report(self) -> dict[str, float]:
        """The figures of the played room so far, in the order of sim.play.figures.METRICS."""
        return self._figures(self.events())

    def today(self) -> dict[str, float]:
        """The same figures of the present day of a campaign alone; of an evening, all of it."""
        events = self.events()
        if self.timeline.days > 1:
            morning = self.tick // TICKS_PER_DAY * TICKS_PER_DAY
            events = events[np.searchsorted(events["tick"], morning) :]
        return self._figures(events)

    def campaign_report(self) -> dict[str, float]:
        """The figures of a campaign so far, in the order of sim.play.campaign_figures."""
        return campaign_figures(self.scenario, self.world.state(0), self.world.town, self.events())

    def _figures(self, events: np.ndarray) -> dict[str, float]:
        state = self.world.state(0)
        shoppers = state.shoppers
        inside = (shoppers["place"] == Place.IN_ROOM) & (shoppers["where"] == PLAYED)
        seconds = float((self.tick - shoppers["entered"][inside]).sum()) * 10.0
        return figures(events, mean_trust(state.relations, events), seconds)

    def digest(self) -> str:
        """128 bits over the whole state; equal only for equal worlds."""
        return self.world.digest(0)

    def fork(self) -> Run:
        """An independent copy of this moment, without the journal."""
        copy = Run.at(self.world.fork())
        copy.tactic, copy.decisions = self.tactic, list(self.decisions)
        copy._events = [self.events()]
        return copy

    def _next_mark(self) -> int:
        """The next tick at which a journal is told something; the end when there is none."""
        if self.journal is None:
            return self.timeline.end
        # a campaign is long: outside its lives an hour may be lost with the machine
        busy = self.timeline.is_open(self.tick) and (
            self.timeline.days == 1 or self.phase == "live"
        )
        step = TICKS_PER_MINUTE if busy else TICKS_PER_HOUR
        return min((self.tick // step + 1) * step, self.timeline.end)

    def _advance_to(self, tick: int) -> None:
        happened = self.world.advance(tick, keep=[PLAYED])[0]
        if len(happened):
            self._events.append(happened)
            self._joined = None
        if self.journal is None:
            return
        busy = self.timeline.is_open(self.tick) and self.timeline.days == 1
        if self.tick % (_DIGEST_TICKS if busy else TICKS_PER_DAY) == 0 or self.phase == "finished":
            self.journal.digest(self.tick, self.digest())
        else:
            self.journal.heartbeat(self.tick)
        if self.phase == "finished" and not self._finished_told:
            self._finished_told = True
            self.journal.finished(self.report())
