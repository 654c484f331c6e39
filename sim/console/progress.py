"""How far long work has come: a bar with the time left, or plain lines where there is no screen."""

from __future__ import annotations

import time

from rich import progress as bars

from sim.console.terminal import Terminal

# Shorter work is over before a bar could be read.
_PATIENCE_SECONDS = 1.0
_SECONDS_BETWEEN_LINES = 15.0


class Progress:
    """Call it with (done, total); use it in a `with`, so that the bar goes away at the end.

    `at_once` shows it from the first call on, for work that is known to be long.
    """

    def __init__(self, terminal: Terminal, label: str, at_once: bool = False) -> None:
        self._terminal = terminal
        self._label = label
        self._wait = 0.0 if at_once else _PATIENCE_SECONDS
        self._started = time.monotonic()
        self._last_line: float | None = None
        self._bar: bars.Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        elapsed = time.monotonic() - self._started
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, total=total)
        elif elapsed < self._wait or done >= total:
            return
        elif self._terminal.err.is_terminal:
            self._open_bar(done, total)
        elif self._last_line is None or elapsed - self._last_line >= _SECONDS_BETWEEN_LINES:
            self._last_line = elapsed
            left = elapsed * (total - done) / done if done else None
            self._print_line(done, total, left)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _open_bar(self, done: int, total: int) -> None:
        self._bar = bars.Progress(
            bars.TextColumn("{task.description}", markup=False),
            bars.BarColumn(bar_width=None),
            bars.MofNCompleteColumn(),
            bars.TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            console=self._terminal.err,
            transient=True,
        )
        self._bar.start()
        self._bar.add_task(self._label, completed=done, total=total)

    def _print_line(self, done: int, total: int, left: float | None) -> None:
        if left is None:
            self._terminal.say("cli.progress.begun", label=self._label)
        else:
            self._terminal.say(
                "cli.progress.line", label=self._label, done=done, total=total, seconds=round(left)
            )
