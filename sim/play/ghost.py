"""Ghosts: an earlier run, the best line or a saved file, minute by minute, to play beside.

    ghost = ghost_of(run)                              # or ghost_of_plan, ghost_of_file
    if ghost.fits(another): ghost.at(another.tick)["net_sales"]

A ghost holds only what a viewer may see. It fits a run with the same scenario and the same crowd;
beside any other the difference would not be due to the choices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.model import SECONDS_PER_TICK, TICKS_PER_HOUR, TICKS_PER_MINUTE
from sim.model.decisions import Decision, Perform, SetMix, SetTactic
from sim.model.events import Kind
from sim.play.capsule_source import run_of
from sim.play.luck import transferable
from sim.play.run import Run
from sim.play.timeline import Timeline

if TYPE_CHECKING:
    from sim.play.batch import Plan
    from sim.scenario import Scenario

# Present at a mark: people in the room. The rest are totals so far, as in sim.play.figures.
SERIES = (
    "inside",
    "visits",
    "viewers",
    "comments",
    "orders",
    "buyers",
    "gmv",
    "returns",
    "net_sales",
    "followers",
    "unfollowed",
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Band:
    """A stretch of a live, from tick `start` up to `stop`, spent as one tactic.

    tactic is None where the host mixed the acts by hand.
    """

    start: int
    stop: int
    tactic: str | None


@dataclass(frozen=True)
class Burst:
    """A single act alone, from tick `start` up to `stop`, over whatever tactic."""

    start: int
    stop: int
    act: str


@dataclass(frozen=True)
class Ghost:
    """Figures at marks: every minute while the street is open, every hour in the nights.

    label   what it is called; empty when the viewer has a name for it
    ticks   the marks; figures at a mark count everything before that tick
    series  each of SERIES -> array over the marks; money in yuan
    bands   which tactic when
    bursts  which single act when
    """

    label: str
    scenario_hash: str
    seed: int
    ticks: np.ndarray
    series: dict[str, np.ndarray]
    bands: tuple[Band, ...]
    bursts: tuple[Burst, ...] = ()

    @property
    def until(self) -> int:
        """The tick that its run had come to; nothing is known of what would have followed."""
        return int(self.ticks[-1])

    def fits(self, run: Run) -> bool:
        """Whether it met the same crowd in the same scenario."""
        return run.seed == self.seed and run.scenario.hash == self.scenario_hash

    def at(self, tick: int) -> dict[str, float]:
        """The figures at the last mark up to `tick`."""
        place = max(0, int(np.searchsorted(self.ticks, tick, side="right")) - 1)
        return {name: float(values[place]) for name, values in self.series.items()}

    def tactic_at(self, tick: int) -> str | None:
        """The tactic at a tick; None outside the live and where acts were mixed by hand."""
        for band in self.bands:
            if band.start <= tick < band.stop:
                return band.tactic
        return None

    def act_at(self, tick: int) -> str | None:
        """The single act under way at a tick, or None."""
        found = None
        for burst in self.bursts:
            if burst.start <= tick < burst.stop:
                found = burst.act
        return found

    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data."""
        return {
            "label": self.label,
            "scenario_hash": self.scenario_hash,
            "seed": self.seed,
            "ticks": self.ticks.tolist(),
            "series": {name: values.tolist() for name, values in self.series.items()},
            "bands": [[band.start, band.stop, band.tactic] for band in self.bands],
            "bursts": [[burst.start, burst.stop, burst.act] for burst in self.bursts],
        }


def ghost_of(run: Run, label: str = "", every: int = TICKS_PER_MINUTE) -> Ghost:
    """The ghost of a run as far as it came; marks are `every` so many ticks by day."""
    ticks = marks(run.timeline, run.tick, every)
    return Ghost(
        label=label,
        scenario_hash=run.scenario.hash,
        seed=run.seed,
        ticks=ticks,
        series=series_of(run.events(), ticks),
        bands=bands_of(run.scenario, run.decisions),
        bursts=bursts_of(run.scenario, run.decisions),
    )


def ghost_of_plan(
    scenario: Scenario, seed: int, plan: Plan, label: str = "", every: int = TICKS_PER_MINUTE
) -> Ghost:
    """The ghost of decisions that nobody played, such as the best line, with a crowd of `seed`."""
    return ghost_of(run_of_plan(scenario, seed, plan), label, every)


def run_of_plan(scenario: Scenario, seed: int, plan: Plan) -> Run:
    """Decisions that nobody played, as a finished run with a crowd of `seed`."""
    run = Run(scenario, seed)
    for tick, decision in sorted(transferable(plan), key=lambda step: step[0]):
        run.advance_ticks(tick - run.tick)
        run.decide(decision)
    run.finish()
    return run


def ghost_of_file(source: str | Path, label: str = "", progress: Progress | None = None) -> Ghost:
    """The ghost of a capsule file, a capsule's code or a journal, simulated again.

    Its figures are the simulated ones, whatever the file claims. JournalError when it cannot be
    simulated here.
    """
    return ghost_of(run_of(source, progress)[0], label)


def marks(timeline: Timeline, until: int, every: int = TICKS_PER_MINUTE) -> np.ndarray:
    """Ticks of the marks up to tick `until`, which is always the last; `every` holds by day."""
    day = np.arange(0, min(until, timeline.closes) + 1, every)
    first_hour = (timeline.closes // TICKS_PER_HOUR + 1) * TICKS_PER_HOUR
    nights = np.arange(first_hour, until + 1, TICKS_PER_HOUR)
    return np.unique(np.concatenate([day, nights, [until]]))


def series_of(events: np.ndarray, ticks: np.ndarray) -> dict[str, np.ndarray]:
    """Each of SERIES at each mark, from the events of one shop in time order.

    Orders, buyers and money are of the whole shop, its notes included, as in `figures`.
    """

    def counted(happened: np.ndarray) -> np.ndarray:
        return np.searchsorted(happened["tick"], ticks, side="left").astype(float)

    def people(happened: np.ndarray) -> np.ndarray:
        _, first = np.unique(happened["shopper"], return_index=True)
        return counted(happened[np.sort(first)])

    def yuan(happened: np.ndarray) -> np.ndarray:
        totals = np.concatenate([[0.0], np.cumsum(happened["value"])]) / 100.0
        return totals[np.searchsorted(happened["tick"], ticks, side="left")]

    def of(kind: Kind) -> np.ndarray:
        return events[events["kind"] == kind]

    entered, returned = of(Kind.ENTER), of(Kind.RETURN)
    ordered = events[np.isin(events["kind"], (Kind.ORDER, Kind.NOTE_ORDER))]
    return {
        "inside": counted(entered) - counted(of(Kind.LEAVE)),
        "visits": counted(entered),
        "viewers": people(entered),
        "comments": counted(of(Kind.COMMENT)),
        "orders": counted(ordered),
        "buyers": people(ordered),
        "gmv": yuan(ordered),
        "returns": counted(returned),
        "net_sales": yuan(ordered) - yuan(returned),
        "followers": counted(of(Kind.FOLLOW)),
        "unfollowed": counted(of(Kind.UNFOLLOW)),
    }


def bands_of(scenario: Scenario, decisions: Iterable[tuple[int, Decision]]) -> tuple[Band, ...]:
    """The stretches of a live by tactic; neighbouring stretches of the same tactic are one."""
    timeline = Timeline.of(scenario)
    tactic: str | None = scenario.reference
    start = timeline.live_start
    found: list[Band] = []

    def close(stop: int) -> None:
        if stop > start:
            if found and found[-1].tactic == tactic and tactic is not None:
                found[-1] = Band(found[-1].start, stop, tactic)
            else:
                found.append(Band(start, stop, tactic))

    for tick, decision in sorted(decisions, key=lambda step: step[0]):
        if not isinstance(decision, SetTactic | SetMix):
            continue
        moment = min(max(tick, timeline.live_start), timeline.live_end)
        close(moment)
        start = max(start, moment)
        tactic = decision.tactic if isinstance(decision, SetTactic) else None
    close(timeline.live_end)
    return tuple(found)


def bursts_of(scenario: Scenario, decisions: Iterable[tuple[int, Decision]]) -> tuple[Burst, ...]:
    """The single acts of a live; a later one takes over from one that is under way."""
    timeline = Timeline.of(scenario)
    found: list[Burst] = []
    for tick, decision in sorted(decisions, key=lambda step: step[0]):
        if not isinstance(decision, Perform) or tick >= timeline.live_end:
            continue
        start = max(tick, timeline.live_start)
        if found and found[-1].stop > start:
            found[-1] = Burst(found[-1].start, start, found[-1].act)
        length = -(-decision.seconds // SECONDS_PER_TICK)
        found.append(Burst(start, min(start + length, timeline.live_end), decision.act))
    return tuple(burst for burst in found if burst.stop > burst.start)
