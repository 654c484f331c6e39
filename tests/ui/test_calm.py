"""With reduced motion nothing moves on the sheets; without it, it does."""

from __future__ import annotations

import pygame
import pytest


def pictures(player, seconds=(0.0, 0.4)) -> list[bytes]:
    """What the window looks like at these moments."""
    found = []
    for passed in seconds:
        player.frames(1, passed)
        player.app.draw()
        found.append(pygame.image.tobytes(player.app.window, "RGB"))
    return found


def to_nights(player):
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.frames(20, 0.25)
    player.key(pygame.K_ESCAPE)
    player.screen._skip()
    player.until("EndScreen")
    player.key(pygame.K_RETURN)
    player.frames(4)
    screen = player.screen
    screen.session.paused = True
    screen._flying = [(screen.clock - 0.2, False, 0.4), (screen.clock - 0.3, True, 0.7)]
    return screen


@pytest.mark.parametrize("calm", [False, True])
def test_parcels_stand_still(open_app, short, calm):
    player = open_app(scenario=short)
    player.app.settings.reduced_motion = calm
    screen = to_nights(player)
    first, _ = pictures(player)
    screen.clock += 0.4
    later, _ = pictures(player)
    assert (first == later) is calm


@pytest.mark.parametrize("place", ["title", "brief", "bets"])
def test_the_street_behind_a_sheet_stands_still(open_app, short, place):
    player = open_app(scenario=short, newcomer=place == "bets")
    player.app.settings.reduced_motion = True
    if place != "title":
        player.key(pygame.K_RETURN)
        player.screen.session.prepare(wait=True)
        # Whether there are ghosts shows on a button, and is found out in the background.
        player.screen.company.look(wait=True)
    if place == "bets":
        player.key(pygame.K_RETURN)
        assert player.name == "BetsScreen"
    player.frames(3)
    first, later = pictures(player)
    assert first == later
