"""A run out of a journal, a capsule or a code: simulated again, and never simply believed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.console.progress import Progress
from sim.console.shared import FAILED, prepare
from sim.console.terminal import Terminal

if TYPE_CHECKING:
    from sim.play.run import Run


@dataclass(frozen=True)
class Saved:
    """A run simulated again. complaints: what in its file is not so, in the reader's language;
    fine: what is, if nothing is wrong."""

    name: str
    run: Run
    fine: str
    complaints: tuple[str, ...]

    @property
    def verified(self) -> bool:
        """Whether everything in the file came out again."""
        return not self.complaints


def saved_run(terminal: Terminal, source: str) -> Saved:
    """Reads and simulates a run. JournalError when it is none, or cannot be simulated here."""
    from sim.play.capsule_code import capsule_from_code, looks_like_code
    from sim.play.capsule_file import is_capsule_file, load_capsule

    if looks_like_code(source) and not Path(source).exists():
        return _of_capsule(terminal, source[:11] + "...", capsule_from_code(source))
    if is_capsule_file(source):
        return _of_capsule(terminal, Path(source).name, load_capsule(source))
    return _of_journal(terminal, Path(source))


def replay(terminal: Terminal, source: str) -> int:
    """Simulate a saved run again and say whether it is what it claims to be."""
    saved = saved_run(terminal, source)
    from sim.console.tables import run_table

    scenario = saved.run.scenario
    show_heading(terminal, saved)
    terminal.out.print()
    terminal.out.print(run_table(terminal, saved.run.report(), scenario.goal))
    terminal.out.print()
    if saved.verified:
        terminal.out.print(saved.fine)
        return 0
    warn(terminal, saved)
    return FAILED


def show_heading(terminal: Terminal, saved: Saved) -> None:
    """Which scenario, which crowd, how far."""
    run = saved.run
    terminal.out.print(
        terminal.text(
            "cli.replay.title",
            scenario=run.scenario.title.text(terminal.language),
            seed=run.seed,
            minute=round(run.minute),
        )
        if run.phase != "finished"
        else terminal.text(
            "cli.replay.title_finished",
            scenario=run.scenario.title.text(terminal.language),
            seed=run.seed,
        )
    )


def warn(terminal: Terminal, saved: Saved) -> None:
    """What is wrong with the file, beside the results."""
    for complaint in saved.complaints:
        terminal.err.print(complaint, soft_wrap=True)


def _of_capsule(terminal: Terminal, name: str, capsule) -> Saved:
    prepare(terminal)
    from sim.play.capsule import verify

    with Progress(terminal, terminal.text("cli.replay.progress")) as progress:
        again = verify(capsule, progress)
    sentence = again.sentence(terminal.language)
    return Saved(name, again.run, sentence, () if again.verified else (sentence,))


def _of_journal(terminal: Terminal, file: Path) -> Saved:
    from sim.play.recording import read_recording

    recording = read_recording(file)
    prepare(terminal)
    from sim.play.replay import replay as simulate

    with Progress(terminal, terminal.text("cli.replay.progress")) as progress:
        again = simulate(recording, progress)
    end = "finished" if recording.finished else "unfinished"
    fine = terminal.text("cli.replay.verified", checked=again.checked)
    complaints = []
    if recording.fault is not None:
        fault = recording.fault.text(terminal.language)
        complaints.append(terminal.text("cli.replay.damaged", fault=fault))
    if again.difference is not None:
        tick = again.difference.tick
        complaints.append(terminal.text("cli.replay.differs", tick=tick, checked=again.checked))
    if again.false_figures:
        names = [terminal.text(f"metrics.{name}.name") for name in again.false_figures]
        complaints.append(terminal.text("cli.replay.false_figures", names=", ".join(names)))
    fine += terminal.text(f"cli.replay.{end}")
    return Saved(file.name, again.run, fine, tuple(complaints))
