"""Our live room from inside: the host, the thing on show, the audience, questions, comments."""

from __future__ import annotations

import numpy as np

from sim.ui import theme, words
from sim.ui.art import host as host_art
from sim.ui.art import icons, interior, shops
from sim.ui.art import people as people_art
from sim.ui.painter import Painter
from sim.ui.street.acts import act_shown, picture
from sim.ui.street.crowd import IN_ROOM, Crowd
from sim.ui.street.seating import Seating

_FLOAT_SECONDS = 2.2
_SIDE = 268.0
_TOP = 78.0
QUEUE_ROWS = 6


class RoomView:
    """Draws one observation of our room. The crowd lends the bubbles over people's heads."""

    def __init__(self, scenario, crowd: Crowd) -> None:
        self.scenario = scenario
        self.crowd = crowd
        self.clock = 0.0
        self.seating: Seating | None = None
        self._spots: list = []
        self._spots_for: tuple | None = None
        self._taken = 0
        self._floats: list[list] = []
        self._questions: list[tuple[tuple, int]] = []
        self._heads: list[tuple[tuple, int]] = []
        self.heads_drawn = 0

    def move(self, seconds: float, session) -> None:
        """Let time pass for hands, hearts and coins."""
        self.clock += seconds
        self._floats = [[*f[:3], f[3] - seconds] for f in self._floats if f[3] > seconds]
        for item in session.feed.since(self._taken):
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
        for (x, y, width, height), shopper in reversed(self._heads):
            if x <= point[0] < x + width and y <= point[1] < y + height:
                return shopper
        return None

    # -- drawing -------------------------------------------------------------------------------
    def draw(self, painter: Painter, session, language: str, marked: int | None = None) -> None:
        width, height = painter.width, painter.height
        size = (width, height)
        floor = self._counter_y(height)
        painter.place(
            painter.picture(
                ("interior", floor), width, height, lambda c: interior.room(c, width, height, floor)
            ),
            0,
            0,
        )
        self._host(painter, session, size)
        painter.place(
            painter.picture(("counter",), width, 70, lambda c: interior.counter(c, width)),
            0,
            floor - 12,
        )
        self._product(painter, session, size, language)
        self._audience(painter, session, size, marked)
        self._signs(painter, session, size, language)
        if marked is None:
            self._comments(painter, session, size, language)
        self._queue(painter, session, size, language)
        self._acts_sheet(painter, session, language)
        self._floating(painter, size)

    @staticmethod
    def _counter_y(height: float) -> float:
        return height * 0.60

    def _shown(self, session):
        products = self.scenario.host.products
        return next((p for p in products if p.id == session.seen.room.product), products[0])

    def _host(self, painter: Painter, session, size) -> None:
        width, height = size
        room = session.seen.room
        act = act_shown(room.mix, room.act, session.seen.tick, 0)
        gesture = host_art.gesture_of(act)
        beat = int(self.clock * 1.8) % 2
        topic = picture(self._shown(session))
        k = height / 720 * 1.86
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

    def _audience(self, painter: Painter, session, size, marked: int | None) -> None:
        people = session.seen.people
        inside = people[(people["place"] == IN_ROOM) & (people["where"] == 0)]
        spots = self._seats(size, len(inside))
        ids = inside["shopper"].astype(np.int64)
        self.seating.update(ids.tolist())
        order = {int(person): i for i, person in enumerate(ids)}
        self.heads_drawn = 0
        self._heads = []
        for (x, y, wide), person in zip(spots, self.seating.seats, strict=True):
            if person < 0:
                continue
            self.heads_drawn += 1
            self._heads.append(((x - wide / 2, y - wide / 2, wide, wide), person))
            row = inside[order[person]]
            certainty = float(row["certainty"])
            # Who knows more leans in: a little larger, with a warmer light behind.
            scale = 0.88 + 0.26 * certainty
            step = round(certainty * 8)
            glow = wide * 1.9

            def light(c, step=step, glow=glow) -> None:
                c.glow(glow / 2, glow / 2, glow / 2, "#FFE08A", 0.85 * step / 8, 1.3)

            if step:
                painter.art(("glow", step), (x - glow / 2, y - glow * 0.5, glow, glow), light)
            look = people_art.look_of(int(person))
            level = int(round(float(row["patience"]) * (people_art.RING_LEVELS - 1)))
            pixels = round(wide * scale * painter.unit)
            picture = painter.pictures.get(
                ("head", look, level, pixels),
                lambda look=look, level=level, pixels=pixels: people_art.audience_head(
                    look, level, pixels
                ),
            )
            sway = 1.2 * np.sin(self.clock * 1.3 + person)
            painter.place(picture, x - wide * scale / 2, y - wide * scale * 0.5 + sway)
            kind = self.crowd.bubble_of(person) or ("question" if row["asking"] else None)
            if row["follower"] and not kind:
                r = wide * 0.13
                spot = (x + wide * 0.28, y - wide * 0.5, r * 2, r * 2)
                painter.art(("pin", r), spot, lambda c, r=r: c.heart(r, r, r, "#F2505B"))
            if person == marked:
                spot = (x - 10, y - wide * 0.5 - 22, 20, 16)
                painter.art(("marked",), spot, _arrow, bleed=2)
            elif kind:
                bubble = painter.pictures.get(
                    ("bubble", kind, painter.unit),
                    lambda kind=kind: people_art.bubble(kind, 28 * painter.unit),
                )
                painter.place(bubble, x + wide * 0.05, y - wide * 0.5 - 24)

    def _signs(self, painter: Painter, session, size, language: str) -> None:
        width, height = size
        room = session.seen.room
        x, y = _SIDE + 34, _TOP + 4
        live = words.say("street.live", language)
        wide = painter.measure(live, 15, "bold") + 40
        if session.phase == "live":
            painter.art(
                ("live", wide, 30),
                (x, y, wide, 30),
                lambda c: shops.badge(c, wide, 30, "#FF5A5F", "#E23B57"),
            )
            painter.art(
                ("dot", 10), (x + 13, y + 10, 10, 10), lambda c: c.circle(5, 5, 5, "#FFFFFF")
            )
            painter.text(live, (x + 28, y, wide - 34, 30), 15, "bold", "#FFFFFF")
            x += wide + 10
        watching = words.say("street.watching", language, count=words.count(room.viewers))
        wide = painter.measure(watching, 15, "medium") + 28
        painter.rect((x, y, wide, 30), (66, 32, 48, 165), 15)
        painter.text(watching, (x, y, wide, 30), 15, "medium", "#FFFFFF", "center")
        group = words.say("live.group", language, count=words.count(room.members))
        door = (width / 2 - 318, self._counter_y(height) - 116, 82, 116)
        painter.art(("group door",), door, interior.group_door)
        label = (door[0] - 24, door[1] - 29, 130, 24)
        painter.rect(label, theme.DEEP_TEAL, 12)
        painter.text(
            group, (label[0] + 8, label[1], 114, 24), 14, "bold", "#FFF8EC", "center", smallest=11
        )
        if room.offer_in_seconds is not None:
            text = words.say("live.offer", language, time=words.short_time(room.offer_in_seconds))
            wide = painter.measure(text, 15, "bold") + 30
            painter.rect((width / 2 - wide / 2, _TOP + 44, wide, 30), theme.BRICK, 15)
            painter.text(
                text, (width / 2 - wide / 2, _TOP + 44, wide, 30), 15, "bold", "#FFFFFF", "center"
            )
        note = words.say("live.certainty", language)
        if self.seating and self.seating.per_head > 1:
            note += " · " + words.say("street.heads", language, count=self.seating.per_head)
        wide = painter.measure(note, theme.SMALL) + 28
        box = (width / 2 - wide / 2, height - 108, wide, 26)
        painter.rect(box, (255, 252, 246, 205), 13)
        painter.text(note, box, theme.SMALL, "regular", theme.SOFT_INK, "center")

    def _panel_height(self, height: float) -> float:
        return height - _TOP - 88

    def _comments(self, painter: Painter, session, size, language: str) -> None:
        x, y, tall = 18.0, _TOP, self._panel_height(size[1])
        painter.panel((x, y, _SIDE, tall), theme.PAPER, 20, 60, opacity=232)
        painter.text(
            words.say("live.comments", language),
            (x + 16, y + 8, _SIDE - 32, 28),
            theme.BODY,
            "bold",
            theme.SOFT_INK,
        )
        names = [product.name.text(language) for product in self.scenario.host.products]
        items = list(session.feed.items)
        if not items:
            painter.text(
                words.say("live.comments_empty", language),
                (x + 16, y + 42, _SIDE - 32, 26),
                15,
                "regular",
                theme.FAINT_INK,
            )
            return
        bottom = y + tall - 12
        for item in reversed(items):
            said = item.words(language, names)
            who = item.who(language)
            room = _SIDE - 66
            high = painter.text_height(said, room, 15)
            total = high + 26
            if bottom - total < y + 40:
                break
            bottom -= total
            look = people_art.look_of(int(item.shopper))
            picture = painter.pictures.get(
                ("face", look, painter.unit),
                lambda look=look: people_art.figure(look, 0, False, 42 * painter.unit),
            )
            clip = painter.surface.get_clip()
            painter.surface.set_clip(painter.pixels((x + 12, bottom + 2, 34, 26)))
            painter.place(picture, x + 14, bottom + 1)
            painter.surface.set_clip(clip)
            colour = {
                "order": theme.AMBER,
                "follow": theme.CORAL,
                "join": theme.DEEP_TEAL,
                "return": theme.POOR,
            }.get(item.kind, theme.SOFT_INK)
            painter.text(who, (x + 50, bottom, room, 20), theme.SMALL, "bold", colour)
            strong = "medium" if item.kind != "comment" else "regular"
            painter.text(
                said,
                (x + 50, bottom + 19, room, high + 1),
                15,
                strong,
                theme.INK,
                lines=4,
                vertical="top",
            )

    def _queue(self, painter: Painter, session, size, language: str) -> None:
        queue = session.seen.room.queue
        x, y = size[0] - 18 - _SIDE, _TOP + 46
        # The single acts lie below, so a low window shows fewer of those who wait.
        space = size[1] - y - 88 - 148 - 46 - 36
        rows = min(len(queue), QUEUE_ROWS, max(1, int(space / 52)))
        tall = 46 + (rows * 52 if rows else 34) + (26 if len(queue) > rows else 0)
        painter.panel((x, y, _SIDE, tall), theme.PAPER, 20, 60, opacity=232)
        painter.text(
            words.say("live.queue", language),
            (x + 16, y + 8, _SIDE - 60, 28),
            theme.BODY,
            "bold",
            theme.SOFT_INK,
        )
        painter.number(str(len(queue)), (x + _SIDE - 62, y + 8, 46, 28), 17, theme.BRICK, "right")
        self._questions = []
        if not queue:
            painter.text(
                words.say("live.queue_empty", language),
                (x + 16, y + 40, _SIDE - 32, 26),
                15,
                "regular",
                theme.FAINT_INK,
            )
            return
        names = [product.name.text(language) for product in self.scenario.host.products]
        asked = {item.shopper: item for item in session.feed.items if item.kind == "comment"}
        for i, (shopper, waited) in enumerate(queue[:rows]):
            top = y + 42 + i * 52
            box = (x + 8, top, _SIDE - 16, 48)
            self._questions.append((box, int(shopper)))
            # The longer the wait, the redder the row and the longer its line.
            worry = min(1.0, waited / 120)
            painter.rect(box, (*theme.rgba(theme.mix("#FFFFFF", "#F6C2B4", worry))[:3], 200), 12)
            painter.text(words.name_of(shopper, language), (x + 18, top + 3, 130, 20), 14, "bold")
            wait = words.say("live.queue_wait", language, time=words.short_time(waited))
            painter.text(
                wait,
                (x + _SIDE - 120, top + 3, 100, 20),
                theme.SMALL,
                "medium",
                theme.POOR if worry > 0.6 else theme.SOFT_INK,
                "right",
            )
            item = asked.get(int(shopper))
            said = item.words(language, names) if item else "…"
            painter.text(
                said,
                (x + 18, top + 22, _SIDE - 38, 20),
                14,
                "regular",
                smallest=11,
                may_truncate=True,
            )
            painter.bar(
                (x + 18, top + 43, _SIDE - 38, 3),
                worry,
                theme.mix(theme.FAIR, theme.POOR, worry),
                (230, 214, 200, 160),
            )
        if len(queue) > rows:
            more = words.say("live.queue_more", language, count=len(queue) - rows)
            painter.text(
                more, (x + 16, y + tall - 30, _SIDE - 32, 24), theme.SMALL, "medium", theme.SOFT_INK
            )

    @staticmethod
    def _acts_sheet(painter: Painter, session, language: str) -> None:
        x, y = painter.width - 286, painter.height - 88 - 148
        painter.panel((x, y, _SIDE, 148), theme.PAPER, 20, 60, opacity=232)
        act = session.seen.room.act
        if act:
            doing = words.say("acts.doing", language, act=words.say(f"act.{act}", language))
            painter.text(doing, (x + 16, y + 5, _SIDE - 32, 26), theme.BODY, "bold", theme.BRICK)
        else:
            heading = words.say("acts.heading", language)
            box = (x + 16, y + 5, _SIDE - 32, 26)
            painter.text(heading, box, theme.BODY, "bold", theme.SOFT_INK)

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
                    lambda c, wide=wide: _coin(c, wide),
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


def _arrow(c) -> None:
    c.polygon([(1, 1), (19, 1), (10, 15)], "#FFFFFF")
    c.polygon([(4, 3), (16, 3), (10, 11.5)], theme.CORAL)


def _coin(c, width: float) -> None:
    c.shadow(0, 0, width, 32, 16, 4, 80, 0, 2)
    c.shaded_rect(0, 0, width, 32, [(0, "#FFE79A"), (1, "#F4B646")], 16)
    c.rect(2, 2, width - 4, 28, (255, 255, 255, 120), 14, 1.4)
