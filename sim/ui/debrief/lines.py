"""One line of play as the debrief shows it: its figures, its curves, and what happened when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.model.decisions import Perform, SetMix, SetTactic, ShowProduct
from sim.model.events import Kind
from sim.play.branch import BranchTree
from sim.play.ghost import Band, ghost_of

# What is marked under the curves, lane by lane.
LANES: dict[str, tuple[int, ...]] = {
    "orders": (Kind.ORDER,),
    "fans": (Kind.FOLLOW,),
    "unanswered": (Kind.GIVEN_UP,),
    "returns": (Kind.RETURN, Kind.UNFOLLOW),
}


@dataclass(frozen=True)
class Line:
    """number    of the branch in the tree
    figures   at the end of the last night
    ticks     marks: minutes of the live, hours of the nights; net and inside: figures there
    bands     which tactic when
    lanes     lane -> (ticks, counts) of what happened, a mark each
    choices   (tick, "act" or "product", name) of single decisions
    """

    number: int
    figures: dict[str, float]
    ticks: np.ndarray
    net: np.ndarray
    inside: np.ndarray
    bands: tuple[Band, ...]
    lanes: dict[str, tuple[np.ndarray, np.ndarray]]
    choices: tuple[tuple[int, str, str], ...]
    decisions: tuple[tuple[int, Any], ...]

    def at(self, tick: int) -> tuple[float, int]:
        """(net sales so far, people inside) at a tick."""
        place = max(0, int(np.searchsorted(self.ticks, tick, side="right")) - 1)
        return float(self.net[place]), int(self.inside[place])

    def tactic_at(self, tick: int) -> str | None:
        """The tactic in force at a tick of the live; None for one's own mix."""
        for band in self.bands:
            if band.start <= tick < band.stop:
                return band.tactic
        return self.bands[-1].tactic if self.bands else None


def read_line(tree: BranchTree, number: int) -> Line:
    """Everything that is shown of a branch; simulates what is not at hand."""
    run = tree.run(number)
    ghost = ghost_of(run)
    start, end = tree.timeline.live_start, tree.timeline.live_end
    shown = ghost.ticks >= start
    ticks = ghost.ticks[shown]
    events = run.events()
    lanes = {}
    for name, kinds in LANES.items():
        when = events["tick"][np.isin(events["kind"], kinds) & (events["tick"] >= start)]
        # a mark a minute in the live, a mark every six hours in the nights
        place = np.where(when < end, when // 6 * 6 + 3, end + (when - end) // 2160 * 2160 + 1080)
        lanes[name] = np.unique(place, return_counts=True)
    choices = []
    for tick, decision in run.decisions:
        if isinstance(decision, Perform):
            choices.append((tick, "act", decision.act))
        elif isinstance(decision, ShowProduct):
            choices.append((tick, "product", decision.product))
    return Line(
        number, tree.figures(number), ticks, ghost.series["net_sales"][shown],
        ghost.series["inside"][shown], ghost.bands, lanes, tuple(choices), tuple(run.decisions),
    )  # fmt: skip


def way_of(decision: Any) -> tuple[str, str] | None:
    """("tactic", id), ("act", name) or ("mix", "") of a decision on how to host; else None."""
    if isinstance(decision, SetTactic):
        return "tactic", decision.tactic
    if isinstance(decision, Perform):
        return "act", decision.act
    if isinstance(decision, SetMix):
        return "mix", ""
    return None
