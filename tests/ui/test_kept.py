"""Finished runs reach the title through the profile, and a killed window loses none of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading

import pygame
import pytest

from sim.play.profile import Profile, RunEntry
from sim.ui.saved import newest_unfinished, played_lately
from sim.ui.screens.title_cards import moment
from sim.ui.wagers import Keeping


def play(player, to="ResultScreen"):
    """With the real model, from the title to a later screen."""
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.key(pygame.K_ESCAPE)
    player.click("skip")
    player.until("EndScreen")
    player.key(pygame.K_RETURN)
    if to == "NightsScreen":
        return player.screen
    player.key(pygame.K_RETURN)
    player.until("ResultScreen")
    return player.screen


def test_a_run_that_was_played_stands_on_the_title_with_its_stars(open_app, short):
    player = open_app(scenario=short, real=True)
    assert player.screen.recent == [], "a new player has played nothing"
    result = play(player)
    result.kept.wait()
    result.kept.note_stars(2, 0.61)
    player.key(pygame.K_ESCAPE)
    (played,) = player.screen.recent
    assert played.scenario_id == short.id and played.stars == 2
    assert played.net_sales == pytest.approx(result.figures["net_sales"])
    assert player.screen.stars == {short.id: 2}
    player.click("recent:0")
    assert player.name == "BriefScreen" and player.screen.scenario is short


def test_the_title_shows_a_run_that_is_kept_only_after_it_has_come_back(open_app, short):
    player = open_app(scenario=short, real=True)
    result = play(player)
    player.key(pygame.K_ESCAPE)
    result.kept.wait()
    player.frames(2)
    assert len(player.screen.recent) == 1


def test_stars_found_when_looking_back_are_kept(open_app, short):
    from types import SimpleNamespace

    player = open_app(scenario=short, real=True)
    result = play(player)
    result.kept.wait()
    found = SimpleNamespace(count=3, share=0.95)
    result._debrief = SimpleNamespace(study=SimpleNamespace(stars=found))
    result.opened()
    result.closed()
    recent, stars = played_lately(5)
    assert [run.stars for run in recent] == [3] and stars == {short.id: 3}


def test_a_profile_that_cannot_be_read_leaves_a_title_without_runs(open_app, short, tmp_path):
    (tmp_path / "profile.sqlite3").mkdir(parents=True)
    player = open_app(scenario=short)
    assert player.name == "TitleScreen" and player.screen.recent == []


def test_a_moment_is_told_in_both_languages():
    import time

    then = int(time.mktime((2026, 3, 9, 20, 5, 0, 0, 0, -1)))
    assert moment(then, "zh") == "3月9日 20:05"
    assert moment(then, "en") == "Mar 9, 20:05"


@pytest.mark.parametrize("reaches_the_disk", [True, False])
def test_a_result_on_its_way_is_no_run_to_go_on_with(
    open_app, short, monkeypatch, reaches_the_disk
):
    """The title may come back before the result is kept; then there is nothing to go on with."""
    gate, save = threading.Event(), Keeping._save

    def later(keeping):
        gate.wait()
        if not reaches_the_disk:
            raise OSError
        return save(keeping)

    monkeypatch.setattr(Keeping, "_save", later)
    player = open_app(scenario=short, real=True)
    result = play(player)
    player.key(pygame.K_ESCAPE)
    title = player.screen
    assert result.kept.saved is None and title.saved is None
    gate.set()
    result.kept.wait()
    player.frames(1)
    assert player.screen is title and (title.saved is None) == reaches_the_disk


# Plays in a window of its own and kills itself, as the system would: nothing is tidied up.
KILLED = """
    import os, signal, sys
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    import pygame
    from sim.paths import prepare_compiled_cache
    prepare_compiled_cache()
    os.environ["STROLL_STREET_HOME"] = sys.argv[1]
    from sim.scenario import Scenario
    from sim.ui.app import App
    from sim.ui.screens import title
    from sim.ui.screens.base import Push
    from sim.ui.sound import Sound
    from sim.ui.wagers import Keeping
    from tests.ui.helpers import PlainBuilder, Player
    from tests.ui.test_kept import play
    short = Scenario.load("first_stream").with_changes(
        {"shoppers": 300, "live.minutes": 5, "nights": 2})
    title._load_all = lambda: ([short], 0)
    Sound.prepare = lambda sound, wait=False: None
    if sys.argv[2] == "before":
        # It is killed while bets are still being checked, so nothing is kept yet.
        Keeping._work = lambda keeping: os.kill(os.getpid(), signal.SIGKILL)
    app = App((1280, 720))
    app.settings.ask_bets, app.settings.taught = False, True
    app.builder = PlainBuilder()
    app.apply(Push(title.TitleScreen(app)))
    result = play(Player(app))
    result.kept.wait()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("moment_of_death", ["before", "after"])
def test_a_window_killed_on_the_result_loses_nothing(open_app, short, tmp_path, moment_of_death):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), moment_of_death],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    saved = newest_unfinished()
    if moment_of_death == "before":
        assert saved is not None and saved.over
        player = open_app(scenario=saved.scenario, real=True)
        assert player.screen.recent == []
        player.click("resume")
        player.until("ResultScreen", seconds=0.01)
        player.screen.kept.wait()
        player.key(pygame.K_ESCAPE)
        assert player.screen.saved is None
    else:
        assert saved is None
    with Profile.open() as profile:
        (entry,) = profile.runs()
        assert isinstance(entry, RunEntry) and entry.capsule
