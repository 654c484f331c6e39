"""The sticky note with what readers of the last poll named."""

from __future__ import annotations

from sim.model.decisions import ShowProduct
from sim.ui import theme
from sim.ui.campaign import desk_art
from sim.ui.campaign.cards.base import Card
from sim.ui.campaign.words import product_name, say
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget


class PollCard(Card):
    name, first, number = "poll", "poll:feature", 7

    def controls(self, box: Box) -> list[Widget]:
        x, y, width, height = box
        if self.morning.poll is None:
            return []
        return [
            self.button(
                "poll:feature", (x + 10, y + height - 42, width - 30, 30), "poll.feature",
                self._feature, "main", "#C9822E",
            )
        ]  # fmt: skip

    def _feature(self) -> None:
        winner = self.morning.poll.votes[0][0]
        self.drafts.feature = winner
        if self.morning.live is None:
            self.desk.after(None, "feature_later")
        else:
            self.desk.plan(ShowProduct(winner), done="feature")

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        desk_art.paper(painter, box, "sticky")
        x, y, width, height = box
        self.title(painter, x + 10, y + 6, width - 20, language)
        poll = self.morning.poll
        if poll is None:
            painter.text(
                say("poll.none", language), (x + 12, y + 38, width - 24, height - 52), 13.5,
                "medium", theme.INK, lines=6, smallest=10.5, vertical="top",
            )  # fmt: skip
            return
        top = poll.votes[0][1] or 1
        rows = max(1, min(len(poll.votes), int((height - 38 - 46) // 27)))
        each = min(34.0, (height - 38 - 46) / rows)
        for i, (name, votes) in enumerate(poll.votes[:rows]):
            row = y + 37 + i * each
            painter.text(
                product_name(self.scenario, name, language), (x + 12, row, width - 72, 18), 12.5,
                "bold" if i == 0 else "medium", smallest=9.5, may_truncate=True,
            )  # fmt: skip
            painter.text(
                say("poll.votes", language, count=votes), (x + width - 62, row, 50, 18), 12,
                "medium", theme.INK, "right", smallest=9,
            )  # fmt: skip
            painter.bar(
                (x + 12, row + 19, width - 24, 5), votes / top, "#C9822E", (255, 255, 255, 140)
            )
