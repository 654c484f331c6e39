"""The debrief: the coach and five tabs on one sheet over the street at night."""

from __future__ import annotations

import gc

import pygame

from sim.errors import StrollError
from sim.ui import theme
from sim.ui.debrief.changes import said_name
from sim.ui.debrief.rename import RenameScreen
from sim.ui.debrief.study import Study, unfinished
from sim.ui.debrief.tab_best import BestTab
from sim.ui.debrief.tab_coach import CoachTab
from sim.ui.debrief.tab_diary import DiaryTab
from sim.ui.debrief.tab_ledger import LedgerTab
from sim.ui.debrief.tab_luck import LuckTab
from sim.ui.debrief.tab_timeline import TimelineTab
from sim.ui.debrief.visit import ShownRun, StreetVisit
from sim.ui.debrief.words import say
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Push, Screen, heading
from sim.ui.session import Session
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Tabs

TABS = (CoachTab, TimelineTab, LuckTab, LedgerTab, DiaryTab, BestTab)


class DebriefScreen(Screen):
    """Looks back on a finished session. StrollError when its run cannot be looked back on."""

    def __init__(self, app, session) -> None:
        reason = unfinished(session.run)
        if reason is not None:
            raise StrollError(reason)
        super().__init__(app)
        self.session = session
        self.study = Study(session.run, bets=getattr(session, "bets", None) or ())
        self.view = StreetView(session.scenario, app.builder)
        self.tabs = {kind.name: kind(self) for kind in TABS}
        self.tab = TABS[0].name
        self.visited = 0
        self._visit: Session | None = None
        self._watching = False
        self._to_focus: str | None = None
        self._trouble: StrollError | None = None
        self.study.look_at(self.tab)
        self.page.opened()

    @property
    def page(self):
        """The tab in front."""
        return self.tabs[self.tab]

    @property
    def first_focus(self) -> str | None:
        return self.page.first_focus

    def closed(self) -> None:
        self.study.close()
        # a debrief is heavy and full of circles, and nothing moves just now
        self.tabs.clear()
        gc.collect()

    # -- controls ------------------------------------------------------------------------------
    def _sheet(self, painter: Painter):
        width, height = min(1440, painter.width - 28), min(930, painter.height - 24)
        return (painter.width - width) / 2, (painter.height - height) / 2, width, height

    def _page_box(self, painter: Painter):
        x, y, width, height = self._sheet(painter)
        return x + 18, y + 68, width - 36, height - 84

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, _ = self._sheet(painter)
        tabs = [(kind.name, lambda la, n=kind.name: say(f"tab.{n}", la)) for kind in TABS]
        header: list[Widget] = [
            Tabs("tabs", (x + 136, y + 14, width - 370, 42), tabs, lambda: self.tab, self.open),
            self.language_choice(painter, y + 21, x + width - 220),
            Button("back", (x + width - 118, y + 15, 100, 40), lambda la: say("back", la),
                   self.back, mark="back", size=14.5),
        ]  # fmt: skip
        widgets = header + self.page.build(painter, self._page_box(painter))
        if self._to_focus is not None:
            self.group.focus(self._to_focus, show=True)
            self._to_focus = None
        return widgets

    def open(self, name: str) -> None:
        """Bring a tab to the front."""
        if name == self.tab:
            return
        self.tab = name
        self.study.look_at(name)
        focused = self.group.focused
        if focused is None or focused.name != "tabs":
            self._to_focus = self.page.first_focus
        self.page.opened()
        self.rebuild()

    def open_diary(self, shopper: int) -> None:
        """The diary of somebody met on another tab."""
        self.tabs["diary"].look_at(shopper)
        self.open("diary")

    def key(self, event: pygame.event.Event):
        number = event.key - pygame.K_1
        if 0 <= number < len(TABS):
            self.open(TABS[number].name)
            return None
        result = self.page.key(event.key)
        return super().key(event) if result is False else result

    def mouse(self, event, point) -> Change | None:
        if event.type == pygame.MOUSEWHEEL:
            where = self.app.painter.design_point(pygame.mouse.get_pos())
            for widget in self.group.widgets:
                if hasattr(widget, "scroll") and (widget.hovered or widget.contains(where)):
                    widget.scroll(-event.y)
        return None

    # -- leaving for a while -------------------------------------------------------------------
    def rename(self, number: int) -> Change:
        name = said_name(self.study.tree[number].name, self.app.language)
        return Push(RenameScreen(self.app, name, lambda text: self.study.rename(number, text)))

    def visit(self, number: int, tick: int, watching: bool) -> None:
        """Open a branch in the street at a tick; `update` goes there once it is ready."""
        if self._visit is not None:
            return
        self.visited, self._watching = number, watching
        self.study.visit(number, tick, self._go)

    def _go(self, run) -> None:
        if self._watching:
            later = [step for step in self.study.tree[self.visited].decisions
                     if step[0] >= run.tick]  # fmt: skip
            run = ShownRun(run, later)
        session = Session(self.study.scenario, self.study.run.seed, lambda *_: run)
        session.paused = True
        session.prepare()
        self._visit = session

    def open_ledger(self, charges: tuple, title) -> None:
        """The entries of the ledger that a finding rests on."""
        self.tabs["ledger"].look_for(charges, title)
        self.open("ledger")

    def opened(self) -> None:
        gc.collect()  # the street that was visited
        self.rebuild()

    # -- time ----------------------------------------------------------------------------------
    def update(self, seconds: float) -> Change | None:
        study = self.study
        if study.poll():
            for page in self.tabs.values():
                page.arrived()
            self.rebuild()
        visit = self._visit
        if visit is not None and visit.error is not None:
            self._visit, self._trouble = None, visit.error
        elif visit is not None and visit.ready:
            self._visit = None
            return Push(StreetVisit(self.app, visit, self))
        return None

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw_night(painter, language)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 28, 110, opacity=255)
        heading(painter, say("heading", language), x + 24, y + 15, 92, 26)
        self.page.paint(painter, self._page_box(painter), language)
        trouble = self._trouble or self.study.trouble
        if trouble is not None:
            text = trouble.in_language(language)
            painter.text(
                text, (x + 24, y + height - 20, width - 48, 18), 12.5, "bold", theme.POOR,
                "center", may_truncate=True,
            )  # fmt: skip
