"""The phone with the group: how warm it is, and what is done for it every day."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.campaign import desk_art
from sim.ui.campaign.cards.base import Card
from sim.ui.campaign.controls import Stepper
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget


def mood_of(warmth: float, members: int) -> str:
    """A word for how warm a group is."""
    if not members:
        return "empty"
    return (
        "warm"
        if warmth > 0.6
        else "friendly"
        if warmth > 0.4
        else "cool"
        if warmth > 0.2
        else "cold"
    )


class GroupCard(Card):
    name, first, number = "group", "group:minutes", 3

    def controls(self, box: Box) -> list[Widget]:
        x, y, width, height = box
        drafts, left, wide = self.drafts, x + 22, width - 44
        foot = y + height - 52
        pitch = min(44.0, (foot - y - 80) / 2)
        return [
            Stepper(
                "group:minutes", (left, y + 76, wide, pitch - 5), words_of("group.minutes"),
                lambda la: say("group.minutes_value", la, minutes=drafts.care), drafts.move_care,
                0.4, words_of("group.minutes_tip"),
            ),
            Stepper(
                "group:messages", (left, y + 76 + pitch, wide, pitch - 5),
                words_of("group.messages"),
                lambda la: say("group.messages_value", la, count=drafts.messages),
                drafts.move_messages, 0.4, words_of("group.messages_tip"),
            ),
            self.button(
                "group:care", (left, foot, wide * 0.56 - 4, 32), "group.plan", self._plan, "main",
                theme.TEAL,
            ),
            self.button(
                "group:open", (left + wide * 0.56 + 4, foot, wide * 0.44 - 4, 32), "group.open",
                self.desk._group,
            ),
        ]  # fmt: skip

    def _plan(self) -> None:
        self.desk.plan(self.drafts.group(), done="care")

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        desk_art.paper(painter, box, "phone")
        x, y, width, _ = box
        m = self.morning
        end = self.title(painter, x + 20, y + 11, 120, language, "#FFFFFF")
        painter.text(
            say("group.members", language, count=words.count(m.members)),
            (end + 8, y + 11, x + width - end - 28, 27), 14, "bold", "#FFFFFF", "right",
            smallest=10,
        )  # fmt: skip
        warmth = float(m.warmth.mean()) if len(m.warmth) else 0.0
        label = say(f"group.mood.{mood_of(warmth, m.members)}", language)
        painter.text(
            label, (x + 22, y + 46, width - 200, 26), 14, "medium", theme.INK, smallest=10.5
        )
        painter.bar((x + width - 170, y + 54, 104, 10), warmth, theme.CORAL, "#FFFFFF")
        painter.text(
            f"{warmth * 100:.0f}", (x + width - 60, y + 46, 38, 26), 15, "bold", theme.INK, "right"
        )
