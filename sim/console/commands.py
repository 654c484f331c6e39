"""What each command does; `sim.cli` says how it is called. Each gives its exit code.

What is slow to import is imported by the command that needs it, after the compiled code has found
its folder, so that `--help` and a mistyped name answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.console.bets import keep, settle, settled_data, show_settled
from sim.console.bets_read import bets_called
from sim.console.campaign import campaign_crowds
from sim.console.progress import Progress
from sim.console.shared import (
    BAD_INPUT,
    FAILED,
    INTERRUPTED,
    prepare,
    print_json,
    scenario_called,
    tactic_called,
)
from sim.console.terminal import Terminal
from sim.console.usage import place_for_run
from sim.console.ways import metrics_shown, way_title, ways_called
from sim.errors import DisplayError, Phrase, ScenarioError
from sim.model import ENGINE_VERSION, TICKS_PER_HOUR

if TYPE_CHECKING:
    from sim.play.batch import Comparison
    from sim.play.journal import Journal
    from sim.play.run import Run
    from sim.scenario import Scenario

FIRST_SCENARIO = "first_stream"
# Without a window the first lesson is shown on this many crowds.
_TERMINAL_CROWDS = 20
_CROWDS = 50
# Simulated between two looks at the keyboard: an hour.
_STEP_TICKS = TICKS_PER_HOUR


def version(terminal: Terminal) -> None:
    """Which program this is, and which engine: runs can be repeated by the same engine only."""
    import sim

    python = ".".join(map(str, sys.version_info[:3]))
    terminal.out.print(
        terminal.text("cli.version", program=sim.__version__, engine=ENGINE_VERSION, python=python)
    )


def play(terminal: Terminal, name: str | None, language: str | None) -> int:
    """Open the game; without a display say so and compare the first scenario's tactics here.

    `language` is what was asked for; without it the game speaks what it spoke last.
    """
    try:
        if not has_screen():
            raise DisplayError(Phrase("cli.play.no_screen"))
        from sim.ui.app import main as open_game

        return open_game(name, language)
    except DisplayError as error:
        terminal.complain(error)
        return compare(terminal, name or FIRST_SCENARIO, _TERMINAL_CROWDS, None)


def run(
    terminal: Terminal,
    name: str,
    tactic: str | None,
    seed: int | None,
    as_json: bool,
    journal_path: Path | None,
    capsule_path: Path | None = None,
    policy: str | None = None,
    bets: Sequence[str] = (),
) -> int:
    """One live with one tactic from its first minute to the last night; a campaign by a policy.

    bets: as typed; they are settled and kept with the run.
    """
    scenario = scenario_called(name)
    place_for_run(terminal, journal_path, "--journal")
    place_for_run(terminal, capsule_path, "--capsule")
    if scenario.campaign is not None:
        from sim.console.campaign import run_campaign

        return run_campaign(
            terminal, scenario, tactic, policy, seed, as_json, journal_path, capsule_path, bets
        )
    if policy is not None:
        ways_called(terminal, scenario, None, policy, ("--tactic", "--policy"))
    tactic = scenario.reference if tactic is None else tactic
    tactic = tactic_called(terminal, scenario, tactic, "--tactic")
    seed = scenario.seed if seed is None else seed
    wagers = bets_called(terminal, scenario, bets)
    prepare(terminal)
    from sim.model.decisions import SetTactic
    from sim.play.journal import Journal
    from sim.play.run import Run

    journal = Journal.create(journal_path, scenario, seed) if journal_path else None
    if journal is not None:
        _say_of_journal(terminal, journal)
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
    finished = going.phase == "finished"
    settled = settle(terminal, going, wagers)
    if as_json:
        print_json(
            {
                "scenario": scenario.id,
                "engine": ENGINE_VERSION,
                "seed": seed,
                "tactic": tactic,
                "finished": finished,
                "tick": going.tick,
                "digest": going.digest(),
                "metrics": going.report(),
                **settled_data(terminal, scenario, settled),
            }
        )
    else:
        from sim.console.tables import print_run

        heading = scenario.title.text(terminal.language)
        terminal.out.print(
            terminal.text("cli.run.title", scenario=heading, tactic=title, seed=seed)
        )
        terminal.out.print()
        print_run(terminal, going.report(), scenario.goal)
        show_settled(terminal, scenario, settled)
    # behind the figures, so that a disk that refuses costs none of them and is seen last
    saved = journal is None or not _say_of_journal(terminal, journal)
    if capsule_path is not None:
        _save_capsule(terminal, going, capsule_path)
    keep(terminal, going, settled)
    if not finished:
        return INTERRUPTED
    return 0 if saved else FAILED


def _say_of_journal(terminal: Terminal, journal: Journal) -> bool:
    """Whether the journal could not be written; says so if it could not."""
    if journal.problem is not None:
        sentence = journal.problem.text(terminal.language)
        terminal.say("cli.run.not_saved", path=journal.path, sentence=sentence)
    return journal.problem is not None


def _save_capsule(terminal: Terminal, going: Run, path: Path) -> None:
    from sim.play.capsule import capsule_of
    from sim.play.capsule_code import code_of
    from sim.play.capsule_file import save_capsule

    capsule = capsule_of(going)
    save_capsule(capsule, path)
    code = code_of(capsule)
    if code is None:
        terminal.say("cli.run.capsule", path=path)
    else:
        terminal.say("cli.run.capsule_and_code", path=path, code=code)


def compare(
    terminal: Terminal,
    name: str,
    crowds: int | None,
    tactics: str | None,
    as_json: bool = False,
    explain: bool = False,
    html: Path | None = None,
    policies: str | None = None,
) -> int:
    """Several tactics, or the policies of a campaign, on the same crowds."""
    scenario = scenario_called(name)
    chosen = ways_called(terminal, scenario, tactics, policies)
    crowds = campaign_crowds(scenario, crowds, _CROWDS)
    prepare(terminal)
    from sim.play.batch import compare as compare_batch

    with Progress(terminal, terminal.text("cli.compare.progress", crowds=crowds)) as progress:
        comparison = compare_batch(scenario, chosen, seeds=range(crowds), progress=progress)
    done = len(comparison.seeds)
    if as_json:
        print_json(comparison.to_data())
    elif done:
        _print_comparison(terminal, scenario, comparison, explain)
    if html is not None and done:
        from sim.report.export_comparison import comparison_page
        from sim.report.html_report import write_report

        write_report(html, comparison_page(comparison, terminal.language))
        terminal.say("cli.report.written", path=html)
    if done < crowds:
        key = "cli.interrupted.compare" if done else "cli.interrupted.nothing"
        terminal.say(key, done=done, crowds=crowds)
        return INTERRUPTED
    return 0


def check(terminal: Terminal, files: list[Path]) -> int:
    """Validate scenario files: all problems at once, and what is likely not meant."""
    from sim.scenario import catalog
    from sim.scenario import check as look_over

    bad = 0
    for file in files or [entry.path for entry in catalog()]:
        try:
            checked = look_over(file)
        except ScenarioError as error:
            bad += 1
            terminal.complain(error)
            continue
        title = checked.scenario.title.text(terminal.language)
        shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
        sentence = terminal.text("cli.check.fine", file=shown, title=title)
        terminal.out.print(sentence, soft_wrap=True)
        for note in checked.notes:
            said = terminal.text("cli.check.note", note=note.text(terminal.language))
            terminal.out.print(said, soft_wrap=True)
    return BAD_INPUT if bad else 0


def facts(terminal: Terminal, crowds: int, as_json: bool) -> int:
    """The facts that the model must show, with their spread."""
    prepare(terminal)
    from sim.lab.facts import facts as measure

    try:
        with Progress(terminal, terminal.text("cli.facts.progress", crowds=crowds)) as progress:
            rows = measure(crowds, progress)
    except KeyboardInterrupt:
        terminal.say("cli.interrupted.facts_nothing")
        return INTERRUPTED
    done = rows[0]["crowds"]
    if as_json:
        print_json(rows)
    else:
        from sim.console.facts_table import facts_table, facts_words

        terminal.out.print(facts_table(terminal, rows))
        for sentence in facts_words(terminal, rows):
            terminal.out.print()
            terminal.tell(sentence)
    if done < crowds:
        terminal.say("cli.interrupted.facts", done=done, crowds=crowds)
        return INTERRUPTED
    return 0


def has_screen() -> bool:
    """Whether a window could be seen. Without a screen SDL would open one in memory and wait."""
    if sys.platform in ("win32", "darwin") or os.environ.get("SDL_VIDEODRIVER"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _print_comparison(
    terminal: Terminal, scenario: Scenario, comparison: Comparison, explain: bool
) -> None:
    from sim.console import tables

    heading = scenario.title.text(terminal.language)
    crowds = len(comparison.seeds)
    if len(comparison.tactics) == 1:
        way = way_title(terminal, scenario, comparison.tactics[0])
        key = "cli.compare.alone" if crowds > 1 else "cli.compare.alone_once"
        terminal.tell(terminal.text(key, scenario=heading, way=way, crowds=crowds))
    else:
        key = "cli.compare.title" if crowds > 1 else "cli.compare.title_of_one"
        key = key if scenario.campaign is None else key.replace("cli", "campaign")
        terminal.tell(terminal.text(key, scenario=heading, crowds=crowds))
    for table in tables.comparison_tables(terminal, scenario, comparison):
        terminal.out.print()
        terminal.out.print(table)
    terminal.out.print()
    pairs = tables.judged_pairs(scenario, comparison)
    for sentence in (
        *tables.verdicts(terminal, comparison, pairs),
        *tables.footnotes(terminal, comparison, pairs),
    ):
        terminal.tell(sentence)
    if explain:
        terminal.out.print()
        terminal.out.print(tables.explanation_table(terminal, metrics_shown(scenario)))
