"""The coach: every step done by doing, by keys and by mouse; skippable; it decides nothing."""

from __future__ import annotations

import pygame
import pytest

from sim.ui.tutorial import bubble
from sim.ui.tutorial.steps import STEPS
from tests.ui.test_layout import SIZES, look


@pytest.fixture
def begin(open_app, short):
    """begin(real=False, size=...) -> a player on the first live."""

    def make(real=False, size=(1280, 720), newcomer=True):
        player = open_app(size, scenario=short, real=real, newcomer=newcomer)
        player.app.settings.ask_bets = False
        player.key(pygame.K_RETURN)
        player.screen.session.prepare(wait=True)
        player.key(pygame.K_RETURN)
        player.until("LiveScreen")
        return player

    return make


def reach(player, name: str) -> None:
    """Let time run until the coach has come to a step."""
    for _ in range(400):
        coach = player.screen.coach
        if coach is not None and coach.step.name == name and coach._praise <= 0:
            player.frames()
            return
        player.frames()
    raise AssertionError(f"never came to {name}, still at {coach and coach.step.name}")


def wait_for_question(player) -> None:
    for _ in range(600):
        if player.screen.session.seen.room.queue:
            player.frames()
            return
        player.frames(1, 0.2)
    raise AssertionError("nobody asked")


def test_the_first_live_teaches_by_keys_from_the_first_step_to_the_last(begin):
    player = begin()
    live, settings = player.screen, player.app.settings
    assert live.coach.step.name == "street" and not settings.taught
    steps = {
        "street": pygame.K_RETURN, "room": pygame.K_TAB, "tactic": pygame.K_2,
        "mix": pygame.K_RETURN, "detail": pygame.K_d, "shopper": pygame.K_RIGHTBRACKET,
        "card": pygame.K_ESCAPE, "question": pygame.K_a, "pace": pygame.K_f,
        "undo": pygame.K_u, "parcels": pygame.K_RETURN,
    }  # fmt: skip
    assert [step.name for step in STEPS] == list(steps)
    for name, key in steps.items():
        reach(player, name)
        if name == "question":
            wait_for_question(player)
        player.key(key)
    player.frames()
    assert live.coach is None and settings.taught and not live.session.paused


def test_the_mouse_alone_goes_through_as_well(begin):
    player = begin()
    live = player.screen

    def got_it():
        player.frames()
        x, y, width, height = live.coach._next.box
        player.click_at((x + width / 2, y + height / 2))

    reach(player, "street")
    got_it()
    reach(player, "room")
    player.click("view")
    reach(player, "tactic")
    player.click(f"tactic:{live.session.scenario.choices[2]}")
    reach(player, "mix")
    got_it()
    reach(player, "detail")
    player.click("act:detail")
    reach(player, "shopper")
    for _ in range(100):
        box = live.coach.target(player.app.painter)
        if box is not None:
            break
        player.frames(1, 0.2)
    player.click_at((box[0] + box[2] / 2, box[1] + box[3] / 2))
    assert live.card is not None
    reach(player, "card")
    got_it()
    reach(player, "question")
    wait_for_question(player)
    player.click("answer")
    reach(player, "pace")
    player.click("speed", 0.5)
    reach(player, "undo")
    player.click("undo")
    reach(player, "parcels")
    got_it()
    player.frames()
    assert live.coach is None


def test_escape_skips_and_it_does_not_come_again_but_can_be_asked_for(begin):
    player = begin()
    live = player.screen
    player.key(pygame.K_ESCAPE)
    assert player.name == "LiveScreen" and live.coach is None
    assert player.app.settings.taught
    from sim.ui.settings import load_settings

    assert load_settings().taught
    player.key(pygame.K_ESCAPE)
    assert player.name == "MenuScreen"
    player.click("learn")
    assert player.name == "LiveScreen" and live.coach.step.name == "street"


def test_whoever_has_been_taught_is_left_alone(begin):
    assert begin(newcomer=False).screen.coach is None


def test_the_coach_gives_no_decision_and_holds_the_time_while_there_is_reading(begin):
    player = begin(real=True)
    session = player.screen.session
    before, tick, digest = list(session.run.decisions), session.run.tick, session.run.digest()
    player.frames(60, 0.1)
    assert session.run.tick == tick and session.run.digest() == digest
    for _ in STEPS:
        player.key(pygame.K_RETURN)
    player.frames(2)
    assert player.screen.coach is None and session.run.decisions == before
    player.frames(20, 0.2)
    assert session.run.tick > tick, "time runs again"


def test_a_click_on_the_bubble_does_not_reach_the_street(begin):
    player = begin()
    live = player.screen
    player.frames(2)
    x, y, _, height = live.coach._box
    player.click_at((x + 30, y + height / 2))
    assert live.card is None and live.coach.step.name == "street"


@pytest.mark.parametrize("size", [(1280, 720), (960, 720), (1706, 720)])
@pytest.mark.parametrize(
    "target",
    [
        (514, 12, 168, 52),
        (18, 647, 196, 64),
        (900, 76, 50, 38),
        (600, 300, 60, 60),
        (40, 90, 300, 500),
    ],
)
def test_a_bubble_never_covers_what_it_points_at_nor_leaves_the_window(size, target):
    class Window:
        width, height = size

    spot = bubble.place(Window, bubble.WIDTH, 210, target)
    sheet, meant = pygame.Rect(spot.box), pygame.Rect(target)
    assert spot.side is not None and not sheet.colliderect(meant)
    assert pygame.Rect(0, 0, *size).contains(sheet)


@pytest.mark.parametrize("size", SIZES)
def test_every_step_fits_at_every_size(begin, size):
    player = begin(size=size)
    live = player.screen
    problems: list[str] = []
    for inside in (False, True):
        live.teach()
        for number in range(len(STEPS)):
            live.coach._number = number
            live.in_room = inside
            if STEPS[number].name == "card":
                live._open_card(int(live.session.seen.people["shopper"][0]))
            live.rebuild()
            look(player, problems)
            target = live.coach.target(player.app.painter)
            upper = [w.box for w in live.group.widgets if w.name in ("view", "map", "blend")]
            if target in upper:
                # Nor does a bubble about one of these buttons hide half of another.
                sheet = pygame.FRect(live.coach._box)
                assert sheet.collidelist([pygame.FRect(box) for box in upper]) < 0
            live._open_card(None)
            live.coach._praise = 0.5
            look(player, problems)
            live.coach._praise = 0.0
    assert not problems, "\n".join(sorted(set(problems)))


def test_the_settings_show_it_again_and_turn_bets_off(open_app):
    player = open_app()
    settings = player.app.settings
    settings.ask_bets = True
    player.click("settings")
    player.click("teach", 0.75)
    player.click("bets", 0.25)
    assert not settings.taught and not settings.ask_bets
    problems: list[str] = []
    look(player, problems)
    assert not problems, problems
