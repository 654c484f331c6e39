"""An error in a frame is told in the window, and the way back to the title stays open."""

from __future__ import annotations

import pygame
import pytest

from sim import wording
from sim.paths import user_data_folder
from sim.ui import trouble
from sim.ui.screens.title import TitleScreen
from sim.ui.screens.trouble import TroubleScreen


def fail(*_, **__):
    raise IndexError("out of the street")


@pytest.fixture
def live(open_app, short):
    player = open_app(scenario=short, real=True)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.screen.session.speed = 16
    player.frames(10, 0.1)
    player.key(pygame.K_2)
    return player


def texts(player) -> str:
    recorder = player.app.painter.recorder
    recorder.on = True
    player.app.step_safely(0.05)
    return " ".join(item.text for item in recorder.texts)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("where", ["update", "draw", "handle"])
def test_an_error_in_a_live_is_told_and_the_live_is_kept(
    live, monkeypatch, capsys, where, language
):
    live.app.set_language(language)
    session = live.screen.session
    monkeypatch.setattr(live.screen, where, fail)
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_z, mod=0, unicode=""))
    live.app.step_safely(0.05)
    assert live.app.running and live.name == "TroubleScreen"
    (file,) = (user_data_folder() / "errors").glob("*.txt")
    assert "IndexError: out of the street" in file.read_text(encoding="utf-8")
    assert "IndexError: out of the street" in capsys.readouterr().err
    shown = texts(live)
    assert wording.text("trouble.sheet.saved", language) in shown and file.name in shown
    live.app.painter.recorder.on = False
    live.click("title")
    assert live.name == "TitleScreen" and len(live.app.stack) == 1
    live.click("resume")
    live.screen.session.prepare(wait=True)
    live.until("LiveScreen")
    assert live.screen.session.run.tick <= session.run.tick


def test_what_was_not_kept_is_not_said_to_be(live, monkeypatch):
    live.screen.session.journal_path.unlink()
    monkeypatch.setattr(live.screen, "draw", fail)
    live.app.step_safely(0.05)
    assert live.screen.kept is False
    assert wording.text("trouble.sheet.lost", "zh") in texts(live)


def test_a_screen_without_a_run_promises_nothing(open_app, monkeypatch, tmp_path):
    player = open_app()
    (tmp_path / "data").mkdir(parents=True, exist_ok=True)
    (tmp_path / "data" / "errors").write_text("in the way")
    monkeypatch.setattr(player.screen, "draw", fail)
    monkeypatch.setattr(player.screen, "closed", fail)
    player.app.step_safely(0.05)
    shown = texts(player)
    assert wording.text("trouble.sheet.not_saved", "zh") in shown
    assert wording.text("trouble.sheet.no_file", "zh") in shown


@pytest.mark.parametrize("late", [False, True])
def test_a_sheet_that_cannot_be_drawn_ends_the_game_with_a_sentence(
    open_app, monkeypatch, capsys, late
):
    player = open_app()
    if not late:
        monkeypatch.setattr(TroubleScreen, "paint", fail)
    monkeypatch.setattr(player.screen, "draw", fail)
    drawn = TroubleScreen.paint

    def once(screen, painter, language):
        drawn(screen, painter, language)
        monkeypatch.setattr(TroubleScreen, "paint", fail)

    if late:
        monkeypatch.setattr(TroubleScreen, "paint", once)
    # The window itself belongs to all tests.
    monkeypatch.setattr(player.app.pygame, "quit", lambda: None)
    assert player.app.run() == 1
    assert capsys.readouterr().err.rstrip().endswith(wording.text("trouble.end", "zh"))


def test_only_the_newest_errors_are_kept(monkeypatch):
    folder = user_data_folder() / "errors"
    folder.mkdir(parents=True)
    for number in range(30):
        (folder / f"error-20200101-0000{number:02}.txt").write_text("old")
    file = trouble.write_down(ValueError("new"))
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == trouble.MOST_FILES and names[-1] == file.name


def test_the_title_after_trouble_is_a_title_like_any_other(open_app, monkeypatch):
    player = open_app()
    player.app.stack[:] = [TroubleScreen(player.app, None)]
    player.frames()
    player.key(pygame.K_ESCAPE)
    assert isinstance(player.screen, TitleScreen)
