"""The diaries that were looked at lately, written when asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.play.diary import Diary, Pair, compare_diaries, diary

if TYPE_CHECKING:
    from sim.ui.debrief.desk import Job
    from sim.ui.debrief.study import Study

_MOST_KEPT = 60


class Diaries:
    """Pages by (line, shopper); those read longest ago go first."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.job: Job | None = None
        self._pages: OrderedDict[tuple[int, int], Diary] = OrderedDict()
        self._wanted: tuple[int, int, int] | None = None

    def open(self, shopper: int) -> None:
        """Have the diaries of one person in the base and the shown line written."""
        wanted = (shopper, self.study.base, self.study.shown)
        busy = self.job is not None and not self.job.told
        known = all((line, shopper) in self._pages for line in wanted[1:])
        if known or (busy and wanted == self._wanted):
            return
        self._wanted = wanted
        tree = self.study.tree

        def work(job: Job):
            found = {}
            for line in dict.fromkeys(wanted[1:]):
                # somebody who turns pages fast wants the last one only
                if self._wanted != wanted:
                    break
                if (line, shopper) not in self._pages:
                    found[line, shopper] = diary(tree.side(line), shopper)
            return found

        self.job = self.study.desk.ask(work, self._keep)

    def _keep(self, found: dict[tuple[int, int], Diary]) -> None:
        self._pages.update(found)
        while len(self._pages) > _MOST_KEPT:
            self._pages.popitem(last=False)

    def of(self, shopper: int) -> tuple[Diary, Diary | None, list[Pair]] | None:
        """(diary in the base, in the shown, side by side); None while not written."""
        base, shown = self.study.base, self.study.shown
        one = self._pages.get((base, shopper))
        if one is None:
            return None
        if base == shown:
            return one, None, [Pair("same", entry, None) for entry in one.entries]
        other = self._pages.get((shown, shopper))
        if other is None:
            return None
        return one, other, compare_diaries(one, other)


def unique(people: Iterable[int]) -> list[int]:
    """Each person once, in the order in which they were first named; nobody is -1."""
    return list(dict.fromkeys(int(shopper) for shopper in people if shopper >= 0))
