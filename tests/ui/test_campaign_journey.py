"""A campaign by posted events: to its last day, one day by hand, and closed and gone on with."""

from __future__ import annotations

import pygame
import pytest

from sim.model import TICKS_PER_DAY
from sim.play.profile import Profile
from sim.play.replay import replay
from sim.play.run import Run
from sim.scenario import Scenario
from sim.ui.saved import newest_unfinished


@pytest.fixture(scope="module")
def month():
    """Thirty days, but few people and two nights after them."""
    return Scenario.load("thirty_days").with_changes({"shoppers": 250, "nights": 2})


@pytest.fixture(scope="module")
def days():
    """The same for ten days."""
    return Scenario.load("thirty_days").with_changes(
        {"shoppers": 250, "campaign.days": 10, "nights": 1}
    )


def to_desk(player) -> object:
    player.key(pygame.K_RETURN)
    assert player.name == "CampaignBrief"
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("DeskScreen", seconds=0.01)
    return player.screen.session


def past_weeks(player) -> None:
    if player.name == "WeeksScreen":
        player.key(pygame.K_RETURN)


def day_by_policy(player) -> None:
    """One day by keyboard: the policy plans, lives run by themselves, nothing is waited for."""
    player.key(pygame.K_p)
    player.screen.session.auto_live = True
    player.key(pygame.K_RETURN)
    assert player.name == "DayScreen"
    player.key(pygame.K_RETURN)
    player.until("NightSheet")
    player.key(pygame.K_RETURN)


def test_thirty_days_by_keyboard(open_app, month):
    player = open_app(scenario=month, real=True)
    session = to_desk(player)
    weeks = 0
    for day in range(30):
        assert player.name == "DeskScreen" and session.day == day
        day_by_policy(player)
        if player.name == "WeeksScreen":
            weeks += 1
            assert len(player.screen.weeks) == weeks
        past_weeks(player)
    assert player.name == "CampaignResult" and weeks == 4
    result = player.screen
    assert len(result.rows) > 30 and result.figures["gmv"] > 0
    result.crowd.wait()
    result.kept.wait()
    player.frames(2)
    own = session.base.campaign.policy
    # Whoever does as the policy does, every morning and in every live, comes to the same figures.
    for name in ("gmv", "net_sales", "profit", "members", "followers"):
        assert result.figures[name] == result.crowd.rows[own][name], name
    for number in range(len(result.tabs)):
        player.key(pygame.K_1 + number)
        assert result.tab == result.tabs[number]
    player.key(pygame.K_ESCAPE)
    assert player.name == "TitleScreen" and player.screen.saved is None
    with Profile.open() as profile:
        kept = profile.runs(month.id)
    assert len(kept) == 1 and kept[0].stars == result.stars
    assert kept[0].figures["net_sales"] == result.figures["net_sales"]
    checked = replay(session.journal_path)
    assert checked.verified and checked.run.digest() == session.run.digest()


def test_one_day_by_mouse_alone(open_app, days):
    player = open_app(scenario=days, real=True)
    player.click(f"scenario:{days.id}")
    player.screen.session.prepare(wait=True)
    player.click("go")
    player.until("DeskScreen", seconds=0.01)
    session = player.screen.session
    product = days.host.products[0].id
    player.click(f"notes:{product}")
    player.click("notes:publish")
    player.click("live:minutes", 0.4)
    player.click("live:plan")
    player.click("group:care")
    assert {d.kind for d in session.planned} >= {"publish_note", "plan_live", "care_for_group"}
    player.click("go")
    assert player.name == "DayScreen"
    player.click("skip")
    player.until("CampaignLive")
    live = player.screen
    assert session.phase == "before" and session.scenario.live.minutes == 90
    assert live.group.get("ghosts") is None
    player.key(pygame.K_h)
    assert player.screen is live and live.company.companions == []
    choice = days.choices[1]
    player.click(f"tactic:{choice}")
    assert session.run.tactic == choice
    player.click("speed", 0.9)
    player.frames(40, 0.2)
    assert session.phase == "live" and session.seen.minute > 5
    player.click("menu")
    player.click("skip")
    player.until("DayScreen")
    assert live not in player.app.stack and session.scenario is session.base
    assert session.run.journal is not None and session.not_saved is None
    player.click("skip")
    player.until("NightSheet")
    row = player.screen.row
    assert row.day == 0 and row.live.minutes == 90 and row.notes == ("look",)
    player.click("go")
    assert player.name == "DeskScreen" and session.day == 1
    assert player.screen.morning.care == (30, 1)


def test_one_day_by_keyboard_alone(open_app, days):
    player = open_app(scenario=days, real=True)
    session = to_desk(player)
    player.key(pygame.K_2)
    player.key(*[pygame.K_DOWN] * 3, pygame.K_RETURN)
    assert [d.kind for d in session.planned] == ["publish_note"]
    player.key(pygame.K_1)
    player.key(*[pygame.K_DOWN] * 4, pygame.K_RETURN)
    assert session.run.is_live_day
    player.screen.group.focus(None)
    player.key(pygame.K_RETURN)
    assert player.name == "DayScreen"
    player.key(pygame.K_SPACE)
    tick = session.run.tick
    player.frames(5)
    assert session.run.tick == tick, "a pause stops the day"
    player.key(pygame.K_ESCAPE)
    assert player.name == "DeskMenu"
    player.key(pygame.K_ESCAPE, pygame.K_f)
    player.until("CampaignLive")
    player.key(pygame.K_2, pygame.K_f, pygame.K_f)
    player.frames(30, 0.2)
    player.key(pygame.K_ESCAPE)
    menu = player.screen
    menu.group.focus("skip")
    player.key(pygame.K_RETURN)
    player.until("DayScreen")
    player.key(pygame.K_f)
    player.until("NightSheet")
    player.key(pygame.K_RETURN)
    assert player.name == "DeskScreen" and session.day == 1


def test_a_day_without_a_live_is_quick(open_app, days):
    player = open_app(scenario=days, real=True)
    session = to_desk(player)
    # The first Enter asks whether a day with nothing planned is meant.
    player.key(pygame.K_RETURN, pygame.K_RETURN)
    player.frames()
    assert player.name == "DayScreen" and session.next_stop == TICKS_PER_DAY
    for _ in range(400):
        player.frames(1, 0.1)
        if player.name == "NightSheet":
            break
    assert player.name == "NightSheet", "a day takes a few seconds without any key"


def close(player) -> None:
    for screen in reversed(player.app.stack):
        screen.closed()
    player.app.stack.clear()


def going_on(open_app, scenario):
    again = open_app(scenario=scenario, real=True)
    assert again.screen.saved is not None
    again.click("resume")
    again.screen.session.prepare(wait=True)
    return again


def test_closing_on_a_morning_and_going_on(open_app, days):
    player = open_app(scenario=days, real=True)
    session = to_desk(player)
    for _ in range(3):
        day_by_policy(player)
    player.key(pygame.K_p)
    decisions, digest = list(session.run.decisions), session.run.digest()
    close(player)
    assert newest_unfinished().days == {"day": 4, "days": 10}

    again = going_on(open_app, days)
    again.until("DeskScreen", seconds=0.01)
    resumed = again.screen.session
    assert resumed.run.decisions == decisions and resumed.run.digest() == digest
    assert resumed.day == 3 and again.screen.morning.live is not None
    for _ in range(7):
        again.screen.session.auto_live = True
        if again.screen.session.planned == []:
            again.key(pygame.K_p)
        again.key(pygame.K_RETURN, pygame.K_RETURN)
        again.until("NightSheet")
        again.key(pygame.K_RETURN)
        past_weeks(again)
    assert again.name == "CampaignResult"
    straight = Run(days)
    for tick, decision in resumed.run.decisions:
        straight.advance_ticks(tick - straight.tick)
        straight.decide(decision)
    straight.finish()
    assert straight.digest() == resumed.run.digest()


def test_closing_in_the_middle_of_a_live_and_going_on(open_app, days):
    player = open_app(scenario=days, real=True)
    session = to_desk(player)
    player.click("live:plan")
    player.click("go")
    player.key(pygame.K_RETURN)
    player.until("CampaignLive")
    session.speed = 16
    player.frames(30, 0.2)
    player.key(pygame.K_3)
    player.frames(4, 0.2)
    decisions = list(session.run.decisions)
    close(player)

    again = going_on(open_app, days)
    again.until("CampaignLive", seconds=0.01)
    resumed = again.screen.session
    assert resumed.run.decisions == decisions and resumed.paused
    assert 0 <= session.run.tick - resumed.run.tick <= 6, "at most a minute is lost"
    again.key(pygame.K_SPACE, pygame.K_ESCAPE)
    again.click("skip")
    again.until("DayScreen")
    again.key(pygame.K_RETURN)
    again.until("NightSheet")
    again.key(pygame.K_RETURN)
    assert again.name == "DeskScreen" and resumed.day == 1


def test_leaving_from_the_desk_keeps_the_campaign(open_app, days):
    player = open_app(scenario=days, real=True)
    to_desk(player)
    day_by_policy(player)
    player.key(pygame.K_ESCAPE)
    player.click("leave")
    assert player.name == "TitleScreen" and player.screen.saved is not None
    player.click("resume")
    player.screen.session.prepare(wait=True)
    player.until("DeskScreen", seconds=0.01)
    assert player.screen.session.day == 1


def test_practice_leaves_nothing_behind(open_app, days):
    player = open_app(scenario=days, real=True)
    player.key(pygame.K_RETURN, pygame.K_r)
    player.screen.session.prepare(wait=True)
    player.until("DeskScreen", seconds=0.01)
    session = player.screen.session
    day_by_policy(player)
    assert session.day == 1
    player.key(pygame.K_r)
    assert session.day == 0 and player.name == "DeskScreen"
    for _ in range(10):
        day_by_policy(player)
        past_weeks(player)
    assert player.name == "CampaignResult" and player.screen.kept is None
    player.screen.crowd.wait()
    player.key(pygame.K_ESCAPE)
    assert player.name == "TitleScreen" and player.screen.saved is None
    with Profile.open() as profile:
        assert profile.runs() == []
