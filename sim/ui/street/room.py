"""Our live room from inside: the host, the thing on show, the audience, questions, comments."""

from __future__ import annotations

import math

import numpy as np
import pygame

from sim.ui import theme, words
from sim.ui.art import host as host_art
from sim.ui.art import icons, interior
from sim.ui.art import people as people_art
from sim.ui.art.canvas import Canvas
from sim.ui.painter import PREMULTIPLIED, Painter
from sim.ui.street import room_panels as panels
from sim.ui.street import room_sprites as sprites
from sim.ui.street.acts import act_shown, picture
from sim.ui.street.crowd import IN_ROOM, Crowd
from sim.ui.street.seating import Seating

# The first word of the key of a picture that takes longer than a frame to draw.
LARGE = "room"
_FLOAT_SECONDS = 2.2
_SHOWN_OF_HEADS = ("certainty", "patience", "asking", "follower")


class RoomView:
    """Draws one observation of our room. The crowd lends the bubbles over people's heads."""

    def __init__(self, scenario, crowd: Crowd) -> None:
        self.scenario = scenario
        self.crowd = crowd
        self.clock = 0.0
        self.seating: Seating | None = None
        self._spots: list = []
        self._spots_for: tuple | None = None
        self.before_counter = 0.0  # how much lower than usual the first row of heads begins
        self._taken = 0
        self._floats: list[list] = []
        self._questions: list[tuple[tuple, int]] = []
        self._heads: list[tuple[tuple, int]] = []
        self.heads_drawn = 0
        self.followed: int | None = None
        self.camera = None  # looks closer at somebody while they are followed
        self._still: tuple | None = None
        self._inside: tuple | None = None
        self._seated: dict | None = None

    def move(self, seconds: float, session) -> None:
        """Let time pass for hearts and coins; with no time at all none rise."""
        self.clock += seconds
        self._floats = [[*f[:3], f[3] - seconds] for f in self._floats if f[3] > seconds > 0]
        for item in session.feed.since(self._taken) if seconds > 0 else ():
            if item.kind in ("order", "follow", "join") and len(self._floats) < 24:
                self._floats.append([item.kind, item.shopper, item.amount, _FLOAT_SECONDS])
        self._taken = session.feed.taken

    def question_at(self, point) -> int | None:
        """The shopper whose waiting question is under a point in design units."""
        for (x, y, width, height), shopper in self._questions:
            if x <= point[0] < x + width and y <= point[1] < y + height:
                return shopper
        return None

    def person_at(self, point) -> int | None:
        """The shopper whose head is under a point in design units; nearer rows first."""
        if self.camera is not None:
            point = self.camera.on_street(point)
        for (x, y, width, height), shopper in reversed(self._heads):
            if x <= point[0] < x + width and y <= point[1] < y + height:
                return shopper
        return None

    def head_of(self, shopper: int) -> tuple | None:
        """The box of somebody's head when it was drawn last, in design units."""
        return next((box for box, person in self._heads if person == shopper), None)

    # -- drawing -------------------------------------------------------------------------------
    def draw(self, painter: Painter, session, language: str, marked: int | None = None) -> None:
        """The room and the panels before it; closer while somebody in it is followed."""
        if self.camera is not None and self.camera.draw_room(
            painter, self, session, language, marked
        ):
            self.draw_panels(painter, session, language, marked)
            return
        still = self._still_part(painter, session, language, marked)
        painter.surface.blit(still, (0, 0))
        self._moving_part(painter, session, language, marked)

    def draw_scene(
        self, painter: Painter, session, language: str, marked: int | None = None
    ) -> None:
        """Host, goods and audience, without any panels."""
        painter.surface.blit(self._back(painter), (0, 0))
        self._moving_part(painter, session, language, marked)

    def _moving_part(self, painter: Painter, session, language: str, marked: int | None) -> None:
        size = (painter.width, painter.height)
        floor = self._counter_y(painter.height)
        self._host(painter, session, size)
        # The counter is as wide as it is drawn, not as the window.
        counter = painter.picture(
            ("counter",), 700, 82, lambda c: interior.counter(c.at(0, 6), 700)
        )
        painter.place(counter, painter.width / 2 - 350, floor - 18)
        self._product(painter, session, size, language)
        self._audience(painter, session, size, marked)
        self._floating(painter, size)

    def _still_part(self, painter: Painter, session, language: str, marked: int | None):
        """The room with the panels, which lie beside everything that moves; drawn when it changes.

        While texts are being recorded it is drawn each time.
        """
        size = (painter.width, painter.height)
        # How many people a head stands for is told on a sign.
        self._seat(session, size)
        seen = session.seen
        shows = (
            painter.surface.get_size(), painter.larger, language, session.phase, marked,
            self.seating.per_head, seen.room, tuple(session.feed.items),
        )  # fmt: skip
        if self._still is None or self._still[0] != shows or painter.recorder.on:
            picture = self._still[1] if self._still is not None else None
            if picture is None or picture.get_size() != painter.surface.get_size():
                picture = pygame.Surface(painter.surface.get_size())
            window, painter.surface = painter.surface, picture
            try:
                picture.blit(self._back(painter), (0, 0))
                self.draw_panels(painter, session, language, marked)
            finally:
                painter.surface = window
            self._still = shows, picture
        return self._still[1]

    def draw_panels(
        self, painter: Painter, session, language: str, marked: int | None = None
    ) -> None:
        """Signs, what people say, who waits, and the sheet for single acts."""
        size = (painter.width, painter.height)
        floor = self._counter_y(painter.height)
        close = self.camera is not None and self.camera.close
        per_head, card = self.seating.per_head, marked is not None
        panels.signs(painter, session, size, floor, per_head, language, not close, card)
        if marked is None:
            panels.comments(painter, session, size, language)
        self._questions = panels.queue(painter, session, size, language)
        panels.acts_sheet(painter, session, language)

    def _back(self, painter: Painter):
        """The room itself: it fills the window, so it is kept opaque, which is faster to draw."""
        unit, sampling = painter.unit, painter.sampling
        width, height = painter.width, painter.height
        floor = self._counter_y(height)

        def make():
            pixels = (round(width * unit * sampling), round(height * unit * sampling))
            canvas = Canvas(pygame.Surface(pixels), unit * sampling)
            interior.room(canvas, width, height, floor)
            # Two pixels more at most, so that no edge of the window stays empty.
            return pygame.transform.smoothscale(
                canvas.surface, (math.ceil(width * unit), math.ceil(height * unit))
            )

        return painter.pictures.get((LARGE, width, height, unit), make)

    def draw_gestures(self, painter: Painter, session) -> None:
        """Draw the host in every pose, so that none has to be made when it is wanted."""
        size = (painter.width, painter.height)
        topic = picture(self._shown(session))
        for gesture in sorted(set(host_art.GESTURES.values())):
            for beat in (0, 1):
                self._posed(painter, size, gesture, topic, beat)

    @staticmethod
    def _counter_y(height: float) -> float:
        return height * 0.60

    def host_top(self, height: float) -> float:
        """Where the host's head begins in a room of this height."""
        return self._counter_y(height) - 155 * _host_scale(height)

    def _shown(self, session):
        products = self.scenario.host.products
        return next((p for p in products if p.id == session.seen.room.product), products[0])

    def _host(self, painter: Painter, session, size) -> None:
        room = session.seen.room
        act = act_shown(room.mix, room.act, session.seen.tick, 0)
        gesture = host_art.gesture_of(act)
        beat = 0 if painter.still else int(painter.clock * 1.8) % 2
        self._posed(painter, size, gesture, picture(self._shown(session)), beat)

    def _posed(self, painter: Painter, size, gesture: str, topic: str, beat: int) -> None:
        width, height = size
        k = _host_scale(height)
        wide, tall = 190 * k, 200 * k

        def draw(c) -> None:
            host_art.host(c.at(20 * k, 4 * k, k), 0, gesture, topic, beat)

        key = ("host", gesture, topic, beat)
        painter.art(key, (width / 2 - 95 * k, self._counter_y(height) - 176 * k, wide, tall), draw)

    def _product(self, painter: Painter, session, size, language: str) -> None:
        width, height = size
        product = self._shown(session)
        room = session.seen.room
        topic = picture(product)
        x, y = width / 2 + 150, self._counter_y(height) - 92
        box = (x, y, 112, 96)

        def draw(c) -> None:
            c.shadow(0, 0, 112, 96, 14, 8, 90, 0, 4)
            c.rect(0, 0, 112, 96, "#FFFDF9", 14)
            top, bottom = icons.cover(topic)
            c.shaded_rect(5, 5, 102, 66, [(0, top), (1, bottom)], 10)
            icons.thing(c, topic, 56, 38, 25)

        painter.art(("stand", topic), box, draw, bleed=18)
        price = words.yuan(room.price.get(product.id, product.price_fen) / 100)
        painter.text(price, (x + 4, y + 71, 104, 25), 16, "bold", theme.BRICK, "center")

    def _seats(self, size, audience: int) -> list[tuple[float, float, float]]:
        """Few people sit large and near, many small and close together."""
        floor = self._counter_y(size[1])
        if self._spots_for is None or self._spots_for[0] != size:
            self._spots_for = (size, 0)
            self._spots = interior.seats(*size, floor, 0)
            self.seating = Seating(len(self._spots))
        density = self._spots_for[1]
        denser = density < len(interior.DENSITIES) - 1 and audience > len(self._spots)
        if not denser and density > 0:
            looser = interior.seats(*size, floor, density - 1)
            density -= audience < len(looser) * 0.7
        density += denser
        if density != self._spots_for[1]:
            self._spots_for = (size, density)
            self._spots = interior.seats(*size, floor, density)
            self.seating = Seating(len(self._spots))
            return self._seats(size, audience) if denser else self._spots
        return self._spots

    def _people_inside(self, people: np.ndarray) -> dict[int, tuple]:
        """(certainty, patience, asking, follower) of everybody in our room, by shopper."""
        if self._inside is None or self._inside[0] is not people:
            here = people[(people["place"] == IN_ROOM) & (people["where"] == 0)]
            fields = (here[name].tolist() for name in _SHOWN_OF_HEADS)
            rows = zip(*fields, strict=True)
            found = dict(zip(here["shopper"].tolist(), rows, strict=True))
            self._inside = people, found
        return self._inside[1]

    def _seat(self, session, size) -> tuple[dict[int, tuple], list]:
        """Who is inside, and where heads may be; everybody who fits has a seat afterwards."""
        rows = self._people_inside(session.seen.people)
        spots = self._seats(size, len(rows))
        new = self.seating.people != len(rows) or self._seated is not rows
        if new or self.seating.followed != self.followed:
            self.seating.followed = self.followed
            self.seating.update(list(rows))
            self._seated = rows
        return rows, spots

    def _audience(self, painter: Painter, session, size, marked: int | None) -> None:
        rows, spots = self._seat(session, size)
        self.heads_drawn = 0
        self._heads = []
        batch: list[tuple] = []
        unit, clock = painter.unit, painter.clock

        def put(picture, x: float, y: float) -> None:
            batch.append((picture, (round(x * unit), round(y * unit))))

        if self.before_counter:
            spots = interior.lowered(spots, self.before_counter)
        for (x, y, wide), person in zip(spots, self.seating.seats, strict=True):
            if person < 0:
                continue
            self.heads_drawn += 1
            self._heads.append(((x - wide / 2, y - wide / 2, wide, wide), person))
            certainty, patience, asking, follower = rows[person]
            # Who knows more leans in: a little larger, with a warmer light behind.
            step = round(certainty * 8)
            scale = 0.88 + 0.26 * step / 8
            if step:
                glow = wide * 1.9
                put(sprites.light(painter, step, glow), x - glow / 2, y - glow * 0.5)
            head = sprites.head(painter, person, patience, wide * scale)
            sway = 0.0 if painter.still else 1.2 * math.sin(clock * 1.3 + person)
            put(head, x - wide * scale / 2, y - wide * scale * 0.5 + sway)
            kind = self.crowd.bubble_of(person) or ("question" if asking else None)
            if follower and not kind:
                put(sprites.pin(painter, wide * 0.13), x + wide * 0.28, y - wide * 0.5)
            if person == marked:
                arrow = painter.picture(("marked",), 24, 20, lambda c: sprites.arrow(c.at(2, 2)))
                put(arrow, x - 12, y - wide * 0.5 - 24)
            elif kind:
                bubble = painter.pictures.get(
                    ("bubble", kind, unit), lambda kind=kind: people_art.bubble(kind, 28 * unit)
                )
                put(bubble, x + wide * 0.05, y - wide * 0.5 - 24)
        # All at once, in the order of the rows.
        painter.surface.fblits(batch, PREMULTIPLIED)

    def _floating(self, painter: Painter, size) -> None:
        for kind, shopper, amount, left in self._floats:
            share = 1 - left / _FLOAT_SECONDS
            x = size[0] / 2 + (float(people_art.part(shopper, 33)) - 0.5) * 420
            y = self._counter_y(size[1]) + 20 - 190 * share
            alpha = min(1.0, left / 0.7)
            if kind == "order":
                text = "+" + words.yuan(amount / 100)
                wide = painter.measure(text, 18, "bold") + 26
                painter.art(
                    ("coin", wide),
                    (x - wide / 2, y, wide, 32),
                    lambda c, wide=wide: sprites.coin(c, wide),
                    alpha,
                    8,
                )
                if alpha > 0.5:
                    painter.text(text, (x - wide / 2, y, wide, 32), 18, "bold", "#6B3410", "center")
            else:
                colour = "#F2505B" if kind == "follow" else theme.TEAL
                painter.art(
                    ("float heart", kind),
                    (x - 15, y, 30, 30),
                    lambda c, colour=colour: c.heart(15, 14, 13, colour),
                    alpha,
                )


def _host_scale(height: float) -> float:
    return height / 720 * 1.76


def _counter(c) -> None:
    # A little wider than the counter itself, for its shadow.
    interior.counter(c.at(0, 6), 700)
