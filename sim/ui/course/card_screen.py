"""The lesson's card on a sheet of its own, opened from the result of an evening."""

from __future__ import annotations

from sim import wording
from sim.ui import theme, words
from sim.ui.course import card
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import Change, Pop, Push, Screen, display_weight
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


def card_buttons(app, scenario, box: Box) -> list[Widget]:
    """The button that opens the card; none where the scenario is no lesson."""
    if scenario.lesson is None:
        return []
    return [
        Button(
            "lesson", box, lambda la: wording.text("course_map.card.open", la),
            lambda: Push(LessonCard(app, scenario)), mark="speech",
        )
    ]  # fmt: skip


class LessonCard(Screen):
    """What the world outside says of this lesson, and what the model can say of it."""

    covers = False
    first_focus = "back"

    def __init__(self, app, scenario) -> None:
        super().__init__(app)
        self.scenario = scenario

    def _sheet(self, painter: Painter):
        width, height = min(1100, painter.width - 80), min(680, painter.height - 60)
        return (painter.width - width) / 2, (painter.height - height) / 2, width, height

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        return [
            Button(
                "back", (x + width - 230, y + height - 66, 200, 48),
                lambda la: words.say("common.back", la), self.back, "main", "back",
            ),
            self.language_choice(painter, y + 26, x + width - 122),
        ]  # fmt: skip

    def back(self) -> Change:
        return Pop()

    def paint(self, painter: Painter, language: str) -> None:
        painter.veil()
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 110, opacity=255)
        title = self.scenario.title.text(language)
        painter.text(
            title, (x + 32, y + 18, width - 180, 46), 28, display_weight(title), theme.INK,
            smallest=17, may_truncate=True,
        )  # fmt: skip
        card.draw(
            painter, (x + 32, y + 76, width - 64, height - 160), self.scenario.lesson, language
        )
