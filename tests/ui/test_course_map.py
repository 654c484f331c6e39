"""The course map: lessons, levels and stars, practice by one key, and every text inside its box."""

from __future__ import annotations

from types import SimpleNamespace

import pygame
import pytest

from sim.model import ENGINE_VERSION
from sim.play.profile import Profile, RunEntry
from sim.scenario import Scenario
from sim.ui.course import map_art
from sim.ui.course.map import CourseMap
from sim.ui.course.practice import LessonBrief, PracticeSession
from sim.ui.course.progress import LessonEntry, next_lesson, read_lessons, read_stars
from sim.ui.screens.base import Push
from tests.ui.test_layout import look

SIZES = [(1280, 720), (1024, 768), (1920, 1080)]


@pytest.fixture(scope="module")
def known():
    return read_lessons()


def keep(scenario, stars: int | None) -> None:
    with Profile.open() as profile:
        profile.add_run(
            RunEntry(scenario.id, scenario.hash, ENGINE_VERSION, 1, {"net_sales": 1.0}, stars=stars)
        )


def open_map(player) -> CourseMap:
    player.key(pygame.K_c)
    course = player.screen
    assert player.name == "CourseMap"
    course.lessons.wait()
    player.frames(2)
    return course


def test_lessons_come_in_order_and_only_lessons(known):
    numbers = [entry.lesson.number for entry in known]
    assert numbers == sorted(numbers) and len(set(numbers)) == len(numbers) >= 8
    for entry in known:
        assert [level.id for level, _ in entry.levels] == [x.id for x in entry.lesson.levels]


def test_levels_are_other_scenarios(known):
    for entry in known:
        hashes = [scenario.hash for _, scenario in entry.levels]
        assert len(set(hashes)) == len(hashes), f"{entry.scenario.id}: two levels are the same"
        assert all(scenario.id == entry.scenario.id for _, scenario in entry.levels)


def test_stars_are_kept_by_level(known):
    entry = known[0]
    (first, usual), (second, other) = entry.levels[:2]
    keep(usual, 2)
    keep(usual, 1)
    keep(other, None)
    read_stars(known)
    assert entry.stars == {first.id: 2, second.id: 0}
    assert entry.played == {first.id, second.id} and entry.best == 2
    assert all(not later.played for later in known[1:])
    assert next_lesson(known) == 1


def test_next_lesson_is_the_last_when_all_were_played(known):
    entries = [LessonEntry(e.scenario, e.levels, played={"x"}) for e in known]
    assert next_lesson(entries) == len(entries) - 1
    assert next_lesson([]) == 0


@pytest.mark.parametrize("count", [1, 5, 8, 10, 13])
def test_shops_stand_apart_and_inside(count):
    spots = map_art.places(count, 860.0, 620.0)
    assert len(spots) == count
    for i, (x, y) in enumerate(spots):
        assert 60 < x < 800 and 100 < y < 560
        for ox, oy in spots[i + 1 :]:
            assert abs(x - ox) > 120 or abs(y - oy) > 150


def test_choosing_by_keyboard(open_app):
    player = open_app()
    course = open_map(player)
    assert course.chosen == 0 and course.entry.lesson.number == min(
        entry.lesson.number for entry in course.entries
    )
    player.key(pygame.K_RIGHT)
    assert course.chosen == 1
    player.key(pygame.K_2)
    assert course.level == 1
    level = course.entry.levels[1][1]
    player.screen.group.focus(None)
    player.key(pygame.K_RETURN)
    assert player.name in ("LessonBrief", "CampaignBrief")
    assert player.screen.scenario.hash == level.hash
    player.key(pygame.K_ESCAPE)
    assert player.screen is course
    player.key(pygame.K_ESCAPE)
    assert player.name == "TitleScreen"


def test_choosing_by_mouse(open_app):
    player = open_app()
    course = open_map(player)
    last = len(course.entries) - 1
    player.click(f"lesson:{last}")
    assert course.chosen == last
    level = course.entry.levels[-1][0]
    player.click(f"level:{level.id}")
    assert course.level == len(course.entry.levels) - 1
    player.click("start")
    assert player.name in ("LessonBrief", "CampaignBrief")


def test_practice_of_an_evening_and_back_to_its_start_by_one_key(open_app, short, monkeypatch):
    player = open_app()
    course = open_map(player)
    evening = next(i for i, e in enumerate(course.entries) if e.scenario.campaign is None)
    course._choose(evening)
    player.frames()
    player.key(pygame.K_r)
    player.until("PracticeLive")
    session = player.screen.session
    assert isinstance(session, PracticeSession)
    assert getattr(session.run, "journal", None) is None
    player.frames(10, 0.1)
    player.key(pygame.K_r)
    assert player.name == "LessonBrief"
    player.key(pygame.K_r)
    player.until("PracticeLive")
    player.screen.session.speed = 16
    player.screen.session.skip_to_end_of_live(10.0)
    player.until("LessonBrief")
    with Profile.open() as profile:
        assert profile.runs() == []
    # It still is about practice, and says so; for real it begins only when that is asked for.
    assert player.screen.practising
    player.click("practice")
    assert not player.screen.practising
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    assert not isinstance(player.screen.session, PracticeSession)


def test_ghosts_come_along_into_practice_and_out_again(open_app, short):
    player = open_app()
    brief = LessonBrief(player.app, short)
    player.app.apply(Push(brief))
    dropped: list[str] = []
    called = SimpleNamespace(
        mark=0, ghost=None, error=None, share=0.5, drop=lambda: dropped.append("ghost")
    )
    brief.company.companions, brief.company.shown = [called], False
    brief.company._found = []
    player.frames()
    assert brief.group.get("ghosts").enabled
    player.key(pygame.K_r)
    player.until("PracticeLive")
    assert player.screen.company.companions == [called]
    player.key(pygame.K_r)
    again = player.screen
    assert player.name == "LessonBrief" and again.practising and again is not brief
    assert again.company.companions == [called] and not again.company.shown
    player.click("practice")
    again.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    assert player.screen.company.companions == [called] and not dropped
    player.screen.company.close()
    assert dropped == ["ghost"]


def test_the_buttons_of_a_brief_lie_on_nothing(open_app, known):
    for size in SIZES:
        player = open_app(size)
        for entry in known:
            if entry.scenario.campaign is not None:
                continue
            brief = LessonBrief(player.app, entry.scenario)
            player.app.apply(Push(brief))
            player.frames()
            boxes = [pygame.FRect(widget.box) for widget in brief.group.widgets]
            for number, box in enumerate(boxes):
                assert box.collidelist(boxes[number + 1 :]) < 0
            left, top, width, height = brief.goods_box(player.app.painter)
            goods = pygame.FRect(left, top, width, height)
            assert goods.collidelist(boxes) < 0
            player.key(pygame.K_ESCAPE)


def test_practice_of_a_campaign(open_app):
    player = open_app(real=True)
    course = open_map(player)
    weeks = next(i for i, e in enumerate(course.entries) if e.scenario.campaign is not None)
    course._choose(weeks)
    player.frames()
    player.key(pygame.K_r)
    player.screen.session.prepare(wait=True)
    player.until("DeskScreen", seconds=0.01)
    session = player.screen.session
    assert session.practice and session.run.journal is None
    player.key(pygame.K_p)
    assert session.planned
    player.key(pygame.K_r)
    assert session.planned == [] and session.run.tick == 0


def test_an_empty_course_says_so(open_app, monkeypatch):
    monkeypatch.setattr("sim.ui.course.progress.read_lessons", list)
    player = open_app()
    course = open_map(player)
    problems: list[str] = []
    assert course.entries == [] and look(player, problems) > 4
    player.key(pygame.K_RETURN, pygame.K_r)
    assert player.screen is course and not problems


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overflows(open_app, known, size, large):
    keep(known[0].scenario, 3)
    player = open_app(size)
    player.app.set_large_text(large)
    problems: list[str] = []
    course = CourseMap(player.app)
    course.lessons._thread.join()
    found, course.lessons.entries = course.lessons.entries, None
    player.app.apply(Push(course))
    drawn = look(player, problems)
    course.lessons.entries = found
    player.frames(2)
    for i in range(len(found)):
        course._choose(i)
        player.frames()
        drawn += look(player, problems)
    if size[0] == 1280:
        for widget in list(course.group.widgets):
            course.group.focus(widget.name)
            drawn += look(player, problems)
    campaigns = [e.scenario for e in found if e.scenario.campaign is not None]
    assert campaigns
    from sim.ui.campaign.entry import CampaignBrief

    for scenario in (*campaigns, Scenario.load("first_stream")):
        kind = CampaignBrief if scenario.campaign is not None else LessonBrief
        player.app.apply(Push(kind(player.app, scenario)))
        player.screen.session.prepare(wait=True)
        drawn += look(player, problems)
    assert not problems, "\n".join(sorted(set(problems)))
    assert drawn > 300


def test_the_card_of_a_lesson_opens_from_its_result(open_app, known):
    evening = next(e.scenario for e in known if e.scenario.campaign is None)
    player = open_app(scenario=evening.with_changes({"live.minutes": 10, "nights": 2}))
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.screen.session.skip_to_end_of_live(10.0)
    player.until("EndScreen")
    player.key(pygame.K_RETURN, pygame.K_RETURN)
    player.until("ResultScreen")
    player.screen.crowd.wait()
    player.click("lesson")
    assert player.name == "LessonCard"
    problems: list[str] = []
    assert look(player, problems) > 20 and not problems
    player.key(pygame.K_ESCAPE)
    assert player.name == "ResultScreen"
