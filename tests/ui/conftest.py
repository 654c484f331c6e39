"""A window that nobody sees, small runs, and a user's folder that is thrown away."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from sim.paths import prepare_compiled_cache
from sim.scenario import Scenario
from sim.ui.app import App
from sim.ui.screens.base import Push
from sim.ui.screens.title import TitleScreen
from tests.ui.fake_run import FakeRun, fake_compare
from tests.ui.helpers import PlainBuilder, Player

# Before the user's folder is thrown away for tests: compiled code should be made only once.
prepare_compiled_cache()


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))


@pytest.fixture(scope="session")
def scenario():
    return Scenario.load("first_stream")


@pytest.fixture(scope="session")
def short(scenario):
    """Few shoppers, ten minutes, three nights."""
    return scenario.with_changes({"shoppers": 400, "live.minutes": 10, "nights": 3})


@pytest.fixture
def open_app(monkeypatch):
    """open_app(size, language, scenario=None, real=False) -> Player on the title screen.

    newcomer: bets are asked for and the controls are taught, as when the game is new; otherwise
    the brief leads straight to the live.
    """
    apps = []

    def make(size=(1280, 720), language="zh", scenario=None, real=False, newcomer=False) -> Player:
        if scenario is not None:
            monkeypatch.setattr("sim.ui.screens.title._load_all", lambda: ([scenario], 0))
        fake = {} if real else {"make_run": FakeRun, "compare": fake_compare}
        # Sounds have their own tests; here loading them would take most of the time.
        monkeypatch.setattr("sim.ui.sound.Sound.prepare", lambda sound, wait=False: None)
        app = App(size, language, **fake)
        app.settings.ask_bets, app.settings.taught = newcomer, not newcomer
        app.builder = PlainBuilder()
        app.apply(Push(TitleScreen(app)))
        apps.append(app)
        player = Player(app)
        player.frames()
        return player

    yield make
    pygame.event.clear()
    for app in apps:
        for screen in app.stack:
            screen.closed()
