"""Time, decisions and what is remembered of a live."""

from __future__ import annotations

import pytest

from sim.errors import StrollError
from sim.ui.comparison import SameCrowd
from sim.ui.history import live_history
from sim.ui.session import Session
from tests.ui.fake_run import FakeRun, fake_compare


@pytest.fixture
def session(short):
    session = Session(short, make_run=FakeRun)
    session.prepare(wait=True)
    return session


def test_one_second_is_one_tick_at_normal_speed(session):
    tick = session.run.tick
    for _ in range(100):
        session.advance(0.1, budget=10)
    assert session.run.tick - tick == pytest.approx(10, abs=1)
    session.speed = 16
    tick = session.run.tick
    for _ in range(10):
        session.advance(0.1, budget=10)
    assert session.run.tick - tick == pytest.approx(16, abs=1)


def test_a_frame_never_waits_for_a_slow_model(session, monkeypatch):
    import time

    step = session.run.advance_ticks
    monkeypatch.setattr(session.run, "advance_ticks", lambda n: (time.sleep(0.02), step(n))[1])
    session.speed = 16
    started = time.perf_counter()
    session.advance(0.5)
    assert time.perf_counter() - started < 0.1


def test_an_impossible_decision_costs_nothing_and_says_why(session):
    before = list(session.run.decisions)
    error = session.set_tactic("no_such_tactic")
    assert isinstance(error, StrollError) and error.in_language("en")
    assert session.run.decisions == before


def finish(session):
    while not session.skip_to_end_of_live():
        pass
    while session.phase == "night":
        session.night(0.5, hurry=True)


def test_history_told_from_events_is_what_was_observed(short):
    """With the real model: people inside, orders and money at every tick of the live."""
    from sim.model.decisions import SetTactic
    from sim.play.run import Run

    run = Run(short)
    run.advance_ticks(run.live_start_tick)
    run.decide(SetTactic("rushed"))
    seen = []
    while run.phase == "live":
        if len(seen) == 30:
            run.decide(SetTactic("interaction"))
        run.advance_ticks(1)
        seen.append(run.observe())
    history = live_history(run)
    assert history.viewers[:-1] == [o.room.viewers for o in seen][:-1]
    assert history.orders == [o.figures["orders"] for o in seen]
    assert history.yuan == pytest.approx([o.figures["gmv"] for o in seen])
    assert history.minutes == pytest.approx([o.minute for o in seen])
    assert history.tactics == ["rushed"] * 30 + ["interaction"] * (len(seen) - 30)


def test_days_add_up_to_the_events(session):
    finish(session)
    events = session.run.events()
    assert len(session.days) == session.scenario.nights
    assert sum(day.delivered for day in session.days) == int((events["kind"] == 14).sum())
    assert sum(day.kept for day in session.days) == int((events["kind"] == 15).sum())
    assert sum(day.returned for day in session.days) == int((events["kind"] == 16).sum())


def test_a_run_that_cannot_start_is_told_in_a_sentence(short):
    def broken(scenario, seed, tell):
        raise OSError("disk is full")

    session = Session(short, make_run=broken)
    session.prepare(wait=True)
    assert not session.ready
    assert "disk is full" in session.error.in_language("zh")


def test_the_brief_shows_why_the_live_does_not_start(open_app, short):
    import pygame

    player = open_app(scenario=short)

    def broken(scenario, seed, tell):
        raise OSError("disk is full")

    player.app.make_run = broken
    player.key(pygame.K_RETURN, pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.app.painter.recorder.on = True
    player.frames(3)
    assert player.name == "BriefScreen"
    assert any("disk is full" in item.text for item in player.app.painter.recorder.texts)


def test_a_comparison_that_fails_leaves_the_page_alone(short):
    def compare(scenario, tactic, seed):
        if tactic == short.compare[1]:
            raise RuntimeError("out of memory")
        return fake_compare(scenario, tactic, seed)

    crowd = SameCrowd(short, 1, list(short.compare), compare)
    crowd.wait()
    assert crowd.failed and crowd.done == 1


def test_feed_words_follow_what_is_lacking(short):
    from sim.ui import words
    from sim.ui.feed import LACKS, FeedItem

    for lack, name in enumerate(LACKS):
        for language in ("zh", "en"):
            said = FeedItem(100, "comment", 77, lack).words(language, [])
            options = {words.say(f"comments.{name}_{i}", language) for i in range(1, 5)}
            assert said in options


def test_event_numbers_are_the_models_own():
    from sim.model.events import Kind
    from sim.ui import feed

    assert (feed.COMMENT, feed.ORDER, feed.RETURN) == (Kind.COMMENT, Kind.ORDER, Kind.RETURN)
    assert (feed.ENTER, feed.LEAVE, feed.FOLLOW) == (Kind.ENTER, Kind.LEAVE, Kind.FOLLOW)
    assert (feed.JOIN, feed.DELIVER, feed.KEEP) == (Kind.JOIN_GROUP, Kind.DELIVER, Kind.KEEP)
    assert (feed.SOLD_OUT, feed.GIVEN_UP, feed.UNFOLLOW) == (
        Kind.SOLD_OUT,
        Kind.GIVEN_UP,
        Kind.UNFOLLOW,
    )
    assert (feed.OFFER, feed.MISSED_OFFER, feed.ANSWER) == (
        Kind.OFFER,
        Kind.MISSED_OFFER,
        Kind.ANSWER,
    )
