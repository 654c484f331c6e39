"""Moments of runs kept at hand, so that a branch starts near where it leaves its parent."""

from __future__ import annotations

from sim.play.branch_plan import Plan
from sim.play.run import Run

_FEWEST = 2  # kept whatever they weigh


def weight_of(run: Run) -> int:
    """Bytes that keeping a run costs: its world and the events of its room."""
    return sum(array.nbytes for array in run.world.arrays.values()) + run.events().nbytes


class Snapshots:
    """Forks of runs of one crowd. Past `most_bytes` the one used longest ago is dropped.

    A snapshot belongs to no branch: it serves every plan that decides the same until then.
    """

    def __init__(self, most_bytes: int = 96_000_000) -> None:
        self.most_bytes = most_bytes
        self._kept: list[Run] = []  # used longest ago first

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def bytes(self) -> int:
        """What all that is kept weighs."""
        return sum(weight_of(run) for run in self._kept)

    def keep(self, run: Run) -> None:
        """Keeps a copy of this moment, unless there is one already."""
        if any(kept.tick == run.tick and kept.decisions == run.decisions for kept in self._kept):
            return
        self._kept.append(run.fork())
        while len(self._kept) > _FEWEST and self.bytes > self.most_bytes:
            del self._kept[0]

    def nearest(self, plan: Plan, tick: int) -> Run | None:
        """A copy of the latest moment, not after `tick`, on the way of a plan; None without one."""
        fitting = [kept for kept in self._kept if kept.tick <= tick and _on_the_way(kept, plan)]
        if not fitting:
            return None
        best = max(fitting, key=lambda kept: (kept.tick, len(kept.decisions)))
        self._kept.remove(best)
        self._kept.append(best)
        return best.fork()


def _on_the_way(run: Run, plan: Plan) -> bool:
    """Whether a run has taken the first decisions of a plan and is not too late for the next."""
    given = len(run.decisions)
    if run.decisions != list(plan[:given]):
        return False
    return given == len(plan) or plan[given][0] >= run.tick
