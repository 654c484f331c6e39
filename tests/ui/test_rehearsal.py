"""The room is drawn out of sight, and what was drawn there is used."""

from __future__ import annotations

import pygame

from sim.ui.painter import Painter
from sim.ui.session import Session
from sim.ui.street.crowd import Crowd
from sim.ui.street.rehearsal import Rehearsal
from sim.ui.street.room import RoomView
from tests.ui.fake_run import FakeRun


def prepared(scenario):
    session = Session(scenario, make_run=FakeRun)
    session.prepare(wait=True)
    return session


def test_after_a_rehearsal_nothing_of_the_room_is_left_to_draw(scenario):
    pygame.display.init()
    painter = Painter(pygame.display.set_mode((1280, 720)))
    session = prepared(scenario)
    rehearsal = Rehearsal()
    assert not rehearsal.ready(painter)
    rehearsal.keep(painter, session, "zh")
    assert rehearsal.ready(painter, wait=True)
    made = []
    get = painter.pictures.get

    def watched(key, make):
        def counted():
            made.append(key)
            return make()

        return get(key, counted)

    painter.pictures.get = watched
    RoomView(scenario, Crowd()).draw(painter, session, "zh")
    assert made == []


def test_a_rehearsal_for_another_size_of_window_does_not_count(scenario):
    pygame.display.init()
    painter = Painter(pygame.display.set_mode((1280, 720)))
    rehearsal = Rehearsal()
    rehearsal.keep(painter, prepared(scenario), "zh")
    painter.adopt(pygame.display.set_mode((1920, 1080)))
    assert not rehearsal.ready(painter, wait=True)


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
    slow._ready_for = player.app.window.get_size()
    player.frames()
    assert live.room.heads_drawn > 0
