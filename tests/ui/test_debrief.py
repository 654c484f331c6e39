"""Journeys through the debrief in the real window, with the real model on a small busy street."""

from __future__ import annotations

import threading
import time

import pygame
import pytest

from sim.model.decisions import SetTactic
from sim.play.run import Run
from sim.ui.debrief.screen import DebriefScreen
from sim.ui.screens.base import Push
from sim.ui.session import Session
from tests.model.streets import busy_street


@pytest.fixture(scope="module")
def played():
    """Rushed for ten minutes, then patient; finished."""
    run = Run(busy_street(live__minutes=20, nights=4))
    run.advance_ticks(run.live_start_tick)
    run.decide(SetTactic("rushed"))
    run.advance_ticks(60)
    run.decide(SetTactic("patient"))
    run.finish()
    return run


@pytest.fixture
def open_debrief(open_app, played):
    """open_debrief(size, language) -> Player on the debrief, with the run's own line read."""
    screens = []

    def make(size=(1280, 720), language="zh", run=played):
        player = open_app(size, language)
        session = Session(run.scenario, run.seed, lambda *_: run)
        session.prepare(wait=True)
        screen = DebriefScreen(player.app, session)
        screens.append(screen)
        player.app.apply(Push(screen))
        # the coach has tests of its own; without it the others are quick
        screen.study.coach.finished = True
        screen.open("timeline")
        settle(player)
        return player

    yield make
    for screen in screens:
        screen.closed()


def study_of(player):
    return next(s.study for s in reversed(player.app.stack) if isinstance(s, DebriefScreen))


def settle(player, seconds: float = 300.0) -> None:
    """Draw frames until the desk has done and handed on everything."""
    study = study_of(player)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        player.frames(1)
        if not study.desk.busy and all(job.told for job in study.desk._given):
            player.frames(2)
            return
        time.sleep(0.005)
    raise AssertionError("the desk never came to rest")


def wait_for(player, ready, seconds: float = 300.0) -> None:
    until = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < until, "it never came"
        player.frames(1)
        time.sleep(0.005)


def branch_by_keyboard(player):
    """Go to the tenth minute and try another tactic to the end."""
    player.screen.group.focus("chart")
    player.key(pygame.K_HOME, pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_DOWN)
    page = player.screen.page
    if page.option == ("tactic", "rushed"):
        player.key(pygame.K_DOWN)
    player.key(pygame.K_RETURN)
    settle(player)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_tabs_by_keyboard(open_debrief, language):
    player = open_debrief(language=language)
    screen, study = player.screen, player.screen.study
    assert screen.tab == "timeline" and study.shown == study.base == 0
    branch_by_keyboard(player)
    assert study.shown == 1 and len(study.tree) == 2
    found = study.different()
    assert found and all(item.fates for item in found), "every change has its reason"
    player.key(pygame.K_3)
    assert screen.tab == "luck"
    wait_for(player, lambda: study.luck.latest is not None)
    assert study.luck.latest.band.crowds > 0
    player.key(pygame.K_4)
    settle(player)
    assert screen.tab == "ledger" and study.ledger is not None and study.effects is not None
    row = screen.page.rows()[0]
    player.key(pygame.K_RETURN)
    settle(player)
    assert screen.tab == "diary", "a row of the ledger opens that person's diary"
    assert screen.page.shopper == row.shopper
    _, other, pairs = study.pages(row.shopper)
    assert other is not None and pairs
    player.key(pygame.K_DOWN)
    settle(player)
    assert screen.page.shopper != row.shopper
    player.key(pygame.K_6)
    settle(player)
    assert screen.tab == "best" and study.bet_page is not None
    player.key(pygame.K_ESCAPE)
    assert player.name == "TitleScreen"


def test_all_tabs_by_mouse(open_debrief):
    player = open_debrief()
    screen, study = player.screen, player.screen.study
    player.click("chart", 0.4)
    tick = screen.page.tick
    player.click("chart", 0.3)
    assert screen.page.tick < tick
    chips = screen.group.get("tactics")
    number, spot = chips.spots(player.app.painter, "zh")[4]
    player.click_at((spot[0] + spot[2] / 2, spot[1] + spot[3] / 2))
    assert screen.page.option == chips.options[number][0]
    player.click("branch")
    settle(player)
    assert study.shown == 1
    people = screen.group.get("people")
    assert screen.page.people.rows()
    x, y, width, _ = people.box
    player.click_at((x + width / 2, y + 20))
    settle(player)
    assert screen.tab == "diary"
    player.click("following")
    settle(player)
    for share, name in ((0.25, "timeline"), (0.42, "luck"), (0.58, "ledger"), (0.92, "best")):
        player.click("tabs", share)
        settle(player)
        assert screen.tab == name
    player.click("language", 0.9)
    assert player.app.language == "en"
    player.click("back")
    assert player.name == "TitleScreen"


def test_the_listed_shoppers_are_exactly_those_whose_fate_differs(open_debrief):
    player = open_debrief()
    branch_by_keyboard(player)
    study = player.screen.study
    exact = {item[0] for item in study.tree.changed(0, 1)}
    listed = [item.shopper for item in study.different()]
    assert set(listed) == exact and len(listed) == len(exact)
    assert [item.shopper for item in player.screen.page.people.rows()] == listed
    player.screen.page.people._set_filter("bought")
    bought = {item[0] for item in study.tree.changed(0, 1) if item[1] in ("bought", "kept")}
    assert {item.shopper for item in player.screen.page.people.rows()} == bought


def test_figures_side_by_side_are_the_trees_own(open_debrief):
    player = open_debrief()
    branch_by_keyboard(player)
    study = player.screen.study
    for number in (0, 1):
        assert study.lines[number].figures == study.tree.figures(number)
        # net sales at the end of the curve is the figure in the table
        assert study.lines[number].net[-1] == pytest.approx(study.tree.figures(number)["net_sales"])


def test_the_ledger_by_minute_and_by_stretch(open_debrief):
    player = open_debrief()
    player.key(pygame.K_4)
    settle(player)
    page, book = player.screen.page, player.screen.study.ledger
    strip = player.screen.group.get("minute")
    x, y, width, height = strip.box
    # a follower may leave in a night, where no minute of the live can be picked
    charge = next(row for row in reversed(book.charges) if 0 <= row.minute < strip.minutes)
    at = x + (charge.minute + 0.5) / strip.minutes * width
    player.click_at((at, y + 20))
    assert page.rows() and all(row.minute == charge.minute for row in page.rows())
    player.click_at((at, y + 20))
    assert len(page.rows()) == len(book.charges), "the same minute again shows everything"
    player.click_at((x + 20, y + height - 10))
    early = [row for row in book.charges if 0 <= row.minute < 10]
    assert page.span == (0, 10) and len(page.rows()) == len(early)
    player.screen.group.focus("minute")
    player.key(pygame.K_RIGHT)
    assert page.span == (1, 2)
    player.key(pygame.K_RETURN)
    assert page.span is None


def test_a_choice_that_changes_nothing_changes_nobody(open_debrief, played):
    player = open_debrief()
    study, page = player.screen.study, player.screen.page
    page.tick = played.live_start_tick + 12
    page.option = ("tactic", "rushed")
    page.length = 5
    player.key(pygame.K_RETURN)
    settle(player)
    assert study.shown == 1 and study.different() == []
    assert study.lines[1].figures == study.lines[0].figures


def test_a_single_act_can_be_tried(open_debrief, played):
    player = open_debrief()
    study, page = player.screen.study, player.screen.page
    page.tick, page.option, page.length = played.live_start_tick + 30, ("act", "answer"), 5
    player.key(pygame.K_RETURN)
    settle(player)
    given = [step for step in study.tree[1].decisions if step not in study.tree[0].decisions]
    assert [(tick, d.act, d.seconds) for tick, d in given] == [(page.tick, "answer", 300)]


def test_branches_are_named_put_away_and_brought_back(open_debrief):
    player = open_debrief(language="en")
    branch_by_keyboard(player)
    study = player.screen.study
    player.key(pygame.K_r)
    assert player.name == "RenameScreen"
    for letter in "calm":
        event = {"key": ord(letter), "mod": 0, "unicode": letter}
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, **event))
        pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=letter))
        player.frames()
    assert player.app.language == "en", "while naming, L is a letter"
    player.key(pygame.K_RETURN)
    assert player.name == "DebriefScreen" and study.tree[1].name == "calm"
    player.key(pygame.K_DELETE)
    assert study.shown == 0 and [branch.number for branch, _ in study.branches()] == [0]
    player.key(pygame.K_DELETE)
    settle(player)
    assert [branch.number for branch, _ in study.branches()] == [0, 1] and study.shown == 1


def test_naming_with_an_input_method(open_debrief):
    player = open_debrief()
    branch_by_keyboard(player)
    player.key(pygame.K_r)
    pygame.event.post(pygame.event.Event(pygame.TEXTEDITING, text="nai xin", start=0, length=7))
    player.frames()
    player.key(pygame.K_RETURN)
    assert player.name == "RenameScreen", "Enter belongs to the input method while composing"
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="耐心"))
    player.frames()
    player.key(pygame.K_BACKSPACE, pygame.K_RETURN)
    assert player.screen.study.tree[1].name == "耐"


def test_another_branch_can_be_the_one_compared_with(open_debrief):
    player = open_debrief()
    branch_by_keyboard(player)
    study = player.screen.study
    player.key(pygame.K_b)
    settle(player)
    assert study.base == 1 and study.shown == 0
    there = {(i.shopper, a[0], a[1]): (a[2], a[3]) for i in study.different() for a in i.aspects}
    back = {(s, a, p): (two, one) for s, a, p, one, two in study.tree.changed(0, 1)}
    assert there == back


def test_watching_a_branch_leaves_no_trace(open_debrief):
    player = open_debrief()
    branch_by_keyboard(player)
    study, digest = player.screen.study, player.screen.study.tree.digest(1)
    player.key(pygame.K_v)
    player.until("StreetVisit")
    visit = player.screen
    assert visit.session.run.tick == visit.debrief.page.tick
    visit.session.paused = False
    visit.session.speed = 16
    player.frames(20, 0.2)
    assert visit.session.run.tactic == study.lines[1].tactic_at(visit.session.run.tick)
    player.key(pygame.K_ESCAPE)
    settle(player)
    assert player.name == "DebriefScreen" and len(study.tree) == 2
    assert study.tree.digest(1) == digest


def test_a_watched_branch_repeats_to_the_bit(open_debrief):
    from sim.ui.debrief.visit import ShownRun

    player = open_debrief()
    branch_by_keyboard(player)
    tree = player.screen.study.tree
    for number in (0, 1):
        start = tree.timeline.live_start + 24
        later = [step for step in tree[number].decisions if step[0] >= start]
        shown = ShownRun(tree.play(number, start), later)
        while shown.tick < tree.timeline.live_end:
            shown.advance_ticks(7)
        shown.advance_ticks(tree.until - shown.tick)
        assert shown.digest() == tree.digest(number)


def test_what_is_played_on_becomes_a_branch(open_debrief):
    player = open_debrief()
    study = player.screen.study
    player.key(pygame.K_p)
    player.until("StreetVisit")
    start = player.screen.session.run.tick
    player.key(pygame.K_4)
    player.key(pygame.K_ESCAPE)
    settle(player)
    assert player.name == "DebriefScreen"
    assert len(study.tree) == 2 and study.shown == 1
    choices = study.scenario.choices
    assert (start, SetTactic(choices[3])) in study.tree[1].decisions
    assert study.lines[1].figures == study.tree.figures(1)


def test_an_impossible_choice_is_told_and_costs_nothing(open_debrief):
    player = open_debrief(language="en")
    study = player.screen.study
    study.branch(study.tree.until + 5, [SetTactic("patient")], None)
    settle(player)
    assert study.branching.state == "failed" and len(study.tree) == 1
    recorder = player.app.painter.recorder
    recorder.on = True
    player.frames()
    sentence = study.branching.error.in_language("en")
    assert any(item.text == sentence for item in recorder.texts)
    assert player.screen.page.people.rows() == []
    player.screen.group.focus("chart")
    player.key(pygame.K_RETURN)
    settle(player)
    assert study.branching.state == "done" and study.shown == 1


def test_the_wheel_moves_through_a_list(open_debrief):
    player = open_debrief()
    branch_by_keyboard(player)
    people = player.screen.group.get("people")
    assert people.count() > 8
    x, y, width, height = people.box
    spot = player.point((x + width / 2, y + height / 2))
    pygame.event.post(
        pygame.event.Event(pygame.MOUSEMOTION, pos=spot, rel=(0, 0), buttons=(0, 0, 0))
    )
    pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-2))
    player.frames()
    assert people.place.top == 2 and people.place.selected == 0


def test_the_language_changes_at_any_moment(open_debrief):
    player = open_debrief()
    branch_by_keyboard(player)
    for number in range(6):
        player.key(pygame.K_1 + number)
        for language in ("en", "zh"):
            player.key(pygame.K_l)
            assert player.app.language == language
    settle(player)
    assert player.screen.study.shown == 1


def test_the_window_can_be_resized_at_any_moment(open_debrief):
    player = open_debrief()
    branch_by_keyboard(player)
    for number, size in enumerate(((1024, 768), (1920, 1080), (1280, 720))):
        pygame.display.set_mode(size)
        pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
        player.key(pygame.K_1 + number)
        player.frames(2)
        for widget in player.screen.group.widgets:
            x, y, width, height = widget.box
            painter = player.app.painter
            assert x >= 0 and y >= 0
            assert x + width <= painter.width and y + height <= painter.height


def test_a_tab_that_fails_says_so_and_can_be_tried_again(open_debrief, monkeypatch):
    from sim.ui.debrief import study as module

    def broken(run):
        raise MemoryError("no room left")
        yield

    monkeypatch.setattr(module, "grow_luck", broken)
    player = open_debrief()
    study = player.screen.study
    player.key(pygame.K_3)
    wait_for(player, lambda: study.luck.finished)
    player.screen.rebuild()
    recorder = player.app.painter.recorder
    recorder.on = True
    player.frames(2)
    assert any("no room left" in item.text for item in recorder.texts)
    monkeypatch.undo()
    player.click("again")
    wait_for(player, lambda: study.luck.latest is not None)


def test_leaving_ends_the_work(open_debrief):
    player = open_debrief()
    study = player.screen.study
    player.key(pygame.K_3, pygame.K_6)
    player.key(pygame.K_ESCAPE)
    assert player.name == "TitleScreen"
    study.desk._thread.join(20)
    assert not study.desk._thread.is_alive() and study.growers.wait(20)
    assert len(study.tree._snapshots) == 0 and not study.tree._sides, "what weighs much is let go"


def test_a_long_debrief_keeps_only_so_much(open_debrief):
    player = open_debrief()
    study, page = player.screen.study, player.screen.page
    first = study.tree.timeline.live_start
    for number in range(12):
        study.show(0)
        page.tick, page.option = first + 6 * number, ("tactic", "patient")
        page.length = 5 if number % 2 else 0
        page.branch()
        settle(player)
    assert len(study.branches()) > 8
    assert len(study.changed) <= 8 and len(study._whys) <= 9
    assert all(job.result is None for job in study._whys.values())
    assert len(study.tree._sides) <= 3
    assert study.tree._snapshots.bytes <= study.tree._snapshots.most_bytes
    # what was dropped is found again
    study.show(1)
    settle(player)
    assert study.different() and all(item.fates for item in study.different())


def test_a_run_that_is_not_over_has_no_debrief(open_app):
    from sim.errors import StrollError

    player = open_app()
    run = Run(busy_street())
    session = Session(run.scenario, run.seed, lambda *_: run)
    session.prepare(wait=True)
    with pytest.raises(StrollError) as refused:
        DebriefScreen(player.app, session)
    assert refused.value.in_language("zh") and refused.value.in_language("en")


def test_frames_go_on_while_work_is_done(open_debrief):
    player = open_debrief()
    study = player.screen.study
    begun, go = threading.Event(), threading.Event()

    def hold(job):
        begun.set()
        assert go.wait(300)

    study.desk.ask(hold)
    player.screen.page.branch()
    assert begun.wait(300)
    # A frame that waited for the desk would never come back from here.
    player.frames(5)
    assert study.desk.busy and not study.branching.told and len(study.tree) == 1
    go.set()
    wait_for(player, lambda: study.branching.told)
    assert len(study.tree) == 2


@pytest.mark.parametrize("way", ["key", "button"])
def test_from_the_result_and_back(open_app, played, way):
    from sim.ui.screens.result import ResultScreen
    from tests.ui.fake_run import fake_compare

    player = open_app()
    player.app.compare = fake_compare
    session = Session(played.scenario, played.seed, lambda *_: played)
    session.prepare(wait=True)
    player.app.apply(Push(ResultScreen(player.app, session)))
    player.frames(2)
    if way == "key":
        player.key(pygame.K_d)
    else:
        player.click("debrief")
    assert player.name == "DebriefScreen"
    settle(player)
    player.key(pygame.K_ESCAPE)
    assert player.name == "ResultScreen"
