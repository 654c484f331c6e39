"""What the live says in the middle of the window, under the bar: the most pressing thing only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim import wording
from sim.errors import DecisionError, Phrase
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens import hud

if TYPE_CHECKING:
    from sim.ui.screens.live import LiveScreen

_TOP = 124
_BELOW = 170


def draw_opening(live: LiveScreen, painter: Painter) -> None:
    """That the room is being made ready, while it is."""
    if live.in_room and not live.showing_room:
        hud.notice(painter, live.say("live.opening_room"), theme.TEAL, _BELOW)


def draw(live: LiveScreen, painter: Painter, language: str) -> None:
    """A message, the pause, what is wrong with saving, or how long until the live begins."""
    session = live.session
    # In the room the buttons lie where the notices usually do, and over the map the ghosts.
    taken = live.showing_room or (live.on_map and live.ghost_box is not None)
    top = _BELOW if taken else _TOP
    if live._message is not None:
        said = live._message[0]
        if isinstance(said, DecisionError):
            hud.notice(painter, said.in_language(language), theme.POOR, top)
        else:
            hud.notice(painter, said.text(language), theme.TEAL, top)
    elif session.paused:
        # It stays for as long as time stands still, so it must not lie on anything.
        between = _free(live, painter)
        if live.showing_room and live.card is not None:
            top = _TOP
        hud.notice(painter, _why_still(live, language), theme.PLUM, top, between)
    elif session.not_saved is not None:
        reason = session.not_saved
        reason = reason.text(language) if isinstance(reason, Phrase) else reason
        hud.notice(painter, live.say("resume.not_saved", reason=reason), theme.AMBER, top)
    elif session.phase == "before":
        seconds = max(0.0, -session.seen.minute * 60)
        text = live.say("live.before", time=words.duration(seconds, language))
        hud.notice(painter, text, theme.TEAL, top)


def _free(live: LiveScreen, painter: Painter) -> tuple[float, float]:
    """From where to where nothing else lies under the bar."""
    if live.showing_room:
        if live.card is not None:
            # Above the signs, which have made way for the card, and before the buttons.
            return 326.0, painter.width - 532
        # Between what people say and the questions.
        return 292.0, painter.width - 292
    if live.on_map:
        # Between the legend and the buttons; with ghosts below both.
        return 236.0, painter.width - 404
    # On the street between the signs of the farthest shops.
    return painter.width / 2 - 206, painter.width / 2 + 206


def _why_still(live: LiveScreen, language: str) -> str:
    """Why time stands still, and what makes it go on."""
    session = live.session
    if session.taken_back_at != session.run.tick:
        return wording.text("live.state.paused", language)
    key = "taken_back_more" if session.can_undo else "taken_back"
    return wording.text(f"live.state.{key}", language, clock=session.seen.clock)
