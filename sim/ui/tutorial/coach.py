"""Teaches the controls over the live itself: one short step at a time, done by doing it.

The coach never decides anything. It watches, points, and holds the street's time while there is
something to read; a run with it is the run that the player's own choices make.
"""

from __future__ import annotations

import pygame

from sim import wording
from sim.ui import theme
from sim.ui.art import icons
from sim.ui.painter import Box, Painter
from sim.ui.tutorial import bubble
from sim.ui.tutorial.steps import STEPS, Memory, Step, asking, control, mix_in_words
from sim.ui.widgets.base import WidgetGroup
from sim.ui.widgets.button import Button

_PRAISE_SECONDS = 0.9
# Somebody who has come this far has seen it; it does not come again by itself.
_SEEN_AFTER = "tactic"


def say(key: str, language: str, /, **values) -> str:
    """The text `tutorial.<key>`."""
    return wording.text(f"tutorial.{key}", language, **values)


class Coach:
    """One lesson over one live screen. `over` once it has been gone through or skipped."""

    def __init__(self, live) -> None:
        self.live = live
        self.over = False
        self._number = -1
        self._praise = 0.0
        self._memory: Memory | None = None
        self._box: Box | None = None
        self._group = WidgetGroup(live.app.sound.play)
        self._next = Button("coach:next", (0, 0, 1, 1), self._next_words, self._acknowledge)
        self._skip = Button("coach:skip", (0, 0, 1, 1), lambda la: say("skip_all", la),
                            self.skip, "quiet", size=theme.SMALL)  # fmt: skip
        self._group.set([self._next, self._skip])
        self._advance()

    # -- steps ---------------------------------------------------------------------------------
    @property
    def step(self) -> Step:
        """What is being taught now."""
        return STEPS[self._number]

    @property
    def holds(self) -> bool:
        """Whether the street's time should wait."""
        return not self.over and self._praise <= 0 and self.step.holds(self.live)

    @property
    def last(self) -> bool:
        return self._number == len(STEPS) - 1

    def _advance(self) -> None:
        self._praise = 0.0
        while True:
            self._number += 1
            if self._number >= len(STEPS):
                self._number = len(STEPS) - 1
                self._finish()
                return
            if not self.step.useless(self.live):
                break
        if self.live.session.run is not None:
            self._memory = Memory.of(self.live)

    def _acknowledge(self) -> None:
        """The player has read it, or does not want to do it now."""
        if self.last:
            # Taking a choice back has stopped time; whoever starts selling wants it to run.
            self.live.session.paused = False
            self.live.rebuild()
        self._advance()

    def skip(self) -> None:
        """No more teaching."""
        self._finish()

    def _finish(self) -> None:
        self.over = True
        self._remember()

    def close(self) -> None:
        """The live is gone; what was taught so far may be enough."""
        names = [step.name for step in STEPS]
        if self._number > names.index(_SEEN_AFTER):
            self._remember()

    def _remember(self) -> None:
        settings = self.live.app.settings
        if not settings.taught:
            settings.taught = True
            settings.save()

    def update(self, seconds: float) -> None:
        """See whether the step has been done."""
        if self.over:
            return
        if self._praise > 0:
            self._praise -= seconds
            if self._praise <= 0:
                self._advance()
            return
        done = self.step.done
        if done is not None and done(self.live, self._memory):
            self._praise = _PRAISE_SECONDS
            self.live.app.sound.play("follow")

    # -- events --------------------------------------------------------------------------------
    def handle(self, event: pygame.event.Event, point) -> bool:
        """Take what is meant for the coach; everything else goes to the live."""
        if self.over:
            return False
        if event.type == pygame.KEYDOWN:
            return self._key(event.key)
        if point is None:
            return False
        used, _ = self._group.handle(event, point)
        inside = self._box is not None and _contains(self._box, point)
        if inside and event.type == pygame.MOUSEMOTION:
            self.live._mouse = None
        return used or (inside and event.type != pygame.MOUSEWHEEL)

    def _key(self, key: int) -> bool:
        if key == pygame.K_ESCAPE and self.live.card is None:
            self.skip()
            return True
        if key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self._praise <= 0:
            current = self.live.group.focused
            # A control that shows the focus takes Enter itself while something is to be done.
            if self.step.done is not None and current is not None and current.focused:
                return False
            self._acknowledge()
            return True
        return False

    # -- drawing -------------------------------------------------------------------------------
    def _next_words(self, language: str) -> str:
        if self.last:
            return say("start", language)
        return say("understood" if self.step.done is None else "skip_step", language)

    @property
    def _elsewhere(self) -> bool:
        return self.step.in_room and not self.live.in_room

    def text(self, language: str) -> str:
        """What the coach says now."""
        name = self.step.name
        if self._elsewhere:
            return say("step.elsewhere", language)
        if name == "question" and not asking(self.live) and self._praise <= 0:
            return say("step.question_wait", language)
        if name == "tactic":
            count = len(self.live.session.scenario.choices)
            return say("step.tactic", language, keys=f"1–{count}")
        if name == "mix":
            return say("step.mix", language, mix=mix_in_words(self.live, language))
        return say(f"step.{name}", language)

    def target(self, painter: Painter) -> Box | None:
        """What the bubble points at."""
        if self._elsewhere:
            return control("view")(self.live, painter)
        return self.step.target(self.live, painter)

    def draw(self, painter: Painter, language: str) -> None:
        if self.over:
            return
        text, target = self.text(language), self.target(painter)
        width = bubble.WIDTH
        high = painter.text_height(text, width - 44, bubble.TEXT_SIZE, "medium")
        height = 46 + high + 62
        spot = bubble.place(painter, width, height, target and self.live.group.beside(target))
        self._box = x, y, _, _ = spot.box
        if target is not None:
            bubble.draw_ring(painter, target, self.live.app.settings.reduced_motion)
        bubble.draw_bubble(painter, spot)
        self._progress(painter, x + 22, y + 12, language)
        painter.text(text, (x + 22, y + 42, width - 42, high + 2), bubble.TEXT_SIZE, "medium",
                     theme.INK, lines=9, vertical="top")  # fmt: skip
        foot = y + height - 54
        self._skip.box = (x + width - 146, y + 9, 130, 28)
        wide = painter.measure(self._next_words(language), theme.BODY, "bold") + 40
        self._next.box = (x + width - 20 - wide, foot, wide, 40)
        self._next.kind = "main" if self.step.done is None else "plain"
        self._skip.draw(painter, language)
        if self._praise > 0:
            self._well_done(painter, x + 22, foot, language)
            return
        self._next.draw(painter, language)
        waiting = self.step.name == "question" and not asking(self.live) and not self._elsewhere
        note = "waiting" if waiting else "held" if self.holds else None
        if note and not self.live.session.paused:
            painter.text(say(note, language), (x + 22, foot, width - wide - 52, 40), theme.SMALL,
                         "medium", theme.SOFT_INK, lines=2)  # fmt: skip

    def _progress(self, painter: Painter, x: float, y: float, language: str) -> None:
        said = say("progress", language, step=self._number + 1, steps=len(STEPS))
        painter.text(said, (x, y - 3, 220, 20), theme.SMALL, "bold", theme.AMBER)
        share = (self._number + (self._praise > 0)) / len(STEPS)
        painter.bar((x, y + 18, 120, 4), share, theme.MUSTARD)

    def _well_done(self, painter: Painter, x: float, y: float, language: str) -> None:
        def seal(c) -> None:
            c.circle(14, 14, 14, theme.GOOD)
            icons.mark(c, "check", 14, 14, 7, "#FFFFFF")

        painter.art(("coach done",), (x, y + 6, 28, 28), seal)
        painter.text(say("well_done", language), (x + 38, y, 260, 40), 18, "bold", theme.GOOD)


def _contains(box: Box, point) -> bool:
    return box[0] <= point[0] < box[0] + box[2] and box[1] <= point[1] < box[1] + box[3]
