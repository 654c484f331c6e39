"""Bets before the live: set, kept, settled, saved; and nothing is said where there are none."""

from __future__ import annotations

import json

import pygame
import pytest

from sim.play.bets import IntervalBet, ProbabilityBet, questions
from sim.play.profile import Profile
from sim.ui import wagers
from sim.ui.debrief.words import points
from sim.ui.screens.bets import say
from tests.ui.fake_run import fake_compare
from tests.ui.test_layout import SIZES, look


@pytest.fixture
def asked(open_app, short):
    """A player in front of the bets."""
    player = open_app(scenario=short, newcomer=True)
    player.app.settings.taught = True
    player.key(pygame.K_RETURN, pygame.K_RETURN)
    assert player.name == "BetsScreen"
    player.screen.session.prepare(wait=True)
    return player


def to_result(player):
    player.until("LiveScreen")
    player.key(pygame.K_ESCAPE)
    player.click("skip")
    player.until("EndScreen")
    player.key(pygame.K_RETURN, pygame.K_RETURN)
    player.until("ResultScreen")
    result = player.screen
    result.crowd.wait()
    result.kept.wait()
    player.frames(2)
    return result


def test_keys_set_a_chance_and_a_range(asked, short):
    screen = asked.screen
    assert screen.bets == ()
    asked.key(*[pygame.K_RIGHT] * 4)
    asked.key(pygame.K_DOWN, *[pygame.K_LEFT] * 5)
    asked.key(pygame.K_DOWN, *[pygame.K_LEFT] * 10)
    chance, share = screen.bets
    assert isinstance(chance, ProbabilityBet) and chance.probability == pytest.approx(0.7)
    assert isinstance(share, IntervalBet)
    assert (share.low, share.high) == pytest.approx((0.20, 0.65))
    asked.key(pygame.K_DELETE)
    assert screen.bets == (chance,)


def test_a_point_is_said_as_wide_as_it_is_kept(asked):
    screen, recorder = asked.screen, asked.app.painter.recorder
    screen.stakes[1].values = [0.3, 0.3]
    screen.stakes[1].touched = True
    (bet,) = screen.bets
    assert (bet.low, bet.high) == pytest.approx((0.29, 0.31))
    recorder.on = True
    asked.frames()
    assert say("said.range", "zh", low="29%", high="31%") in {item.text for item in recorder.texts}


@pytest.mark.parametrize(
    ("skill", "said"), [(1.0, "100"), (0.0, "0"), (-0.001, "0"), (-3.0, "−300")]
)
def test_points_end_at_their_worst(skill, said):
    assert points(skill) == said


def test_every_control_is_reached_by_arrows_alone(asked):
    group, seen = asked.screen.group, set()
    for _ in range(20):
        asked.key(pygame.K_DOWN)
        seen.add(group.focused.name)
    assert {w.name for w in group.widgets if w.takes_focus} == seen


def test_the_mouse_drags_the_nearest_knob_and_knobs_never_cross(asked):
    screen = asked.screen
    x, y, width, height = screen.group.get("knob:1:0").box
    unit = asked.app.painter.unit

    def post(kind, share, **more):
        pos = round((x + 14 + share * (width - 28)) * unit), round((y + height / 2) * unit)
        pygame.event.post(pygame.event.Event(kind, pos=pos, **more))
        asked.frames()

    post(pygame.MOUSEBUTTONDOWN, 0.30, button=1)
    post(pygame.MOUSEMOTION, 0.10, rel=(0, 0), buttons=(1, 0, 0))
    assert screen.stakes[1].values == pytest.approx([0.10, 0.75])
    post(pygame.MOUSEMOTION, 0.95, rel=(0, 0), buttons=(1, 0, 0))
    post(pygame.MOUSEBUTTONUP, 0.95, button=1)
    assert screen.stakes[1].values == pytest.approx([0.75, 0.75])
    post(pygame.MOUSEBUTTONDOWN, 0.90, button=1)
    post(pygame.MOUSEBUTTONUP, 0.90, button=1)
    assert screen.stakes[1].values == pytest.approx([0.75, 0.90]), "the right knob comes along"
    assert not screen.stakes[0].touched and not screen.stakes[2].touched


def test_one_key_skips(asked):
    asked.key(*[pygame.K_RIGHT] * 2)
    asked.key(pygame.K_s)
    asked.until("LiveScreen")
    assert asked.screen.session.bets == ()


def test_going_back_to_the_brief_loses_nothing(asked):
    asked.key(*[pygame.K_RIGHT] * 2)
    made = asked.screen.bets
    asked.key(pygame.K_ESCAPE)
    assert asked.name == "BriefScreen"
    asked.key(pygame.K_2, pygame.K_RETURN)
    assert asked.name == "BetsScreen" and asked.screen.bets == made
    asked.key(pygame.K_RETURN)
    asked.until("LiveScreen")
    session = asked.screen.session
    assert session.bets == made
    assert session.seen.room.tactic == session.scenario.choices[1]


def test_a_player_may_turn_bets_off(open_app, short):
    player = open_app(scenario=short, newcomer=True)
    player.app.settings.ask_bets = False
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")


@pytest.mark.parametrize("better", [0, 1])
def test_bets_are_settled_shown_and_saved_with_the_run(asked, short, better):
    rivals = (questions(short)[0].one, questions(short)[0].other)

    def compare(scenario, tactic, seed):
        figures = fake_compare(scenario, tactic, seed)
        return {**figures, "net_sales": 900.0 if tactic == rivals[better] else 500.0}

    asked.app.compare = compare
    asked.key(*[pygame.K_RIGHT] * 6)
    asked.key(pygame.K_DOWN, *[pygame.K_LEFT] * 5)
    made = asked.screen.bets
    asked.key(pygame.K_RETURN)
    result = to_result(asked)
    settled = result.kept.settled
    assert [item.bet for item in settled] == list(made) and len(made) == 2
    assert settled[0].outcome == 1 - better
    assert settled[0].hit == (better == 0), "80% sure of the first"
    assert settled[1].outcome == pytest.approx(result.figures["return_rate"])
    assert result.kept.saved
    with Profile.open() as profile:
        (entry,) = profile.runs(short.id)
        assert entry.figures["net_sales"] == pytest.approx(result.figures["net_sales"])
        assert [item.bet for item in profile.settled_bets(short.id)] == list(made)
    result.tab = "bets"
    asked.app.painter.recorder.on = True
    asked.frames()
    shown = {item.text for item in asked.app.painter.recorder.texts}
    assert {item.text("zh") for item in settled} <= shown


def test_without_bets_the_result_says_nothing_and_the_run_is_still_saved(asked, short):
    asked.key(pygame.K_s)
    result = to_result(asked)
    assert "bets" not in result.tabs
    with Profile.open() as profile:
        assert len(profile.runs(short.id)) == 1 and profile.settled_bets() == []


def test_bets_come_back_with_a_run_that_was_closed(open_app, short):
    player = open_app(scenario=short, real=True, newcomer=True)
    player.app.settings.taught = True
    player.key(pygame.K_RETURN, pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(*[pygame.K_RIGHT] * 3)
    made = player.screen.bets
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.screen.session.speed = 16
    player.frames(20, 0.1)
    for screen in reversed(player.app.stack):
        screen.closed()
    player.app.stack.clear()
    again = open_app(scenario=short, real=True)
    again.click("resume")
    again.until("LiveScreen", seconds=0.01)
    assert made and again.screen.session.bets == made


@pytest.mark.parametrize(
    "content",
    ["", "no json", "[]", "{}", '[{"kind": "probability"}]', "[" * 5000, '[{"kind": 3}, null]'],
)
def test_a_damaged_file_of_bets_is_no_bets(tmp_path, content):
    journal = tmp_path / "run.jsonl"
    (tmp_path / "run.bets.json").write_text(content)
    assert wagers.read_beside(journal) == ()


def test_bets_survive_as_plain_data(short, tmp_path):
    first, second, _ = questions(short)
    bets = (ProbabilityBet(first, 0.25), IntervalBet(second, 0.1, 0.2))
    assert wagers.from_data(json.loads(json.dumps(wagers.to_data(bets)))) == bets
    assert wagers.keep_beside(tmp_path / "a.jsonl", bets)
    assert wagers.read_beside(tmp_path / "a.jsonl") == bets
    (tmp_path / "no folder").write_text("a file")
    assert not wagers.keep_beside(tmp_path / "no folder" / "a.jsonl", bets)
    (tmp_path / "b.bets.json").mkdir()
    assert wagers.read_beside(tmp_path / "b.jsonl") == ()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overflows(open_app, scenario, size, large):
    small = scenario.with_changes({"shoppers": 400, "live.minutes": 10, "nights": 3})
    player = open_app(size, scenario=small, newcomer=True)
    player.app.settings.taught = True
    player.app.set_large_text(large, save=False)
    player.key(pygame.K_RETURN, pygame.K_RETURN)
    problems: list[str] = []
    drawn = look(player, problems)
    screen = player.screen
    for chance, low, high in ((0.5, 0.0, 1.0), (0.95, 0.4, 0.6), (0.05, 0.0, 0.0)):
        screen.stakes[0].move(0, chance)
        for stake in screen.stakes[1:]:
            stake.values = [low * stake.high, high * stake.high]
            stake.touched = True
        screen._changed()
        drawn += look(player, problems)
    screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    result = to_result(player)
    result.tab = "bets"
    result.rebuild()
    drawn += look(player, problems)
    assert not problems, "\n".join(sorted(set(problems)))
    assert drawn > 150
