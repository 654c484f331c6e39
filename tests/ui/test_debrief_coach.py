"""The coach in the window: findings with figures, evidence one click away, one thing to try."""

from __future__ import annotations

from dataclasses import replace

import pygame
import pytest

from sim.play.run import Run
from sim.report.coach import Advice, coachings
from sim.ui.debrief.tab_coach import evidence_of
from tests.ui.test_debrief import (
    open_debrief,  # noqa: F401  a fixture
    played,  # noqa: F401  a fixture
    settle,
    wait_for,
)
from tests.ui.test_layout import look


@pytest.fixture(scope="module")
def said(played):  # noqa: F811
    *_, last = coachings(played, budget=60)
    assert last.settled and last.findings
    finding = next(found for found in last.findings if found.evidence.change is not None)
    # so small a street gives no advice that is beyond luck; its first finding stands in for it
    advice = Advice(
        finding.evidence.change, finding.evidence.branch, finding.verdict, finding.here,
        finding.heading,
    )  # fmt: skip
    return last if last.advice is not None else replace(last, advice=advice)


@pytest.fixture
def coached(open_debrief, said):  # noqa: F811
    """coached(size) -> Player on the coach's page, the coach having come to what `said` holds."""

    def make(size=(1280, 720), language="zh"):
        player = open_debrief(size, language)
        player.screen.study.coach.latest = said
        player.screen.open("coach")
        player.frames(2)
        return player

    return make


def texts_of(player) -> list[str]:
    recorder = player.app.painter.recorder
    recorder.clear()
    recorder.on = True
    player.frames(2)
    recorder.on = False
    return [item.text for item in recorder.texts]


def test_the_coach_comes_first_and_says_what_it_is_doing(open_app, played):  # noqa: F811
    from sim.ui.debrief.screen import DebriefScreen
    from sim.ui.screens.base import Push
    from sim.ui.session import Session

    player = open_app(language="en")
    session = Session(played.scenario, played.seed, lambda *_: played)
    session.prepare(wait=True)
    screen = DebriefScreen(player.app, session)
    player.app.apply(Push(screen))
    assert screen.tab == "coach" and screen.study.coach.wanted
    assert any("trying changes" in text for text in texts_of(player))
    wait_for(player, lambda: screen.study.coach.finished, 120)
    player.frames(3)
    assert screen.study.coach.error is None
    assert screen.page.said is not None and screen.page.said.settled
    found = screen.page.said
    shown = texts_of(player)
    for finding in found.findings:
        assert finding.title("en").replace("“", '"').replace("”", '"') in shown
    # the coach's own trials are not put among the player's branches
    assert len(screen.study.tree) == 1
    screen.closed()


def test_every_finding_shows_its_figures_and_leads_to_its_evidence(coached, said):
    player = coached(language="en")
    texts = texts_of(player)
    for number, finding in enumerate(said.findings):
        kinds = evidence_of(finding)
        assert kinds, "a finding without evidence is no finding"
        for kind in kinds:
            assert player.screen.group.get(f"{kind}:{number}") is not None
        if finding.effect is not None:
            assert f"{finding.verdict.crowds} other crowds, mean" in texts


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_one_click_tries_what_the_coach_advises(coached, said, way):
    player = coached()
    screen, study = player.screen, player.screen.study
    if way == "mouse":
        player.click("try")
    else:
        player.key(pygame.K_t)
    settle(player)
    assert screen.tab == "timeline" and study.shown == 1 and study.base == study.own
    made, tried = study.tree[1], said.tree[said.advice.branch]
    assert made.decisions == tried.decisions, "the branch that opens is the one that was measured"
    goal = study.scenario.goal
    gap = study.lines[1].figures[goal] - study.lines[0].figures[goal]
    assert gap == pytest.approx(said.advice.here)
    assert screen.page.tick == said.advice.change.start
    # once more is no second branch
    screen.open("coach")
    player.frames(2)
    player.key(pygame.K_t)
    settle(player)
    assert len(study.tree) == 2 and study.shown == 1


def test_evidence_of_the_ledger_is_those_entries_and_no_others(coached, said, monkeypatch):
    number, finding = next(
        ((n, f) for n, f in enumerate(said.findings) if f.evidence.charges), (None, None)
    )
    if finding is None:
        pytest.skip("this run has no finding from the ledger")
    player = coached()
    screen = player.screen
    player.click(f"ledger:{number}")
    settle(player)
    assert screen.tab == "ledger"
    rows = screen.page.rows()
    wanted = {(c.kind, c.cause, c.shopper, c.tick) for c in finding.evidence.charges}
    assert {(c.kind, c.cause, c.shopper, c.tick) for c in rows} == wanted
    screen.page._set_kind("all")
    assert len(screen.page.rows()) == len(screen.study.ledger.charges)
    screen.open("coach")
    player.frames(2)
    player.click(f"diary:{number}")
    settle(player)
    assert screen.tab == "diary"
    assert screen.page.shopper in {charge.shopper for charge in finding.evidence.charges}


def test_evidence_of_a_change_is_its_branch(coached, said):
    number, finding = next(
        (n, f) for n, f in enumerate(said.findings) if f.evidence.change is not None
    )
    player = coached()
    study = player.screen.study
    player.click(f"branch:{number}")
    settle(player)
    assert player.screen.tab == "timeline"
    assert study.tree[study.shown].decisions == said.tree[finding.evidence.branch].decisions


def test_without_advice_one_can_choose_oneself(open_debrief, said):  # noqa: F811
    player = open_debrief(language="en")
    screen = player.screen
    screen.study.coach.latest = replace(said, findings=(), advice=None)
    screen.open("coach")
    texts = texts_of(player)
    assert "Nothing can be told from luck" in texts and "Pick something to try" in texts
    player.click("try")
    assert screen.tab == "timeline" and len(screen.study.tree) == 1


def test_a_coach_that_fails_says_so_and_can_be_asked_again(open_app, played, monkeypatch):  # noqa: F811
    from sim.ui.debrief import study as module
    from sim.ui.debrief.screen import DebriefScreen
    from sim.ui.screens.base import Push
    from sim.ui.session import Session

    def broken(*_, **__):
        raise MemoryError("no room left")
        yield

    monkeypatch.setattr(module, "coachings", broken)
    player = open_app()
    session = Session(played.scenario, played.seed, lambda *_: played)
    session.prepare(wait=True)
    screen = DebriefScreen(player.app, session)
    player.app.apply(Push(screen))
    wait_for(player, lambda: screen.study.coach.finished)
    assert any("no room left" in text for text in texts_of(player))
    monkeypatch.setattr(module, "coachings", lambda *_, **__: iter([]))
    player.click("again")
    wait_for(player, lambda: screen.study.coach.finished)
    assert screen.study.coach.error is None
    screen.closed()


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (1920, 1080)])
def test_the_coach_fits(coached, size):
    player = coached(size)
    problems: list[str] = []
    drawn = look(player, problems)
    for widget in player.screen.group.widgets:
        player.screen.group.focus(widget.name)
        drawn += look(player, problems)
    player.app.set_large_text(True, save=False)
    drawn += look(player, problems)
    assert not problems, "\n".join(sorted(set(problems)))
    assert drawn > 100


def test_a_double_click_makes_one_branch(open_debrief, played):  # noqa: F811
    player = open_debrief()
    study, page = player.screen.study, player.screen.page
    page.tick, page.option, page.length = played.live_start_tick + 30, ("tactic", "patient"), 0
    player.click("branch")
    settle(player)
    player.click("branch")
    settle(player)
    assert len(study.tree) == 2 and study.shown == 1


def test_branches_come_back_when_the_run_is_opened_again(open_debrief, played):  # noqa: F811
    player = open_debrief()
    study, page = player.screen.study, player.screen.page
    for minute in (5, 8):
        study.show(0)
        page.tick, page.option = played.live_start_tick + 6 * minute, ("tactic", "patient")
        player.key(pygame.K_RETURN)
        settle(player)
    study.rename(1, "早点停下")
    study.put_away(2)
    player.key(pygame.K_ESCAPE)
    again = Run(played.scenario, played.seed)
    for tick, decision in played.decisions:
        again.advance_ticks(tick - again.tick)
        again.decide(decision)
    again.finish()
    player = open_debrief(run=again)
    back = player.screen.study
    assert [branch.number for branch, _ in back.branches()] == [0, 1]
    assert back.tree[1].name == "早点停下" and set(back.lines) == {0, 1}
    assert back.lines[1].figures == study.tree.figures(1)
    player.key(pygame.K_DELETE)
    settle(player)
    assert [branch.number for branch, _ in back.branches()] == [0, 1, 2], "and so does the undo"


def test_branches_that_cannot_be_kept_are_told(open_debrief, monkeypatch):  # noqa: F811
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse)
    player = open_debrief(language="en")
    player.key(pygame.K_RETURN)
    settle(player)
    assert player.screen.study.shown == 1, "the branch itself is there"
    settle(player)
    assert any("could not be kept" in text for text in texts_of(player))
