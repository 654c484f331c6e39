"""The bars around the live: funnel, money, trust and clock above; speed, tactics, goods below."""

from __future__ import annotations

import numpy as np

from sim import wording
from sim.ui import theme, words
from sim.ui.art import icons
from sim.ui.art import people as people_art
from sim.ui.painter import Painter
from sim.ui.session import SECONDS_A_TICK
from sim.ui.street.acts import picture
from sim.ui.street.figures import FIGURE_HEIGHT
from sim.ui.widgets.base import Widget

TACTICS_LEFT = 226.0
TACTICS_RIGHT = 272.0
# Where each figure of the bar begins, and how wide it may be.
FIGURE_PLACES = {
    "seen": (196.0, 72.0),
    "entered": (268.0, 80.0),
    "spoke": (348.0, 94.0),
    "orders": (442.0, 88.0),
    "net": (540.0, 140.0),
    "trust": (690.0, 128.0),
    "fans": (828.0, 66.0),
}
# These are called what the result and every table call them.
_METRICS = {
    "seen": "impressions", "entered": "visits", "spoke": "commenters", "orders": "orders",
    "net": "net_sales",
}  # fmt: skip


def top_bar(painter: Painter, session, language: str) -> None:
    """One line of figures: who sees us, who comes in, who speaks, who buys, what is left."""
    width = painter.width
    painter.panel((16, 10, width - 32, 56), theme.PAPER, 20)
    host, seen = session.scenario.host, session.seen
    painter.art(("logo",), (26, 21, 34, 34), _logo)
    painter.text(
        host.name.text(language),
        (68, 15, 118, 26),
        19,
        "display" if language == "zh" else "bold",
        smallest=12,
        may_truncate=True,
    )
    painter.text(
        words.say("street.watching", language, count=words.count(seen.room.viewers)),
        (68, 40, 118, 20),
        theme.SMALL,
        "medium",
        theme.SOFT_INK,
    )
    figures = seen.figures
    counted = {
        "seen": (words.count(figures["impressions"]), {}),
        "entered": (words.count(figures["visits"]), {"people": words.count(figures["viewers"])}),
        "spoke": (words.count(figures["commenters"]), {}),
        "orders": (words.count(figures["orders"]), {"people": words.count(figures["buyers"])}),
        "net": (words.yuan(_number(figures["net_sales"])), {}),
        "trust": (f"{_number(seen.room.trust) * 100:.0f}", {}),
        "fans": (words.count(seen.room.followers), {}),
    }
    for name, (x, wide) in FIGURE_PLACES.items():
        value, people = counted[name]
        note = wording.text(f"live.count.{name}", language, **people)
        colour = theme.BRICK if name == "net" else theme.INK
        _figure(painter, (x, wide), _called(name, language), value, note, colour)
        if name in ("entered", "spoke", "orders"):
            spot = (x - 14, 33, 9, 10)
            painter.art(("chevron",), spot, lambda c: icons.mark(c, "next", 4.5, 5, 4.6, "#D9BCA6"))
        elif name != "seen":
            _divider(painter, x - 10)
    x, wide = FIGURE_PLACES["trust"]
    painter.bar((x + 34, 34, wide - 46, 8), _number(seen.room.trust), "#EE9A32", "#F1DFD0")
    last = sum(FIGURE_PLACES["fans"]) + 4
    _clock(painter, session, last, width - 160 - last, language)


def _called(figure: str, language: str) -> str:
    metric = _METRICS.get(figure)
    key = f"live.bar.{figure}" if metric is None else f"metrics.{metric}.name"
    return wording.text(key, language)


def _figure(painter: Painter, across, label: str, value: str, note: str, colour) -> None:
    """A name, its figure, and below it what is counted."""
    x, wide = across
    painter.text(label, (x, 11, wide - 14, 17), theme.SMALL, "medium", theme.SOFT_INK, smallest=10)
    painter.text(value, (x, 25, wide - 14, 25), 19, "bold", colour, smallest=12)
    painter.text(
        note, (x, 51, wide - 14, 14), theme.TINY, "regular", theme.SOFT_INK, smallest=8.5
    )  # fmt: skip


class FigureNote(Widget):
    """Says of a figure in the bar what it counts, while the mouse rests on it."""

    takes_focus = False
    sound = None

    def __init__(self, figure: str) -> None:
        x, wide = FIGURE_PLACES[figure]
        super().__init__(f"figure:{figure}", (x - 4, 12, wide - 4, 52))
        self._figure = figure

    def looks(self, language: str) -> tuple:
        return ()

    def draw(self, painter: Painter, language: str) -> None:
        """Nothing: the bar itself has drawn the figure."""

    def tip(self, language: str) -> str:
        return wording.text(f"live.tip.{self._figure}", language)


def _clock(painter: Painter, session, x: float, room: float, language: str) -> None:
    seen = session.seen
    pill = (x, 17, min(room, 190), 42)
    painter.rect(pill, theme.INK, 21)
    painter.number(seen.clock, (x + 14, 17, 62, 42), 19, theme.CREAM)
    minutes = session.scenario.live.minutes
    left = max(0.0, (minutes - max(0.0, seen.minute)) * 60)
    text = words.say("live.left", language, time=_left(left, language))
    painter.text(
        text, (x + 76, 17, pill[2] - 88, 42), theme.SMALL, "medium", "#E8CDBA", "right", smallest=10
    )


def _left(seconds: float, language: str) -> str:
    """How long the live still goes on: to the minute first, to the second near its end."""
    minutes = int(seconds // 60)
    if minutes >= 60:
        hours, rest = divmod(minutes, 60)
        return wording.text("live.time.hours", language, hours=hours, minutes=rest)
    return words.duration(minutes * 60 if minutes >= 10 else seconds, language)


def _number(value) -> float:
    return 0.0 if value is None or value != value else float(value)


def _divider(painter: Painter, x: float) -> None:
    painter.rect((x, 22, 1.2, 32), theme.HAIRLINE)


def _logo(c) -> None:
    c.shaded_circle(17, 17, 17, [(0, "#FF8A6B"), (1, "#E2574F")])
    c.heart(17, 17, 10, "#FFF8EC")


def bottom_bar(painter: Painter, session, tactics_box, language: str) -> None:
    """Panels under the controls: speed, tactics, the product on show."""
    bottom = painter.height - 72
    painter.panel((18, bottom - 1, 196, 64), theme.PAPER, 20)
    text = words.say("live.speed", language, seconds=SECONDS_A_TICK * session.speed)
    painter.text(
        text,
        (28, bottom + 36, 178, 22),
        theme.SMALL,
        "medium",
        theme.SOFT_INK,
        "center",
        smallest=11,
    )
    painter.panel(tactics_box, theme.PAPER, 22)
    product_strip(painter, session, (painter.width - 264, bottom - 1, 246, 64), language)


def product_strip(painter: Painter, session, box, language: str) -> None:
    """What is on show now, its price and what is left of it."""
    x, y, width, _ = box
    painter.panel(box, theme.PAPER, 20)
    room = session.seen.room
    product = next((p for p in session.scenario.host.products if p.id == room.product), None)
    if product is None:
        return
    topic = picture(product)
    draw_cover(painter, topic, (x + 9, y + 9, 46, 46))
    text_room = width - 62 - 80
    painter.text(
        product.name.text(language),
        (x + 62, y + 5, text_room, 24),
        14.5,
        "bold",
        lines=1,
        smallest=10.5,
        may_truncate=True,
    )
    price = room.price.get(product.id, product.price_fen) / 100
    wide = painter.number(words.yuan(price), (x + 62, y + 26, text_room, 20), 15, theme.BRICK)
    if price < product.price - 0.005:
        was = words.yuan(product.price)
        painter.text(
            was,
            (x + 68 + wide, y + 27, text_room - wide - 6, 18),
            theme.TINY,
            "regular",
            theme.FAINT_INK,
        )
        cut = painter.measure(was, theme.TINY)
        painter.rect((x + 68 + wide, y + 36, cut, 1.2), theme.FAINT_INK)
    left = room.stock.get(product.id, 0)
    text = (
        words.say("live.stock", language, count=words.count(left))
        if left
        else words.say("live.sold_out", language)
    )
    painter.text(
        text,
        (x + 62, y + 43, text_room, 17),
        theme.TINY,
        "medium",
        theme.SOFT_INK if left else theme.POOR,
    )


def draw_cover(painter: Painter, topic: str, box) -> None:
    """The picture of a thing on its cover."""
    x, y, width, height = box

    def draw(c) -> None:
        top, bottom = icons.cover(topic)
        c.shaded_rect(0, 0, width, height, [(0, top), (1, bottom)], min(12, height * 0.2))
        icons.thing(c, topic, width / 2, height / 2, min(width, height) * 0.36)

    painter.art(("cover", topic), (x, y, width, height), draw)


def legend(painter: Painter, crowd, language: str) -> None:
    """What the rings mean and how many people a figure stands for, under the top bar."""
    per, per_head = crowd.people_per_figure, crowd.people_per_head
    figure = (
        words.say("street.one_figure", language)
        if per == 1
        else words.say("street.many_figure", language, count=per)
    )
    lines = [figure]
    if per_head > 1:
        lines.append(words.say("street.heads", language, count=per_head))
    x, y, width = 18.0, 76.0, 178.0
    painter.panel((x, y, width, 50 + 20 * len(lines)), theme.PAPER, 16, 50, opacity=225)
    painter.text(
        words.say("live.patience", language), (x + 12, y + 4, width - 24, 20), theme.SMALL, "bold"
    )
    marks = [
        (0.95, theme.GOOD, "live.high"),
        (0.5, theme.FAIR, "live.middle"),
        (0.2, theme.POOR, "live.low"),
    ]
    each = (width - 18) / 3
    for i, (share, colour, key) in enumerate(marks):

        def ring(c, share=share, colour=colour) -> None:
            c.ring(7, 7, 6.5, 6.5, 2.5, 1, (200, 180, 170, 110))
            c.ring(7, 7, 6.5, 6.5, 2.5, share, colour)
            if share < 0.3:
                c.circle(7, 7, 1.7, colour)

        left = x + 12 + i * each
        painter.art(("legend", share), (left, y + 27, 14, 14), ring)
        painter.text(
            words.say(key, language), (left + 17, y + 24, each - 18, 20), 12, "regular", smallest=10
        )
    for i, line in enumerate(lines):
        painter.text(
            line,
            (x + 12, y + 45 + i * 20, width - 24, 20),
            12,
            "regular",
            theme.SOFT_INK,
            smallest=10,
        )


def acts_box(painter: Painter) -> tuple[float, float, float, float]:
    """Where the single acts lie in the room view."""
    return painter.width - 286, painter.height - 88 - 148, 268.0, 148.0


def marker(painter: Painter, crowd, street, shopper: int) -> None:
    """An arrow over somebody whose card is open."""
    spot = crowd.spot(shopper, street)
    if spot is None:
        return
    x, y, scale = spot
    arrow_at(painter, (x, y - FIGURE_HEIGHT * scale))


def arrow_at(painter: Painter, spot: tuple[float, float] | None) -> None:
    """An arrow that points down at a place in design units; none for None."""
    if spot is None:
        return
    lift = 3 * np.sin(painter.clock * 4)
    box = (spot[0] - 14, spot[1] - 32 + lift, 28, 25)

    def arrow(c) -> None:
        # Large and framed in ink, to be found in a crowd from the back row.
        c.polygon([(0, 0), (28, 0), (14, 24)], theme.INK)
        c.polygon([(2.4, 1.6), (25.6, 1.6), (14, 21)], "#FFFFFF")
        c.polygon([(6.5, 4), (21.5, 4), (14, 16.6)], theme.CORAL)

    painter.art(("marker",), box, arrow, bleed=2)


def still_frame(painter: Painter) -> None:
    """An edge round the window while time stands still."""
    width, height, edge = painter.width, painter.height, 5.0
    for box in (
        (0, 0, width, edge), (0, height - edge, width, edge),
        (0, edge, edge, height - 2 * edge), (width - edge, edge, edge, height - 2 * edge),
    ):  # fmt: skip
        painter.rect(box, theme.PLUM)


def notice(
    painter: Painter, text: str, colour, y: float, between: tuple[float, float] | None = None
) -> None:
    """A short message under the top bar, in the middle of the window or between two places.

    It takes two lines where one of a good size has no room.
    """
    left, right = between or (40.0, painter.width - 40.0)
    wanted = painter.measure(text, 17 * painter.larger, "bold") + 48
    width = min(right - left, wanted)
    two = between is not None and wanted > 1.2 * width
    box = ((left + right - width) / 2, y - 46, width, 40 if two else 38)
    painter.panel(box, colour, 19, 80, opacity=240)
    inner = (box[0] + 20, box[1], width - 40, box[3])
    size, smallest = (13.5, 10) if two else (17, 12)
    painter.text(
        text, inner, size, "bold", "#FFFFFF", "center", lines=2 if two else 1, smallest=smallest
    )


def shopper_tag(painter: Painter, session, crowd, street, shopper: int, language: str) -> None:
    """Who somebody is and how they feel, beside their figure."""
    people = session.seen.people
    found = np.flatnonzero(people["shopper"] == shopper)
    spot = crowd.spot(shopper, street)
    if not len(found) or spot is None:
        return
    person = people[found[0]]
    place = {1: "strolling", 2: "reading", 3: "in_room", 4: "at_door"}.get(
        int(person["place"]), "strolling"
    )
    lines = [words.say(f"hover.{place}", language)]
    lines.append(
        words.say("hover.stayed", language, time=words.duration(float(person["seconds"]), language))
    )
    facts = [
        words.say("hover.patience", language, value=words.per_cent(float(person["patience"]), 0)),
        words.say("hover.sure", language, value=words.per_cent(float(person["certainty"]), 0)),
        words.say("hover.trust", language, value=words.per_cent(float(person["trust"]), 0)),
    ]
    if person["follower"]:
        lines.append(words.say("hover.follower", language))
    if person["asking"]:
        lines.append(words.say("hover.asking", language))
    name = words.name_of(shopper, language)
    first, second = " · ".join(lines), " · ".join(facts)
    width = max(painter.measure(first, 13), painter.measure(second, 13), 120) + 74
    x, y, scale = spot
    left = min(max(8, x + 18), painter.width - width - 8)
    top = max(72, y - 92 * scale)
    painter.panel((left, top, width, 70), theme.PAPER, 16, 90, opacity=255)
    look = people_art.look_of(int(shopper))
    pixels = 54 * painter.unit
    picture = painter.pictures.get(
        ("portrait", look, pixels), lambda: people_art.figure(look, 0, False, pixels)
    )
    painter.place(picture, left + 8, top + 7)
    painter.text(name, (left + 54, top + 5, width - 64, 22), 15, "bold")
    painter.text(first, (left + 54, top + 26, width - 60, 19), 13, "regular", theme.SOFT_INK)
    painter.text(second, (left + 54, top + 45, width - 60, 19), 13, "regular", theme.SOFT_INK)
