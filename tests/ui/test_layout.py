"""Every text of every screen inside its box: four sizes, two languages, large text as well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pygame
import pytest

from sim.errors import Phrase, StrollError
from sim.play.profile import Profile, RunEntry
from sim.ui import words
from sim.ui.saved import SavedRun
from sim.ui.screens.base import Push
from sim.ui.screens.resume import ResumeScreen
from sim.ui.screens.settings import SettingsScreen
from sim.ui.text import DrawnText

SIZES = [(1280, 720), (1024, 768), (1920, 1080), (3840, 2160)]


def faults(texts: list[DrawnText], window: pygame.Rect) -> list[str]:
    found = []
    for item in texts:
        # Ink may stand a hair outside the line it was measured for: accents, a comma's tail.
        slack = max(2, item.drawn.height // 8)
        box = item.box.inflate(2 * slack, 2 * slack)
        if not box.contains(item.drawn):
            found.append(f"{item.text!r} drawn at {item.drawn} outside {item.box}")
        if item.truncated and not item.may_truncate:
            found.append(f"{item.text!r} cut short in {item.box}")
        if not window.inflate(4, 4).contains(item.drawn):
            found.append(f"{item.text!r} at {item.drawn} outside the window")
    return found


def clashes(recorder, window: pygame.Rect) -> list[str]:
    """Texts of different boxes whose ink lies on each other, unless a sheet lies between them."""
    found = []
    seen = [(item, item.drawn.clip(window)) for item in recorder.texts]
    for i, (one, ink) in enumerate(seen):
        for j, (other, over) in enumerate(seen[i + 1 :], i + 1):
            shared = ink.clip(over)
            if any(i < count <= j and sheet.contains(shared) for count, sheet in recorder.covers):
                continue
            # A hair of shared space is the white between two lines, not a clash.
            hair = max(2, min(ink.height, over.height) // 5)
            if shared.width <= hair or shared.height <= hair:
                continue
            if one.text == other.text and one.box == other.box:
                continue
            found.append(f"{one.text!r} at {ink} lies on {other.text!r} at {over}")
    return found


def look(player, problems: list[str]) -> int:
    """Draw the screen in both languages and collect what does not fit."""
    app = player.app
    count = 0
    for language in ("zh", "en"):
        app.settings.language = language
        recorder = app.painter.recorder
        recorder.clear()
        recorder.on = True
        app.draw()
        recorder.on = False
        count += len(recorder.texts)
        where = f"{player.name} {language} {app.window.get_size()}: "
        problems += [where + fault for fault in faults(recorder.texts, app.window.get_rect())]
        problems += [where + fault for fault in clashes(recorder, app.window.get_rect())]
    return count


@dataclass
class Tour:
    """Walks through the screens and collects what does not fit."""

    player: object
    problems: list[str]
    drawn: int = 0

    def look(self) -> None:
        self.drawn += look(self.player, self.problems)

    def look_at_every_focus(self) -> None:
        """What the focus adds depends on the shape of the window, not on its number of pixels."""
        if self.player.app.window.get_width() > 1280:
            return
        group = self.player.screen.group
        for widget in list(group.widgets):
            group.focus(widget.name)
            self.look()
        group.focus(None)


@pytest.fixture
def tour(open_app, scenario):
    """tour(size, large) -> a Tour on the title."""

    def start(size, large) -> Tour:
        player = open_app(size, scenario=scenario.with_changes({"live.minutes": 10, "nights": 8}))
        player.app.set_large_text(large)
        return Tour(player, [])

    yield start


def to_live(player) -> None:
    player.key(pygame.K_RETURN)
    assert player.name == "BriefScreen"
    to_live_from_brief(player)


def to_live_from_brief(player) -> None:
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")


def look_at_ghosts(walk: Tour) -> None:
    """The sheet of ghosts where there are none; tests/ui/test_ghosts.py looks at full ones."""
    screen = walk.player.screen
    assert walk.player.name == "GhostScreen"
    screen.company.look(wait=True)
    walk.player.frames()
    walk.look_at_every_focus()
    walk.look()


BOTH = pytest.mark.parametrize("large", [False, True])
ALL_SIZES = pytest.mark.parametrize("size", SIZES)


def proved(tour: Tour, texts: int) -> None:
    assert not tour.problems, "\n".join(sorted(set(tour.problems)))
    assert tour.drawn > texts, "the recorder saw nearly nothing, so this proved nothing"


def fill_the_profile(scenario) -> None:
    """Runs with every number of stars, one of them of a scenario that is gone."""
    with Profile.open() as profile:
        for i in range(7):
            figures = {"net_sales": 123456.0 + i, "return_rate": 0.421}
            profile.add_run(
                RunEntry(
                    scenario.id if i != 5 else "a_scenario_that_was_taken_away", "x", "1", i,
                    figures, stars=(None, 1, 2, 3)[i % 4],
                )
            )  # fmt: skip


@BOTH
@ALL_SIZES
def test_title_settings_and_brief_do_not_overflow(tour, scenario, size, large):
    fill_the_profile(scenario)
    walk = tour(size, large)
    player = walk.player
    title = player.screen
    assert title.recent
    walk.look_at_every_focus()
    title.broken = 2
    title.saved = SavedRun(Path("x"), scenario, 1000)
    title.rebuild()
    walk.look()
    title.saved = SavedRun(Path("x"), scenario, 1000, True)
    walk.look()
    title.recent, title.saved, title.broken = [], None, 0
    title.rebuild()
    walk.look()
    player.app.settings.player = "永远在直播间里等一个回答的人小"
    walk.look()
    kept, title.scenarios = title.scenarios, []
    title.rebuild()
    walk.look()
    title.scenarios = kept * 9
    title.rebuild()
    walk.look()
    title.scenarios = kept
    title.rebuild()
    player.app.apply(Push(SettingsScreen(player.app)))
    walk.look_at_every_focus()
    player.screen._not_saved = True
    walk.look()
    player.screen.group.focus("name")
    player.screen.group.get("name").composing = "xiaoyu'er"
    walk.look()
    player.screen.group.focus(None)
    player.key(pygame.K_ESCAPE, pygame.K_RETURN)
    brief = player.screen
    for tactic in scenario.choices:
        brief.tactic = tactic
        walk.look()
    walk.look_at_every_focus()
    player.key(pygame.K_h)
    look_at_ghosts(walk)
    player.key(pygame.K_h)
    brief.session.prepare(wait=True)
    brief.session._ready.clear()
    for brief._waited in (0.0, 9.0):
        brief._wants_to_go = True
        walk.look()
    brief._wants_to_go = False
    brief.session.error = StrollError(Phrase("ui.error.run_failed", reason="memory " * 12))
    walk.look()
    proved(walk, 300)


@BOTH
@ALL_SIZES
def test_the_live_does_not_overflow(tour, scenario, size, large):
    walk = tour(size, large)
    player, app = walk.player, walk.player.app
    to_live(player)
    live = player.screen
    walk.look()
    player.frames(20, 0.25)
    for _ in scenario.host.products:
        player.key(pygame.K_n)
    walk.look_at_every_focus()
    person = live.view.crowd
    spot = person.spot(int(person.ids[person.shown()[0]]), live.view.street_for(app.painter))
    live._mouse = (spot[0], spot[1] - 15)
    walk.look()
    live._mouse = None
    live._open_card(int(person.ids[0]))
    walk.look()
    player.key(pygame.K_f)
    player.frames(4)
    walk.look()
    player.key(pygame.K_f)
    live._toggle_view()
    player.frames(8)
    walk.look()
    live._open_card(None)
    player.key(pygame.K_d)
    walk.look_at_every_focus()
    live._undo()
    walk.look()
    live.toggle_map()
    player.frames(8)
    walk.look_at_every_focus()
    live._open_card(int(person.ids[0]))
    player.frames(2)
    walk.look()
    live._open_card(None)
    live.toggle_map()
    player.frames(8)
    live.session.paused = False
    player.key(pygame.K_SPACE)
    walk.look()
    player.key(pygame.K_SPACE, pygame.K_ESCAPE)
    assert player.name == "MenuScreen"
    walk.look_at_every_focus()
    player.key(pygame.K_ESCAPE, pygame.K_b)
    assert player.name == "BlendScreen"
    walk.look_at_every_focus()
    player.key(pygame.K_ESCAPE)
    # Where none are known of yet the sheet opens, and finds out while it is open.
    app.apply(live.pick_ghosts())
    player.frames()
    look_at_ghosts(walk)
    player.key(pygame.K_h, pygame.K_h)
    assert player.screen is live
    walk.look()
    proved(walk, 400)


@BOTH
@ALL_SIZES
def test_the_lesson_about_the_controls_does_not_overflow(tour, size, large):
    walk = tour(size, large)
    player = walk.player
    to_live(player)
    live = player.screen
    live.teach()
    coach, steps = live.coach, 0
    while not coach.last:
        walk.look()
        coach._praise = 0.5
        walk.look()
        coach._praise = 0.0
        coach._advance()
        steps += 1
    walk.look()
    assert steps >= 4
    proved(walk, 100)


@BOTH
@ALL_SIZES
def test_going_on_with_a_run_does_not_overflow(tour, scenario, size, large):
    walk = tour(size, large)
    player = walk.player
    resume = ResumeScreen(player.app, SavedRun(Path("nowhere.jsonl"), scenario, 1000))
    resume.session.prepare = lambda wait=False: None
    player.app.apply(Push(resume))
    walk.look()
    resume.session.error = StrollError(Phrase("ui.error.run_failed", reason="memory " * 20))
    walk.look()
    proved(walk, 10)


@BOTH
@ALL_SIZES
def test_the_end_the_nights_and_the_result_do_not_overflow(tour, size, large):
    walk = tour(size, large)
    player = walk.player
    to_live(player)
    player.frames(20, 0.25)
    player.key(pygame.K_ESCAPE)
    player.screen._skip()
    player.until("EndScreen")
    walk.look()
    player.key(pygame.K_RETURN)
    player.frames(6)
    walk.look()
    player.frames(40, 0.3)
    walk.look()
    player.screen._hurry = True
    player.until("ResultScreen")
    result = player.screen
    result.crowd.wait()
    result.kept.wait()
    for result.tab in ("result", "timeline", "crowd"):
        walk.look()
    walk.look_at_every_focus()
    rows = dict(result.crowd.rows)
    for waiting in ({}, dict(list(rows.items())[:2])):
        result.crowd.rows = waiting
        walk.look()
    result.crowd.failed = True
    walk.look()
    result.crowd.failed, result.crowd.rows = False, rows
    result.figures = dict.fromkeys(result.figures, 0) | {
        "median_minutes_to_order": None, "conversion": None, "return_rate": None, "trust": None,
        "orders_after_5min": None,
    }  # fmt: skip
    for result.tab in ("result", "timeline", "crowd"):
        walk.look()
    proved(walk, 150)


def test_the_check_itself_notices_a_clash(open_app):
    player = open_app()
    painter, window = player.app.painter, player.app.window.get_rect()
    painter.recorder.on = True
    painter.text("下面的字", (10, 10, 200, 24), 18)
    painter.panel((0, 0, 300, 60))
    painter.text("纸上的字", (12, 12, 200, 24), 18)
    assert not clashes(painter.recorder, window)
    painter.text("又压上去的字", (30, 18, 200, 24), 18)
    painter.recorder.on = False
    assert len(clashes(painter.recorder, window)) == 1


def test_the_check_itself_notices_an_overflow(open_app):
    player = open_app()
    painter = player.app.painter
    painter.recorder.on = True
    painter.text("这一行字放不进这么小的盒子", (10, 10, 60, 18), 18)
    painter.recorder.on = False
    assert faults(painter.recorder.texts, player.app.window.get_rect())


def test_large_text_is_large_on_every_sheet(tour, scenario):
    """Everything to be read, but for numbers of keys; what lies in the picture is not a sheet's."""
    walk = tour((1280, 720), True)
    player, app = walk.player, walk.player.app
    small: list[str] = []

    def look_for_small() -> None:
        for language in ("zh", "en"):
            app.settings.language = language
            app.draw()
            app.painter.recorder.clear()
            app.painter.recorder.on = True
            player.screen.paint(app.painter, language)
            player.screen.group.draw(app.painter, language)
            app.painter.recorder.on = False
            recorder = app.painter.recorder
            # What was drawn before the first large sheet is a sign on the street behind it.
            first = min((n for n, sheet in recorder.covers if sheet.width > 400), default=0)
            small.extend(
                f"{player.name} {language} {item.text!r} {item.size:.1f}"
                for item in recorder.texts[first:]
                if not item.text.isdigit() and item.size < 14
            )

    look_for_small()
    player.app.apply(Push(SettingsScreen(app)))
    player.frames()
    look_for_small()
    player.key(pygame.K_ESCAPE, pygame.K_RETURN)
    look_for_small()
    to_live_from_brief(player)
    player.key(pygame.K_ESCAPE)
    player.screen._skip()
    player.until("EndScreen")
    look_for_small()
    player.key(pygame.K_RETURN)
    player.screen._hurry = True
    player.until("ResultScreen")
    player.screen.crowd.wait()
    for player.screen.tab in ("result", "timeline", "crowd"):
        look_for_small()
    assert not small, "\n".join(sorted(set(small)))


def test_a_window_too_small_to_read_says_so(open_app):
    player = open_app((480, 300))
    painter = player.app.painter
    painter.recorder.on = True
    player.app.draw()
    (only,) = painter.recorder.texts
    assert only.text == words.say("common.small_window", "zh") and not only.truncated
    assert only.drawn.height >= 12
    assert not faults(painter.recorder.texts, player.app.window.get_rect())
