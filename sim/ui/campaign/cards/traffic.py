"""Paid places: the most for a day and for a click, and what they brought yesterday."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.campaign import desk_art
from sim.ui.campaign.cards.base import Card
from sim.ui.campaign.controls import Stepper
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget


class TrafficCard(Card):
    name, first, number = "traffic", "traffic:budget", 4

    @property
    def sold_here(self) -> bool:
        """Whether this street sells paid places at all."""
        return self.scenario.street.policy.traffic.share > 0

    def controls(self, box: Box) -> list[Widget]:
        x, y, width, height = box
        drafts, left, wide = self.drafts, x + 14, width - 28
        on = self.morning.budget > 0
        pitch = min(44.0, (height - 40 - 84) / 2)
        foot = y + height - 45
        main = wide * (0.62 if on else 1)
        widgets = [
            Stepper(
                "traffic:budget", (left, y + 40, wide, pitch - 4), words_of("traffic.budget"),
                lambda la: words.yuan(drafts.budget), drafts.move_budget, 0.36,
            ),
            Stepper(
                "traffic:bid", (left, y + 40 + pitch, wide, pitch - 4), words_of("traffic.bid"),
                lambda la: words.yuan(drafts.bid / 100), drafts.move_bid, 0.36,
            ),
            self.button(
                "traffic:buy", (left, foot, main - 4, 31),
                "traffic.again" if on else "traffic.buy", self._buy, "main", theme.DEEP_SKY,
            ),
        ]  # fmt: skip
        if on:
            widgets.append(
                self.button(
                    "traffic:stop", (left + main + 4, foot, wide - main - 4, 31), "traffic.stop",
                    self._stop,
                )
            )  # fmt: skip
        for widget in widgets:
            widget.enabled = self.sold_here
        return widgets

    def _buy(self) -> None:
        self.desk.plan(self.drafts.traffic(), done="traffic")

    def _stop(self) -> None:
        from sim.model.planning import BuyTraffic

        self.desk.plan(BuyTraffic(0, self.drafts.bid), done="no_traffic")

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        desk_art.paper(painter, box, "receipt")
        x, y, width, height = box
        m = self.morning
        end = self.title(painter, x + 12, y + 5, 150, language)
        if m.budget:
            text = say(
                "traffic.now", language, budget=words.yuan(m.budget), bid=words.yuan(m.bid / 100)
            )
            painter.text(
                text, (end + 8, y + 5, x + width - end - 20, 27), 13, "bold", theme.DEEP_SKY,
                "right", smallest=9.5,
            )  # fmt: skip
        row = m.yesterday
        if not self.sold_here:
            text = say("traffic.none_here", language)
        elif row is None or not row.clicks:
            text = say("traffic.nothing", language)
        else:
            text = say(
                "traffic.brought", language, clicks=words.count(row.clicks),
                spent=words.yuan(row.spent), led=words.yuan(row.led),
                times=f"{row.led / row.spent:.1f}" if row.spent else "—",
            )  # fmt: skip
        painter.text(
            text, (x + 14, y + height - 84, width - 28, 37), 13, "medium", theme.SOFT_INK, lines=2,
            smallest=10,
        )  # fmt: skip
