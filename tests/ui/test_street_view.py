"""The street stays peopled whatever happens to the window, and its shops are kept up to date."""

from __future__ import annotations

import gc
import threading
import weakref

import numpy as np
import pygame
import pytest

from sim.ui.art import soft
from sim.ui.painter import Painter
from sim.ui.street import figures, scene_builder
from sim.ui.street.backdrop import backdrop_of, tiles_of
from sim.ui.street.crowd import IN_ROOM, Crowd
from sim.ui.street.geometry import StreetMap
from sim.ui.street.scene import Scene
from sim.ui.street.scene_builder import SceneBuilder
from sim.ui.street.view import StreetView
from tests.ui.fake_run import FakeRun
from tests.ui.helpers import PlainBuilder
from tests.ui.test_crowd import people_of


def plain_scene(size, unit, street):
    background = pygame.Surface(size)
    background.fill((200, 180, 150))
    return Scene(background, pygame.Surface((1, 1), pygame.SRCALPHA), (0, 0), street)


@pytest.fixture
def run(scenario):
    run = FakeRun(scenario)
    run.advance_ticks(run.live_start_tick + 5)
    return run


def window(size) -> Painter:
    pygame.display.init()
    return Painter(pygame.display.set_mode(size))


class SlowBuilder(PlainBuilder):
    """Never has the picture for a new window."""

    def want(self, size, unit, rooms, wait=False):
        if self._scene is None:
            return super().want(size, unit, rooms)
        return self._scene


def counted(view, people) -> None:
    """Everybody observed is a figure, or sits behind a window."""
    crowd = view.crowd
    inside = int(((crowd.place == IN_ROOM) & crowd.arrived).sum())
    assert view.figures_drawn == len(people) - inside
    assert sum(seating.people for seating in crowd.seatings.values()) == inside


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (1706, 720)])
def test_after_a_resize_while_time_stands_still_everybody_is_there(scenario, run, size):
    painter, view = window((1280, 720)), StreetView(scenario, PlainBuilder())
    seen = run.observe()
    view.take(seen, painter)
    view.move(0.1, 1.0)
    view.draw(painter, "zh")
    counted(view, seen.people)
    heads = len(view._heads)
    assert heads > 10
    painter.adopt(pygame.display.set_mode(size))
    for _ in range(2):
        view.take(seen, painter)
        view.move(0.1, 0.0)
        view.draw(painter, "zh")
    counted(view, seen.people)
    assert len(view._heads) == heads


def test_people_walk_over_the_old_picture_until_the_new_one_is_ready(scenario, run):
    painter, view = window((1280, 720)), StreetView(scenario, SlowBuilder())
    seen = run.observe()
    view.take(seen, painter)
    view.draw(painter, "zh")
    before = view.figures_drawn
    painter.adopt(pygame.display.set_mode((1600, 900)))
    view.take(seen, painter)
    painter.surface.fill((0, 0, 0))
    view.draw(painter, "zh")
    assert view.figures_drawn == before > 50
    assert painter.surface.get_at((5, 5))[:3] == (200, 180, 150)
    assert painter.surface.get_at((1595, 895))[:3] == (200, 180, 150)


def test_the_picture_of_another_street_serves_until_ours_is_ready(scenario, run):
    painter, builder = window((1280, 720)), SlowBuilder()
    builder.want((1280, 720), 1.0, (True,))
    view = StreetView(scenario, builder)
    seen = run.observe()
    view.take(seen, painter)
    view.draw(painter, "zh")
    counted(view, seen.people)


def test_only_one_picture_is_built_at_a_time_and_the_last_size_wins(monkeypatch):
    built, running, most = [], [0], [0]
    gate = threading.Event()

    def build(size, unit, street):
        running[0] += 1
        most[0] = max(most[0], running[0])
        gate.wait(10)
        built.append(size)
        running[0] -= 1
        return plain_scene(size, unit, street)

    pygame.display.init()
    monkeypatch.setattr(scene_builder, "build_scene", build)
    builder = SceneBuilder()
    for width in range(1280, 1340, 10):
        builder.want((width, 720), 1.0, (True, False))
    gate.set()
    scene = builder.want((1330, 720), 1.0, (True, False), wait=True)
    assert scene.background.get_size() == (1330, 720)
    assert built == [(1280, 720), (1330, 720)] and most == [1]


def test_a_picture_that_fails_once_is_tried_again_and_at_last_said(monkeypatch):
    pygame.display.init()
    tries = []

    def build(size, unit, street):
        tries.append(size)
        if len(tries) < 3:
            raise ValueError("not yet")
        return plain_scene(size, unit, street)

    monkeypatch.setattr(scene_builder, "build_scene", build)
    builder = SceneBuilder()
    assert builder.want((1280, 720), 1.0, (True,), wait=True) is not None
    tries.clear()
    monkeypatch.setattr(scene_builder, "_MOST_TRIES", 2)
    with pytest.raises(ValueError, match="not yet"):
        SceneBuilder().want((1280, 720), 1.0, (True,), wait=True)


def test_shops_are_drawn_again_only_when_they_change(scenario, run):
    painter, builder = window((1280, 720)), PlainBuilder()
    view, backdrop = StreetView(scenario, builder), backdrop_of(builder)
    seen = run.observe()
    for _ in range(3):
        view.take(seen, painter)
        view.draw(painter, "zh")
    assert backdrop.drawn == len(view._street.plots)
    run.people["patience"][:] = 0.05
    view.take(run.observe(), painter)
    view.draw(painter, "zh")
    assert backdrop.drawn > len(view._street.plots)


def test_what_was_mended_looks_like_what_is_drawn_anew(scenario, run):
    """Shops drawn again one by one give the same picture as the whole street at once."""
    painter = window((1280, 720))
    view = StreetView(scenario, PlainBuilder())
    pictures = []
    for tick in range(4):
        run.advance_ticks(1)
        view.take(run.observe(), painter)
        painter.clock = tick * 0.7
        view.crowd.say(int(view.crowd.ids[-1 - tick]), "heart")
        view.draw(painter, "en")
    pictures.append(pygame.image.tobytes(painter.surface, "RGB"))
    painter.recorder.on = True  # the whole is drawn anew while texts are being recorded
    view.draw(painter, "en")
    pictures.append(pygame.image.tobytes(painter.surface, "RGB"))
    assert pictures[0] == pictures[1]


def test_lamps_in_tiles_look_like_lamps_in_one_piece():
    pygame.display.init()
    pygame.display.set_mode((300, 200))
    lamp = pygame.Surface((260, 150), pygame.SRCALPHA)
    pygame.draw.circle(lamp, (90, 60, 20, 90), (40, 40), 30)
    pygame.draw.line(lamp, (200, 100, 50, 255), (0, 149), (259, 0), 3)
    whole, tiled = pygame.Surface((300, 200)), pygame.Surface((300, 200))
    whole.blit(lamp, (20, 30), None, pygame.BLEND_PREMULTIPLIED)
    tiled.fblits(tiles_of(lamp, (20, 30)), pygame.BLEND_PREMULTIPLIED)
    assert pygame.image.tobytes(whole, "RGB") == pygame.image.tobytes(tiled, "RGB")


def test_with_reduced_motion_only_places_change(scenario, run):
    """The same places at another moment give the same picture, flag, hosts and steps included."""
    painter, view = window((1280, 720)), StreetView(scenario, PlainBuilder())
    view.take(run.observe(), painter)
    view.move(0.5, 1.0)

    def at(clock: float, still: bool) -> bytes:
        painter.clock, painter.still, view.crowd.clock = clock, still, clock
        view.draw(painter, "zh")
        return pygame.image.tobytes(painter.surface, "RGB")

    assert at(1.0, True) == at(1.7, True)
    assert at(1.0, False) != at(1.7, False)
    before = view.crowd.v.copy()
    view.move(0.2, 1.0)
    assert not np.array_equal(before, view.crowd.v)


def test_what_is_kept_of_soft_shapes_and_wardrobes_is_bounded():
    pygame.display.init()
    for width in range(400):
        soft.kept(("test", width), lambda: pygame.Surface((300, 300), pygame.SRCALPHA))
    assert soft.kept_bytes() <= 24_000_000
    big = soft.kept(("test", "big"), lambda: pygame.Surface((2000, 2000), pygame.SRCALPHA))
    again = soft.kept(("test", "big"), lambda: pygame.Surface((2000, 2000), pygame.SRCALPHA))
    assert big is not again
    for unit in (1.0, 1.1, 1.2, 1.3):
        assert figures.wardrobe_for(unit) is figures.wardrobe_for(unit)
    assert len(figures._wardrobes) == 2


def test_strollers_keep_clear_of_the_bar_below_and_of_each_other(scenario):
    street = StreetMap(1280, 720, (True,) * 6)
    crowd = Crowd()
    crowd.take(people_of(200, 1), np.zeros(1, np.int64), street)
    for _ in range(1200):
        crowd.move(1 / 30, 1.0, street)
    x, y, scale = street.place(crowd.u, crowd.v)
    assert (y <= 720 - 72 + 8).all()
    gaps = np.hypot(x[:, None] - x[None, :], (y[:, None] - y[None, :]) * 1.5)
    np.fill_diagonal(gaps, 1e9)
    # Shoulders may touch, but hardly anybody stands in another.
    assert (gaps.min(1) < 12 * scale).mean() < 0.05


def test_a_screen_that_was_left_is_let_go_though_garbage_is_not_collected_by_itself(open_app):
    player = open_app()
    player.key(pygame.K_RETURN)
    assert player.name == "BriefScreen"
    player.screen.session.prepare(wait=True)
    left = weakref.ref(player.screen)
    gc.disable()
    try:
        player.key(pygame.K_ESCAPE)
        assert player.name == "TitleScreen"
        player.frames()
        assert left() is None
    finally:
        gc.enable()
