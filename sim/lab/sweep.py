"""A grid of experiments: a scenario with other values, every way to play it, many crowds.

    sweep(scenario, {"shoppers": [2000, 4000]}, seeds=range(50), out="results.csv")

One row for each combination of values, each way (a tactic of an evening, a policy of a campaign)
and each crowd: the varied values, the way, the seed, all figures, and from which scenario and
engine they are. Rows do not depend on who plays them, in which order, or how often the sweep was
stopped on the way.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sim.errors import Phrase, StrollError
from sim.lab.sweep_rows import ENGINE_COLUMN, Row, Table, cell
from sim.lab.sweep_work import begin, play_ways
from sim.model import ENGINE_VERSION
from sim.play.batch import metrics_of
from sim.scenario import Scenario

SEED_COLUMN, HASH_COLUMN = "seed", "scenario_hash"
MOST_ROWS = 1_000_000
_HASH_DIGITS = 16
# Crowds handed out but not yet played: enough to keep a small cluster busy.
_MOST_WAITING = 64

Progress = Callable[[int, int], None]  # rows played, rows to be played


@dataclass(frozen=True)
class Swept:
    """What came of a sweep: rows that the grid has, that it found done, and that it played now.

    others: rows of earlier sweeps that the grid does not have; they stand in `older`
    """

    path: Path
    rows: int
    already: int
    played: int
    others: int
    older: Path

    @property
    def complete(self) -> bool:
        """Whether no row is missing."""
        return self.already + self.played == self.rows


@dataclass(frozen=True)
class Point:
    """One combination of values: the cells of the varied columns, and the scenario it makes."""

    cells: tuple[str, ...]
    scenario: Scenario

    @property
    def hash(self) -> str:
        """The beginning of the scenario's hash, which goes into the row."""
        return self.scenario.hash[:_HASH_DIGITS]


def way_column(scenario: Scenario) -> str:
    """The name of the column that says how it was played."""
    return "tactic" if scenario.campaign is None else "policy"


def grid(scenario: Scenario, vary: Mapping[str, Sequence[Any]]) -> list[Point]:
    """Every combination of the values, the last key changing fastest; equal ones once.

    ScenarioError, in sentences that name what is accepted, for a bad key or value.
    """
    if SEED_COLUMN in vary:
        raise StrollError(Phrase("sweep.usage.column", varied=SEED_COLUMN))
    points: dict[str, Point] = {}
    for values in itertools.product(*vary.values()):
        changes = dict(zip(vary, values, strict=True))
        changed = scenario.with_changes(changes) if changes else scenario
        if (changed.campaign is None) != (scenario.campaign is None):
            raise StrollError(Phrase("sweep.mixed"))
        points.setdefault(changed.hash, Point(tuple(map(cell, values)), changed))
    return list(points.values())


def sweep(
    scenario: Scenario,
    vary: Mapping[str, Sequence[Any]],
    ways: Sequence[str] | None = None,
    seeds: Iterable[int] = range(20),
    out: str | Path = "sweep.csv",
    executor: Executor | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    begun: Callable[[int, int], None] | None = None,
    bom: bool = False,
) -> Swept:
    """Plays what is missing of a grid and writes the grid to `out`, .csv or .parquet.

    vary: dotted keys of the scenario and their values; may be empty. ways: ids of tactics, or of
    policies of a campaign (those that the scenario compares by default). executor: any executor of
    concurrent.futures, left open; processes of this machine by default, `workers` of them.
    begun(already, missing) is called once with numbers of rows, then progress(done, missing).
    KeyboardInterrupt keeps what is done and gives it, with `complete` False. Errors: ScenarioError
    for keys and values, PlaceError for the file, else StrollError; rows that were played are kept.
    """
    points = grid(scenario, vary)
    chosen = _known_ways(scenario, ways)
    crowds = list(dict.fromkeys(int(seed) for seed in seeds))
    total = len(points) * len(chosen) * len(crowds)
    if total > MOST_ROWS:
        raise StrollError(Phrase("sweep.usage.too_many", rows=total, most=MOST_ROWS))
    way = way_column(scenario)
    columns = (*vary, way, SEED_COLUMN, *metrics_of(scenario), HASH_COLUMN, ENGINE_COLUMN)
    table = Table.open(Path(out), columns, (HASH_COLUMN, way, SEED_COLUMN), ENGINE_VERSION, bom)
    order = [(p.hash, name, str(seed)) for p in points for seed in crowds for name in chosen]
    tasks = [
        (point, missing, seed)
        for point in points
        for seed in crowds
        if (missing := [n for n in chosen if (point.hash, n, str(seed)) not in table.rows])
    ]
    missing = sum(len(names) for _, names, _ in tasks)
    if begun is not None:
        begun(total - missing, missing)
    played = 0
    try:
        if tasks:
            with _hands(executor, workers) as hands:
                for done in _play(hands, tasks, table):
                    played += done
                    if progress is not None:
                        progress(played, missing)
    except KeyboardInterrupt:
        played = sum(key in table.rows for key in order) - (total - missing)
    except BaseException:
        table.finish(order, complete=False)
        raise
    others = table.finish(order, complete=played == missing)
    return Swept(table.path, total, total - missing, played, others, table.older)


def _known_ways(scenario: Scenario, ways: Sequence[str] | None) -> list[str]:
    in_campaign = scenario.campaign is not None
    known = scenario.policies if in_campaign else scenario.tactics
    if ways is None:
        return list(scenario.campaign.compare if in_campaign else scenario.compare)
    for name in ways:
        if name not in known:
            raise StrollError(
                Phrase("sweep.unknown_way", found=str(name)[:40], accepted=list(known))
            )
    return list(dict.fromkeys(ways))


Task = tuple[Point, list[str], int]


def _play(hands: Executor, tasks: Sequence[Task], table: Table) -> Iterator[int]:
    """Hands tasks out, a few at a time, and writes what comes back; gives rows as they are done."""
    left = iter(tasks)
    waiting: dict[Future, Task] = {}
    # as JSON would hold it, once for each point and not for each of its crowds
    data: dict[str, dict[str, Any]] = {}
    try:
        while True:
            for task in itertools.islice(left, _MOST_WAITING - len(waiting)):
                point, ways, seed = task
                if point.hash not in data:
                    data = {point.hash: point.scenario.canonical()}
                waiting[hands.submit(play_ways, data[point.hash], ways, seed)] = task
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                rows = _rows(*waiting.pop(future), _result(future), table.columns)
                table.add(rows)
                yield len(rows)
    finally:
        for future in waiting:
            future.cancel()


def _result(future: Future) -> dict[str, Any]:
    try:
        result = future.result()
    except ModuleNotFoundError as error:
        name = error.name or "?"
        raise StrollError(Phrase("sweep.worker.no_program", name=name)) from error
    except BrokenProcessPool as error:
        raise StrollError(Phrase("sweep.worker.broken")) from error
    if result["engine"] != ENGINE_VERSION:
        raise StrollError(
            Phrase("sweep.worker.other_engine", found=result["engine"], ours=ENGINE_VERSION)
        )
    return result["figures"]


def _rows(
    point: Point, ways: Sequence[str], seed: int, figures: Mapping[str, Any], columns: Sequence[str]
) -> list[Row]:
    first = len(point.cells) + 2
    return [
        (
            *point.cells, name, str(seed),
            *(cell(figures[name][metric]) for metric in columns[first:-2]),
            point.hash, ENGINE_VERSION,
        )
        for name in ways
        if name in figures
    ]  # fmt: skip


@contextmanager
def _hands(executor: Executor | None, workers: int | None) -> Iterator[Executor]:
    """The executor that was given, or processes of our own that end with the sweep."""
    if executor is not None:
        yield executor
        return
    # started afresh: a copy of a process with threads in it, as ours may have, can hang
    context = get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(
        workers or os.cpu_count() or 1, mp_context=context, initializer=begin, initargs=(stop,)
    )
    try:
        yield pool
    finally:
        stop.set()  # nothing is left to play, or it is to be left
        pool.shutdown(wait=True, cancel_futures=True)
