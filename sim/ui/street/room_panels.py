"""The panels of the room view: signs, comments, the question queue, single acts."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.art import interior, shops
from sim.ui.art import people as people_art
from sim.ui.painter import Painter

SIDE = 268.0
TOP = 78.0
QUEUE_ROWS = 6
_BUTTONS = 534.0  # right of the signs are the live's buttons


def signs(
    painter: Painter,
    session,
    size,
    floor: float,
    per_head: int,
    language: str,
    door: bool = True,
    card: bool = False,
) -> None:
    """On air, viewers, a held-back offer, what the glow means; and the group's door, if wanted."""
    width, height = size
    room = session.seen.room
    # Beside a card that is open, and below what is said over the picture meanwhile.
    x, y = (SIDE + 68, TOP + 44) if card else (SIDE + 34, TOP + 4)
    live = words.say("street.live", language)
    wide = _pill(painter, live, 15, "bold") + 12
    if session.phase == "live":
        painter.art(
            ("live", wide, 30),
            (x, y, wide, 30),
            lambda c, wide=wide: shops.badge(c, wide, 30, "#FF5A5F", "#E23B57"),
        )
        painter.art(("dot", 10), (x + 13, y + 10, 10, 10), lambda c: c.circle(5, 5, 5, "#FFFFFF"))
        painter.text(live, (x + 28, y, wide - 34, 30), 15, "bold", "#FFFFFF")
        x += wide + 10
    watching = words.say("street.watching", language, count=words.count(room.viewers))
    wide = _pill(painter, watching, 15, "medium")
    painter.rect((x, y, wide, 30), (66, 32, 48, 165), 15)
    painter.text(watching, (x + 12, y, wide - 24, 30), 15, "medium", "#FFFFFF", "center")
    x += wide + 10
    if door:
        _group_door(painter, room.members, width, floor, language)
    if room.offer_in_seconds is not None:
        # In the same row, so that it lies under nothing that is said in the middle.
        text = words.say(
            "live.offer", language, time=words.duration(room.offer_in_seconds, language)
        )
        wide = min(_pill(painter, text, 15, "bold"), width - _BUTTONS - x)
        painter.rect((x, y, wide, 30), theme.BRICK, 15)
        painter.text(text, (x + 12, y, wide - 24, 30), 15, "bold", "#FFFFFF", "center", smallest=10)
    note = words.say("live.certainty", language)
    if per_head > 1:
        note += " · " + words.say("street.heads", language, count=per_head)
    # Between what people say and the sheet for single acts.
    wide = min(_pill(painter, note, theme.SMALL, "regular"), width - 2 * (SIDE + 18) - 24)
    box = (width / 2 - wide / 2, height - 108, wide, 26)
    painter.rect(box, (255, 252, 246, 205), 13)
    box = (box[0] + 12, box[1], wide - 24, 26)
    painter.text(note, box, theme.SMALL, "regular", theme.SOFT_INK, "center")


def _pill(painter: Painter, text: str, size: float, weight: str) -> float:
    """How wide a pill is around one line, also when the line is set in large text."""
    return painter.measure(text, size * painter.larger, weight) + 28


def _group_door(painter: Painter, members: int, width: float, floor: float, language: str) -> None:
    group = words.say("live.group", language, count=words.count(members))
    door = (width / 2 - 318, floor - 116, 82, 116)
    painter.art(("group door",), door, interior.group_door)
    label = (door[0] - 24, door[1] - 29, 130, 24)
    painter.rect(label, theme.DEEP_TEAL, 12)
    painter.text(
        group, (label[0] + 8, label[1], 114, 24), 14, "bold", "#FFF8EC", "center", smallest=11
    )


def comments(painter: Painter, session, size, language: str) -> None:
    """What people say and do, newest at the bottom."""
    x, y, tall = 18.0, TOP, size[1] - TOP - 88
    painter.panel((x, y, SIDE, tall), theme.PAPER, 20, 60, opacity=232)
    painter.text(
        words.say("live.comments", language),
        (x + 16, y + 8, SIDE - 32, 28),
        theme.BODY,
        "bold",
        theme.SOFT_INK,
    )
    names = [product.name.text(language) for product in session.scenario.host.products]
    items = list(session.feed.items)
    if not items:
        painter.text(
            words.say("live.comments_empty", language),
            (x + 16, y + 42, SIDE - 32, 26),
            15,
            "regular",
            theme.FAINT_INK,
        )
        return
    bottom = y + tall - 12
    for item in reversed(items):
        said = item.words(language, names)
        who = item.who(language)
        room = SIDE - 66
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


def queue(painter: Painter, session, size, language: str) -> list[tuple[tuple, int]]:
    """Who waits for an answer; returns the box and the shopper of each row."""
    queue = session.seen.room.queue
    x, y = size[0] - 18 - SIDE, TOP + 46
    # The single acts lie below, so a low window shows fewer of those who wait.
    space = size[1] - y - 88 - 148 - 46 - 36
    rows = min(len(queue), QUEUE_ROWS, max(1, int(space / 52)))
    tall = 46 + (rows * 52 if rows else 34) + (26 if len(queue) > rows else 0)
    painter.panel((x, y, SIDE, tall), theme.PAPER, 20, 60, opacity=232)
    painter.text(
        words.say("live.queue", language),
        (x + 16, y + 8, SIDE - 60, 28),
        theme.BODY,
        "bold",
        theme.SOFT_INK,
    )
    painter.number(str(len(queue)), (x + SIDE - 62, y + 8, 46, 28), 17, theme.BRICK, "right")
    rows_drawn: list[tuple[tuple, int]] = []
    if not queue:
        painter.text(
            words.say("live.queue_empty", language),
            (x + 16, y + 40, SIDE - 32, 26),
            15,
            "regular",
            theme.FAINT_INK,
        )
        return rows_drawn
    names = [product.name.text(language) for product in session.scenario.host.products]
    asked = {item.shopper: item for item in session.feed.items if item.kind == "comment"}
    for i, (shopper, waited) in enumerate(queue[:rows]):
        top = y + 42 + i * 52
        box = (x + 8, top, SIDE - 16, 48)
        rows_drawn.append((box, int(shopper)))
        # The longer the wait, the redder the row and the longer its line.
        worry = min(1.0, waited / 120)
        painter.rect(box, (*theme.rgba(theme.mix("#FFFFFF", "#F6C2B4", worry))[:3], 200), 12)
        painter.text(words.name_of(shopper, language), (x + 18, top + 3, 130, 20), 14, "bold")
        wait = words.say("live.queue_wait", language, time=words.duration(waited, language))
        painter.text(
            wait,
            (x + SIDE - 120, top + 3, 100, 20),
            theme.SMALL,
            "medium",
            theme.POOR if worry > 0.6 else theme.SOFT_INK,
            "right",
            smallest=10,
        )
        item = asked.get(int(shopper))
        said = item.words(language, names) if item else "…"
        painter.text(
            said,
            (x + 18, top + 22, SIDE - 38, 20),
            14,
            "regular",
            smallest=11,
            may_truncate=True,
        )
        painter.bar(
            (x + 18, top + 43, SIDE - 38, 3),
            worry,
            theme.mix(theme.FAIR, theme.POOR, worry),
            (230, 214, 200, 160),
        )
    if len(queue) > rows:
        more = words.say("live.queue_more", language, count=len(queue) - rows)
        painter.text(
            more, (x + 16, y + tall - 30, SIDE - 32, 24), theme.SMALL, "medium", theme.SOFT_INK
        )
    return rows_drawn


def acts_sheet(painter: Painter, session, language: str) -> None:
    """The sheet under the buttons for single acts; it tells which one is under way."""
    x, y = painter.width - 286, painter.height - 88 - 148
    painter.panel((x, y, SIDE, 148), theme.PAPER, 20, 60, opacity=232)
    act = session.seen.room.act
    if act:
        doing = words.say("acts.doing", language, act=words.say(f"act.{act}", language))
        painter.text(doing, (x + 16, y + 5, SIDE - 32, 26), theme.BODY, "bold", theme.BRICK)
    else:
        heading = words.say("acts.heading", language)
        box = (x + 16, y + 5, SIDE - 32, 26)
        painter.text(heading, box, theme.BODY, "bold", theme.SOFT_INK)
