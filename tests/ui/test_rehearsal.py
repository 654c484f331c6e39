"""The room is drawn out of sight, a little in each frame, and what was drawn there is used."""

from __future__ import annotations

import pygame
import pytest

from sim.ui.painter import Painter
from sim.ui.session import Session
from sim.ui.street.crowd import Crowd
from sim.ui.street.rehearsal import Rehearsal
from sim.ui.street.room import RoomView
from tests.ui.fake_run import FakeRun

LANGUAGE = "zh"


@pytest.fixture
def session(scenario):
    session = Session(scenario, make_run=FakeRun)
    session.prepare(wait=True)
    return session


@pytest.fixture
def painter():
    pygame.display.init()
    return Painter(pygame.display.set_mode((1280, 720)))


def rehearsed(painter, session) -> Rehearsal:
    rehearsal = Rehearsal()
    rehearsal.keep(painter, session, LANGUAGE)
    assert rehearsal.ready(painter, wait=True)
    return rehearsal


def test_after_a_rehearsal_nothing_of_the_room_is_left_to_draw(painter, session):
    assert not Rehearsal().ready(painter)
    rehearsed(painter, session)
    made = []
    get = painter.pictures.get

    def watched(key, make):
        def counted():
            made.append(key)
            return make()

        return get(key, counted)

    painter.pictures.get = watched
    RoomView(session.scenario, Crowd()).draw(painter, session, LANGUAGE)
    assert made == []


def test_what_was_rehearsed_looks_like_what_is_drawn_at_once(painter, session):
    rehearsed(painter, session)
    pictures = []
    for own in (painter, Painter(pygame.Surface((1280, 720)))):
        RoomView(session.scenario, Crowd()).draw(own, session, LANGUAGE)
        pictures.append(pygame.image.tobytes(own.surface, "RGB"))
    assert pictures[0] == pictures[1]


def test_nothing_is_drawn_on_the_window_meanwhile(painter, session):
    painter.surface.fill((1, 2, 3))
    painter.recorder.on = True
    rehearsed(painter, session)
    assert painter.surface.get_bounding_rect().size == (1280, 720)
    assert pygame.transform.average_color(painter.surface)[:3] == (1, 2, 3)
    assert painter.recorder.texts == []


def test_it_is_done_in_small_parts(painter, session, monkeypatch):
    """What a frame has no time for is left for the next ones."""
    monkeypatch.setattr("sim.ui.street.rehearsal._FIRST", 0.0)
    rehearsal = Rehearsal()
    rehearsal.keep(painter, session, LANGUAGE)
    assert not rehearsal.ready(painter)
    rehearsal.hurry = False
    left = len(rehearsal._jobs)
    assert left > 50
    rehearsal.keep(painter, session, LANGUAGE)
    assert len(rehearsal._jobs) == left


def test_a_rehearsal_for_another_size_of_window_does_not_count(painter, session):
    rehearsal = rehearsed(painter, session)
    painter.adopt(pygame.display.set_mode((1920, 1080)))
    assert not rehearsal.ready(painter)
    rehearsal.keep(painter, session, LANGUAGE)
    assert rehearsal.ready(painter, wait=True)


def test_the_street_stays_until_the_room_can_be_shown(open_app):
    player = open_app()
    player.app.builder.rehearsal = slow = Rehearsal()
    slow.keep = lambda painter, session, language: None
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    live = player.screen
    player.key(pygame.K_TAB)
    assert live.in_room and live.room.heads_drawn == 0
    recorder = player.app.painter.recorder
    recorder.on = True
    player.frames()
    assert any(item.text == live.say("live.opening_room") for item in recorder.texts)
    slow.ready = lambda painter: True
    player.frames()
    assert live.room.heads_drawn > 0
