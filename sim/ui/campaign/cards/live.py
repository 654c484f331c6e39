"""The live of today: when, how long, how, and what it begins with."""

from __future__ import annotations

from sim.ui import theme
from sim.ui.campaign import desk_art
from sim.ui.campaign.cards.base import Card
from sim.ui.campaign.controls import Stepper
from sim.ui.campaign.words import product_name, say, tactic_name, words_of
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget


class LiveCard(Card):
    name, first, number = "live", "live:start", 1

    def controls(self, box: Box) -> list[Widget]:
        x, y, width, height = box
        drafts, left, wide = self.drafts, x + 14, width - 28
        pitch = min(46.0, (height - 48 - 40) / 4)
        rows = (
            ("start", "live.start", lambda la: drafts.clock, drafts.move_start, None),
            ("minutes", "live.minutes",
             lambda la: say("live.minutes_value", la, minutes=drafts.minutes),
             drafts.move_minutes, None),
            ("tactic", "live.tactic", lambda la: tactic_name(self.scenario, drafts.tactic, la),
             drafts.move_tactic,
             lambda la: self.scenario.tactics[drafts.tactic].summary.text(la)),
            ("feature", "live.feature", self._feature, drafts.move_feature, None),
        )  # fmt: skip
        widgets: list[Widget] = [
            Stepper(
                f"live:{name}", (left, y + 47 + i * pitch, wide, pitch - 4), words_of(key), shown,
                move, 0.30, tip,
            )
            for i, (name, key, shown, move, tip) in enumerate(rows)
        ]  # fmt: skip
        foot = y + height - 38
        planned = self.morning.live is not None
        main = wide * (0.62 if planned else 1)
        widgets.append(
            self.button(
                "live:plan", (left, foot, main - 4, 31), "live.again" if planned else "live.plan",
                self._plan, "main",
            )
        )  # fmt: skip
        if planned:
            widgets.append(
                self.button(
                    "live:none", (left + main + 4, foot, wide - main - 4, 31), "live.none",
                    self._none,
                )
            )  # fmt: skip
        return widgets

    def _feature(self, language: str) -> str:
        if self.drafts.feature is None:
            return say("live.rundown", language)
        return product_name(self.scenario, self.drafts.feature, language)

    def _plan(self) -> None:
        self.desk.plan(*self.drafts.live(), done="live")

    def _none(self) -> None:
        self.desk.plan(*self.drafts.no_live(), done="no_live")

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        desk_art.paper(painter, box, "live")
        x, y, width, _ = box
        end = self.title(painter, x + 12, y + 3, 130, language, "#FFE9D2")
        live = self.morning.live
        if live is None:
            text, colour = say("live.not_planned", language), "#D9B7A6"
        else:
            text = say("live.planned", language, starts=live.starts, minutes=live.minutes)
            colour = "#FFD98A"
        painter.text(
            text, (end + 10, y + 3, x + width - end - 22, 28), 14, "bold", colour, "right",
            smallest=10,
        )  # fmt: skip
        if live is not None:
            spot = (end + 4, y + 12, 8, 8)
            painter.rect(spot, theme.POOR, 4)
