"""The card of one shopper: who they are, what they know and feel, and what speaks for buying."""

from __future__ import annotations

from sim import wording
from sim.ui import feed, theme, words
from sim.ui.art import people as people_art
from sim.ui.painter import Painter

WIDTH = 300.0
_HEIGHT = 640.0
_PLACES = {1: "strolling", 2: "reading", 3: "in_room", 4: "at_door"}
_TICKS_A_LOOK = 2


class ShopperCard:
    """Follows one shopper. The closer look is refreshed only when time has moved on."""

    def __init__(self, session, shopper: int) -> None:
        self.session = session
        self.shopper = int(shopper)
        self._seen_at: int | None = None
        self._somebody = None

    def _look(self):
        tick = self.session.seen.tick
        if self._seen_at is None or abs(tick - self._seen_at) >= _TICKS_A_LOOK:
            self._seen_at = tick
            self._somebody = self.session.look_closer(self.shopper)
        return self._somebody

    @staticmethod
    def box(painter: Painter) -> tuple[float, float, float, float]:
        """Where the card lies: on the left, clear of our own shop."""
        return 18.0, 76.0, WIDTH, min(_HEIGHT, painter.height - 76 - 86)

    @classmethod
    def follow_box(cls, painter: Painter) -> tuple[float, float, float, float]:
        """Where the button that follows this person lies on the card."""
        x, y, width, height = cls.box(painter)
        return x + 18, y + height - 62, width - 36, 32

    def draw(self, painter: Painter, language: str) -> None:
        somebody = self._look()
        box = self.box(painter)
        painter.panel(box, theme.CREAM, 22, 100, opacity=255)
        if somebody is None:
            return
        x, y, width, height = box
        self._head(painter, somebody, x, y, width, language)
        top = self._traits(painter, somebody, x + 18, y + 84, width - 36, language)
        top = self._feelings(painter, somebody, x + 18, top + 6, width - 36, language)
        top = self._wanting(painter, somebody, x + 18, top + 8, width - 36, language)
        self._today(painter, somebody, x + 18, top + 8, width - 36, y + height - 66, language)
        hint = (x + 18, y + height - 27, width - 36, 22)
        painter.text(words.say("card.hint", language), hint, 12, "regular", theme.FAINT_INK)

    def _head(self, painter: Painter, somebody, x, y, width, language: str) -> None:
        look = people_art.look_of(self.shopper)
        pixels = 58 * painter.unit
        picture = painter.pictures.get(
            ("portrait", look, pixels), lambda: people_art.figure(look, 0, False, pixels)
        )
        painter.place(picture, x + 14, y + 12)
        name = words.name_of(self.shopper, language)
        left, room = x + 66, width - 80
        used = painter.text(name, (left, y + 10, room, 28), 20, "bold")
        marks = []
        if somebody.follower:
            marks.append(words.say("hover.follower", language))
        if somebody.member:
            marks.append(words.say("card.member", language))
        if marks:
            box = (left + used + 10, y + 14, room - used - 10, 22)
            painter.text(" · ".join(marks), box, theme.SMALL, "medium", theme.CORAL)
        place = _PLACES.get(int(somebody.place))
        if place is None:
            where = words.say("card.gone", language)
        else:
            stayed = words.say(
                "hover.stayed", language, time=words.duration(somebody.seconds, language)
            )
            where = words.say(f"hover.{place}", language) + " · " + stayed
        painter.text(where, (left, y + 36, room, 20), theme.SMALL, "regular", theme.SOFT_INK)
        names = {t.id: t.name.text(language) for t in self.session.scenario.street.topics}
        topics = " · ".join(names.get(topic, topic) for topic, _ in somebody.interests[:3])
        likes = words.say("card.likes", language, topics=topics)
        painter.text(likes, (left, y + 55, room, 20), theme.SMALL, "regular", theme.SOFT_INK)

    def _traits(self, painter: Painter, somebody, x, y, width, language: str) -> float:
        named = []
        for trait, (_, level) in somebody.traits.items():
            if level:
                named.append(words.say(f"trait.{trait}" + ("_low" if level < 0 else ""), language))
        if not named:
            named = [words.say("trait.none", language)]
        left, top = x, y
        for name in named[:6]:
            wide = painter.measure(name, theme.SMALL, "medium") + 18
            if left + wide > x + width and left > x:
                left, top = x, top + 27
            painter.rect((left, top, wide, 23), (134, 181, 143, 80), 11.5)
            box = (left + 9, top, wide - 16, 23)
            painter.text(name, box, theme.SMALL, "medium", "#3F6A48")
            left += wide + 6
        return top + 27

    def _feelings(self, painter: Painter, somebody, x, y, width, language: str) -> float:
        shown = self.session.seen.room.product
        product = next(p for p in self.session.scenario.host.products if p.id == shown)
        known = next((k for k in somebody.knows if k.product == shown), None)
        name = product.name.text(language)
        entries = (
            (
                words.say("card.knows", language, product=name),
                known.certainty if known else 0.0,
                theme.TEAL,
            ),
            (words.say("card.trust", language), somebody.trust, theme.MUSTARD),
            (words.say("card.arousal", language), somebody.arousal, theme.CORAL),
            (words.say("card.pressure", language), somebody.pressure, theme.PLUM),
        )
        for i, (label, value, colour) in enumerate(entries):
            top = y + i * 22
            painter.text(
                label, (x, top, 150, 21), theme.SMALL, "regular", smallest=10, may_truncate=i == 0
            )
            painter.bar((x + 156, top + 7, width - 156, 8), max(0.0, min(1.0, value)), colour)
        patience = words.say(
            "card.patience", language, time=words.duration(somebody.patience_seconds, language)
        )
        painter.text(patience, (x, y + 88, width, 20), theme.SMALL, "medium", theme.SOFT_INK)
        return y + 108

    def _wanting(self, painter: Painter, somebody, x, y, width, language: str) -> float:
        painter.rect((x, y - 3, width, 1.2), theme.HAIRLINE)
        painter.text(words.say("card.wanting", language), (x, y, width, 22), theme.SMALL, "bold")
        terms = [(n, v) for n, v in somebody.wanting.items() if abs(v) > 0.02]
        terms.sort(key=lambda term: -abs(term[1]))
        terms = sorted(terms[:6], key=lambda term: -term[1])
        total, line = sum(somebody.wanting.values()), somebody.want_bar
        # Reasons, their sum and the line for ordering are all drawn to one scale.
        largest = max([abs(value) for _, value in terms] + [abs(total), abs(line), 0.05])
        middle, reach = x + width * 0.6, width * 0.38
        top = y + 24
        painter.rect((middle - 0.6, top, 1.2, 20 * len(terms) + 24), theme.HAIRLINE)
        for name, value in terms:
            box = (x, top, width * 0.34 - 4, 20)
            painter.text(words.say(f"want.{name}", language), box, 12, "regular", smallest=9.5)
            self._reason(painter, value, (middle, top), value / largest * reach)
            top += 20
        gap = line - total
        key = "card.would" if gap < 0.1 else "card.not_yet" if gap < 0.7 else "card.far"
        colour = theme.GOOD if gap < 0.1 else theme.AMBER if gap < 0.7 else theme.SOFT_INK
        painter.text(
            wording.text("live.card.sum", language), (x, top + 1, width * 0.34 - 4, 22), 12.5,
            "bold", smallest=9.5,
        )  # fmt: skip
        long = total / largest * reach
        painter.rect((min(middle, middle + long), top + 6, max(2.0, abs(long)), 12), colour, 3)
        self._order_line(painter, middle + line / largest * reach, top)
        top += 26
        wide = painter.text(
            words.say(key, language), (x, top, width * 0.56, 20), theme.SMALL, "bold", colour
        )
        named = wording.text("live.card.threshold", language)
        spot = (x + wide + 12, top, width - wide - 12, 20)
        used = painter.text(named, spot, 12, "medium", theme.INK, "right", smallest=9.5)
        self._order_line(painter, x + width - used - 8, top + 1, 16)
        return top + 20

    @staticmethod
    def _reason(painter: Painter, value: float, start, long: float) -> None:
        """One bar from the middle, with its sign beside it."""
        middle, top = start
        good, long = value > 0, max(2.0, round(abs(long)))
        colour = theme.GOOD if good else theme.POOR
        spot = (middle, top + 5, long, 10) if good else (middle - long, top + 5, long, 10)
        painter.rect(spot, colour, 3)
        at = (middle - 14, top, 12, 20) if good else (middle + 3, top, 12, 20)
        painter.text("+" if good else "−", at, 12, "bold", colour, "center")

    @staticmethod
    def _order_line(painter: Painter, x: float, top: float, high: float = 24) -> None:
        """Where the sum of the reasons must come to for an order."""
        painter.rect((x - 2.5, top, 5, high), theme.CREAM)
        painter.rect((x - 1.2, top, 2.4, high), theme.INK)

    def _today(self, painter: Painter, somebody, x, y, width, bottom, language: str) -> None:
        if bottom - y < 44:
            return
        painter.rect((x, y - 3, width, 1.2), theme.HAIRLINE)
        painter.text(words.say("card.today", language), (x, y, width, 22), theme.SMALL, "bold")
        events = self.session.run.events()
        lines = []
        for number in reversed(somebody.events):
            if number < len(events):
                line = self._past(events[number], language)
                if line:
                    lines.append((int(events[number]["tick"]), line))
            if len(lines) >= int((bottom - y - 24) / 19):
                break
        if not lines and bottom - y > 44:
            painter.text(
                words.say("card.nothing", language),
                (x, y + 22, width, 20),
                12,
                "regular",
                theme.FAINT_INK,
            )
        start = self.session.run.live_start_tick
        for i, (tick, line) in enumerate(lines):
            when = f"{(tick - start) // 6:+d}′"
            top = y + 22 + i * 19
            painter.text(when, (x, top, 36, 19), 12, "medium", theme.SOFT_INK)
            painter.text(
                line, (x + 38, top, width - 38, 19), 12.5, "regular", smallest=10, may_truncate=True
            )

    def _past(self, event, language: str) -> str | None:
        kind, value = int(event["kind"]), float(event["value"])
        products = [p.name.text(language) for p in self.session.scenario.host.products]
        number = int(event["product"])
        product = products[number] if 0 <= number < len(products) else ""
        if kind == feed.COMMENT:
            item = feed.FeedItem(int(event["tick"]), "comment", self.shopper, int(value))
            return words.say("past.asked", language, said=item.words(language, products))
        key = _PAST.get(kind)
        if key is None:
            return None
        return words.say(
            f"past.{key}", language, time=words.duration(value, language), product=product
        )


_PAST = {
    feed.ENTER: "entered",
    feed.LEAVE: "left",
    feed.ANSWER: "answered",
    feed.GIVEN_UP: "given_up",
    feed.ORDER: "bought",
    feed.SOLD_OUT: "sold_out",
    feed.FOLLOW: "followed",
    feed.UNFOLLOW: "unfollowed",
    feed.JOIN: "joined",
    feed.MISSED_OFFER: "missed",
    feed.READ: "read",
}
