"""One person stays in view through street, note, rooms and home; the numbers stay the same."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from sim.ui import words
from sim.ui.screens import hud
from sim.ui.street.crowd import Crowd
from sim.ui.street.geometry import StreetMap
from sim.ui.street.seating import Seating
from tests.ui.test_crowd import ROOMS, people_of


@pytest.fixture
def live(open_app):
    player = open_app()
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.key(pygame.K_SPACE)
    return player


def put(player, place: int, where: int = 0) -> int:
    """Observe the first person at this place from now on; returns their number."""
    session = player.screen.session
    people = session.run.people
    people["place"][0], people["where"][0] = place, where
    session.seen = session.run.observe()
    return int(people["shopper"][0])


def follow(player, place: int, where: int = 0):
    shopper = put(player, place, where)
    player.screen._open_card(shopper)
    player.key(pygame.K_f)
    assert player.screen.following.shopper == shopper
    return player.screen.following


def settle(player) -> None:
    player.key(pygame.K_SPACE)
    player.screen.session.advance = lambda seconds: 0
    player.frames(120)


def test_the_camera_comes_close_and_the_person_stays_on_the_window(live):
    following = follow(live, 1)
    # Each frame makes a few of the larger figures, and how many there are other tests decide.
    for _ in range(400):
        if following.camera.close:
            break
        live.frames(1)
    live.frames(40)
    assert following.camera.close
    x, y = following._spot_on_window()
    assert 320 < x < 1270 and 70 < y < 650
    point = following.camera.on_street(following.camera.on_window(500.0, 300.0))
    assert np.allclose(point, (500.0, 300.0))
    live.key(pygame.K_ESCAPE)
    assert following.shopper is None and live.name == "LiveScreen"
    live.frames()
    assert not following.camera.close


def test_through_our_room_another_room_and_home(live):
    following = follow(live, 2)
    live.frames(2)
    assert following.at.place == "reading" and following.at.host is not None
    put(live, 3, 0)
    settle(live)
    assert following.at.place == "our_room" and live.screen.in_room
    assert live.screen.room.head_of(following.shopper) is not None
    host = next(i for i, h in enumerate(live.screen.session.scenario.hosts) if i and h.live)
    put(live, 3, host)
    live.frames(120)
    assert (following.at.place, following.at.host) == ("other_room", host)
    assert not live.screen.in_room and following.at.spot is not None
    name = following.shopper
    put(live, 0)
    live.frames(2)
    assert following.shopper is None and name is not None
    assert live.screen._message[0].key == "ui.follow.home"


def test_in_our_room_the_camera_comes_close_too(live):
    following = follow(live, 3, 0)
    settle(live)
    camera, room = following.camera, live.screen.room
    assert live.screen.showing_room and camera.close
    seat = room.head_of(following.shopper)
    middle = (seat[0] + seat[2] / 2, seat[1] + seat[3] / 2)
    x, y = camera.on_window(*middle)
    assert 0 < x < 1280 and 70 < y < 650
    # What is under the mouse is found where it is seen, not where it would be without.
    assert room.person_at((x, y)) in {person for box, person in room._heads if inside(box, middle)}
    assert room.heads_drawn == live.screen.session.seen.room.viewers
    live.key(pygame.K_f)
    live.frames(2)
    assert not camera.close and live.screen.showing_room


def inside(box, point) -> bool:
    x, y, width, height = box
    return x <= point[0] < x + width and y <= point[1] < y + height


@pytest.mark.parametrize("nearest", [False, True])
def test_close_by_the_host_and_the_nearest_row_lie_between_the_bars(live, nearest):
    live.key(pygame.K_TAB)
    live.frames(5)
    heads = sorted(live.screen.room._heads, key=lambda head: head[0][1])
    box, shopper = heads[-1 if nearest else 0]
    live.screen._open_card(shopper)
    live.key(pygame.K_f)
    live.frames(150)
    camera, painter = live.screen.following.camera, live.app.painter
    assert camera.close
    host = camera.on_window(painter.width / 2, live.screen.room.host_top(painter.height))
    assert host[1] >= 70, "the bar above cuts the host's head off"
    assert camera.on_window(*box[:2])[1] + box[3] * camera.zoom < painter.height - 72


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["room", "card", "map"])
def test_what_stays_while_time_stands_still_covers_no_control(live, monkeypatch, language, view):
    live.app.set_language(language)
    live.key(pygame.K_z if view == "map" else pygame.K_TAB)
    if view == "card":
        live.screen._open_card(live.screen.room._heads[0][1])
    session = live.screen.session
    session.taken_back_at = session.run.tick
    boxes = []

    notice = hud.notice

    def watched(painter, *args):
        drawn = painter.panel
        with monkeypatch.context() as patch:
            patch.setattr(
                painter, "panel", lambda box, *a, **k: (boxes.append(box), drawn(box, *a, **k))
            )
            notice(painter, *args)

    monkeypatch.setattr(hud, "notice", watched)
    live.app.painter.recorder.on = True
    live.frames()
    (x, y, wide, high) = boxes[-1]
    for widget in live.screen.group.widgets:
        left, top, width, tall = widget.box
        apart = left >= x + wide or left + width <= x or top >= y + high or top + tall <= y
        assert apart, widget.name
    if view == "map":
        assert y + high <= live.screen.map.plan.area[1]
    else:
        inside = words.say("street.watching", language, count=session.seen.room.viewers)
        sign = next(t for t in live.app.painter.recorder.texts if t.text == inside)
        left, top, width, tall = sign.box
        assert top >= y + high or top + tall <= y, "it lies on the sign"


@pytest.mark.parametrize("key", [pygame.K_TAB, pygame.K_r, pygame.K_z])
def test_another_view_that_is_asked_for_ends_following(live, key):
    following = follow(live, 3, 0)
    settle(live)
    assert live.screen.showing_room
    live.key(key)
    live.frames(20)
    assert following.shopper is None and not live.screen.in_room
    assert live.screen.on_map == (key == pygame.K_z)


def test_with_reduced_motion_there_is_only_the_marker(live):
    live.app.settings.reduced_motion = True
    following = follow(live, 1)
    live.frames(20)
    assert not following.camera.close and following._spot_on_window() is not None


def test_the_followed_one_is_seen_and_no_number_changes():
    street = StreetMap(1280, 720, ROOMS)
    crowd = Crowd()
    crowd.take(people_of(3000, 1), np.zeros(1, np.int64), street)
    before = len(crowd.shown())
    hidden = int(np.setdiff1d(crowd.ids, crowd.ids[crowd.shown()])[0])
    crowd.follow(hidden)
    assert hidden in crowd.ids[crowd.shown()] and len(crowd.shown()) == before
    seating = Seating(10)
    seating.update(list(range(40)))
    hidden = next(person for person in range(40) if person not in seating.seats)
    seating.followed = hidden
    seating.update(list(range(40)))
    assert hidden in seating.seats and seating.heads == 10 and seating.people == 40
