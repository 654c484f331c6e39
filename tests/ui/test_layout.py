"""Every text of every screen inside its box, at four sizes, in both languages."""

from __future__ import annotations

import pygame
import pytest

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


@pytest.mark.parametrize("size", SIZES)
def test_nothing_overflows(open_app, scenario, size):
    brief_night = scenario.with_changes({"live.minutes": 10, "nights": 8})
    player = open_app(size, scenario=brief_night)
    problems: list[str] = []
    drawn = look(player, problems)
    player.key(pygame.K_DOWN, pygame.K_RETURN)
    if player.name == "SettingsScreen":
        drawn += look(player, problems)
        player.key(pygame.K_ESCAPE)
    player.app.stack[0].group.focus(None)
    player.key(pygame.K_RETURN)
    assert player.name == "BriefScreen"
    for number in range(len(scenario.choices)):
        player.screen.tactic = scenario.choices[number]
        drawn += look(player, problems)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    live = player.screen
    drawn += look(player, problems)
    player.frames(20, 0.25)
    for _ in scenario.host.products:
        player.key(pygame.K_n)
    # What the focus adds depends on the shape of the window, not on its number of pixels.
    for widget in live.group.widgets if size[0] <= 1280 else []:
        live.group.focus(widget.name)
        drawn += look(player, problems)
    live.group.focus(None)
    person = live.view.crowd
    spot = person.spot(int(person.ids[person.shown()[0]]), live.view.street_for(player.app.painter))
    live._mouse = (spot[0], spot[1] - 15)
    drawn += look(player, problems)
    live._mouse = None
    live._open_card(int(person.ids[0]))
    drawn += look(player, problems)
    live._toggle_view()
    player.frames(8)
    drawn += look(player, problems)
    live._open_card(None)
    player.key(pygame.K_d)
    for widget in live.group.widgets if size[0] <= 1280 else []:
        live.group.focus(widget.name)
        drawn += look(player, problems)
    live.group.focus(None)
    live._undo()
    drawn += look(player, problems)
    live.session.paused = False
    player.key(pygame.K_SPACE)
    drawn += look(player, problems)
    player.key(pygame.K_SPACE, pygame.K_ESCAPE)
    drawn += look(player, problems)
    player.screen._skip()
    player.until("EndScreen")
    drawn += look(player, problems)
    player.key(pygame.K_RETURN)
    player.frames(6)
    drawn += look(player, problems)
    player.screen._hurry = True
    player.until("ResultScreen")
    player.screen.crowd.wait()
    for tab in ("result", "timeline", "crowd"):
        player.screen.tab = tab
        drawn += look(player, problems)
    assert not problems, "\n".join(sorted(set(problems)))
    assert drawn > 500, "the recorder saw nearly nothing, so this proved nothing"


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
