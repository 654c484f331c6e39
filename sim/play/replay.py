"""Simulates a saved run again: to verify it, or to go on with it.

Nothing in the file is believed. The scenario in it is validated like any other, the decisions are
given to a new `Run`, and each recorded fingerprint must come out again at its tick.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.errors import DecisionError, JournalError, Phrase, ScenarioError
from sim.model import ENGINE_VERSION, TICKS_PER_HOUR
from sim.model.decisions import decision_from_data
from sim.play.journal import Journal, plain_number
from sim.play.recording import Entry, Recording, read_recording
from sim.play.run import Run
from sim.scenario import Scenario

# Simulated between two looks at the keyboard: an hour.
_STEP_TICKS = TICKS_PER_HOUR
# Figures are computed outside the exact arithmetic, so their last digits may differ by machine.
_FIGURE_TOLERANCE = 1e-9

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Difference:
    """The first fingerprint that did not come out again."""

    tick: int
    recorded: str
    found: str


@dataclass(frozen=True)
class Replay:
    """A run simulated again.

    run            the run, standing at the last tick that was recorded and simulated
    checked        how many fingerprints came out again
    difference     the first that did not, where the replay stopped; None when all did
    false_figures  names of final figures in the file that differ from the simulated ones
    """

    recording: Recording
    run: Run
    checked: int
    difference: Difference | None
    false_figures: tuple[str, ...]

    @property
    def verified(self) -> bool:
        """Whether every intact line, every fingerprint and every figure is as simulated."""
        intact = self.recording.fault is None
        return intact and self.difference is None and not self.false_figures


def replay(source: str | Path | Recording, progress: Progress | None = None) -> Replay:
    """Simulate a recorded run again and compare.

    `progress(done, total)` is called with ticks. Raises JournalError when the file is no journal,
    is another engine's, holds no valid scenario or a decision that its run refuses.
    """
    recording = source if isinstance(source, Recording) else read_recording(source)
    run = _new_run(recording)
    total = run.end_tick if recording.finished else recording.last_tick
    checked = 0
    for entry in recording.entries:
        if entry.kind == "undo":
            _undo(run, entry)
            continue
        _advance_to(run, entry.tick, recording, total, progress)
        if entry.kind == "decision":
            _decide(run, entry.value, entry.line)
        else:
            found = run.digest()
            if found != entry.value:
                difference = Difference(entry.tick, entry.value, found)
                return Replay(recording, run, checked, difference, ())
            checked += 1
    _advance_to(run, total, recording, total, progress)
    return Replay(recording, run, checked, None, _false_figures(recording, run))


def resume(path: str | Path, progress: Progress | None = None) -> Run:
    """The run in a journal, at its last recorded tick, writing on into the same journal.

    Raises JournalError as `replay` does, and when a fingerprint differs.
    """
    recording = read_recording(path)
    again = replay(recording, progress)
    if again.difference is not None:
        raise JournalError(
            Phrase("journal.cannot_resume", path=str(path), tick=again.difference.tick)
        )
    if not recording.finished:
        again.run.journal = Journal.reopen(recording)
        if again.run.phase == "finished":
            # It ended between the last fingerprint and the figures; those are still to be told.
            again.run.journal.finished(again.run.report())
    return again.run


def _new_run(recording: Recording) -> Run:
    path = str(recording.path)
    if recording.engine != ENGINE_VERSION:
        raise JournalError(
            Phrase(
                "journal.other_engine", path=path, found=recording.engine[:40], ours=ENGINE_VERSION
            )
        )
    try:
        scenario = Scenario.from_data(recording.scenario_data)
    except ScenarioError as error:
        problem = error.problems[0].message if error.problems else ""
        raise JournalError(Phrase("journal.bad_scenario", path=path, problem=problem)) from error
    if scenario.hash != recording.scenario_hash:
        raise JournalError(Phrase("journal.other_scenario", path=path))
    return Run(scenario, seed=recording.seed)


def _decide(run: Run, data: dict, line: int) -> None:
    try:
        run.decide(decision_from_data(data))
    except DecisionError as error:
        raise JournalError(
            Phrase("journal.refused_decision", line=line, problem=error.message)
        ) from error


def _undo(run: Run, entry: Entry) -> None:
    try:
        run.undo()
    except DecisionError as error:
        raise JournalError(
            Phrase("journal.refused_decision", line=entry.line, problem=error.message)
        ) from error


def _advance_to(
    run: Run, tick: int, recording: Recording, total: int, progress: Progress | None
) -> None:
    while run.tick < tick:
        run.advance_ticks(min(tick - run.tick, _STEP_TICKS)) or _out_of_time(recording, tick)
        if progress is not None:
            progress(run.tick, total)
    if run.tick > tick:
        _out_of_time(recording, tick)


def _out_of_time(recording: Recording, tick: int) -> None:
    raise JournalError(Phrase("journal.no_such_tick", path=str(recording.path), tick=tick))


def _false_figures(recording: Recording, run: Run) -> tuple[str, ...]:
    if recording.figures is None:
        return ()
    simulated = {name: plain_number(value) for name, value in run.report().items()}
    names = [*simulated, *(name for name in recording.figures if name not in simulated)]
    missing = object()
    return tuple(
        name
        for name in names
        if not _same(simulated.get(name, missing), recording.figures.get(name, missing))
    )


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=_FIGURE_TOLERANCE, abs_tol=_FIGURE_TOLERANCE)
    return one is other
