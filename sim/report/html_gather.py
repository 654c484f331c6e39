"""Everything the report of a run tells, simulated and judged before a word of it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import Phrase
from sim.model.events import Kind
from sim.play.batch import Comparison, compare
from sim.play.bets import Bet, Settled, settle_all
from sim.play.capsule import capsule_of
from sim.play.capsule_code import code_of
from sim.play.ghost import Ghost, ghost_of
from sim.play.luck import (
    OWN,
    LuckBand,
    Verdict,
    growing_comparison,
    other_crowds,
    tactic_plans,
    tie,
    transferable,
)
from sim.play.run import Run

if TYPE_CHECKING:
    from sim.play.best_line import BestKnown

CROWDS = 60
_STAYED_SECONDS = 60.0


@dataclass(frozen=True)
class Note:
    """A finding to print: a heading and paragraphs, in the reader's language already."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class RunReport:
    """What is told of a run.

    run          finished; played_out: whether the player did that, or it was played on for them
    verified     whether a file's claims held; None for a run that was just played
    lesson       why its lesson is not known to be the one given out; None when it is
    others       own line and tactics -> figures with other crowds; None when there are none
    same_crowd   tactic -> figures with the player's own crowd
    left_out     decisions that could not be repeated with other crowds, since they named a person
    code         the run as a code to type; None when it would be too long
    """

    run: Run
    played_out: bool
    figures: dict[str, float]
    ghost: Ghost
    verified: bool | None = None
    lesson: Phrase | None = None
    others: Comparison | None = None
    same_crowd: dict[str, dict[str, float]] = field(default_factory=dict)
    left_out: int = 0
    settled: tuple[Settled, ...] = ()
    best: BestKnown | None = None
    code: str | None = None
    notes: tuple[Note, ...] = ()

    @property
    def luck(self) -> LuckBand | None:
        """The band of the player's own line; None without other crowds."""
        if self.others is None:
            return None
        met = len(self.others.seeds)
        values = self.others.values[OWN]
        return LuckBand(self.figures, values, met, met, self.left_out, self.others)

    def verdict(self, tactic: str) -> Verdict | None:
        """The player's own line minus a tactic, by the goal; None without other crowds."""
        if self.others is None:
            return None
        return tie(self.others.paired(self.run.scenario.goal, OWN, tactic))

    @property
    def has_tie(self) -> bool:
        """Whether the player's line and some tactic are too close to call."""
        verdicts = [self.verdict(tactic) for tactic in self.same_crowd]
        return any(verdict is not None and verdict.kind == "tie" for verdict in verdicts)


def gather(
    run: Run,
    *,
    bets: Iterable[Bet] = (),
    settled: Iterable[Settled] = (),
    crowds: int = CROWDS,
    tactics: Sequence[str] | None = None,
    best: BestKnown | None = None,
    notes: Iterable[Note] = (),
    verified: bool | None = None,
    lesson: Phrase | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> RunReport:
    """Simulates what a report compares a run with.

    bets are settled here; `settled` ones stand as they are. crowds: how many others. tactics: which
    to compare with (the scenario's own choice by default). verified, lesson: see RunReport.
    progress(crowds met, crowds).
    KeyboardInterrupt, also from `progress`, keeps the crowds met so far.
    """
    scenario = run.scenario
    played_out = run.phase == "finished"
    whole = run if played_out else run.fork()
    figures = whole.finish()
    names = list(dict.fromkeys(scenario.compare if tactics is None else tactics))
    here = compare(scenario, names, [run.seed])
    same_crowd = {
        name: {metric: float(values[0]) for metric, values in here.values[name].items()}
        for name in names
        if len(here.seeds)
    }
    plans = {OWN: list(run.decisions), **tactic_plans(scenario, names)}
    others: Comparison | None = None
    try:
        seeds = other_crowds(crowds, besides=[run.seed])
        for others in growing_comparison(scenario, plans, seeds):
            if progress is not None:
                progress(len(others.seeds), crowds)
    except KeyboardInterrupt:
        pass
    return RunReport(
        run=whole,
        played_out=played_out,
        figures=figures,
        ghost=ghost_of(whole),
        verified=verified,
        lesson=lesson,
        others=others if others is not None and others.seeds else None,
        same_crowd=same_crowd,
        left_out=len(run.decisions) - len(transferable(run.decisions)),
        settled=(*settled, *settle_all(bets, whole, same_crowd)),
        best=best,
        code=code_of(capsule_of(whole)),
        notes=tuple(notes),
    )


def note_orders_of(events: np.ndarray) -> tuple[int, float]:
    """How many orders came straight from notes, and how many yuan those were."""
    ordered = events[events["kind"] == Kind.NOTE_ORDER]
    return len(ordered), float(ordered["value"].sum()) / 100.0


def funnel_of(events: np.ndarray) -> list[tuple[str, int]]:
    """(step, people) from coming in to keeping something, of one room's events.

    Who bought from a note without coming in is no part of it; see `note_orders_of`.
    """

    def people(happened: np.ndarray) -> int:
        return len(np.unique(happened["shopper"]))

    def of(kind: Kind) -> np.ndarray:
        return events[events["kind"] == kind]

    left, ordered, returned = of(Kind.LEAVE), of(Kind.ORDER), of(Kind.RETURN)
    gone = {(int(e["shopper"]), int(e["product"])) for e in returned}
    kept = {
        int(e["shopper"]) for e in ordered if (int(e["shopper"]), int(e["product"])) not in gone
    }
    return [
        ("entered", people(of(Kind.ENTER))),
        ("stayed", people(left[left["value"] >= _STAYED_SECONDS])),
        ("spoke", people(of(Kind.COMMENT))),
        ("ordered", people(ordered)),
        ("kept", len(kept)),
    ]
