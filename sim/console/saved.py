"""A run out of a journal, a capsule or a code: simulated again, and never simply believed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.console.progress import Progress
from sim.console.shared import prepare
from sim.console.terminal import Terminal
from sim.console.ways import figures_shown, metrics_shown

if TYPE_CHECKING:
    from sim.play.run import Run
    from sim.play.verdict import Verdict


@dataclass(frozen=True)
class Saved:
    """A run simulated again, and what is to be said of it; see sim.play.verdict."""

    name: str
    run: Run
    verdict: Verdict

    @property
    def verified(self) -> bool:
        """Whether nothing in the file is other than it says."""
        return self.verdict.outcome != "false"

    @property
    def doubtful(self) -> bool:
        """Whether results of it must not stand without a word: it is false, or nobody can say that
        its lesson is the one that was given out."""
        return not self.verified or self.verdict.lesson.phrase is not None

    @property
    def exit_code(self) -> int:
        """As `replay` has it; but what is not finished can be looked into like any other."""
        from sim.play.verdict import EXIT_CODES

        if not self.verified:
            return EXIT_CODES["false"]
        return EXIT_CODES["other_lesson"] if self.doubtful else EXIT_CODES["verified"]


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
    from sim.console.tables import print_run

    language = terminal.language
    outcome, *rest = (sentence.text(language) for sentence in saved.verdict.sentences)
    out = terminal.err if not saved.verified else terminal.out
    show_heading(terminal, saved)
    out.print(outcome, soft_wrap=True)
    terminal.out.print()
    run = saved.run
    print_run(terminal, figures_shown(run), run.scenario.goal, metrics_shown(run.scenario))
    terminal.out.print()
    for sentence in rest:
        out.print(sentence, soft_wrap=True)
    return saved.verdict.exit_code


def show_heading(terminal: Terminal, saved: Saved) -> None:
    """Which scenario, which crowd, what was played, and how far when it is not over."""
    from sim.play.verdict import moment, played

    run, language = saved.run, terminal.language
    parts = [run.scenario.title.text(language)]
    parts.append(terminal.text("cli.replay.crowd", seed=run.seed))
    if run.phase != "finished":
        parts.append(moment(run).text(language))
    terminal.out.print(" · ".join(parts))
    terminal.out.print(played(run).text(language))


def warn(terminal: Terminal, saved: Saved) -> None:
    """What is wrong with the file or its lesson, beside the results."""
    if saved.doubtful:
        for sentence in saved.verdict.sentences:
            terminal.err.print(sentence.text(terminal.language), soft_wrap=True)


def _of_capsule(terminal: Terminal, name: str, capsule) -> Saved:
    prepare(terminal)
    from sim.play.capsule import verify

    with Progress(terminal, terminal.text("cli.replay.progress")) as progress:
        again = verify(capsule, progress)
    return _saved(name, again)


def _of_journal(terminal: Terminal, file: Path) -> Saved:
    from sim.play.recording import read_recording

    recording = read_recording(file)
    prepare(terminal)
    from sim.play.replay import replay as simulate

    with Progress(terminal, terminal.text("cli.replay.progress")) as progress:
        again = simulate(recording, progress)
    return _saved(file.name, again)


def _saved(name: str, again) -> Saved:
    from sim.play.verdict import verdict_of

    return Saved(name, again.run, verdict_of(again))
