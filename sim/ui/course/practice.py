"""An evening without consequences: nothing is written down, and one key goes back to the start."""

from __future__ import annotations

import pygame

from sim import wording
from sim.ui import theme
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Replace
from sim.ui.screens.brief import BriefScreen
from sim.ui.screens.live import LiveScreen
from sim.ui.session import Session
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


class PracticeSession(Session):
    """A session that keeps no journal."""

    practice = True

    def keep_journal(self) -> None:
        """Nothing is kept of practice."""


class LessonBrief(BriefScreen):
    """The brief of an evening, with practice on one key."""

    def build(self, painter: Painter) -> list[Widget]:
        x, y, _, height = self._sheet(painter)
        widgets = super().build(painter)
        widgets.append(
            Button(
                "practice", (x + 172, y + height - 118, 220, 44),
                lambda la: wording.text("course_map.practice", la), self._practice, mark="return",
                tip=lambda la: wording.text("course_map.practice_tip", la), size=14.5,
            )
        )  # fmt: skip
        return widgets

    def _practice(self) -> Change | None:
        self.session = PracticeSession(self.scenario, make_run=self.app.make_run)
        self.session.speed = self.app.settings.start_speed
        self.session.prepare()
        self._wants_to_go = True
        return self._start_if_ready()

    def _go(self) -> Change | None:
        if isinstance(self.session, PracticeSession):
            self.session = Session(self.scenario, make_run=self.app.make_run)
            self.session.prepare()
            self._wants_to_go = False
        return super()._go()

    def go_live(self, bets=()) -> Change:
        if not isinstance(self.session, PracticeSession):
            return super().go_live(bets)
        self.session.set_tactic(self.tactic)
        return Replace(PracticeLive(self.app, self.session))

    def key(self, event: pygame.event.Event):
        if event.key == pygame.K_r:
            return self._practice()
        return super().key(event)


class PracticeLive(LiveScreen):
    """The live for trying things out: R begins again, and its end leads back to the brief."""

    def _again(self) -> Change:
        return Replace(LessonBrief(self.app, self.session.scenario))

    def before_controls(self, event, point):
        if event.type == pygame.KEYDOWN and event.key == pygame.K_r:
            return True, self._again()
        return super().before_controls(event, point)

    def update(self, seconds: float) -> Change | None:
        change = super().update(seconds)
        if isinstance(change, Replace) and self.session.phase not in ("before", "live"):
            return self._again()
        return change

    def paint(self, painter: Painter, language: str) -> None:
        super().paint(painter, language)
        text = wording.text("course_map.practice_on", language)
        box = (18.0, 82.0, 300.0, 30.0)
        painter.panel(box, theme.PLUM, 15, 80, None, 240)
        painter.text(text, (32, 82, 272, 30), 13.5, "bold", "#FFFFFF", "center", smallest=10)
