"""From the title to the result and back through the real window, with the real model."""

from __future__ import annotations

import pygame
import pytest


def play_to_result_by_keyboard(player):
    player.key(pygame.K_RETURN)
    assert player.name == "BriefScreen"
    player.key(pygame.K_2)
    assert player.screen.tactic == player.screen.scenario.choices[1]
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    live = player.screen
    session = live.session
    assert session.seen.room.tactic == session.scenario.choices[1]
    player.key(pygame.K_TAB)
    assert live.in_room
    player.frames(12)
    player.key(pygame.K_r)
    assert not live.in_room
    player.key(pygame.K_3)
    assert session.seen.room.tactic == session.scenario.choices[2]
    shown = session.seen.room.product
    player.key(pygame.K_n)
    assert session.seen.room.product != shown
    player.key(pygame.K_SPACE)
    tick = session.run.tick
    player.frames(20, 0.2)
    assert session.run.tick == tick, "time stands still while paused"
    player.key(pygame.K_SPACE)
    player.key(pygame.K_f, pygame.K_f)
    assert session.speed == 16
    player.until("EndScreen", seconds=0.2)
    assert session.run.tick >= session.run.live_end_tick
    player.key(pygame.K_RETURN)
    assert player.name == "NightsScreen"
    player.frames(10)
    player.key(pygame.K_RETURN)
    player.until("ResultScreen")
    result = player.screen
    result.crowd.wait()
    assert set(result.crowd.rows) == set(session.scenario.compare)
    assert not result.crowd.failed
    player.key(pygame.K_2, pygame.K_3)
    assert result.tab == "crowd"
    return result


@pytest.mark.parametrize("language", ["zh", "en"])
def test_title_to_result_by_keyboard(open_app, short, language):
    player = open_app(language=language, scenario=short, real=True)
    result = play_to_result_by_keyboard(player)
    assert result.figures["net_sales"] <= result.figures["gmv"]
    tactics = [d.tactic for _, d in result.session.run.decisions if d.kind == "set_tactic"]
    assert tactics == [short.choices[1], short.choices[2]]
    player.key(pygame.K_ESCAPE)
    assert player.name == "TitleScreen" and len(player.app.stack) == 1


def test_title_to_result_by_mouse(open_app, short):
    player = open_app(scenario=short)
    player.click(f"scenario:{short.id}")
    player.click(f"tactic:{short.choices[3]}")
    player.screen.session.prepare(wait=True)
    player.click("go")
    player.until("LiveScreen")
    session = player.screen.session
    assert session.seen.room.tactic == short.choices[3]
    player.click(f"tactic:{short.choices[0]}")
    assert session.seen.room.tactic == short.choices[0]
    player.click("pause")
    assert session.paused
    player.click("pause")
    player.click("view")
    assert player.screen.in_room
    player.click("language", 0.9)
    assert player.app.language == "en"
    player.click("language", 0.1)
    assert player.app.language == "zh"
    player.click("speed", 0.9)
    assert session.speed == 16
    player.click("menu")
    assert player.name == "MenuScreen"
    player.click("skip")
    player.until("EndScreen")
    player.click("go")
    player.click("skip")
    player.until("ResultScreen")
    player.screen.crowd.wait()
    player.click("again")
    assert player.name == "BriefScreen"
    player.click("back")
    assert player.name == "TitleScreen"
    player.click("leave")
    assert not player.app.running


def test_the_same_tactic_throughout_gives_the_comparisons_own_figures(open_app, short):
    """The player's line and the comparison are the same model on the same crowd."""
    player = open_app(scenario=short, real=True)
    player.key(pygame.K_RETURN)
    player.key(pygame.K_1)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.key(pygame.K_ESCAPE)
    player.click("skip")
    player.until("EndScreen")
    player.key(pygame.K_RETURN, pygame.K_RETURN)
    player.until("ResultScreen")
    result = player.screen
    result.crowd.wait()
    mine, theirs = result.figures, result.crowd.rows[short.choices[0]]
    for name in ("gmv", "net_sales", "orders", "visits", "followers"):
        assert mine[name] == theirs[name]


def test_language_changes_at_any_moment_and_keeps_everything(open_app, short):
    player = open_app(scenario=short)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    session = player.screen.session
    before = session.run.decisions.copy()
    player.key(pygame.K_l)
    assert player.app.language == "en"
    player.key(pygame.K_l)
    assert player.app.language == "zh" and session.run.decisions == before


def test_window_can_be_resized_in_the_middle(open_app, short):
    player = open_app(scenario=short)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    for size in ((1024, 768), (1920, 1080), (1280, 720)):
        pygame.display.set_mode(size)
        pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
        player.frames(2)
        assert player.app.window.get_size() == size
        assert player.screen.group.get("next").box[0] < player.app.painter.width


def test_closing_in_the_middle_and_going_on_later(open_app, short):
    player = open_app(scenario=short, real=True)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    session = player.screen.session
    session.speed = 16
    player.frames(20, 0.1)
    player.key(pygame.K_3)
    player.frames(10, 0.1)
    decisions = list(session.run.decisions)
    for screen in reversed(player.app.stack):
        screen.closed()
    player.app.stack.clear()

    again = open_app(scenario=short, real=True)
    assert again.screen.saved is not None
    again.click("resume")
    again.until("LiveScreen", seconds=0.01)
    resumed = again.screen.session
    assert resumed.run.decisions == decisions
    assert 0 <= session.run.tick - resumed.run.tick <= 6, "at most a minute is lost"
    assert resumed.paused, "it waits until the player is ready"
    assert resumed.seen.room.tactic == short.choices[2]
    again.screen.session.paused = False
    again.key(pygame.K_ESCAPE)
    again.click("skip")
    again.until("EndScreen")
    again.key(pygame.K_RETURN, pygame.K_RETURN)
    again.until("ResultScreen")
    again.key(pygame.K_ESCAPE)
    assert again.name == "TitleScreen" and again.screen.saved is None


def test_a_run_that_cannot_be_saved_goes_on_and_says_so(open_app, short, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("STROLL_STREET_HOME", str(blocked))
    player = open_app(scenario=short, real=True)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    session = player.screen.session
    player.frames(5, 0.3)
    assert session.not_saved is not None and session.run.tick > 0
    player.key(pygame.K_2)
    assert session.seen.room.tactic == short.choices[1]
