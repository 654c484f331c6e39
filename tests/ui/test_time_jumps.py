"""A live that goes on, or goes back, stands still: it shows the street and the chat of that moment.

With the real model throughout.
"""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from sim.ui.street.crowd import AT_DOOR, IN_ROOM, READING, STROLLING


@pytest.fixture(scope="module")
def peopled(scenario):
    """Enough shoppers that somebody is in our room after a few minutes."""
    return scenario.with_changes({"shoppers": 3000, "live.minutes": 20, "nights": 2})


@pytest.fixture
def live(open_app, peopled):
    return begin(open_app(scenario=peopled, real=True))


def begin(player):
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.screen.session.speed = 16
    player.frames(25, 0.1)
    player.screen.session.speed = 4
    return player


def stands_as_seen(screen) -> None:
    """Everybody who does not stroll is just where what was observed says; strollers are spread."""
    people = screen.session.seen.people
    people = people[people["place"] > 0]
    crowd, street = screen.view.crowd, screen.view.street_for(screen.app.painter)
    assert crowd.ids.tolist() == sorted(people["shopper"].tolist())
    seen = dict(zip(people["shopper"].tolist(), people["place"].tolist(), strict=True))
    assert crowd.place.tolist() == [seen[i] for i in crowd.ids.tolist()]
    inside = crowd.place == IN_ROOM
    assert crowd.arrived[inside].all() and not crowd.arrived[~inside].any()
    heads = {host: seating.people for host, seating in crowd.seatings.items()}
    for host in heads:
        here = (people["place"] == IN_ROOM) & (people["where"] == host)
        assert heads[host] == here.sum(), "a window shows another number of people"
    goal_u, goal_v = crowd._goals(street)
    fixed = np.isin(crowd.place, (READING, AT_DOOR))
    assert np.allclose(crowd.u[fixed], goal_u[fixed]) and np.allclose(crowd.v[fixed], goal_v[fixed])
    assert (crowd.place == STROLLING).sum() > 5
    assert crowd.v[crowd.place == STROLLING].std() > 0.1, "they stand in a heap"


def test_a_resumed_live_stands_as_it_was_seen_before_time_goes_on(open_app, peopled, live):
    live.key(pygame.K_1)
    viewers = live.screen.session.seen.room.viewers
    assert viewers > 0
    live.screen.closed()
    again = open_app(scenario=peopled, real=True)
    again.click("resume")
    again.screen.session.prepare(wait=True)
    again.until("LiveScreen")
    assert again.screen.session.paused
    stands_as_seen(again.screen)
    again.frames(3)
    stands_as_seen(again.screen)
    again.key(pygame.K_z)
    again.frames(60)
    map_ = again.screen.map
    high = map_.plan.lane[3]
    y = map_.y[map_._strolling]
    assert y.std() > high / 10, "on the map they lie in lines"


def test_taking_a_choice_back_shows_the_street_of_that_moment(live):
    live.key(pygame.K_2)
    live.frames(20, 0.1)
    before = live.screen.session.run.tick
    live.key(pygame.K_u)
    assert live.screen.session.run.tick < before and live.screen.session.paused
    live.frames(2)
    screen = live.screen
    stands_as_seen(screen)


def test_taking_a_choice_back_keeps_what_people_had_said(live):
    session = live.screen.session
    assert session.feed.items
    live.key(pygame.K_2)
    tick = session.run.tick
    # So much is said afterwards that nothing of before is left among the last lines.
    said = list(session.feed.items)[-3:]
    bought = set(session.feed.bought)
    session.feed.items = type(session.feed.items)(said, maxlen=3)
    for _ in range(60):
        live.frames(1, 0.1)
        if session.feed.items[0].tick >= tick:
            break
    assert session.phase == "live" and session.feed.items[0].tick >= tick
    live.key(pygame.K_u)
    assert session.run.tick == tick
    assert list(session.feed.items) == said and session.feed.bought == bought
    assert not session.feed.new_bubbles
