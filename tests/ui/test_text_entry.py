"""Typing: letters, an input method, paste, and keys that must not reach the game meanwhile."""

from __future__ import annotations

import pygame
import pytest

from sim.ui.screens.base import Push
from sim.ui.screens.settings import SettingsScreen
from sim.ui.settings import Settings, load_settings
from sim.ui.widgets.text_entry import TextEntry, clean
from tests.ui.test_layout import look


def post(player, kind, **values):
    pygame.event.post(pygame.event.Event(kind, **values))
    player.frames()


@pytest.fixture
def settings(open_app, short):
    player = open_app(scenario=short)
    player.app.apply(Push(SettingsScreen(player.app)))
    player.frames()
    player.click("name")
    return player


def test_typed_text_is_kept_and_shown_on_the_title(settings):
    app = settings.app
    for letter in "Lm":
        # As SDL sends it: a key and then the text it makes.
        settings.key(pygame.key.key_code(letter))
        post(settings, pygame.TEXTINPUT, text=letter)
    assert app.settings.player == "Lm"
    assert app.language == "zh"
    assert not app.settings.muted
    assert load_settings().player == "Lm"
    settings.key(pygame.K_ESCAPE)
    assert settings.name == "TitleScreen"
    app.painter.recorder.on = True
    app.draw()
    assert any("Lm" in item.text for item in app.painter.recorder.texts)


def test_one_letter_keys_work_again_afterwards(settings):
    settings.key(pygame.K_TAB, pygame.K_l)
    assert settings.app.language == "en"


def test_while_composing_all_keys_are_the_input_methods(settings):
    post(settings, pygame.TEXTINPUT, text="小")
    entry = settings.screen.group.get("name")
    post(settings, pygame.TEXTEDITING, text="yu'er", start=0, length=5)
    assert entry.composing == "yu'er"
    settings.key(pygame.K_BACKSPACE, pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_TAB)
    assert settings.name == "SettingsScreen"
    assert settings.app.settings.player == "小"
    settings.app.painter.recorder.on = True
    settings.app.draw()
    assert any(item.text == "小yu'er" for item in settings.app.painter.recorder.texts)
    post(settings, pygame.TEXTINPUT, text="鱼儿")
    assert settings.app.settings.player == "小鱼儿"
    assert entry.composing == ""
    settings.key(pygame.K_BACKSPACE)
    assert settings.app.settings.player == "小鱼"


def test_the_candidates_are_placed_at_the_caret(settings, monkeypatch):
    places = []
    monkeypatch.setattr(pygame.key, "set_text_input_rect", places.append)
    settings.frames()
    post(settings, pygame.TEXTINPUT, text="小鱼儿")
    box = settings.app.painter.pixels(settings.screen.group.get("name").box)
    assert all(box.inflate(4, 4).contains(place) for place in places)
    assert places[-1].left > places[0].left


def entry_of(text, **options):
    kept = [text]
    entry = TextEntry(
        "name", (0, 0, 200, 40), lambda: kept[0], lambda t: kept.__setitem__(0, t), str, **options
    )
    return entry, kept


def key(entry, code, mod=0):
    entry.text_event(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod))


def test_caret_delete_and_paste():
    entry, kept = entry_of("abc", longest=8, clipboard=lambda: "1\n2\x00345678")
    key(entry, pygame.K_HOME)
    key(entry, pygame.K_DELETE)
    assert kept == ["bc"]
    key(entry, pygame.K_RIGHT)
    key(entry, pygame.K_v, pygame.KMOD_CTRL)
    assert kept == ["b1 2345c"]
    key(entry, pygame.K_v)
    assert kept == ["b1 2345c"]


def test_what_is_pasted_is_one_clean_line():
    assert clean("  a\tb\r\n\u202ec\x07 ", 20) == "a b c"
    assert clean("一二三", 2) == "一二"


def test_a_damaged_name_is_mended(tmp_path):
    settings = Settings(player="x" * 90 + "\n")
    settings.save()
    assert load_settings().player == "x" * 20


def test_large_text_is_kept_and_makes_words_larger_but_never_smaller(settings):
    app, sizes = settings.app, []
    app.settings.player = "小鱼"
    for large in (False, True):
        settings.click("text", 0.75 if large else 0.25)
        assert load_settings().large_text is large
        settings.screen.group.focus(None)
        recorder = app.painter.recorder
        recorder.texts.clear()
        recorder.on = True
        app.draw()
        recorder.on = False
        sizes.append([item.drawn.height for item in recorder.texts])
    usual, larger = sizes
    assert len(usual) == len(larger)
    assert all(b >= a - 1 for a, b in zip(usual, larger, strict=True))
    assert sum(b > a for a, b in zip(usual, larger, strict=True)) > len(usual) / 3


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_overflows(open_app, short, size, large):
    player = open_app(size, scenario=short)
    player.app.set_large_text(large)
    problems: list[str] = []
    look(player, problems)
    player.app.apply(Push(SettingsScreen(player.app)))
    player.frames()
    look(player, problems)
    player.key(pygame.K_ESCAPE, pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.frames(3)
    look(player, problems)
    assert not problems, "\n".join(problems)


def test_full_screen_is_kept(open_app, short):
    player = open_app(scenario=short)
    player.key(pygame.K_F11)
    assert load_settings().full_screen
    player.key(pygame.K_F11)
    assert not load_settings().full_screen
