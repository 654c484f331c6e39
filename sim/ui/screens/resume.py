"""Going on with a run that was closed: it is simulated again from its journal, then shown."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Replace, Screen, heading
from sim.ui.session import Session
from sim.ui.street.view import StreetView
from sim.ui.wagers import read_beside
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


def screen_of(app, session: Session) -> Screen:
    """The screen that belongs to where a run stands."""
    if session.run.scenario.campaign is not None:
        from sim.ui.campaign import flow

        return flow.screen_of(app, session)
    if session.phase in ("before", "live"):
        from sim.ui.screens.live import LiveScreen

        return LiveScreen(app, session)
    if session.phase == "night":
        from sim.ui.screens.nights import NightsScreen

        return NightsScreen(app, session)
    from sim.ui.screens.result import ResultScreen

    return ResultScreen(app, session)


class ResumeScreen(Screen):
    """Shows how far the catching up is, or why it cannot be done."""

    first_focus = "back"

    def __init__(self, app, saved) -> None:
        super().__init__(app)
        self.view = StreetView(saved.scenario, app.builder)

        def make(scenario, seed, tell):
            from sim.play.replay import resume
            from sim.play.warm import warm_up

            warm_up(tell)
            return resume(saved.path, tell)

        kind = Session
        if saved.scenario.campaign is not None:
            from sim.ui.campaign.session import CampaignSession as kind
        self.session = kind(saved.scenario, make_run=make)
        self.session.resumed = True
        self.session.was_over = saved.over
        self.session.journal_path = saved.path
        self.session.bets = read_beside(saved.path)

    def opened(self) -> None:
        self.session.prepare()

    def build(self, painter: Painter) -> list[Widget]:
        x, y = painter.width / 2 - 100, painter.height / 2 + 40
        return [Button("back", (x, y, 200, 46), lambda la: words.say("common.back", la), self.back)]

    def update(self, seconds: float) -> Change | None:
        if not self.session.ready:
            return None
        self.session.paused = self.session.phase in ("before", "live")
        return Replace(screen_of(self.app, self.session))

    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw(painter, language)
        painter.veil("#5A2A3A", 110)
        x, y = painter.width / 2 - 280, painter.height / 2 - 120
        painter.panel((x, y, 560, 230), theme.CREAM, 26, 100, opacity=255)
        heading(painter, self.say("resume.heading"), x + 30, y + 24, 500)
        if self.session.error is not None:
            text = self.session.error.in_language(language)
            painter.text(
                text, (x + 30, y + 76, 500, 70), theme.BODY, "medium", theme.POOR, lines=4,
                smallest=11, may_truncate=True,
            )  # fmt: skip
            return
        done, total = self.session.preparing
        painter.text(self.say("resume.note"), (x + 30, y + 76, 500, 30), theme.BODY, "medium")
        painter.bar((x + 30, y + 118, 500, 10), done / total, theme.CORAL)
