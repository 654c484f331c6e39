"""Our lit room and those of the others as they are seen through their windows from the street."""

from __future__ import annotations

import numpy as np

from sim.ui import words
from sim.ui.art import host as host_art
from sim.ui.art import people as people_art
from sim.ui.art import shops
from sim.ui.painter import Painter
from sim.ui.street.acts import act_shown, picture
from sim.ui.street.crowd import Crowd
from sim.ui.street.figures import wardrobe_for
from sim.ui.street.geometry import Plot, StreetMap


class LitRooms:
    """Draws hosts, audiences and comments behind windows, from what was observed last."""

    def __init__(self, scenario, crowd: Crowd) -> None:
        self.scenario = scenario
        self.crowd = crowd
        self.viewers: dict[int, int] = {}  # of each room that is on air
        self.observation = None
        self.comments: list = []
        self._spots: dict = {}
        self._seated: dict[int, tuple] = {}
        self._poses: dict[int, tuple] = {}

    def take(self, observation) -> None:
        """Show this observation from now on."""
        self.observation = observation
        self.viewers = {int(host): int(viewers) for host, viewers in observation.rooms}

    def shows(self, painter: Painter, plot: Plot) -> tuple:
        """Everything the window of this room depends on."""
        bubbles = self.crowd.bubbles
        audience = self._audience_of(plot.host)
        said = tuple((i, bubbles[person]) for i, person in enumerate(audience[0])
                     if person in bubbles) if bubbles else ()  # fmt: skip
        comments = tuple(self.comments) if plot.ours else ()
        return self.viewers[plot.host], self._pose(painter, plot), audience, said, comments

    def _pose(self, painter: Painter, plot: Plot) -> tuple[str, str, int]:
        """What the host of a lit room does: (gesture, thing on show, which of two moments)."""
        kept = self._poses.get(plot.host)
        if kept is None or kept[0] is not self.observation:
            kept = self._poses[plot.host] = (self.observation, *self._find_pose(plot))
        beat = 0 if painter.still else int(painter.clock * 1.6 + plot.host * 0.5) % 2
        return kept[1], kept[2], beat

    def _find_pose(self, plot: Plot) -> tuple[str, str]:
        host, observation = self.scenario.hosts[plot.host], self.observation
        if plot.ours:
            mix, performing = observation.room.mix, observation.room.act
            shown = next(
                (p for p in host.products if p.id == observation.room.product), host.products[0]
            )
        else:
            mix, performing = dict(self.scenario.tactics[host.live.tactic].mix), None
            shown = host.products[0]
        gesture = host_art.gesture_of(act_shown(mix, performing, observation.tick, plot.host))
        return gesture, picture(shown)

    def _audience_of(self, host: int) -> tuple[tuple, tuple, tuple]:
        """(shopper or -1, look, level of patience) of each seat behind a window."""
        crowd, seating = self.crowd, self.crowd.seatings.get(host)
        if seating is None or not len(crowd.ids):
            return (), (), ()
        version = crowd.version, seating.version
        kept = self._seated.get(host)
        if kept is None or kept[0] != version:
            # All seats at once: one look-up each would cost more than drawing.
            seats = np.array(seating.seats, np.int64)
            rows = np.minimum(np.searchsorted(crowd.ids, seats), len(crowd.ids) - 1)
            seats = np.where(crowd.ids[rows] == seats, seats, -1)
            levels = np.round(crowd.patience[rows] * (people_art.RING_LEVELS - 1)).astype(int)
            looks = crowd.looks[rows]
            kept = version, tuple(tuple(column.tolist()) for column in (seats, looks, levels))
            self._seated[host] = kept
        return kept[1]

    def heads(self, street: StreetMap) -> list[tuple[tuple, int]]:
        """The box of every head behind a window, in design units, with its shopper."""
        return [
            ((x, y, wide, wide), person)
            for plot in street.plots
            if plot.host in self.viewers
            for (x, y, wide), person in zip(
                self._seat_spots(street, plot.host), self._audience_of(plot.host)[0], strict=False
            )
            if person >= 0
        ]

    def _seat_spots(self, street: StreetMap, host: int) -> list[tuple[float, float, float]]:
        known = self._spots.get(host)
        if known is None or known[0] is not street:
            known = self._spots[host] = street, street.seats(host)
        return known[1]

    def draw(self, painter: Painter, street: StreetMap, plot: Plot, language: str) -> None:
        """The room of one shop over its empty window."""
        window = plot.box(*plot.window)
        self._room(painter, street, plot, window, language)
        self._on_air(painter, plot, language)

    def _room(self, painter: Painter, street: StreetMap, plot: Plot, window, language: str) -> None:
        width, height = plot.window[2], plot.window[3]
        gesture, topic, beat = self._pose(painter, plot)
        size = plot.size

        def draw(c) -> None:
            c = c.at(0, 0, size)
            shops.lit_room(c, width, height, shops.style(plot.host)[0], plot.ours)
            # Ours stands a little to the right, because what people say hangs on the left, and
            # lower, so that her hair stays clear of the number of viewers.
            k = height / 184 * (0.66 if plot.ours else 0.80)
            middle = width * (0.70 if plot.ours else 0.5)
            host_art.host(
                c.at(middle - 75 * k, height - 40 - 168 * k, k), plot.host, gesture, topic, beat
            )
            shops.counter(c, width, height, shops.style(plot.host)[0])
            shops.window_shine(c, width, height)

        painter.art(("room", plot.host, gesture, topic, beat), window, draw)
        self._audience(painter, street, plot)
        if plot.ours:
            self._comments_in_window(painter, plot, window, language)

    def _audience(self, painter: Painter, street: StreetMap, plot: Plot) -> None:
        wardrobe, bubbles = wardrobe_for(painter.unit), self.crowd.bubbles
        spots = self._seat_spots(street, plot.host)
        for (x, y, wide), person, look, level in zip(
            spots, *self._audience_of(plot.host), strict=False
        ):
            if person < 0:
                continue
            pixels = wide * painter.unit
            head = painter.pictures.get(
                ("head", look, level, round(pixels, 1)),
                lambda look=look, level=level, pixels=pixels: people_art.audience_head(
                    look, level, pixels
                ),
            )
            painter.place(head, x, y)
            if person in bubbles:
                painter.place(wardrobe.bubble(bubbles[person])[0], x + wide * 0.1, y - 20)

    def _comments_in_window(self, painter: Painter, plot: Plot, window, language: str) -> None:
        x, y, _, height = window
        names = [product.name.text(language) for product in self.scenario.host.products]
        size = plot.size
        top = y + height * 0.40
        for i, item in enumerate(self.comments):
            who = item.who(language)
            said = item.words(language, names)
            self._pill(
                painter, x + 8 * size, top + i * 19.5 * size, 164 * size, 17.5 * size, who, said
            )

    @staticmethod
    def _pill(painter: Painter, x, y, widest, height, who: str, said: str) -> None:
        size = 11.5
        first = painter.measure(who, size, "medium")
        rest = min(painter.measure(said, size), widest - first - 20)
        painter.rect((x, y, round(first + rest + 20), height), (66, 32, 48, 175), height / 2)
        painter.text(who, (x + 8, y, first + 2, height), size, "medium", "#FFD98A")
        painter.text(
            said,
            (x + 13 + first, y, rest + 2, height),
            size,
            "regular",
            "#FFFFFF",
            smallest=10,
            may_truncate=True,
        )

    def _on_air(self, painter: Painter, plot: Plot, language: str) -> None:
        x, y, width, _ = plot.box(*plot.window)
        viewers = self.viewers[plot.host]
        full = viewers >= self.scenario.hosts[plot.host].capacity
        small = 11.5 if plot.size > 0.85 else 10.5
        high = 20 if plot.ours else 17
        live = words.say("street.live", language)
        wide = painter.measure(live, small, "bold") + 30
        spot = (x + 7, y + 7, wide, high)
        painter.art(
            ("live", wide), spot, lambda c: shops.badge(c, wide, high, "#FF5A5F", "#E23B57")
        )
        painter.art(
            ("dot",),
            (x + 14, y + 7 + high / 2 - 3.5, 7, 7),
            lambda c: c.circle(3.5, 3.5, 3.4, "#FFFFFF"),
        )
        painter.text(live, (x + 25, y + 7, wide - 27, high), small, "bold", "#FFFFFF")
        key = "street.full" if full else "street.watching"
        watching = words.say(key, language, count=words.count(viewers))
        wide = painter.measure(watching, small, "medium") + 18
        fill = (178, 52, 58, 220) if full else (66, 32, 48, 160)
        painter.rect((x + width - wide - 7, y + 7, wide, high), fill, high / 2)
        painter.text(
            watching,
            (x + width - wide - 7, y + 7, wide, high),
            small,
            "medium",
            "#FFFFFF",
            "center",
        )
