"""The street as seen from its near end: scene, shop windows, people, lights, words."""

# Long because it puts every layer of the street together in the order they are drawn.
from __future__ import annotations

import numpy as np
from pygame import BLEND_RGB_MULT

from sim.ui import theme, words
from sim.ui.art import host as host_art
from sim.ui.art import people as people_art
from sim.ui.art import scenery, shops
from sim.ui.art.canvas import Canvas
from sim.ui.painter import PREMULTIPLIED, Painter
from sim.ui.street.acts import act_shown, picture
from sim.ui.street.crowd import Crowd
from sim.ui.street.figures import Wardrobe, draw_crowd
from sim.ui.street.geometry import Plot, StreetMap
from sim.ui.street.scene_builder import SceneBuilder
from sim.ui.street.still import StillStreet

_CARD_SECONDS = 7.0


class StreetView:
    """Draws the street of one scenario. It knows observations, never the model."""

    def __init__(self, scenario, builder: SceneBuilder) -> None:
        self.scenario = scenario
        self.builder = builder
        self.rooms = tuple(i == 0 or host.live is not None for i, host in enumerate(scenario.hosts))
        self.crowd = Crowd()
        self.clock = 0.0
        self.figures_drawn = 0
        self._wardrobes: dict[float, Wardrobe] = {}
        self._wardrobe: Wardrobe | None = None
        self._street: StreetMap | None = None
        self._cards: list = []
        self._hosts_of_cards = np.zeros(0, np.int64)
        self._rooms_live: dict[int, int] = {}
        self._observation = None
        self._comments: list = []
        self._spots: dict = {}
        self._heads: list[tuple[tuple, int]] = []

    # -- what is known -------------------------------------------------------------------------
    def street_for(self, painter: Painter) -> StreetMap:
        """The geometry for this window, whether or not its picture is ready."""
        known = self._street
        if known is None or (known.width, known.height) != (painter.width, painter.height):
            self._street = StreetMap(painter.width, painter.height, self.rooms)
            self.crowd.seatings = {}
        return self._street

    def take(self, observation, painter: Painter) -> None:
        """Show a new observation from now on."""
        if observation is self._observation:
            return
        street = self.street_for(painter)
        self._observation = observation
        self._cards = observation.cards
        self._hosts_of_cards = np.array([card.host for card in self._cards], np.int64)
        self._rooms_live = {int(host): int(viewers) for host, viewers in observation.rooms}
        self.crowd.take(observation.people, self._hosts_of_cards, street)

    def take_feed(self, feed) -> None:
        """Show bubbles and comments of our room."""
        for shopper, kind in feed.new_bubbles:
            self.crowd.say(shopper, kind)
        feed.new_bubbles.clear()
        self.crowd.carrying = feed.bought
        self._comments = feed.comments(3)

    def move(self, seconds: float, pace: float) -> None:
        self.clock += seconds
        if self._street is not None:
            self.crowd.move(seconds, pace, self._street)

    def person_in_window(self, point) -> int | None:
        """The shopper whose head behind a window is under a point in design units."""
        for (x, y, width, height), shopper in reversed(self._heads):
            if x <= point[0] < x + width and y <= point[1] < y + height:
                return shopper
        return None

    # -- drawing -------------------------------------------------------------------------------
    def head_of(self, shopper: int) -> tuple[float, float, float] | None:
        """(x, y, scale) of somebody's head behind a window, when it was drawn last."""
        for (x, y, width, height), person in self._heads:
            if person == shopper:
                return x + width / 2, y + height / 2, 1.0
        return None

    def host_of_card(self, card: int) -> int | None:
        """In whose window a card hangs."""
        known = self._hosts_of_cards
        return int(known[card]) if 0 <= card < len(known) else None

    def warm(self, painter: Painter, builder) -> bool:
        """Get ready, a little each time, to draw at another scale; True when all is there."""
        size = painter.surface.get_size()
        scene = builder.want(size, painter.unit, self.rooms)
        here = self._wardrobe
        if here is None or here.unit == painter.unit:
            here = next((w for u, w in self._wardrobes.items() if u != painter.unit), None)
        ready = here is None or self._wardrobe_for(painter).follow(here)
        return ready and scene is not None and scene.background.get_size() == size

    def _wardrobe_for(self, painter: Painter) -> Wardrobe:
        if painter.unit not in self._wardrobes:
            # One for the window and one for a closer look; those of earlier windows go.
            for unit in list(self._wardrobes)[:-1]:
                del self._wardrobes[unit]
            self._wardrobes[painter.unit] = Wardrobe(painter.unit)
        return self._wardrobes[painter.unit]

    def draw(self, painter: Painter, language: str, wait: bool = False, builder=None) -> None:
        """Draw the street; with `builder`, from its picture instead of the usual one."""
        street = self.street_for(painter)
        builder = builder or self.builder
        if self._observation is None:
            self.take(StillStreet(self.scenario), painter)
        scene = builder.want(painter.surface.get_size(), painter.unit, self.rooms, wait)
        if scene is None:
            painter.surface.fill(theme.rgba("#F6C79C"))
            return
        if scene.background.get_size() != painter.surface.get_size():
            # The old picture serves, stretched, until the one for this window is finished.
            import pygame

            stretched = pygame.transform.scale(scene.background, painter.surface.get_size())
            painter.surface.blit(stretched, (0, 0))
            return
        painter.surface.blit(scene.background, (0, 0))
        self._words_of_gate(painter, street, language)
        self._heads = []
        for plot in street.plots:
            self._shop(painter, plot, language)
        self._wardrobe = self._wardrobe_for(painter)
        self.figures_drawn = draw_crowd(painter.surface, self.crowd, self._wardrobe, street)
        painter.surface.blit(scene.lights, scene.lights_at, None, PREMULTIPLIED)
        for plot in street.plots:
            self._flags(painter, plot, language)

    def draw_night(self, painter: Painter, language: str) -> None:
        """The street after closing: the same picture under a blue night, windows still warm."""
        street = self.street_for(painter)
        scene = self.builder.want(painter.surface.get_size(), painter.unit, self.rooms)
        if scene is None or scene.background.get_size() != painter.surface.get_size():
            painter.surface.fill(theme.rgba("#4A3A66"))
            return

        def make():
            night = scene.background.copy()
            night.fill((112, 98, 158), None, BLEND_RGB_MULT)
            warm = Canvas(night, painter.unit)
            for plot in street.plots:
                x, y, width, height = plot.box(*plot.window)
                warm.glow(x + width / 2, y + height / 2, width * 0.8, "#FFC070", 0.55, 1.3)
                warm.rect(x + 4, y + 4, width - 8, height - 8, (255, 214, 140, 110), 8)
            return night

        key = ("night", scene.background.get_size(), self.rooms)
        painter.surface.blit(painter.pictures.get(key, make), (0, 0))
        painter.surface.blit(scene.lights, scene.lights_at, None, PREMULTIPLIED)
        for plot in street.plots:
            self._sign(painter, plot, self.scenario.hosts[plot.host], language)

    def _words_of_gate(self, painter: Painter, street: StreetMap, language: str) -> None:
        box = scenery.gate_name_box(street)
        name = self.scenario.street.title.text(language)
        weight = "display" if language == "zh" else "bold"
        painter.text(name, _inset(box, 6, 0), 16.5, weight, "#FFF6E4", "center", may_truncate=True)

    def _shop(self, painter: Painter, plot: Plot, language: str) -> None:
        host = self.scenario.hosts[plot.host]
        self._sign(painter, plot, host, language)
        window = plot.box(*plot.window)
        if plot.host in self._rooms_live:
            self._room(painter, plot, host, window, language)
        else:
            card = self._card_of(plot.host, "note")
            if card is not None:
                self._note(painter, plot, host, card, window, language)
        if plot.has_room:
            self._easel(painter, plot)

    def _sign(self, painter: Painter, plot: Plot, host, language: str) -> None:
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

    def _card_of(self, host: int, kind: str):
        cards = [card for card in self._cards if card.host == host and card.kind == kind]
        if not cards:
            return None
        return cards[int(self.clock / _CARD_SECONDS + host * 0.37) % len(cards)]

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

    def _room(self, painter: Painter, plot: Plot, host, window, language: str) -> None:
        width, height = plot.window[2], plot.window[3]
        observation, size = self._observation, plot.size
        if plot.ours:
            mix, performing = observation.room.mix, observation.room.act
            shown = next(
                (p for p in host.products if p.id == observation.room.product), host.products[0]
            )
        else:
            mix, performing = dict(self.scenario.tactics[host.live.tactic].mix), None
            shown = host.products[0]
        act = act_shown(mix, performing, observation.tick, plot.host)
        gesture = host_art.gesture_of(act)
        topic = picture(shown)
        beat = int(self.clock * 1.6 + plot.host * 0.5) % 2

        def draw(c) -> None:
            c = c.at(0, 0, size)
            shops.lit_room(c, width, height, shops.style(plot.host)[0], plot.ours)
            k = height / 184 * 0.80
            # Ours stands a little to the right, because what people say hangs on the left.
            middle = width * (0.72 if plot.ours else 0.5)
            host_art.host(
                c.at(middle - 75 * k, height - 40 - 168 * k, k), plot.host, gesture, topic, beat
            )
            shops.counter(c, width, height, shops.style(plot.host)[0])
            shops.window_shine(c, width, height)

        painter.art(("room", plot.host, gesture, topic, beat), window, draw)
        self._audience(painter, plot)
        if plot.ours:
            self._comments_in_window(painter, plot, window, language)

    def _audience(self, painter: Painter, plot: Plot) -> None:
        crowd = self.crowd
        seating = crowd.seatings.get(plot.host)
        if seating is None:
            return
        if not len(crowd.ids):
            return
        # All seats at once: one look-up each would cost more than drawing.
        rows = np.minimum(np.searchsorted(crowd.ids, seating.seats), len(crowd.ids) - 1)
        here = (crowd.ids[rows] == seating.seats).tolist()
        looks = crowd.looks[rows].tolist()
        levels = np.round(crowd.patience[rows] * (people_art.RING_LEVELS - 1)).astype(int).tolist()
        for (x, y, wide), person, known, look, level in zip(
            self._seat_spots(plot.host), seating.seats, here, looks, levels, strict=False
        ):
            if person < 0 or not known:
                continue
            pixels = wide * painter.unit
            self._heads.append(((x, y, wide, wide), person))
            picture = painter.pictures.get(
                ("head", look, level, round(pixels, 1)),
                lambda look=look, level=level, pixels=pixels: people_art.audience_head(
                    look, level, pixels
                ),
            )
            painter.place(picture, x, y)
            kind = crowd.bubble_of(person)
            if kind:
                bubble = self._wardrobe.bubble(kind)[0] if self._wardrobe else None
                if bubble is not None:
                    painter.place(bubble, x + wide * 0.1, y - 20)

    def _seat_spots(self, host: int) -> list[tuple[float, float, float]]:
        key = (self._street, host)
        if key not in self._spots:
            self._spots[key] = self._street.seats(host)
        return self._spots[key]

    def _comments_in_window(self, painter: Painter, plot: Plot, window, language: str) -> None:
        x, y, _, height = window
        names = [product.name.text(language) for product in self.scenario.host.products]
        size = plot.size
        top = y + height * 0.40
        for i, item in enumerate(self._comments):
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

    def _easel(self, painter: Painter, plot: Plot) -> None:
        card = self._card_of(plot.host, "note")
        if card is None:
            return
        own_x = -34 if plot.left > 40 or plot.mirrored else -8
        box = plot.box(own_x, -58, 52, 72)
        topic, size = _topic_name(card.topic), plot.size
        painter.art(("easel", topic), box, lambda c: shops.easel(c.at(0, 0, size), topic), bleed=8)

    def _flags(self, painter: Painter, plot: Plot, language: str) -> None:
        """What must stay readable before everything: on air, viewers, whose shop, the fullest."""
        if plot.host in self._rooms_live:
            self._on_air(painter, plot, language)
        sign = plot.box(*shops.sign_box(plot))
        if plot.ours:
            text = words.say("street.ours", language)
            wide = painter.measure(text, 13, "bold") + 26
            lift = 2.5 * np.sin(self.clock * 2.2)
            box = (sign[0] + sign[2] / 2 - wide / 2, sign[1] - 31 + lift, wide, 24)

            def draw(c) -> None:
                c.shadow(0, 0, wide, 24, 12, 5, 90, 0, 3)
                c.polygon([(wide / 2 - 7, 21), (wide / 2 + 7, 21), (wide / 2, 31)], "#F59B2E")
                shops.badge(c, wide, 24, "#FFCF5A", "#F59B2E")

            painter.art(("ours", wide), box, draw, bleed=14)
            painter.text(text, box, 13, "bold", "#6B3410", "center")

    def _on_air(self, painter: Painter, plot: Plot, language: str) -> None:
        x, y, width, _ = plot.box(*plot.window)
        viewers = self._rooms_live[plot.host]
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


def _topic_name(topic) -> str:
    return getattr(topic, "id", topic)


def _inset(box, dx: float, dy: float):
    return box[0] + dx, box[1] + dy, box[2] - 2 * dx, box[3] - 2 * dy
