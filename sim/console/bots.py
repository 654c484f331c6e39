"""`bots`: sends programs into a class as phones would, and tells what they met."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.live import Live
from rich.text import Text

from sim.console.shared import FAILED, INTERRUPTED
from sim.console.terminal import Terminal
from sim.errors import Phrase, StrollError

if TYPE_CHECKING:
    from sim.classroom.bots import Report
    from sim.classroom.bots_phone import Tally

MOST_BOTS = 1000
_SECONDS_BETWEEN_LINES = 10.0
_DONE = 0


def bots(
    terminal: Terminal,
    url: str,
    count: int,
    rude: float = 0.0,
    seed: int = 1,
    *,
    minutes: float | None = None,
    rounds: int | None = None,
    pin: str | None = None,
    think: float = 6.0,
) -> int:
    """Plays a class with `count` bots, of which the share `rude` misbehaves; the exit code.

    1 when something acknowledged was lost, something happened that never should, or nobody got in.
    """
    from sim.classroom.bots import Plan, play
    from sim.classroom.bots_play import Habits

    if not 1 <= count <= MOST_BOTS:
        raise StrollError(Phrase("class_bots.error.count", found=count, most=MOST_BOTS))
    if not 0.0 <= rude <= 1.0:
        raise StrollError(Phrase("class_bots.error.rude", found=rude))
    if (rounds is not None and rounds < 1) or (minutes is not None and not minutes > 0):
        raise StrollError(Phrase("class_bots.error.rounds"))
    habits = Habits(think=max(0.0, think))
    plan = Plan(url, count, rude, seed, rounds, minutes, pin, habits)
    with contextlib.closing(_Teller(terminal)) as teller:
        report = asyncio.run(play(plan, teller))
    code = tell(terminal, report)
    return INTERRUPTED if report.interrupted and code == _DONE else code


def tell(terminal: Terminal, report: Report) -> int:
    """Prints the table and the verdict; gives the exit code."""
    from rich import box
    from rich.table import Table

    text, tally = terminal.text, report.tally
    table = Table(
        title=text(
            "class_bots.table.title", polite=report.polite, rude=report.rude,
            seconds=f"{report.seconds:.0f}",
        ),
        title_justify="left", box=box.SIMPLE_HEAD, show_header=False, pad_edge=False,
    )  # fmt: skip
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")

    def row(name: str, said: object, **values: object) -> None:
        table.add_row(text(f"class_bots.table.{name}", **values), str(said))

    row("joined", f"{tally.joined} / {report.polite}")
    row("joins", _times(terminal, tally.joins))
    row("acks", len(tally.acks))
    row("ack_times", _times(terminal, tally.acks))
    row("proven", tally.shown)
    row("debriefs", tally.proven)
    row("unproven", tally.unproven)
    row("returned", tally.returned)
    row("resumed", tally.resumed)
    if tally.computed:
        row("computed", _times(terminal, tally.computed))
    if tally.questions:
        row("questions", len(tally.questions))
        row("question_times", _times(terminal, tally.questions))
    for key, count in tally.refused.most_common():
        row("refused", count, reason=key)
    for deed in sorted({deed for deed, _ in tally.rude}):
        answers = [(a, n) for (d, a), n in sorted(tally.rude.items()) if d == deed]
        row("rude", "  ".join(f"{answer} {count}" for answer, count in answers), deed=deed)
    row("lost", len(tally.lost))
    for bot, number, hand in tally.lost[:10]:
        table.add_row("", f"bot {bot + 1}, {number + 1}: {hand}")
    for fault, count in tally.faults.most_common(12):
        row("fault", f"{count} x {fault}")
    terminal.out.print(table)
    if not tally.joined:
        terminal.say("class_bots.verdict.nobody")
        return FAILED
    if report.ok:
        terminal.say("class_bots.verdict.good")
        return _DONE
    faults = sum(tally.faults.values())
    terminal.say("class_bots.verdict.bad", lost=len(tally.lost), faults=faults)
    return FAILED


def _times(terminal: Terminal, seconds: Sequence[float]) -> str:
    from sim.classroom.bots import share

    if not seconds:
        return terminal.text("class_bots.table.none")
    shown = {"p50": share(seconds, 0.5), "p99": share(seconds, 0.99), "most": max(seconds)}
    told = {name: _duration(value) for name, value in shown.items()}
    return terminal.text("class_bots.table.times", **told)


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1.0 else f"{seconds:.1f} s"


class _Teller:
    """How far the class is: a line that changes, or one now and then where there is no screen."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._last = -math.inf
        self._live: Live | None = None
        if terminal.err.is_terminal:
            self._live = Live(console=terminal.err, transient=True, refresh_per_second=4)
            self._live.start()

    def __call__(self, tally: Tally) -> None:
        if self._live is not None:
            self._live.update(Text(self._line(tally)))
        elif time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            self._terminal.err.print(self._line(tally), soft_wrap=True)

    def _line(self, tally: Tally) -> str:
        text = self._terminal.text
        return text(
            "class_bots.progress.line", phase=text(f"class_bots.phase.{tally.phase}"),
            round=tally.round, rounds=tally.rounds, joined=tally.joined, acks=len(tally.acks),
            returned=tally.returned, refused=sum(tally.refused.values()),
        )  # fmt: skip

    def close(self) -> None:
        if self._live is not None:
            self._live.stop()
