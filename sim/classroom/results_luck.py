"""How much of a class's results was luck: everybody's lines once more, with other crowds.

    work = LuckWork(scenario, seed, rounds, lines)
    for luck in work.steps():            # after each crowd, a better picture
        luck.band(seat), luck.verdict(seat, other)
    work.stop()                          # from another thread: ends within a moment

Every line meets the same crowds, so that two of them are compared crowd by crowd, by the same test
as everywhere (sim.play.luck.tie). Crowds are fewer the more lines there are: what is spent in all
stays about the same for a class of ten and of two hundred.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.classroom.results_lines import Line
from sim.classroom.rounds import Rounds
from sim.classroom.streets import Street, Streets
from sim.play.batch import Comparison
from sim.play.luck import Verdict, other_crowds, tie
from sim.play.shared import SharedRun
from sim.scenario import Scenario

BUDGET = 2400  # lines simulated in all
FEWEST, MOST = 8, 60  # crowds
# Weeks take as long as dozens of evenings; with fewer crowds no difference would be clear.
_CAMPAIGN_BUDGET, _CAMPAIGN_FEWEST, _CAMPAIGN_MOST = 120, 6, 12
_STREET_BYTES = 60_000_000  # kept of one crowd while its lines are gone through


def crowds_for(lines: int, campaign: bool = False) -> int:
    """How many other crowds a class with so many distinct lines meets."""
    if campaign:
        many = _CAMPAIGN_BUDGET // max(1, lines)
        return min(_CAMPAIGN_MOST, max(_CAMPAIGN_FEWEST, many))
    return min(MOST, max(FEWEST, BUDGET // max(1, lines)))


@dataclass(frozen=True)
class ClassLuck:
    """What the class's lines bring with other crowds, as far as they were met.

    comparison  line's key -> figure -> array over the crowds met; wanted: how many there shall be
    """

    lines: tuple[Line, ...]
    comparison: Comparison
    wanted: int

    @property
    def crowds(self) -> int:
        """How many crowds were met."""
        return len(self.comparison.seeds)

    @cached_property
    def _line_of(self) -> dict[int, str]:
        return {seat: line.key for line in self.lines for seat in line.seats}

    def knows(self, seat: int) -> bool:
        """Whether this seat's line was among those simulated."""
        return seat in self._line_of and self.crowds > 0

    def same_line(self, one: int, other: int) -> bool:
        """Whether two seats hosted alike."""
        return self._line_of.get(one) == self._line_of.get(other)

    def band(self, seat: int, metric: str) -> tuple[float, float, float]:
        """(mean, low, high) over crowds; low to high is the middle 90%."""
        return self.comparison.band(self._line_of[seat], metric)

    def values(self, seats: Iterable[int], metric: str) -> np.ndarray:
        """The mean of some seats' figure, crowd by crowd; nan where none has one."""
        found = [
            self.comparison.values[self._line_of[seat]][metric]
            for seat in seats
            if seat in self._line_of
        ]
        if not found:
            return np.full(self.crowds, np.nan)
        table = np.array(found)
        known = ~np.isnan(table)
        count = known.sum(axis=0)
        sums = np.where(known, table, 0.0).sum(axis=0)
        return np.where(count > 0, sums / np.maximum(count, 1), np.nan)

    def verdict(self, ones: Iterable[int], others: Iterable[int], metric: str) -> Verdict:
        """Whether some seats' mean is clearly above that of others, whatever crowd comes."""
        key = (tuple(ones), tuple(others), metric)
        found = self._verdicts.get(key)
        if found is None:
            found = tie(self.values(key[0], metric) - self.values(key[1], metric))
            self._verdicts[key] = found
        return found

    @cached_property
    def _verdicts(self) -> dict[tuple[tuple[int, ...], tuple[int, ...], str], Verdict]:
        """Screens ask the same again and again."""
        return {}


class LuckWork:
    """Simulates lines with other crowds, one crowd after the other.

    seed: of the class's own crowd, which is not among the others. workers: threads; a crowd each.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        rounds: Rounds,
        lines: Sequence[Line],
        *,
        crowds: int | None = None,
        workers: int = 1,
    ) -> None:
        self.scenario, self.rounds, self.lines = scenario, rounds, tuple(lines)
        usual = crowds_for(len(self.lines), rounds.campaign)
        self.wanted = usual if crowds is None else crowds
        self.seeds = other_crowds(self.wanted, "luck of a class", [seed])
        self._workers = max(1, workers)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def stopped(self) -> bool:
        """Whether it was asked to end."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Asks it to end; what is known stays. Safe from any thread, and more than once."""
        self._stopped.set()

    def start(self, tell: Callable[[ClassLuck], None]) -> None:
        """Works in a thread of its own; `tell` is called there after each crowd."""

        def work() -> None:
            for luck in self.steps():
                tell(luck)

        self._thread = threading.Thread(target=work, name="class luck", daemon=True)
        self._thread.start()

    def join(self, timeout: float | None = None) -> None:
        """Waits until a thread that was started has ended."""
        if self._thread is not None:
            self._thread.join(timeout)

    def steps(self) -> Iterator[ClassLuck]:
        """What is known after each crowd, crowds always in the same order."""
        met: dict[int, dict[str, Mapping[str, float]]] = {}
        told = 0
        pool = ThreadPoolExecutor(self._workers, thread_name_prefix="class luck")
        try:
            coming: dict[Future, int] = {}
            left = list(range(len(self.seeds))) if self.lines else []
            while left or coming:
                while left and len(coming) < self._workers and not self.stopped:
                    number = left.pop(0)
                    coming[pool.submit(self._meet, self.seeds[number])] = number
                if not coming:
                    return
                done, _ = wait(coming, return_when=FIRST_COMPLETED)
                for future in done:
                    number, found = coming.pop(future), future.result()
                    if found is not None:
                        met[number] = found
                # only whole beginnings are told, so that a picture never depends on who was first
                while told in met:
                    told += 1
                    yield self._luck(met, told)
        finally:
            self._stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)

    def _meet(self, seed: int) -> dict[str, Mapping[str, float]] | None:
        """Every line with one crowd; None when it was asked to end."""
        shops = len(self.lines[0].history[0]) if self.lines[0].history else 1
        streets = Streets(self.scenario, seed, shops, self.rounds, most_bytes=_STREET_BYTES)
        found: dict[str, Mapping[str, float]] = {}
        last: tuple[object, Street] | None = None
        for line in self.lines:
            if self.stopped:
                return None
            # neighbours are often shops of one street
            if last is None or last[0] != line.history:
                last = (line.history, streets.at(line.history, finished=True))
            found[line.key] = figures_at(last[1], line.shop)
        return found

    def _luck(self, met: Mapping[int, Mapping[str, Mapping[str, float]]], count: int) -> ClassLuck:
        keys = [line.key for line in self.lines]
        values = {
            key: {
                metric: np.array([met[number][key][metric] for number in range(count)])
                for metric in met[0][key]
            }
            for key in keys
        }
        comparison = Comparison(self.scenario, keys, self.seeds[:count], values)
        return ClassLuck(self.lines, comparison, self.wanted)


def figures_at(street: Street, shop: int) -> dict[str, float]:
    """All figures of a shop of a street."""
    if isinstance(street, SharedRun):
        return street.shop(shop).report()
    found = street.report()
    if street.scenario.campaign is not None:
        found.update(street.campaign_report())
    return found
