"""Every text of the debrief inside its box, at four sizes, in both languages, in every state."""

from __future__ import annotations

import time

import pytest

from sim.play.bets import IntervalBet, ProbabilityBet, questions
from sim.ui.debrief.screen import TABS
from tests.ui.test_debrief import (
    branch_by_keyboard,
    open_debrief,  # noqa: F401  a fixture
    played,  # noqa: F401  a fixture
    settle,
    wait_for,
)
from tests.ui.test_layout import SIZES, look


@pytest.mark.parametrize("size", SIZES)
def test_nothing_overflows(open_debrief, size):  # noqa: F811
    player = open_debrief(size)
    screen, study = player.screen, player.screen.study
    problems: list[str] = []
    drawn = look(player, problems)
    asked = questions(study.scenario)
    study.bets = (
        ProbabilityBet(asked[0], 0.7),
        IntervalBet(asked[1], 0.0, 0.1),
        IntervalBet(asked[2], 1.0, 2.0),
    )
    for kind in TABS:
        screen.open(kind.name)
        drawn += look(player, problems)
    screen.open("timeline")
    branch_by_keyboard(player)
    for name in ("all", "bought", "fans", "there"):
        screen.page.people._set_filter(name)
        drawn += look(player, problems)
    for kind in TABS:
        screen.open(kind.name)
        settle(player)
        drawn += look(player, problems)
        if size[0] > 1280:
            continue
        # what the focus adds depends on the shape of the window, not on its number of pixels
        for widget in screen.group.widgets:
            screen.group.focus(widget.name)
            drawn += look(player, problems)
        screen.group.focus(None)
    if size[0] > 1920:
        study.rivals.finished = True
    wait_for(player, lambda: study.luck.latest is not None and study.luck.latest.band.crowds >= 8)
    screen.open("luck")
    drawn += look(player, problems)
    if not study.rivals.finished:
        wait_for(player, lambda: study.rivals.latest is not None, 120)
    drawn += look(player, problems)
    player.app.apply(screen.rename(1))
    drawn += look(player, problems)
    assert not problems, "\n".join(sorted(set(problems)))
    assert drawn > 900, "the recorder saw nearly nothing, so this proved nothing"


def test_the_best_line_fits_as_well(open_debrief, monkeypatch):  # noqa: F811
    from sim.ui.debrief import study as module

    small = module.best_lines

    def few(run, **rest):
        return small(run, 40, search_crowds=2, choosing_crowds=8, **rest)

    monkeypatch.setattr(module, "best_lines", few)
    player = open_debrief((1280, 720))
    screen, study = player.screen, player.screen.study
    problems: list[str] = []
    study.luck.finished = study.rivals.finished = True
    screen.open("best")
    until = time.monotonic() + 300
    while not study.best.finished and time.monotonic() < until:
        player.frames(1)
        look(player, problems)
        time.sleep(0.02)
    assert study.best.latest.settled and study.stars is not None
    player.frames(2)
    look(player, problems)
    screen.page.ask()
    settle(player)
    assert study.hint_job.state == "done"
    look(player, problems)
    screen.page.to_tree()
    settle(player)
    assert screen.tab == "timeline"
    assert study.lines[1].figures["net_sales"] == study.best.latest.here[study.best.latest.best]
    look(player, problems)
    assert not problems, "\n".join(sorted(set(problems)))
