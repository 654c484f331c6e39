"""What is drawn is what was observed."""

from __future__ import annotations

import random

import numpy as np
import pygame
import pytest

from sim.ui.painter import Painter
from sim.ui.street.crowd import AT_DOOR, IN_ROOM, READING, STROLLING, Crowd
from sim.ui.street.figures import Wardrobe, draw_crowd
from sim.ui.street.geometry import StreetMap
from sim.ui.street.seating import Seating
from tests.ui.fake_run import PEOPLE, FakeRun

ROOMS = (True, True, True, True, False, False)


def hosts_of(observation):
    return np.array([card.host for card in observation.cards])


@pytest.fixture
def street():
    return StreetMap(1280, 720, ROOMS)


@pytest.fixture
def surface():
    pygame.display.init()
    return pygame.display.set_mode((1280, 720))


def crowd_of(people, street, cards=1):
    crowd = Crowd()
    crowd.take(people, np.zeros(cards, np.int64), street)
    return crowd


def people_of(count, place, where=0):
    people = np.zeros(count, PEOPLE)
    people["shopper"] = np.arange(count) * 3 + 1
    people["place"] = place
    people["where"] = where
    people["patience"] = 0.5
    return people


def test_every_observed_person_is_drawn_or_counted_behind_a_window(scenario, street, surface):
    run = FakeRun(scenario)
    run.advance_ticks(run.live_start_tick + 5)
    crowd, wardrobe = Crowd(), Wardrobe(1.0)
    for _ in range(40):
        run.advance_ticks(1)
        seen = run.observe()
        crowd.take(seen.people, hosts_of(seen), street)
        for _ in range(5):
            crowd.move(0.1, 3.0, street)
        assert set(crowd.ids.tolist()) == set(seen.people["shopper"].tolist())
        drawn = draw_crowd(surface, crowd, wardrobe, street)
        inside = sum(seating.people for seating in crowd.seatings.values())
        assert drawn + inside == len(seen.people)
        for place, name in ((STROLLING, "strolling"), (READING, "reading")):
            assert int((crowd.place[crowd.shown()] == place).sum()) == seen.street[name]
        for host, viewers in seen.rooms:
            walking = int(((crowd.place == IN_ROOM) & (crowd.host == host) & crowd.outside).sum())
            assert crowd.seatings[host].people + walking == viewers


def test_everybody_reaches_the_place_the_model_put_them(street):
    people = people_of(40, STROLLING)
    crowd = crowd_of(people, street)
    people["place"][:20] = IN_ROOM
    people["where"][:20] = 2
    crowd.take(people, np.zeros(1, np.int64), street)
    assert crowd.seatings[2].people == 0
    for _ in range(400):
        crowd.move(0.1, 1.0, street)
    assert crowd.seatings[2].people == 20
    people["place"][:20] = STROLLING
    crowd.take(people, np.zeros(1, np.int64), street)
    assert len(crowd.shown()) == 40


def test_many_people_are_shared_out_among_figures_and_it_is_known(street, surface):
    crowd = crowd_of(people_of(3000, STROLLING), street)
    per = crowd.people_per_figure
    assert per > 1
    assert len(crowd.shown()) == 3000 // per
    assert draw_crowd(surface, crowd, Wardrobe(1.0), street) == 3000 // per


def test_a_full_room_has_a_queue_at_its_door(street):
    people = people_of(30, AT_DOOR, 1)
    crowd = crowd_of(people, street)
    assert len(crowd.shown()) == 30
    spots = {(round(u, 3), round(v, 3)) for u, v in zip(crowd.u, crowd.v, strict=True)}
    assert len(spots) == 30


def test_people_walk_smoothly(street):
    crowd = crowd_of(people_of(150, STROLLING), street)
    for _ in range(200):
        before = np.stack(street.place(crowd.u, crowd.v)[:2])
        crowd.move(1 / 60, 1.0, street)
        after = np.stack(street.place(crowd.u, crowd.v)[:2])
        assert np.abs(after - before).max() < 6.0


def test_looks_never_touch_chance(street, surface):
    random.seed(5)
    np.random.seed(5)
    before = random.getstate(), np.random.get_state()[1].tolist()
    crowd = crowd_of(people_of(80, STROLLING), street)
    crowd.move(0.1, 1.0, street)
    draw_crowd(surface, crowd, Wardrobe(1.0), street)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before
    again = crowd_of(people_of(80, STROLLING), street)
    again.move(0.1, 1.0, street)
    assert np.array_equal(crowd.u, again.u) and np.array_equal(crowd.v, again.v)


def test_looking_does_not_change_the_run(short, surface):
    from sim.play.run import Run
    from sim.ui.street.view import StreetView
    from tests.ui.helpers import PlainBuilder

    watched, alone = Run(short), Run(short)
    painter, view = Painter(surface), StreetView(short, PlainBuilder())
    for _ in range(60):
        watched.advance_ticks(2)
        view.take(watched.observe(), painter)
        view.move(0.1, 1.0)
        view.draw(painter, "zh")
    alone.advance_ticks(120)
    assert watched.digest() == alone.digest()


@pytest.mark.parametrize("hosts", range(1, 9))
@pytest.mark.parametrize("size", [(1280, 720), (1280, 960), (1706, 720)])
def test_shops_stand_apart_and_inside_the_window(hosts, size):
    street = StreetMap(*size, tuple(i % 2 == 0 for i in range(hosts)))
    boxes = []
    for plot in street.plots:
        x, y, width, height = plot.box(*plot.window)
        assert x > 0 and x + width < size[0] and y > 60 and y + height < size[1] - 70
        boxes.append(pygame.Rect(x, y, width, height))
    assert len(boxes) == hosts
    for i, box in enumerate(boxes):
        assert box.collidelist(boxes[i + 1 :]) < 0


def test_seats_are_kept_and_shared_fairly():
    seating = Seating(10)
    seating.update(list(range(6)))
    assert seating.per_head == 1 and seating.heads == 6
    places = {person: i for i, person in enumerate(seating.seats) if person >= 0}
    seating.update([0, 1, 2, 7])
    for person in (0, 1, 2):
        assert seating.seats[places[person]] == person
    seating.update(list(range(35)))
    assert seating.per_head == 4 and seating.heads == 9
    seating.update([])
    assert seating.heads == 0 and seating.people == 0
