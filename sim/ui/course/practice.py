"""An evening without consequences: nothing is written down, and one key goes back to the start."""

from __future__ import annotations

import pygame

from sim import wording
from sim.ui import theme
from sim.ui.course.ribbon import draw_ribbon
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
    """The brief of an evening, with practice on one key.

    practising: a ribbon says so, and what begins here begins as practice
    """

    practising = False
    _opening = False  # the sheet to read while waiting is still to be shown
    _foot_buttons = 814.0

    def practise(self) -> None:
        """From now on this is about practice; a run for it is made ready."""
        self.practising = True
        if not isinstance(self.session, PracticeSession):
            self._play_in(PracticeSession(self.scenario, make_run=self.app.make_run))
        self.session.prepare()
        self.rebuild()

    def _play_in(self, session: Session) -> None:
        """What begins here begins as this session; the ghosts that were called come along."""
        self.session = session
        session.speed = self.app.settings.start_speed
        self.company.join(session)

    def begin_practice(self) -> None:
        """For who opens this brief to practise: it goes on to the live by itself."""
        self.practise()
        self._wants_to_go = self._opening = True

    def update(self, seconds: float) -> Change | None:
        change = super().update(seconds)
        opening, self._opening = self._opening, False
        if change is None and opening and not self.session.ready:
            return self._wait()
        return change

    def _for_real(self) -> None:
        self.practising = self._wants_to_go = False
        if isinstance(self.session, PracticeSession):
            self._play_in(Session(self.scenario, make_run=self.app.make_run))
            self.session.prepare()
        self.rebuild()

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        widgets = super().build(painter)
        key = "for_real" if self.practising else "practice"
        widgets.append(
            Button(
                "practice", (x + width - 614, y + height - 67, 170, 46),
                lambda la: wording.text(f"course_map.{key}", la),
                self._for_real if self.practising else self._practice,
                mark="back" if self.practising else "return",
                tip=lambda la: wording.text(f"course_map.{key}_tip", la), size=14.5,
            )
        )  # fmt: skip
        return widgets

    def _go_words(self, language: str) -> str:
        if self.practising:
            return wording.text("course_map.practise", language)
        return super()._go_words(language)

    def _practice(self) -> Change | None:
        """Begin to practise at once; while the street gets ready there is something to read."""
        self.practise()
        self._wants_to_go = True
        return self._start_if_ready() or self._wait()

    def _go(self) -> Change | None:
        return self._practice() if self.practising else super()._go()

    def go_live(self, bets=()) -> Change:
        if not self.practising:
            return super().go_live(bets)
        self.session.set_tactic(self.tactic)
        return Replace(PracticeLive(self.app, self.session, self.company))

    def key(self, event: pygame.event.Event):
        if event.key == pygame.K_r:
            return self._practice()
        return super().key(event)

    def paint(self, painter: Painter, language: str) -> None:
        super().paint(painter, language)
        if self.practising:
            x, y, width, _ = self._sheet(painter)
            draw_ribbon(painter, x + width / 2 + 14, y + 21, language)


class PracticeLive(LiveScreen):
    """The live for trying things out: R begins again, and its end leads back to the brief."""

    def _again(self) -> Change:
        brief = LessonBrief(self.app, self.session.scenario)
        brief.practise()
        brief.company = self.company.go_along(brief.session)
        return Replace(brief)

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
        left, top = painter.width / 2 - 150, painter.height - 112
        box = (left, top, 300.0, 28.0)
        painter.panel(box, theme.PLUM, 15, 80, None, 240)
        painter.text(
            text, (left + 14, top, 272, 28), 13.5, "bold", "#FFFFFF", "center", smallest=10
        )
