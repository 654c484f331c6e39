"""Golden pictures: what the main screens look like, down to the pixel, with a little tolerance.

    python -m tests.ui.golden write    draw them anew after a meant change; then look at them
    python -m tests.ui.golden check    say how far each is from the kept one

They are drawn by the real window at 1280 x 720, with the art and fonts of the repository, a run
that is made up (`tests.ui.fake_run`), the scenario that tests keep for themselves, and frames of a
fixed length, so that neither the model, nor the lessons, nor the speed of the machine has a say.
They are kept at half their size, with the two lowest bits of each channel left out, to stay small.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import numpy as np
import pygame

FOLDER = Path(__file__).parent / "golden"
SIZE = (1280, 720)
MOST_LEVELS = 8
MOST_PIXELS = 0.005
_LESSON = Path(__file__).parents[1] / "scenario" / "lessons" / "first_stream.yaml"
_FRAME = 0.05
_NIGHT_STEP = 360


# One for all windows, since the street takes longer to build than all else.
_BUILDER: list = []


# -- a window whose every frame is the same each time --------------------------------------------
class _Patient:
    """Mixed into a scene builder: its picture of the street is waited for, however long."""

    def want(self, size, unit, rooms, wait=False):
        return super().want(size, unit, rooms, wait=True)

    @property
    def closer(self):
        self._closer = self._closer or type(self)()
        return self._closer


@contextmanager
def window(language: str) -> Iterator:
    """A Player on the title screen, with one scenario and nothing played yet."""
    from sim.scenario import Scenario
    from sim.ui.app import App
    from sim.ui.screens.base import Push
    from sim.ui.screens.title import TitleScreen
    from sim.ui.settings import Settings
    from sim.ui.street.scene_builder import SceneBuilder
    from tests.ui.fake_run import FakeRun
    from tests.ui.helpers import NoRehearsal, Player

    scenario = Scenario.load(_LESSON)
    if not _BUILDER:
        _BUILDER.append(type("PatientBuilder", (_Patient, SceneBuilder), {})())
        _BUILDER[0].rehearsal = NoRehearsal()
    settings = Settings(language=language, muted=True, taught=True)
    with (
        tempfile.TemporaryDirectory() as home,
        patch.dict(os.environ, {"STROLL_STREET_HOME": home}),
        patch("sim.ui.screens.title._load_all", lambda: ([scenario], 0)),
        patch("sim.ui.sound.Sound.prepare", lambda sound, wait=False: None),
    ):
        app = App(SIZE, language, settings, FakeRun, _compare)
        app.builder = _BUILDER[0]
        app.apply(Push(TitleScreen(app)))
        player = Player(app)
        pygame.event.clear()
        player.frames(3, _FRAME)
        try:
            yield player
        finally:
            for screen in reversed(app.stack):
                screen.closed()
                if hasattr(screen, "kept"):
                    screen.kept.wait()
            pygame.event.clear()


def _title(player) -> None:
    player.frames(30, _FRAME)


def _title_played(player) -> None:
    from sim.ui.saved import PlayedRun

    title = player.screen
    name = title.scenarios[0].id
    for day, net, back, stars in (
        (9, 4541.0, 0.0, 3),
        (8, 3148.5, 0.595, 1),
        (7, 876.0, 0.4, None),
    ):
        # A moment in the time of this place, so that it reads the same wherever it is drawn.
        then = int(time.mktime((2026, 3, day, 20, 5, 0, 0, 0, -1)))
        title.recent.append(PlayedRun(name, then, net, back, stars))
    title.stars = {name: 3}
    title.rebuild()
    _title(player)


def _settings(player) -> None:
    from sim.ui.screens.base import Push
    from sim.ui.screens.settings import SettingsScreen

    player.app.settings.player = "小鱼"
    player.app.apply(Push(SettingsScreen(player.app)))
    player.frames(2, _FRAME)


def _brief(player) -> None:
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.frames(4, _FRAME)


def _bets(player) -> None:
    _brief(player)
    player.key(pygame.K_RETURN)
    screen = player.screen
    screen.stakes[0].move(0, 0.8)
    screen.stakes[1].values = [0.1, 0.35]
    for stake in screen.stakes[:2]:
        stake.touched = True
    screen.rebuild()
    player.frames(2, _FRAME)


def _forward(session, ticks: int, step: int = 1) -> None:
    """Let the run go on by itself; the window's own pace depends on the machine."""
    for _ in range(0, ticks, step):
        session.run.advance_ticks(step)
        session._look()


def _live(player) -> None:
    player.app.settings.ask_bets = False
    _brief(player)
    player.key(pygame.K_RETURN)
    assert player.name == "LiveScreen"
    # Whether there are ghosts to call shows on a button, and is found out in the background.
    player.screen.company.look(wait=True)
    _forward(player.screen.session, 90)
    player.frames(80, _FRAME)


def _room(player) -> None:
    _live(player)
    player.key(pygame.K_r)
    player.frames(20, _FRAME)
    assert player.screen.showing_room


def _map(player) -> None:
    _live(player)
    player.key(pygame.K_z)
    player.frames(20, _FRAME)


# Such as a live of the first lesson may end with.
_FIGURES = {
    "impressions": 45686.0, "visits": 969.0, "viewers": 747.0, "watch_seconds": 182.0,
    "comments": 41.0, "commenters": 30.0, "orders": 19.0, "buyers": 17.0,
    "conversion": 17 / 747, "gmv": 4372.0, "returns": 8.0, "return_rate": 8 / 19,
    "net_sales": 3260.0, "followers": 15.0, "unfollowed": 5.0, "orders_after_5min": 11 / 19,
    "median_minutes_to_order": 5.0, "commenter_ratio": 3.1, "trust": 0.34,
}  # fmt: skip


def _compare(scenario, tactic: str, seed: int) -> dict[str, float]:
    """Stands in for the comparison: four figures that any tactic might come to."""
    place = list(scenario.choices).index(tactic)
    return _FIGURES | {"net_sales": 4541.0 - 350.5 * place, "return_rate": 0.09 * place}


def _end(player) -> None:
    _live(player)
    session = player.screen.session
    _forward(session, session.run.live_end_tick - session.run.tick)
    player.frames(4, _FRAME)
    assert player.name == "EndScreen"


def _nights(player) -> None:
    _end(player)
    player.key(pygame.K_RETURN)
    screen = player.screen
    screen.session.paused = True
    _forward(screen.session, 4 * 8640, _NIGHT_STEP)
    player.frames(1, _FRAME)
    screen.clock += 0.9
    player.frames(1, 0.0)
    screen.rebuild()


def _result(player) -> None:
    _end(player)
    from sim.ui.screens.base import Replace
    from sim.ui.screens.result import ResultScreen

    session = player.screen.session
    _forward(session, session.run.end_tick - session.run.tick, _NIGHT_STEP)
    session.run.report = lambda: dict(_FIGURES)
    player.app.apply(Replace(ResultScreen(player.app, session)))
    player.screen.crowd.wait()
    player.frames(2, _FRAME)


def _timeline(player) -> None:
    _result(player)
    player.screen.tab = "timeline"
    player.frames(2, _FRAME)


def _same_crowd(player) -> None:
    _result(player)
    player.screen.tab = "crowd"
    player.frames(2, _FRAME)


# name -> how to get there, and the languages in which it is kept
SCENES: dict[str, tuple[Callable, tuple[str, ...]]] = {
    "title": (_title, ("zh",)),
    "title_played": (_title_played, ("en",)),
    "settings": (_settings, ("zh", "en")),
    "brief": (_brief, ("zh", "en")),
    "bets": (_bets, ("zh", "en")),
    "live": (_live, ("zh",)),
    "room": (_room, ("zh", "en")),
    "map": (_map, ("zh",)),
    "end": (_end, ("en",)),
    "nights": (_nights, ("zh",)),
    "result": (_result, ("zh", "en")),
    "timeline": (_timeline, ("zh",)),
    "same_crowd": (_same_crowd, ("en",)),
}
NAMES = tuple(f"{name}_{language}" for name, (_, all_) in SCENES.items() for language in all_)


# -- pictures ------------------------------------------------------------------------------------
def drawn(name: str) -> np.ndarray:
    """The screen `<scene>_<language>` as it looks now: height x width x 3 levels, at half size."""
    scene, _, language = name.rpartition("_")
    with window(language) as player:
        SCENES[scene][0](player)
        player.app.draw()
        half = pygame.transform.smoothscale(player.app.window, (SIZE[0] // 2, SIZE[1] // 2))
        return pygame.surfarray.array3d(half).swapaxes(0, 1).copy()


def kept(name: str) -> np.ndarray:
    """The kept picture of that name; FileNotFoundError when there is none."""
    picture = pygame.image.load(str(FOLDER / f"{name}.png"))
    return pygame.surfarray.array3d(picture).swapaxes(0, 1).copy()


def save(levels: np.ndarray, path: Path) -> None:
    """Write a picture, its colours in steps of four, which keeps the file small."""
    coarse = (levels // 4 * 4 + 2).astype(np.uint8)
    surface = pygame.surfarray.make_surface(coarse.swapaxes(0, 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    pygame.image.save(surface, str(path))


def share_apart(one: np.ndarray, other: np.ndarray) -> float:
    """The share of pixels of which a channel is more than MOST_LEVELS apart."""
    if one.shape != other.shape:
        return 1.0
    apart = np.abs(one.astype(np.int16) - other.astype(np.int16)).max(axis=2)
    return float((apart > MOST_LEVELS).mean())


def main(arguments: list[str]) -> int:
    from sim.paths import prepare_compiled_cache

    prepare_compiled_cache()
    if arguments not in (["write"], ["check"]):
        print("usage: python -m tests.ui.golden write|check")
        return 2
    worst = 0.0
    for name in NAMES:
        levels = drawn(name)
        if arguments == ["write"]:
            save(levels, FOLDER / f"{name}.png")
            print(f"{name}: {(FOLDER / f'{name}.png').stat().st_size / 1000:.0f} kB")
        else:
            apart = share_apart(levels, kept(name))
            worst = max(worst, apart)
            print(f"{name}: {apart:.3%} of pixels apart")
    if arguments == ["write"]:
        for path in FOLDER.glob("*.png"):
            if path.stem not in NAMES:
                path.unlink()
    return int(worst > MOST_PIXELS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
