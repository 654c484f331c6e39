"""The planning desk: what stands on it, what its controls decide, and every text inside its box."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pygame
import pytest

from sim.errors import DecisionError, Phrase
from sim.model import TICKS_PER_DAY
from sim.scenario import Scenario
from sim.ui.campaign import account, talk
from sim.ui.campaign.desk import DeskScreen
from sim.ui.campaign.drafts import Drafts
from sim.ui.campaign.group import GroupScreen
from sim.ui.campaign.menu import DeskMenu
from sim.ui.campaign.morning import read_morning
from sim.ui.campaign.night import NightSheet
from sim.ui.campaign.result import CampaignResult
from sim.ui.campaign.rivals import stars_for
from sim.ui.campaign.session import CampaignSession
from sim.ui.campaign.weeks import WeeksScreen
from sim.ui.saved import SavedRun
from sim.ui.screens.base import Push
from tests.ui.test_layout import look

SIZES = [(1280, 720), (1024, 768), (1920, 1080)]


@pytest.fixture(scope="module")
def weeks():
    """Few people, ten days, one night: a campaign that is over in seconds."""
    return Scenario.load("thirty_days").with_changes(
        {"shoppers": 300, "campaign.days": 10, "nights": 1}
    )


@pytest.fixture
def session(weeks):
    made = CampaignSession(weeks)
    made.prepare(wait=True)
    assert made.error is None, made.error
    return made


def live_through(session, days: int) -> None:
    session.auto_live = True
    for _ in range(days):
        session.plan_by_policy()
        session.forget_groups()
        while not session.pass_time(10**6, session.next_stop, 1.0):
            pass


def desk_of(player, session) -> DeskScreen:
    desk = DeskScreen(player.app, session)
    player.app.apply(Push(desk))
    player.frames()
    return desk


class TestSession:
    def test_begins_on_the_first_morning(self, session):
        assert session.run.phase == "morning" and session.day == 0 and session.run.tick == 0

    def test_several_decisions_are_one(self, session):
        drafts = Drafts(session.base, read_morning(session))
        assert session.plan(*drafts.live()) is None
        assert len(session.planned) == 2
        assert session.undo() is None
        assert session.planned == [] and not session.can_undo

    def test_of_several_decisions_none_is_done_when_one_is_refused(self, session):
        drafts = Drafts(session.base, read_morning(session))
        drafts.minutes = 240
        assert session.plan(*drafts.live()) is None
        drafts.care = 480
        before = session.run.digest()
        error = session.plan(drafts.note(), drafts.group())
        assert error is not None and "小时" in error.in_language("zh")
        assert session.run.digest() == before

    def test_undo_never_goes_back_to_yesterday(self, session):
        live_through(session, 1)
        assert session.run.can_undo and not session.can_undo
        tick = session.run.tick
        assert session.undo() is not None and session.run.tick == tick

    def test_policy_plans_once_a_morning(self, session):
        done, refused = session.plan_by_policy()
        assert done > 0 and refused == []
        again, refused = session.plan_by_policy()
        assert again == 0 and refused
        session.undo()
        assert session.plan_by_policy()[0] == done

    def test_yesterday_is_copied(self, session):
        assert session.plan_as_yesterday()[1], "there is no yesterday on the first morning"
        drafts = Drafts(session.base, read_morning(session))
        session.plan(*drafts.live())
        session.plan(drafts.note())
        session.plan(drafts.group())
        given = [d.to_data() for d in session.planned if d.kind != "care_for_group"]
        session.auto_live = True
        while not session.pass_time(10**6, session.next_stop, 1.0):
            pass
        done, refused = session.plan_as_yesterday()
        assert done == len(given) and refused == []
        assert [d.to_data() for d in session.planned] == given

    def test_time_stops_shortly_before_a_live_that_is_hosted(self, session):
        drafts = Drafts(session.base, read_morning(session))
        session.plan(*drafts.live())
        assert session.next_stop == session.run.live_start_tick - 3
        session.auto_live = True
        assert session.next_stop == TICKS_PER_DAY

    def test_a_day_in_slices_is_the_same_day(self, session, weeks):
        session.plan_by_policy()
        session.auto_live = True
        while not session.pass_time(77, session.next_stop, 0.0):
            pass
        other = CampaignSession(weeks)
        other.prepare(wait=True)
        other.plan_by_policy()
        other.run.advance_ticks(TICKS_PER_DAY)
        assert session.run.digest() == other.run.digest()

    def test_practice_goes_back_to_the_start(self, weeks):
        session = CampaignSession(weeks, practice=True)
        session.prepare(wait=True)
        first = session.run.digest()
        session.keep_journal()
        assert session.run.journal is None
        live_through(session, 2)
        assert session.run.digest() != first
        session.reset()
        assert session.run.digest() == first and session.day == 0


class TestAccount:
    def test_days_add_up_to_the_report(self, session):
        live_through(session, 9)
        rows = account.day_rows(session.run)
        report, figures = session.run.report(), session.run.campaign_report()
        assert [row.day for row in rows] == list(range(9))
        assert sum(row.gross for row in rows) == pytest.approx(report["gmv"])
        assert sum(row.net for row in rows) == pytest.approx(report["net_sales"])
        assert sum(row.note_sales for row in rows) == pytest.approx(figures["note_sales"])
        room = session.run.world.state(0).rooms[0]
        assert rows[-1].followers == room["followers"] and rows[-1].members == room["members"]
        assert rows[0].followers == rows[0].followed - rows[0].unfollowed
        lives = [row.day for row in rows if row.live is not None]
        policy = session.policy.live
        assert lives == list(range(policy.first - 1, 9, policy.every))

    def test_weeks(self, session):
        live_through(session, 10)
        assert session.run.phase == "finished"
        rows = account.day_rows(session.run)
        weeks = account.weeks_of(rows, 10)
        assert [len(week) for week in weeks] == [7, len(rows) - 7]
        assert sum(len(week) for week in weeks) == len(rows)
        assert all(row.live is None for row in rows[10:])

    def test_the_morning_shows_what_is_planned(self, session):
        drafts = Drafts(session.base, read_morning(session))
        drafts.move_minutes(-1)
        session.plan(*drafts.live())
        session.plan(drafts.note())
        session.plan(drafts.group())
        morning = read_morning(session)
        assert morning.live == account.LiveOfDay("20:00", drafts.minutes, drafts.tactic)
        assert [note.format for note in morning.notes_today] == ["look"]
        assert morning.care == (30, 1)
        assert sum(share.hours for share in morning.shares) == pytest.approx(morning.worked)

    def test_what_members_say_is_of_members(self, session):
        live_through(session, 8)
        said = talk.sayings(session.run, 9)
        kinds = session.run.world.state(0).relations["kind"][:, 0]
        for saying in said:
            assert saying.kind == "leave" or kinds[saying.shopper] & 2
            for language in ("zh", "en"):
                assert saying.text(session.base, language)


def test_stars_of_a_campaign():
    rows = {"a": {"net_sales": 100.0}, "b": {"net_sales": 300.0}}
    assert stars_for(50.0, rows, "net_sales") == (1, -0.25)
    assert stars_for(200.0, rows, "net_sales") == (2, 0.5)
    assert stars_for(290.0, rows, "net_sales") == (3, 0.95)
    assert stars_for(float("nan"), rows, "net_sales")[0] == 1


class TestDesk:
    def test_one_morning_by_mouse(self, open_app, session):
        player = open_app(real=True)
        desk = desk_of(player, session)
        player.click("live:minutes", 0.45)
        assert desk.drafts.minutes == 90
        player.click("live:plan")
        assert desk.morning.live.minutes == 90
        product = session.base.host.products[1].id
        player.click(f"notes:{product}")
        player.click("notes:publish")
        assert desk.morning.notes_today[0].products == (product,)
        player.click("group:minutes", 0.95)
        player.click("group:care")
        assert desk.morning.care == (45, 1)
        player.click("traffic:buy")
        assert desk.morning.budget == 60
        stock = desk.morning.stock[product]
        player.click(f"goods:{product}")
        player.click("goods:buy")
        assert desk.morning.stock[product] == stock + 100
        player.click("partner:sign")
        assert desk.morning.partner
        player.click("partner:sign")
        assert not desk.morning.partner
        player.click("traffic:stop")
        assert desk.morning.budget == 0
        for _ in range(20):
            if session.can_undo:
                player.click("undo")
        assert session.planned == [] and desk.morning.live is None

    def test_one_morning_by_keyboard(self, open_app, session):
        player = open_app(real=True)
        desk = desk_of(player, session)
        player.key(pygame.K_1)
        assert player.screen.group.focused.name == "live:start"
        player.key(pygame.K_LEFT)
        assert desk.drafts.clock == "19:30"
        player.key(pygame.K_DOWN, pygame.K_RIGHT)
        assert desk.drafts.minutes == 150
        player.key(pygame.K_DOWN, pygame.K_RIGHT)
        tactic = desk.drafts.tactic
        player.key(pygame.K_DOWN, pygame.K_DOWN, pygame.K_RETURN)
        assert desk.morning.live == account.LiveOfDay("19:30", 150, tactic)
        player.key(pygame.K_2, pygame.K_RIGHT)
        assert desk.drafts.format == "poll"
        player.screen.group.focus("notes:publish")
        player.key(pygame.K_RETURN)
        assert desk.morning.notes_today[0].format == "poll"
        player.key(pygame.K_u)
        assert desk.morning.notes_today == () and desk.morning.live is not None
        player.key(pygame.K_g)
        assert player.name == "GroupScreen"
        player.key(pygame.K_g, pygame.K_ESCAPE)
        assert player.name == "DeskMenu"
        player.key(pygame.K_ESCAPE)
        assert player.name == "DeskScreen"
        player.key(pygame.K_p)
        assert desk.morning.live.minutes == session.base.live.minutes or desk._message

    def test_every_control_can_be_reached_with_tab(self, open_app, session):
        player = open_app(real=True)
        desk = desk_of(player, session)
        reached = set()
        for _ in range(len(desk.group.widgets) + 2):
            player.key(pygame.K_TAB)
            reached.add(desk.group.focused.name)
        assert reached == {w.name for w in desk.group.widgets if w.enabled}

    def test_what_is_refused_is_said_in_both_languages(self, open_app, session):
        player = open_app(real=True)
        desk = desk_of(player, session)
        desk.drafts.units = 100_000
        # The button cannot be pressed then; the model refuses all the same.
        desk.plan(desk.drafts.restock())
        error, _, bad = desk._message
        assert bad and "in hand" in error.in_language("en") and "账上" in error.in_language("zh")
        assert session.planned == []

    def test_a_poll_is_featured(self, open_app, session):
        player = open_app(real=True)
        drafts = Drafts(session.base, read_morning(session))
        drafts.move_format(1)
        session.plan(drafts.note())
        session.auto_live = True
        while not session.pass_time(10**6, session.next_stop, 1.0):
            pass
        desk = desk_of(player, session)
        assert desk.morning.poll is not None, "nobody of 300 voted"
        winner = desk.morning.poll.votes[0][0]
        player.click("poll:feature")
        assert desk.drafts.feature == winner and session.planned == []
        player.click("live:plan")
        assert desk.morning.featured == winner


def walk(player, problems: list[str], focus: bool = False) -> int:
    drawn = look(player, problems)
    if focus:
        group = player.screen.group
        for widget in list(group.widgets):
            group.focus(widget.name)
            drawn += look(player, problems)
        group.focus(None)
    return drawn


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overflows(open_app, weeks, size, large):
    player = open_app(size, scenario=weeks, real=True)
    app = player.app
    app.set_large_text(large)
    problems: list[str] = []
    player.screen.saved = SavedRun(Path("x"), weeks, 9000)
    player.screen.rebuild()
    walk(player, problems, size[0] == 1280)
    session = CampaignSession(weeks, practice=True)
    session.prepare(wait=True)
    desk = desk_of(player, session)
    drawn = walk(player, problems, size[0] == 1280)
    desk._policy()
    drawn += walk(player, problems)
    for _ in range(5):
        desk.drafts.move_format(1)
        desk.drafts.move_tactic(1)
        desk.drafts.move_partner(1)
        desk.rebuild()
        desk._message = None
        drawn += walk(player, problems)
    desk.plan(desk.drafts.restock(), done="goods")
    desk.plan(desk.drafts.traffic(), done="traffic")
    drawn += walk(player, problems)
    desk.plan(*desk.drafts.live(), desk.drafts.group(), *[desk.drafts.note()] * 9)
    assert desk._message[2]
    drawn += walk(player, problems)
    app.apply(Push(DeskMenu(app, session)))
    drawn += walk(player, problems, True)
    app.stack[-2:] = []
    live_through(session, 9)
    desk_of(player, session)
    drawn += walk(player, problems)
    morning = read_morning(session)
    app.apply(Push(GroupScreen(app, session, morning)))
    drawn += walk(player, problems)
    for row in (morning.rows[0], morning.rows[7]):
        app.apply(Push(NightSheet(app, session, row)))
        drawn += walk(player, problems)
    weeks_screen = WeeksScreen(app, session, morning.rows)
    app.apply(Push(weeks_screen))
    for weeks_screen.shown in (0, 1, -1):
        drawn += walk(player, problems)
    live_through(session, 1)
    result = CampaignResult(app, session)
    app.apply(Push(result))
    for tab in result.tabs:
        result.tab = tab
        drawn += walk(player, problems)
    result.crowd.wait()
    player.frames()
    for tab in result.tabs:
        result.tab = tab
        drawn += walk(player, problems)
    assert not problems, "\n".join(sorted(set(problems)))
    assert drawn > 1500


def test_published_notes_hang_on_the_street(session):
    before = len(session.run.observe().cards)
    drafts = Drafts(session.base, read_morning(session))
    session.plan(drafts.note())
    drafts.move_format(1)
    session.plan(drafts.note())
    cards = session.run.observe().cards
    state = session.run.world.state(0)
    assert len(cards) == before + 2 == int(state.clock[0]["cards"])
    for row, card in enumerate(cards):
        assert state.cards[row]["host"] == card.host
        assert bool(state.cards[row]["live"]) == (card.kind == "live")
    first = session.base.host.products[0].name
    assert cards[-2].title.zh.endswith(first.zh) and cards[-2].title.en.endswith(first.en)


class TestNothingPlanned:
    def test_the_first_enter_asks_and_the_second_opens(self, open_app, session):
        player = open_app(real=True)
        desk_of(player, session)
        player.key(pygame.K_RETURN)
        assert player.name == "AskScreen" and session.run.tick == 0
        player.key(pygame.K_ESCAPE)
        assert player.name == "DeskScreen" and session.run.tick == 0
        player.key(pygame.K_RETURN, pygame.K_p)
        assert player.name == "DeskScreen" and session.planned
        player.key(pygame.K_u, pygame.K_RETURN, pygame.K_RETURN)
        player.frames(2)
        assert player.name == "DayScreen"

    def test_with_something_planned_nobody_is_asked(self, open_app, session):
        player = open_app(real=True)
        desk_of(player, session)
        player.key(pygame.K_p, pygame.K_RETURN)
        assert player.name == "DayScreen"

    def test_the_sheet_fits(self, open_app, session):
        player, problems = open_app((1024, 768), real=True), []
        desk_of(player, session)
        player.key(pygame.K_RETURN)
        look(player, problems)
        assert player.name == "AskScreen" and not problems, problems


def test_an_empty_street_is_looked_at_again_soon(open_app, session):
    player = open_app(real=True)
    desk_of(player, session)
    player.key(pygame.K_p, pygame.K_RETURN)
    day = player.screen
    day._paused = True
    everybody = np.zeros(3, session.seen.people.dtype)
    for people, most in ((everybody[:0], 0.2), (everybody, 2.0)):
        session.seen = dataclasses.replace(session.seen, people=people)
        day._paused, day._look_due = False, 0.0
        day.session.pass_time = lambda *rest: False
        day.update(0.0)
        assert most / 10 < day._look_due <= most


def test_one_thing_refused_does_not_hide_that_the_rest_is_planned(open_app, session):
    player = open_app(real=True)
    desk = desk_of(player, session)
    error = DecisionError(Phrase("desk.message.no_weeks"))
    desk._planned_at_once([error], "policy")
    text, _, bad = desk._message
    for language in ("zh", "en"):
        assert error.in_language(language) in text(language) != error.in_language(language)
    assert not bad
    desk._planned_at_once([error], None)
    assert desk._message[0] is error and desk._message[2]


def test_money_in_a_refusal_is_written_as_money(session):
    from sim.model.planning import Restock

    error = session.plan(Restock("wool_coat", 100_000))
    assert error is not None
    for language in ("zh", "en"):
        said = error.in_language(language)
        assert "¥20,000.00" in said and ".0 " not in said


def test_more_than_the_cash_allows_cannot_be_bought_and_says_why(open_app, session):
    player, problems = open_app(real=True), []
    desk = desk_of(player, session)
    button = desk.group.get("goods:buy")
    desk.drafts.units = 10
    assert button.enabled and not button.tip("en")
    desk.drafts.goods, desk.drafts.units = "wool_coat", 100_000
    assert not button.enabled and "cash" in button.tip("en")
    player.click("goods:buy")
    assert session.planned == []
    look(player, problems)
    assert not problems, problems
