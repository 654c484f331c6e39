"""What every thing on the desk shares."""

from __future__ import annotations

from collections.abc import Callable

from sim.ui import theme
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import display_weight
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


class Card:
    """One thing on the desk. `first` is the control that its number key goes to."""

    name = ""
    first = ""
    number = 0

    def __init__(self, desk) -> None:
        self.desk = desk

    @property
    def drafts(self):
        return self.desk.drafts

    @property
    def morning(self):
        return self.desk.morning

    @property
    def scenario(self):
        return self.desk.session.base

    def controls(self, box: Box) -> list[Widget]:
        """Its controls, for a desk on which it lies in `box`."""
        return []

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        """Draw it, without its controls."""

    def title(self, painter: Painter, x, y, width, language: str, colour=theme.INK) -> float:
        """Its name, with the number of its key; returns where the name ends."""
        spot = (x, y + 5, 17, 17)
        painter.rect(spot, (122, 75, 107, 70), 5)
        painter.text(str(self.number), spot, 12, "bold", colour, "center")
        words = say(f"card.{self.name}", language)
        size = 18 if not words.isascii() else 16
        used = painter.text(
            words, (x + 24, y, width - 24, 27), size, display_weight(words), colour, smallest=12
        )
        return x + 24 + used

    def button(
        self, name: str, box: Box, key: str, action: Callable, kind: str = "plain", colour=None
    ) -> Button:
        """A button that fits on a card."""
        return Button(name, box, words_of(key), action, kind, size=14, colour=colour)
