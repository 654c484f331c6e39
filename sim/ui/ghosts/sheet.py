"""The sheet on which ghosts are called and sent away."""

from __future__ import annotations

import time

import pygame

from sim.errors import Phrase
from sim.play.ghost_shelf import LINE, Offer
from sim.ui import theme, words
from sim.ui.ghosts.company import Company
from sim.ui.ghosts.marks import draw_mark
from sim.ui.ghosts.strip import say
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import Change, Pop, Screen, heading
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

ROWS = 5
_ROW = 62.0
_MOVING = (pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT, pygame.K_RIGHT, pygame.K_TAB)


class OfferRow(Widget):
    """One ghost that could be called: its name, where it is from, and how far it is."""

    def __init__(self, name: str, box: Box, offer: Offer, company: Company, press) -> None:
        super().__init__(name, box)
        self.offer, self._company, self._press = offer, company, press

    def press(self, point=None):
        return self._press(self.offer)

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        companion = self._company.of(self.offer)
        reason = self.offer.problem or self._company.refused.get(self.offer)
        fill = "#FFFFFF" if self.hovered or companion else (255, 255, 255, 150)
        painter.rect(self.box, fill, 14)
        if companion is not None:
            painter.rect(self.box, theme.CORAL, 14, 2.4)
            draw_mark(painter, companion.mark, x + 26, y + height / 2, 8.0)
        else:
            painter.rect((x + 17, y + height / 2 - 9, 18, 18), theme.FAINT_INK, 6, 1.8)
        title = say(f"kind.{self.offer.kind}", language)
        if self.offer.name:
            title += " · " + self.offer.name
        if self.offer.also_best:
            title += " · " + say("sheet.also_best", language)
        colour = theme.FAINT_INK if reason else theme.INK
        painter.text(
            title, (x + 50, y + 6, width - 250, 26), 17, "bold", colour, smallest=12,
            may_truncate=True,
        )  # fmt: skip
        detail = _text(reason, language) if reason else self._detail(language)
        wide = width - 66 if reason else width - 240
        painter.text(
            detail, (x + 50, y + 32, wide, 22), theme.SMALL, "medium",
            theme.POOR if reason else theme.SOFT_INK, smallest=10.5, may_truncate=True,
        )  # fmt: skip
        state = None
        if companion is not None and companion.ghost is None:
            share = words.per_cent(companion.share, 0)
            state = say("sheet.getting", language, share=share)
            painter.bar((x + width - 176, y + 42, 160, 6), companion.share, theme.CORAL)
        elif companion is not None:
            state = say("sheet.here", language)
        elif self.offer.net_sales is not None:
            state = say("sheet.net", language, value=words.yuan(self.offer.net_sales))
        if state:
            spot = (x + width - 196, y + 8, 180, 28)
            painter.text(state, spot, 15, "bold", theme.BRICK, "right", smallest=11)
        self.focus_ring(painter, 14)

    def _detail(self, language: str) -> str:
        if self.offer.kind == LINE:
            return say("sheet.from_search", language)
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(self.offer.played_at))


class GhostScreen(Screen):
    """A sheet over the brief, or over the live, which waits meanwhile."""

    covers = False
    arrival = "pause"

    def __init__(self, app, session, company: Company) -> None:
        super().__init__(app)
        self.session, self.company = session, company
        self._was_paused = session.paused
        session.paused = True
        self._page = 0
        self._listed: int | None = None
        self._said: Phrase | str | None = None
        self._moved = False  # whether the focus was moved by hand
        company.look()

    def _sheet(self, painter: Painter) -> Box:
        return painter.width / 2 - 350, painter.height / 2 - 290, 700, 580

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.company.offers or ()) // ROWS))

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        found = self.company.offers or []
        self._listed = None if self.company.offers is None else len(found)
        first = self._page * ROWS
        rows = [
            OfferRow(
                f"offer:{first + i}", (x + 30, y + 116 + i * (_ROW + 8), width - 60, _ROW),
                offer, self.company, self._toggle,
            )
            for i, offer in enumerate(found[first : first + ROWS])
        ]  # fmt: skip
        if not self._moved:
            self.group.focus(f"offer:{first}" if rows else "done", show=False)
        foot = y + height - 62
        buttons = [
            Button(
                "done", (x + width - 210, foot, 180, 44), lambda la: say("sheet.done", la),
                self.back, "main",
            )
        ]  # fmt: skip
        if self.pages > 1:
            more = Button(
                "more", (x + 30, foot, 170, 44), lambda la: say("sheet.more", la), self._turn
            )
            buttons.insert(0, more)
        return [*rows, *buttons]

    def _turn(self) -> None:
        self._page = (self._page + 1) % self.pages
        self.rebuild()

    def _toggle(self, offer: Offer) -> None:
        self._said = self.company.toggle(offer)
        if self._said is not None:
            self.app.sound.play("error")

    def back(self) -> Change:
        self.session.paused = self._was_paused
        return Pop()

    def before_controls(self, event, point):
        if event.type != pygame.KEYDOWN:
            return False, None
        self._moved = self._moved or event.key in _MOVING
        # What has the focus without showing it is pressed all the same: it is the first thing here.
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            current = self.group.focused
            if current is not None and not current.focused:
                return True, current.press()
        return False, None

    def key(self, event: pygame.event.Event):
        if event.key == pygame.K_h:
            return self.back()
        return super().key(event)

    def update(self, seconds: float) -> Change | None:
        self._said = self.company.poll() or self._said
        found = self.company.offers
        if self._listed != (None if found is None else len(found)):
            self.rebuild()
        return None

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil()
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        heading(painter, say("sheet.heading", language), x + 30, y + 20, width - 60)
        painter.text(
            say("sheet.note", language), (x + 30, y + 64, width - 60, 44), 15, "medium",
            theme.SOFT_INK, lines=2, vertical="top",
        )  # fmt: skip
        found = self.company.offers
        if not found:
            key = "sheet.looking" if found is None else "sheet.none"
            spot = (x + 60, y + 200, width - 120, 80)
            painter.text(say(key, language), spot, 18, "medium", theme.SOFT_INK, "center", lines=3)
        foot = (x + 30, y + height - 92, width - 60, 24)
        if self._said is not None:
            painter.text(_text(self._said, language), foot, theme.BODY, "bold", theme.POOR,
                         smallest=11, may_truncate=True)  # fmt: skip
        else:
            painter.text(say("sheet.keys", language), foot, theme.SMALL, "medium", theme.SOFT_INK)
        if self.pages > 1:
            page = say("sheet.page", language, page=self._page + 1, pages=self.pages)
            spot = (x + 212, y + height - 62, 190, 44)
            painter.text(page, spot, theme.SMALL, "medium", theme.SOFT_INK)


def _text(said: Phrase | str, language: str) -> str:
    return said.text(language) if isinstance(said, Phrase) else said
