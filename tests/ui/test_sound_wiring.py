"""What the window makes heard, as a list of names instead of a device."""

from __future__ import annotations

import json

import pygame
import pytest

from sim.paths import user_data_folder
from sim.ui.app import App
from sim.ui.screens.base import Push
from sim.ui.screens.title import TitleScreen
from sim.ui.settings import load_settings
from sim.ui.sound import RATE
from tests.ui.helpers import PlainBuilder


@pytest.fixture
def listening(open_app, short):
    """A player on the title, and the list of everything that was asked to be heard."""
    player = open_app(scenario=short)
    heard: list[str] = []
    sound = player.app.sound

    def play(name, strength=1.0, variant=0):
        heard.append(name)
        return True

    sound.play = play
    for screen in player.app.stack:
        screen.group._play = play
    return player, heard


def open_live(player, heard):
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    heard.clear()
    return player.screen


def test_a_game_opens_the_device_and_gives_it_back(monkeypatch):
    pygame.mixer.quit()
    # The fonts that other tests have loaded would be gone.
    monkeypatch.setattr(pygame, "quit", lambda: None)
    app = App((1280, 720), "zh")
    app.builder = PlainBuilder()
    app.apply(Push(TitleScreen(app)))
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode=""))
    heard = []

    def step(seconds, step=app.step):
        step(seconds)
        heard.append(pygame.mixer.get_init())
        app.running = False

    app.step = step
    assert app.run() == 0
    assert heard == [(RATE, -16, 2)]
    assert pygame.mixer.get_init() is None


def test_controls_are_heard(listening):
    player, heard = listening
    player.key(pygame.K_TAB)
    assert heard == ["focus"]
    player.click("settings")
    assert heard == ["focus", "click"]


def test_the_live_is_heard(listening):
    player, heard = listening
    live = open_live(player, heard)
    assert player.app.sound._wanted == ("street", 1.0)
    player.key(pygame.K_3)
    assert "tactic_pushing" in heard
    heard.clear()
    player.key(pygame.K_SPACE)
    assert heard == ["pause"] and player.app.sound._wanted == ("street", 0.4)
    player.key(pygame.K_TAB)
    assert player.app.sound._wanted[0] == "room"
    player.key(pygame.K_SPACE)
    player.frames(200, 0.2)
    assert {"resume", "live_opens", "comment", "coin"} <= set(heard)
    live.session.seen.room.queue.clear()
    player.key(pygame.K_a)
    assert heard[-1] == "error"


def test_the_end_the_nights_and_the_result_are_heard(listening):
    player, heard = listening
    live = open_live(player, heard)
    live.session.speed = 16
    player.until("EndScreen", seconds=0.2)
    assert heard[-1] == "live_ends"
    player.key(pygame.K_RETURN)
    assert "night" in heard
    player.frames(400, 0.1)
    assert {"parcel_out", "parcel_back"} <= set(heard)
    player.key(pygame.K_RETURN)
    player.until("ResultScreen")
    assert "success" in heard


def test_m_mutes_everywhere_and_is_remembered(open_app, short):
    player = open_app(scenario=short)
    assert not player.app.sound.muted
    player.key(pygame.K_m)
    assert player.app.sound.muted and load_settings().muted
    player.key(pygame.K_m)
    assert not player.app.sound.muted and not load_settings().muted


def test_the_volume_is_chosen_in_the_settings(open_app, short):
    player = open_app(scenario=short)
    player.click("settings")
    player.click("sound", 0.5)
    assert player.app.sound.volume == pytest.approx(0.5) and load_settings().volume == 50
    player.click("sound", 0.1)
    assert player.app.sound.muted and load_settings().volume == 50


@pytest.mark.parametrize("volume", [0, -3, 1000, "loud", 0.5, True])
def test_a_damaged_volume_takes_its_usual_value(tmp_path, volume):
    user_data_folder().mkdir(parents=True)
    (user_data_folder() / "settings.json").write_text(json.dumps({"volume": volume}))
    assert load_settings().volume == 80
