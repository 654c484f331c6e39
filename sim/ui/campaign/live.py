"""A live of a campaign: the same room and street, after which the day goes on."""

from __future__ import annotations

from sim.errors import Phrase
from sim.ui.course.ribbon import draw_ribbon
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Push, Replace, Screen
from sim.ui.screens.live import LiveScreen
from sim.ui.screens.menu import MenuScreen
from sim.ui.widgets.base import Widget


def _day_screen(app, session) -> Screen:
    from sim.ui.campaign.day import DayScreen

    session.end_live()
    return DayScreen(app, session)


class CampaignLive(LiveScreen):
    """Goes on with the day where an evening would come to its end."""

    def update(self, seconds: float) -> Change | None:
        change = super().update(seconds)
        if isinstance(change, Replace) and self.session.phase not in ("before", "live"):
            return Replace(_day_screen(self.app, self.session))
        return change

    def build(self, painter: Painter) -> list[Widget]:
        return [widget for widget in super().build(painter) if widget.name != "ghosts"]

    def paint(self, painter: Painter, language: str) -> None:
        super().paint(painter, language)
        if self.session.practice:
            draw_ribbon(painter, painter.width / 2 - 110, painter.height - 114, language)

    def ghosts(self) -> None:
        """A ghost is of one evening; no two campaigns meet the same people on the same day."""
        self.tell(Phrase("desk.message.no_ghosts"))

    def _menu(self) -> Change:
        return Push(CampaignLiveMenu(self.app, self.session, self.teach))


class CampaignLiveMenu(MenuScreen):
    """Skipping leads to the rest of the day."""

    def update(self, seconds: float) -> Change | None:
        change = super().update(seconds)
        if isinstance(change, Replace):
            return Replace(_day_screen(self.app, self.session), all=True)
        return change
