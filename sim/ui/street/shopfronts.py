"""What hangs and happens at the shops: signs, notes, easels, and what is seen in lit windows.

All of it lies behind the people of the street and changes seldom, so it is drawn once and kept;
`shows` tells when it has to be drawn again.
"""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.art import scenery, shops
from sim.ui.painter import Painter
from sim.ui.street.crowd import Crowd
from sim.ui.street.geometry import Plot, StreetMap
from sim.ui.street.lit_rooms import LitRooms

_CARD_SECONDS = 7.0


class Shopfronts:
    """Draws the front of any shop of one street, from what was observed last."""

    def __init__(self, scenario, crowd: Crowd) -> None:
        self.scenario = scenario
        self.clock = 0.0  # for notes that take turns
        self.cards: list = []
        self.lit = LitRooms(scenario, crowd)

    def take(self, observation) -> None:
        """Show this observation from now on."""
        self.cards = observation.cards
        self.lit.take(observation)

    # -- what is to be seen --------------------------------------------------------------------
    def shows(self, painter: Painter, plot: Plot, language: str) -> tuple:
        """Everything the front of this shop depends on; drawn the same as long as it is equal."""
        card = self._card_of(plot.host, "note")
        known = (language, painter.larger, plot, card and (card.title, card.topic, card.likes))
        if plot.host in self.lit.viewers:
            return known + self.lit.shows(painter, plot)
        return known

    def _card_of(self, host: int, kind: str):
        cards = [card for card in self.cards if card.host == host and card.kind == kind]
        if not cards:
            return None
        return cards[int(self.clock / _CARD_SECONDS + host * 0.37) % len(cards)]

    # -- drawing -------------------------------------------------------------------------------
    def draw(self, painter: Painter, street: StreetMap, plot: Plot, language: str) -> None:
        """The front of one shop over the empty picture of it."""
        host = self.scenario.hosts[plot.host]
        self.sign(painter, plot, language)
        if plot.host in self.lit.viewers:
            self.lit.draw(painter, street, plot, language)
        else:
            card = self._card_of(plot.host, "note")
            if card is not None:
                self._note(painter, plot, host, card, plot.box(*plot.window), language)
        if plot.has_room:
            self._easel(painter, plot)

    def gate(self, painter: Painter, street: StreetMap, language: str) -> None:
        """The name of the street over its far end."""
        box = scenery.gate_name_box(street)
        name = self.scenario.street.title.text(language)
        weight = "display" if language == "zh" else "bold"
        painter.text(
            name,
            (box[0] + 6, box[1], box[2] - 12, box[3]),
            16.5,
            weight,
            "#FFF6E4",
            "center",
            may_truncate=True,
        )

    def sign(self, painter: Painter, plot: Plot, language: str) -> None:
        """The name over a shop, in both languages where there is room."""
        host = self.scenario.hosts[plot.host]
        x, y, width, height = plot.box(*shops.sign_box(plot))
        other = "en" if language == "zh" else "zh"
        first, second = host.name.text(language), host.name.text(other)
        weight, size = ("display", 17.0) if language == "zh" else ("bold", 14.5)
        size = max(12.5, size * plot.size)
        small = max(10.5, 11 * plot.size)
        room = width - 20
        wide = painter.measure(first, size, weight)
        beside = painter.measure(second, small, "medium") + 7
        if wide + beside > room:
            painter.text(
                first,
                (x + 10, y, room, height),
                size,
                weight,
                "#FFF8EC",
                "center",
                may_truncate=True,
            )
            return
        left = x + (width - wide - beside) / 2
        painter.text(first, (left, y - 0.5, wide + 2, height), size, weight, "#FFF8EC")
        painter.text(
            second, (left + wide + 7, y + 0.5, beside, height), small, "medium", (255, 240, 220)
        )

    def _note(self, painter: Painter, plot: Plot, host, card, window, language: str) -> None:
        x, y, width, height = window
        tall = min(height - 10 * plot.size, 92 * plot.size)
        wide = width - 20 * plot.size
        box = (x + (width - wide) / 2, y + (height - tall) / 2, wide, tall)
        size = plot.size
        topic = _topic_name(card.topic)

        def draw(c) -> None:
            shops.card(c.at(0, 0, size), wide / size, tall / size, topic)

        painter.art(("note", topic, plot.host), box, draw, bleed=16)
        left = box[0] + (tall / size * 1.06 + 4) * size
        room = box[0] + wide - left - 8 * size
        title = card.title.text(language)
        painter.text(
            title, (left, box[1] + 4 * size, room, tall * 0.62), max(12, 15.5 * size), "bold",
            theme.INK, lines=3 if language == "en" else 2, smallest=10, may_truncate=True,
        )  # fmt: skip
        self._likes(
            painter, left, box[1] + tall * 0.72, room, tall * 0.22, host, card, size, language
        )

    def _likes(self, painter, left, top, room, height, host, card, size, language) -> None:
        likes = words.count(card.likes)
        small = max(10.5, 11 * size)
        wide = painter.measure(likes, small, "medium")
        right = left + room
        painter.text(
            likes, (right - wide - 1, top, wide + 2, height), small, "medium", theme.SOFT_INK
        )
        radius = 5.2 * size
        spot = (right - wide - 3 - radius * 2, top + height / 2 - radius, radius * 2, radius * 2)
        painter.art(
            ("heart",), spot, lambda c: c.heart(radius, radius * 0.95, radius * 0.95, theme.CORAL)
        )
        by = host.name.text(language)
        painter.text(
            by,
            (left, top, room - wide - 22 * size, height),
            small,
            "regular",
            theme.SOFT_INK,
            smallest=9,
            may_truncate=True,
        )

    def _easel(self, painter: Painter, plot: Plot) -> None:
        card = self._card_of(plot.host, "note")
        if card is None:
            return
        box = plot.box(*plot.easel)
        topic, size = _topic_name(card.topic), plot.size
        painter.art(("easel", topic), box, lambda c: shops.easel(c.at(0, 0, size), topic), bleed=8)


def _topic_name(topic) -> str:
    return getattr(topic, "id", topic)
