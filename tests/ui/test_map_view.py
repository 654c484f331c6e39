"""The map: everybody a dot, the counts the model's, the dots apart and at rest."""

from __future__ import annotations

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.ui.street.crowd import Crowd
from sim.ui.street.geometry import StreetMap
from sim.ui.street.map_plan import keep_slots
from sim.ui.street.map_view import MapView
from tests.ui.fake_run import PEOPLE
from tests.ui.test_layout import look


@pytest.fixture
def live(open_app, short):
    player = open_app(scenario=short)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.frames(5, 0.25)
    return player


def test_z_shows_everybody_once(live):
    live.key(pygame.K_z)
    for _ in range(12):
        live.frames(1, 0.25)
        seen, map_ = live.screen.session.seen, live.screen.map
        people = seen.people[seen.people["place"] > 0]
        assert live.screen.on_map
        assert map_.dots_drawn == len(people)
        for place in (1, 2, 3, 4):
            assert map_.counts[place] == (people["place"] == place).sum()
        assert sorted(map_.ids) == sorted(people["shopper"])
        assert sum(map_.here.values()) == (people["place"] > 1).sum()
    live.key(pygame.K_z)
    assert not live.screen.on_map


def test_a_click_opens_the_card_of_the_dot(live):
    live.key(pygame.K_z)
    live.screen.session.paused = True
    live.frames(40, 0.1)
    map_ = live.screen.map
    shopper = int(map_.ids[np.flatnonzero(~map_._strolling)[0]])
    live.click_at(map_.spot(shopper))
    assert live.screen.card.shopper == shopper


def test_the_room_key_leaves_the_map(live):
    live.key(pygame.K_z, pygame.K_r)
    assert live.screen.in_room
    assert not live.screen.on_map


def crowded(scenario, count):
    """A map of `count` people, all places, at rest."""
    people = np.zeros(count, PEOPLE)
    people["shopper"] = np.arange(count)
    people["place"] = 1 + np.arange(count) % 4
    rooms = tuple(i == 0 or host.live is not None for i, host in enumerate(scenario.hosts))
    live_hosts = [i for i, room in enumerate(rooms) if room]
    people["where"] = np.array(live_hosts)[np.arange(count) // 4 % len(live_hosts)]
    street = StreetMap(1280, 720, rooms)
    crowd = Crowd()
    crowd.take(people, np.arange(len(rooms)), street)
    map_ = MapView(scenario, crowd, rooms)
    map_.move(1.0, street, still=True)
    return map_, crowd, people, street


@pytest.mark.parametrize("count", [1, 40, 900, 10_000])
def test_nobody_covers_another_and_all_are_inside(scenario, count):
    map_, _, _, _ = crowded(scenario, count)
    standing = ~map_._strolling
    x, y = map_.x[standing], map_.y[standing]
    places = set(zip(np.round(x, 3).tolist(), np.round(y, 3).tolist(), strict=True))
    assert len(places) == standing.sum()
    left, top, wide, high = map_.plan.area
    assert ((map_.x >= left) & (map_.x <= left + wide)).all()
    assert ((map_.y >= top) & (map_.y <= top + high)).all()


def test_who_stays_keeps_the_spot(scenario):
    map_, crowd, people, street = crowded(scenario, 400)
    staying = (people["place"] > 1) & (people["shopper"] >= 8)
    before = {int(s): map_.spot(int(s)) for s in people["shopper"][staying]}
    crowd.take(people[8:], np.arange(len(map_.rooms)), street)
    map_.move(1.0, street, still=True)
    assert {s: map_.spot(s) for s in before} == before


def test_nobody_is_outside_of_their_zone_even_on_the_way(scenario):
    map_, crowd, people, street = crowded(scenario, 400)
    people["place"] = 1 + (people["place"] + 1) % 4
    for _ in range(3):
        people["where"] = np.roll(people["where"], 7)
        crowd.take(people.copy(), np.arange(len(map_.rooms)), street)
        map_.move(0.02, street)
        half = map_.dot / 2
        for zone, x, y in zip(map_.zone.tolist(), map_.x, map_.y, strict=True):
            left, top, wide, high = map_.plan.box_of(zone) if zone else map_.plan.lane
            assert left + half <= x <= left + wide - half
            assert top + half <= y <= top + high - half


@given(st.lists(st.integers(-1, 60), max_size=40))
def test_slots_are_kept_and_never_shared(slots):
    taken, unique = set(), []
    for slot in slots:
        unique.append(-1 if slot in taken else slot)
        taken.add(slot)
    kept = keep_slots(np.array(unique, np.int64), len(unique))
    assert len(set(kept.tolist())) == len(unique)
    assert (kept >= 0).all()
    limit = len(unique) + len(unique) // 6 + 4
    for before, after in zip(unique, kept.tolist(), strict=True):
        if 0 <= before < limit:
            assert after == before


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.permutations(range(-1, 40)))))
def test_a_zone_of_few_people_keeps_slots_far_apart(drawn):
    count, slots = drawn
    given_slots = np.array(slots[:count], np.int64)
    kept = keep_slots(given_slots, count)
    limit = count + count // 6 + 4
    assert len(set(kept.tolist())) == count and (kept >= 0).all() and (kept < limit).all()
    stays = (given_slots >= 0) & (given_slots < limit)
    assert (kept[stays] == given_slots[stays]).all()


@pytest.mark.parametrize("count", range(1, 8))
def test_every_slot_that_may_be_kept_can_be(count):
    for slot in range(count + count // 6 + 4):
        slots = np.full(count, -1)
        slots[0] = slot
        assert keep_slots(slots, count)[0] == slot


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_nothing_overflows(open_app, scenario, size):
    player = open_app(size, scenario=scenario.with_changes({"live.minutes": 10, "nights": 3}))
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.key(pygame.K_z)
    player.frames(4, 0.25)
    problems: list[str] = []
    assert look(player, problems) > 30
    assert not problems, "\n".join(problems)
