"""What the coach says, with the command that shows what each finding rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from sim.console.progress import Progress
from sim.console.terminal import Terminal
from sim.console.why import Part
from sim.play.luck import LEVEL
from sim.report import coach as coaching
from sim.report.coach import Finding

if TYPE_CHECKING:
    from sim.play.best_line import BestKnown
    from sim.play.branch import BranchTree


def coach_part(terminal: Terminal, source: str, tree: BranchTree, best: BestKnown | None) -> Part:
    """At most three findings, and one thing to try next."""
    with Progress(terminal, terminal.text("cli.coach.progress")) as progress:
        said = coaching.coach(
            tree.run(0), best=best, tree=tree, budget=coaching.BUDGET, progress=progress
        )
    if said is None:
        raise KeyboardInterrupt
    language = terminal.language
    shown: list[Any] = [Text(terminal.text("coach.heading"), style="bold")]
    for number, finding in enumerate(said.findings, start=1):
        text = Text(f"{number}. {finding.title(language)}\n", style="bold")
        text.append(terminal.fold(finding.text(language)), style="not bold")
        see = _see(terminal, source, tree, finding)
        if see:
            text.append("\n" + see, style="dim not bold")
        # a command is copied, so it stays on one line
        text.no_wrap, text.overflow = True, "ignore"
        shown.append(text)
    if not said.findings:
        shown.append(terminal.text("cli.coach.no_finding"))
    if any(finding.evidence.branch is not None for finding in said.findings):
        level = f"{100 * LEVEL:g}%"
        shown.append(terminal.text("cli.coach.level", crowds=said.crowds, level=level))
    text = Text(terminal.text("coach.next") + "\n", style="bold")
    text.append(terminal.fold(said.advice_text(language)), style="not bold")
    shown.append(text)
    return Part("coach", said.to_data(), shown, whole=said.settled)


def _see(terminal: Terminal, source: str, tree: BranchTree, finding: Finding) -> str:
    """The command that shows the evidence."""
    evidence = finding.evidence
    asked = []
    if evidence.charges:
        asked.append("--ledger")
    if finding.kind == "best_line":
        asked.append("--best")
    elif evidence.change is not None:
        # with the very crowds that the coach went by, so that the same figures come out
        asked.append(f"--branch {evidence.change.recipe(tree.timeline)}")
        asked.append(f"--crowds {finding.verdict.crowds}")
    if not asked:
        return ""
    return terminal.text("cli.coach.see", run=source, options=" ".join(asked))
