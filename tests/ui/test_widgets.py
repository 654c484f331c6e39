"""Controls by mouse and by keyboard, charts, settings, and windows that cannot open."""

from __future__ import annotations

import json
import sys
import types

import pygame
import pytest

from sim.errors import DisplayError
from sim.ui import words
from sim.ui.screens.result_figures import groups
from sim.ui.settings import Settings, load_settings
from sim.ui.widgets.base import WidgetGroup
from sim.ui.widgets.button import Button, Choice, Slider
from sim.ui.widgets.charts import bands_of, nice_top, thinned
from sim.ui.widgets.funnel import Group, Step, heights


def button(name, x, pressed, y=0.0):
    return Button(name, (x, y, 80, 40), lambda _: name, lambda: pressed.append(name))


def press(group, key):
    return group.handle(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0), None)


@pytest.fixture
def row():
    pressed: list[str] = []
    group = WidgetGroup()
    group.set([button("a", 0, pressed), button("b", 100, pressed), button("c", 200, pressed)])
    return group, pressed


def test_tab_and_arrows_move_the_focus_and_enter_presses(row):
    group, pressed = row
    press(group, pygame.K_TAB)
    press(group, pygame.K_RIGHT)
    assert group.focused.name == "b"
    press(group, pygame.K_RETURN)
    press(group, pygame.K_LEFT)
    press(group, pygame.K_SPACE)
    assert pressed == ["b", "a"]


def test_a_disabled_control_cannot_be_pressed_or_reached(row):
    group, pressed = row
    group.get("b").enabled = False
    press(group, pygame.K_TAB)
    press(group, pygame.K_TAB)
    assert group.focused.name == "c"
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        group.handle(pygame.event.Event(kind, button=1), (110, 10))
    assert pressed == []


def test_a_press_counts_only_when_released_on_the_same_control(row):
    group, pressed = row
    group.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1), (10, 10))
    group.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, button=1), (110, 10))
    assert pressed == []
    group.handle(pygame.event.Event(pygame.MOUSEMOTION), (110, 10))
    assert group.get("b").hovered and not group.get("a").hovered


def test_choice_goes_round_by_keyboard_and_hits_by_mouse():
    value = {"is": 1}
    options = [(n, lambda _, n=n: str(n)) for n in (1, 4, 16)]
    choice = Choice(
        "speed", (0, 0, 90, 30), options, lambda: value["is"], lambda v: value.update({"is": v})
    )
    choice.press()
    assert value["is"] == 4
    choice.press((85, 10))
    assert value["is"] == 16


def test_slider_keeps_its_ends():
    value = {"is": 0.5}
    slider = Slider(
        "s", (0, 0, 120, 30), 0, 1, 0.1, lambda: value["is"], lambda v: value.update({"is": v})
    )
    slider.drag((500, 10))
    assert value["is"] == 1
    slider.key(pygame.K_RIGHT)
    assert value["is"] == 1
    slider.key(pygame.K_LEFT)
    assert value["is"] == pytest.approx(0.9)


def test_bands_join_equal_neighbours():
    assert bands_of([0, 1, 2, 3], ["a", "a", "b", "b"]) == [(0, 2, "a"), (2, 3, "b")]
    assert bands_of([], []) == []


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (0.3, 0.5), (7, 10), (21, 25), (100, 100), (4323, 5000)]
)
def test_axis_ends_on_a_round_number(value, top):
    assert nice_top(value) == pytest.approx(top)


def test_thinning_keeps_the_ends():
    points = [(i / 10, i) for i in range(100)]
    kept = thinned(points, 1.0)
    assert kept[0] == points[0] and kept[-1] == points[-1] and len(kept) < 15


def test_settings_survive_damage(tmp_path, monkeypatch):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))
    Settings(language="en", reduced_motion=True, start_speed=4).save()
    assert load_settings() == Settings("en", True, 4)
    file = next(tmp_path.rglob("settings.json"))
    file.write_text(json.dumps({"language": "xx", "start_speed": "fast", "extra": 1}))
    assert load_settings() == Settings("zh", False, 1)
    file.write_text("{ broken")
    assert load_settings("en") == Settings("en", False, 1)


def test_settings_that_cannot_be_saved_are_no_catastrophe(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("STROLL_STREET_HOME", str(blocked))
    assert Settings().save() is False


def test_no_display_is_told_in_one_sentence(monkeypatch):
    from sim.ui.environment import open_window

    pygame.display.quit()
    monkeypatch.setenv("SDL_VIDEODRIVER", "no_such_driver")
    with pytest.raises(DisplayError) as caught:
        open_window((640, 360), "x")
    for language in ("zh", "en"):
        sentence = caught.value.in_language(language)
        assert sentence and "\n" not in sentence
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()


def test_the_wrong_pygame_is_told_with_its_remedy(monkeypatch):
    from sim.ui.environment import load_pygame

    monkeypatch.setitem(sys.modules, "pygame", types.ModuleType("pygame"))
    with pytest.raises(DisplayError) as caught:
        load_pygame()
    assert "pygame-ce" in caught.value.in_language("en")
    assert "pip" in caught.value.in_language("zh")


def test_lengths_of_time_are_told_in_words():
    for seconds, zh, en in (
        (0, "0 秒", "0 s"),
        (45, "45 秒", "45 s"),
        (720, "12 分钟", "12 min"),
        (182.4, "3 分 2 秒", "3 min 2 s"),
    ):
        assert (words.duration(seconds, "zh"), words.duration(seconds, "en")) == (zh, en)


def test_bars_of_the_funnel_stand_on_the_scale_of_their_group():
    people = Group("", (Step("", 800, ""), Step("", 200, ""), Step("", 1, ""), Step("", 0, "")))
    assert heights(people, 160.0) == [160.0, 40.0, 3.0, 0.0]
    nobody = Group("", (Step("", 0, ""), Step("", 0, "")))
    assert heights(nobody, 160.0) == [0.0, 0.0]


def test_the_funnel_says_of_what_each_share_is(scenario):
    figures = {
        "impressions": 4000.0, "visits": 100.0, "viewers": 80.0, "commenters": 8.0, "buyers": 4.0,
        "orders": 5.0, "returns": 2.0,
    }  # fmt: skip
    times, people, orders = groups(figures, "en")
    assert [step.share for step in times.steps] == ["", "2.5%"]
    assert [step.share for step in people.steps] == ["", "10.0%", "5.0%"]
    assert [step.share for step in orders.steps] == ["", "60.0%"]
    empty = groups(dict.fromkeys(figures, 0.0), "en")
    assert not any(step.share for group in empty for step in group.steps)
