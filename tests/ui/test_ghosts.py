"""Ghosts beside the live: picked by key and mouse, shown at the same minute, in nobody's way."""

from __future__ import annotations

import pygame
import pytest

from sim.model.decisions import Perform, SetTactic
from sim.paths import runs_folder
from sim.play.capsule import capsule_of
from sim.play.capsule_file import capsule_bytes, save_capsule
from sim.play.ghost import ghost_of
from sim.play.ghost_shelf import FILE, LAST, LINE, keep_line
from sim.play.profile import Profile, RunEntry
from sim.play.run import Run
from sim.ui.ghosts.curve import changes, dashed
from sim.ui.ghosts.strip import say


def played(scenario, *steps, seed=None):
    run = Run(scenario, seed)
    for tick, decision in steps:
        run.advance_ticks(run.live_start_tick + tick - run.tick)
        run.decide(decision)
    run.finish()
    return run


@pytest.fixture
def earlier(short):
    """A run in the profile, a line that is known, and files in the runs folder."""
    choices = short.choices
    run = played(
        short, (0, SetTactic(choices[2])), (24, SetTactic(choices[1])), (30, Perform("poll", 60))
    )
    from sim.model import ENGINE_VERSION

    figures = {name: None if v != v else float(v) for name, v in run.report().items()}
    with Profile.open() as profile:
        content = capsule_bytes(capsule_of(run))
        profile.add_run(
            RunEntry(short.id, short.hash, ENGINE_VERSION, short.seed, figures, content)
        )
        start = run.live_start_tick
        assert keep_line(profile, short, short.seed, [(start, SetTactic(choices[3]))], 10.0)
    folder = runs_folder()
    folder.mkdir(parents=True, exist_ok=True)
    save_capsule(capsule_of(run), folder / "friend.stroll")
    save_capsule(capsule_of(played(short, seed=short.seed + 1)), folder / "crowd.stroll")
    content = bytearray(capsule_bytes(capsule_of(run)))
    content[40] ^= 8
    (folder / "bad.stroll").write_bytes(bytes(content))
    return run


def go_live(open_app, short, language="zh", **more):
    player = open_app(scenario=short, real=True, language=language, **more)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_1)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.screen.session.speed = 16
    player.frames(8, 0.1)
    player.screen.session.speed = 1
    return player


def call_first(player):
    """Open the sheet and call what stands first on it."""
    live = player.screen
    player.key(pygame.K_h)
    assert player.name == "GhostScreen"
    live.company.look(wait=True)
    player.frames()
    player.key(pygame.K_RETURN)
    for companion in live.company.companions:
        companion.wait()
    player.frames()
    return live


def texts(player) -> list[str]:
    recorder = player.app.painter.recorder
    recorder.on = True
    recorder.clear()
    player.frames(1, 0.0)
    recorder.on = False
    return [item.text for item in recorder.texts]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_by_key_the_last_run_stands_beside_at_the_same_minute(open_app, short, earlier, language):
    player = go_live(open_app, short, language)
    live = call_first(player)
    (companion,) = live.company.companions
    assert companion.offer.kind == LAST and companion.offer.also_best
    player.key(pygame.K_h)
    assert player.name == "LiveScreen" and live.company.visible and not live.session.paused
    live.session.paused = True
    whole = ghost_of(earlier, every=1)
    tick = live.session.run.tick
    for series in ("inside", "orders", "net_sales", "followers"):
        assert live._strip.of(companion, series) == whole.at(tick)[series]
    shown = texts(player)
    title = short.tactics[short.choices[2]].title.text(language)
    assert f"{say('kind.last', language)}: {title}" in shown
    player.key(pygame.K_h)
    assert live.ghost_box is None and live.company.companions
    assert f"{say('kind.last', language)}: {title}" not in texts(player)
    player.key(pygame.K_h)
    assert live.ghost_box is not None


def test_a_ghost_shows_what_its_run_showed_and_own_figures_are_those_of_the_bar(
    open_app, short, earlier
):
    player = go_live(open_app, short)
    live = call_first(player)
    player.key(pygame.K_h)
    again = Run(short)
    for tick, decision in earlier.decisions:
        if tick > live.session.run.tick:
            break
        again.advance_ticks(tick - again.tick)
        again.decide(decision)
    again.advance_ticks(live.session.run.tick - again.tick)
    seen = again.observe()
    strip, (companion,) = live._strip, live.company.companions
    assert strip.of(companion, "inside") == seen.room.viewers
    assert strip.of(companion, "orders") == seen.figures["orders"]
    assert strip.own("inside") == live.session.seen.room.viewers
    assert strip.own("orders") == live.session.seen.figures["orders"]


def test_what_it_was_doing_then(open_app, short, earlier):
    player = go_live(open_app, short)
    live = call_first(player)
    player.key(pygame.K_h)
    (companion,) = live.company.companions
    start = live.session.run.live_start_tick
    second = short.tactics[short.choices[1]].title.text("en")
    live.session.run.advance_ticks(start + 25 - live.session.run.tick)
    assert live._strip.doing(companion, "en") == second
    live.session.run.advance_ticks(start + 31 - live.session.run.tick)
    assert live._strip.doing(companion, "en") == f"poll · {second}"
    assert changes(companion.ghost) == [start + 24]


def test_a_ghost_changes_nothing(open_app, short, earlier):
    alone = go_live(open_app, short).screen.session
    beside = go_live(open_app, short)
    live = call_first(beside)
    beside.key(pygame.K_h)
    beside.frames(5, 0.1)
    alone.run.advance_ticks(live.session.run.tick - alone.run.tick)
    assert live.session.run.digest() == alone.run.digest()
    assert live.session.run.decisions == alone.run.decisions


def test_by_mouse_from_the_menu_two_at_most_and_sent_away_again(open_app, short, earlier):
    player = go_live(open_app, short)
    live = player.screen
    player.click("menu")
    player.click("ghosts")
    assert player.name == "GhostScreen"
    live.company.look(wait=True)
    player.frames(2)
    offers = live.company.offers
    assert [offer.kind for offer in offers[:3]] == [LAST, LINE, FILE]
    player.click("offer:0")
    player.click("offer:1")
    player.click("offer:2")
    assert [one.offer for one in live.company.companions] == offers[:2]
    assert say("sheet.full", "zh") in texts(player)
    for companion in live.company.companions:
        companion.wait()
    player.frames()
    assert (
        live.company.companions[1].ghost.tactic_at(earlier.live_start_tick + 5)
        == (short.choices[3])
    )
    player.click("offer:0")
    player.click("offer:2")
    assert [one.mark for one in live.company.companions] == [0, 1]
    player.click("done")
    player.until("MenuScreen")
    player.click("go_on")
    x, y, width, height = live.ghost_box
    player.click_at((x + width / 2, y + height / 2))
    assert player.name == "GhostScreen", "a click on the strip opens the sheet"


def test_what_does_not_fit_says_why_and_stays_away(open_app, short, earlier):
    player = go_live(open_app, short)
    live = player.screen
    player.key(pygame.K_h)
    live.company.look(wait=True)
    player.frames(2)
    wrong = {offer.name: offer for offer in live.company.offers if offer.problem is not None}
    assert set(wrong) == {"crowd.stroll", "bad.stroll"}
    assert wrong["crowd.stroll"].problem.key == "ghost.error.other_crowd"
    number = live.company.offers.index(wrong["crowd.stroll"])
    player.click(f"offer:{number}")
    assert not live.company.companions
    assert say("error.other_crowd", "zh") in texts(player)


def test_a_file_that_breaks_after_it_was_listed_is_one_sentence(open_app, short, earlier):
    player = go_live(open_app, short)
    live = player.screen
    player.key(pygame.K_h)
    live.company.look(wait=True)
    player.frames(2)
    offer = next(offer for offer in live.company.offers if offer.name == "friend.stroll")
    offer.source.write_bytes(b"nothing")
    live.company.toggle(offer)
    player.key(pygame.K_h)
    live.company.companions[0].wait() if live.company.companions else None
    player.frames(2)
    assert player.name == "LiveScreen" and not live.company.companions
    assert offer in live.company.refused


def test_with_nothing_to_show_the_sheet_says_so(open_app, short):
    player = go_live(open_app, short)
    player.key(pygame.K_h)
    player.screen.company.look(wait=True)
    player.frames(2)
    assert player.screen.company.offers == []
    assert say("sheet.none", "zh") in texts(player)
    player.key(pygame.K_RETURN)
    assert player.name == "LiveScreen"


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (1920, 1080)])
def test_nothing_overflows_and_nothing_lies_on_the_strip(open_app, short, earlier, size):
    from tests.ui.test_layout import look

    problems: list[str] = []
    player = go_live(open_app, short, size=size)
    live = call_first(player)
    player.key(pygame.K_DOWN, pygame.K_RETURN)
    for companion in live.company.companions:
        companion.wait()
    for large in (True, False):
        player.app.set_large_text(large, save=False)
        assert look(player, problems) > 20
    player.key(pygame.K_h)
    for large in (False, True):
        player.app.set_large_text(large, save=False)
        for key in (None, pygame.K_TAB, pygame.K_z, pygame.K_z):
            if key:
                player.key(key)
                player.frames(10)
            look(player, problems)
        live._open_card(int(live.session.seen.people["shopper"][0]))
        look(player, problems)
        live._open_card(None)
        player.key(pygame.K_SPACE)
        look(player, problems)
        player.key(pygame.K_SPACE)
    assert not problems, "\n".join(sorted(set(problems)))


def test_a_ghost_called_before_the_live_comes_along_into_it(open_app, short, earlier):
    player = open_app(scenario=short, real=True)
    player.key(pygame.K_RETURN)
    brief = player.screen
    player.click("ghosts")
    assert player.name == "GhostScreen"
    brief.company.look(wait=True)
    player.frames()
    player.key(pygame.K_RETURN)
    player.key(pygame.K_h)
    assert player.name == "BriefScreen"
    label = say("control.picked", "zh", count=1)
    assert any(text.startswith(label) for text in texts(player))
    brief.session.prepare(wait=True)
    player.key(pygame.K_1, pygame.K_RETURN)
    player.until("LiveScreen")
    live = player.screen
    (companion,) = live.company.companions
    companion.wait()
    player.frames()
    assert companion.ghost.fits(live.session.run) and live.ghost_box is not None
    # It goes along with whatever run the live has, and is sent away when the live is left.
    live.company.close()
    assert not companion._wanted


def test_where_there_are_no_ghosts_the_buttons_say_why(open_app, short):
    player = open_app(scenario=short)
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    live = player.screen
    live.company.look(wait=True)
    why = say("sheet.none", "zh")
    button = live.group.get("ghosts")
    assert not button.enabled and button.tip("zh") == why
    player.click("ghosts")
    assert player.screen is live
    player.key(pygame.K_h)
    assert player.screen is live and why in texts(player)
    player.key(pygame.K_ESCAPE)
    entry = player.screen.group.get("ghosts")
    assert player.name == "MenuScreen" and not entry.enabled and entry.tip("zh") == why
    assert all(w.enabled and not w.tip("zh") for w in player.screen.group.widgets if w != entry)


def test_leaving_the_brief_sends_its_ghosts_away(open_app, short, earlier):
    player = open_app(scenario=short, real=True)
    player.key(pygame.K_RETURN)
    brief = player.screen
    brief.company.look(wait=True)
    brief.company.toggle(brief.company.offers[0])
    (companion,) = brief.company.companions
    player.key(pygame.K_ESCAPE)
    assert player.name == "TitleScreen" and not companion._wanted


def test_dashes_cover_a_line_by_their_share():
    pieces = dashed([(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)], (6.0, 4.0))
    covered = sum(piece[-1][0] - piece[0][0] for piece in pieces)
    assert covered == pytest.approx(60.0)
    assert all(piece[-1][0] - piece[0][0] <= 6.0 + 1e-9 for piece in pieces)
    assert dashed([(0.0, 0.0), (9.0, 0.0)], None) == [[(0.0, 0.0), (9.0, 0.0)]]


def test_the_best_line_of_a_search_is_kept_and_a_worse_one_does_not_replace_it(short):
    from types import SimpleNamespace

    from sim.play.ghost_shelf import fetch, offers, remember

    run = Run(short)
    start = run.live_start_tick

    def found(tactic: str, goal: float):
        line = ((start, SetTactic(tactic)),)
        return SimpleNamespace(best=line, here={line: goal})

    better, worse = short.choices[1], short.choices[2]
    for tactic, goal in ((better, 900.0), (worse, 400.0)):
        remember(run, found(tactic, goal))
        (offer,) = offers(short, run.seed)
        assert offer.kind == LINE and offer.source == ((start, SetTactic(better)),)
    assert offers(short, run.seed + 1) == []
    again = fetch(offer, short, run.seed)
    whole = played(short, (0, SetTactic(better)))
    assert again.at(whole.end_tick)["net_sales"] == whole.report()["net_sales"]
