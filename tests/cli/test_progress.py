"""Progress goes to stderr: a bar on a screen, plain lines elsewhere, nothing for short work."""

import io

import pytest
from rich.console import Console

from sim.console import progress as progress_module
from sim.console.progress import Progress
from sim.console.terminal import Terminal


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: now[0])
    return now


def terminal(screen):
    plain = Console(file=io.StringIO(), width=80)
    err = Console(file=io.StringIO(), width=80, force_terminal=screen)
    return Terminal("en", plain, err)


def test_short_work_says_nothing(clock):
    place = terminal(screen=False)
    with Progress(place, "Working") as progress:
        for done in range(10):
            clock[0] += 0.05
            progress(done, 10)
        progress(10, 10)
    assert place.err.file.getvalue() == ""


def test_plain_lines_tell_the_time_left(clock):
    place = terminal(screen=False)
    with Progress(place, "Working") as progress:
        for done in range(1, 41):
            clock[0] += 1.0
            progress(done, 100)
    lines = place.err.file.getvalue().splitlines()
    assert lines[0] == "Working: 1 of 100, about 99 s left"
    assert lines[1] == "Working: 16 of 100, about 84 s left"
    assert len(lines) == 3
    assert place.out.file.getvalue() == ""


def test_long_work_is_announced_at_once(clock):
    place = terminal(screen=False)
    with Progress(place, "Preparing", at_once=True) as progress:
        progress(0, 12)
    assert place.err.file.getvalue() == "Preparing ...\n"


def test_a_screen_gets_a_bar_and_gets_it_cleared_away():
    place = terminal(screen=True)
    with Progress(place, "Working", at_once=True) as progress:
        progress(3, 10)
        progress(4, 10)
    shown = place.err.file.getvalue()
    assert "Working" in shown and "10" in shown
    assert shown.endswith("\x1b[2K")
    assert place.out.file.getvalue() == ""
