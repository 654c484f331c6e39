"""The door to the debrief, for the page of results; light to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.ui.debrief.words import say

if TYPE_CHECKING:
    from sim.ui.screens.base import Push


def can_look_back(session) -> bool:
    """Whether there is a debrief for this session: a real run of an evening that is over."""
    from sim.ui.debrief.study import unfinished

    return unfinished(session.run) is None


def open_debrief(app, session) -> Push | None:
    """The debrief over the present screen; None where there is none."""
    if not can_look_back(session):
        return None
    from sim.ui.debrief.screen import DebriefScreen
    from sim.ui.screens.base import Push

    return Push(DebriefScreen(app, session))


def entry_words(language: str) -> str:
    """What the button says."""
    return say("entry.open", language)


def entry_tip(session, language: str) -> str:
    """What the button is for, or why there is no debrief for this session."""
    from sim.ui.debrief.study import unfinished

    reason = unfinished(session.run)
    return say("entry.tip", language) if reason is None else reason.text(language)
