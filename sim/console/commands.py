"""What each command does; `sim.cli` says how it is called. Each gives its exit code.

What is slow to import is imported by the command that needs it, after the compiled code has found
its folder, so that `--help` and a mistyped name answer at once.
"""

from __future__ import annotations

import difflib
import json
import math
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sim import paths
from sim.console.progress import Progress
from sim.console.terminal import Terminal
from sim.errors import DisplayError, Phrase, ScenarioError
from sim.model import ENGINE_VERSION, TICKS_PER_HOUR

if TYPE_CHECKING:
    from sim.play.batch import Comparison
    from sim.scenario import Scenario

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130
FIRST_SCENARIO = "first_stream"
# Without a window the first lesson is shown on this many crowds.
_TERMINAL_CROWDS = 20
# Simulated between two looks at the keyboard: an hour.
_STEP_TICKS = TICKS_PER_HOUR


def play(terminal: Terminal, name: str | None, language: str | None) -> int:
    """Open the game; without a display say so and compare the first scenario's tactics here.

    `language` is what was asked for; without it the game speaks what it spoke last.
    """
    try:
        if not _has_screen():
            raise DisplayError(Phrase("cli.play.no_screen"))
        from sim.ui.app import main as open_game

        return open_game(name, language)
    except DisplayError as error:
        terminal.complain(error)
        return compare(terminal, name or FIRST_SCENARIO, _TERMINAL_CROWDS, None, False, False)


def run(
    terminal: Terminal,
    name: str,
    tactic: str | None,
    seed: int | None,
    as_json: bool,
    journal_path: Path | None,
) -> int:
    """One live with one tactic from its first minute to the last night."""
    scenario = _scenario(name)
    tactic = _tactics(terminal, scenario, tactic or scenario.reference, "--tactic")[0]
    seed = scenario.seed if seed is None else seed
    _prepare(terminal)
    from sim.model.decisions import SetTactic
    from sim.play.journal import Journal
    from sim.play.run import Run

    journal = Journal.create(journal_path, scenario, seed) if journal_path else None
    going = Run(scenario, seed=seed, journal=journal)
    title = scenario.tactics[tactic].title.text(terminal.language)
    try:
        with Progress(terminal, title) as progress:
            going.decide(SetTactic(tactic))
            while going.phase != "finished":
                going.advance_ticks(_STEP_TICKS)
                progress(going.tick, going.end_tick)
    except KeyboardInterrupt:
        terminal.say("cli.interrupted.run", minute=round(going.minute))
    if journal is not None:
        journal.close()
        if journal.problem is not None:
            terminal.err.print(journal.problem.text(terminal.language), soft_wrap=True)
    finished = going.phase == "finished"
    if as_json:
        _print_json(
            {
                "scenario": scenario.id,
                "engine": ENGINE_VERSION,
                "seed": seed,
                "tactic": tactic,
                "finished": finished,
                "tick": going.tick,
                "digest": going.digest(),
                "metrics": going.report(),
            }
        )
    else:
        from sim.console.tables import run_table

        heading = scenario.title.text(terminal.language)
        terminal.out.print(
            terminal.text("cli.run.title", scenario=heading, tactic=title, seed=seed)
        )
        terminal.out.print()
        terminal.out.print(run_table(terminal, going.report(), scenario.goal))
    return 0 if finished else INTERRUPTED


def compare(
    terminal: Terminal, name: str, crowds: int, tactics: str | None, as_json: bool, explain: bool
) -> int:
    """Several tactics on the same crowds."""
    scenario = _scenario(name)
    chosen = list(scenario.compare)
    if tactics is not None:
        chosen = _tactics(terminal, scenario, tactics, "--tactics")
    _prepare(terminal)
    from sim.play.batch import compare as compare_batch

    with Progress(terminal, terminal.text("cli.compare.progress", crowds=crowds)) as progress:
        comparison = compare_batch(scenario, chosen, seeds=range(crowds), progress=progress)
    done = len(comparison.seeds)
    if done < crowds:
        terminal.say("cli.interrupted.compare", done=done, crowds=crowds)
    if as_json:
        _print_json(comparison.to_data())
    elif done:
        _print_comparison(terminal, scenario, comparison, explain)
    return 0 if done == crowds else INTERRUPTED


def check(terminal: Terminal, files: list[Path]) -> int:
    """Validate scenario files; every problem of every file, at once."""
    from sim.scenario import Scenario, catalog

    bad = 0
    for file in files or [entry.path for entry in catalog()]:
        try:
            scenario = Scenario.load(file)
        except ScenarioError as error:
            bad += 1
            terminal.complain(error)
        else:
            title = scenario.title.text(terminal.language)
            shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
            sentence = terminal.text("cli.check.fine", file=shown, title=title)
            terminal.out.print(sentence, soft_wrap=True)
    return BAD_INPUT if bad else 0


def replay(terminal: Terminal, file: Path) -> int:
    """Simulate a saved run again and say whether it is what it claims to be."""
    from sim.play.recording import read_recording

    recording = read_recording(file)
    _prepare(terminal)
    from sim.console.tables import run_table
    from sim.play.replay import replay as simulate

    with Progress(terminal, terminal.text("cli.replay.progress")) as progress:
        again = simulate(recording, progress)
    scenario = again.run.scenario
    terminal.out.print(
        terminal.text(
            "cli.replay.title",
            scenario=scenario.title.text(terminal.language),
            seed=recording.seed,
            minute=round(again.run.minute),
        )
    )
    terminal.out.print()
    terminal.out.print(run_table(terminal, again.run.report(), scenario.goal))
    terminal.out.print()
    if again.verified:
        end = "finished" if recording.finished else "unfinished"
        ending = terminal.text(f"cli.replay.{end}")
        terminal.out.print(terminal.text("cli.replay.verified", checked=again.checked) + ending)
        return 0
    if recording.fault is not None:
        terminal.say("cli.replay.damaged", fault=recording.fault.text(terminal.language))
    if again.difference is not None:
        terminal.say("cli.replay.differs", tick=again.difference.tick, checked=again.checked)
    if again.false_figures:
        names = [terminal.text(f"metrics.{name}.name") for name in again.false_figures]
        terminal.say("cli.replay.false_figures", names=", ".join(names))
    return FAILED


def facts(terminal: Terminal, crowds: int, as_json: bool) -> int:
    """The facts that the model must show, with their spread."""
    _prepare(terminal)
    from sim.lab.facts import facts as measure

    with Progress(terminal, terminal.text("cli.facts.progress", crowds=crowds)) as progress:
        rows = measure(crowds, progress)
    if as_json:
        _print_json(rows)
    else:
        from sim.console.facts_table import facts_summary, facts_table

        terminal.out.print(facts_table(terminal, rows))
        terminal.out.print()
        terminal.out.print(facts_summary(terminal, rows))
    return 0


def _has_screen() -> bool:
    """Whether a window could be seen. Without a screen SDL would open one in memory and wait."""
    if sys.platform in ("win32", "darwin") or os.environ.get("SDL_VIDEODRIVER"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _print_comparison(
    terminal: Terminal, scenario: Scenario, comparison: Comparison, explain: bool
) -> None:
    from sim.console.tables import comparison_tables, explanation_table, verdict

    heading = scenario.title.text(terminal.language)
    crowds = len(comparison.seeds)
    terminal.out.print(terminal.text("cli.compare.title", scenario=heading, crowds=crowds))
    for table in comparison_tables(terminal, scenario, comparison):
        terminal.out.print()
        terminal.out.print(table)
    terminal.out.print()
    for sentence in verdict(terminal, scenario, comparison):
        terminal.out.print(sentence)
    terminal.out.print(terminal.text("cli.compare.band"))
    if explain:
        terminal.out.print()
        terminal.out.print(explanation_table(terminal))


def _scenario(name: str) -> Scenario:
    from sim.scenario import Scenario

    return Scenario.load(name)


def _tactics(terminal: Terminal, scenario: Scenario, names: str, option: str) -> list[str]:
    """Names between commas, each known to the scenario and none twice."""
    chosen = list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    known = ", ".join(scenario.tactics)
    for name in chosen:
        if name not in scenario.tactics:
            near = difflib.get_close_matches(name, scenario.tactics, n=1)
            key = "cli.tactic.unknown_near" if near else "cli.tactic.unknown"
            sentence = terminal.text(key, name=name, known=known, near="".join(near))
            raise typer.BadParameter(sentence, param_hint=option)
    if not chosen:
        raise typer.BadParameter(terminal.text("cli.tactic.none", known=known), param_hint=option)
    return chosen


def _prepare(terminal: Terminal) -> None:
    """Compile the model if this machine has not yet, visibly."""
    cache = paths.prepare_compiled_cache()
    if cache.notice is not None:
        terminal.err.print(cache.notice.text(terminal.language), soft_wrap=True)
    from sim.play.warm import warm_up

    new = not any(cache.folder.rglob("*.nbi"))
    with Progress(terminal, terminal.text("cli.progress.preparing"), at_once=new) as progress:
        warm_up(progress)


def _print_json(data: Any) -> None:
    print(json.dumps(_plain(data), ensure_ascii=False, indent=2, allow_nan=False), flush=True)


def _plain(data: Any) -> Any:
    """The same data as JSON can hold it: numpy's numbers as Python's, NaN as null."""
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    if hasattr(data, "tolist"):
        return _plain(data.tolist())
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data
