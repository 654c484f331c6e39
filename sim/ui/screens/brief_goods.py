"""The goods of a brief: a row of tall cards, or rows of flat ones where there are many."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.art import icons
from sim.ui.painter import Box, Painter
from sim.ui.street.acts import picture

_TALL = 4  # so many goods have a tall card each
_FLAT = 12  # so many a flat one; of more, the last card names what is left
_GAP = 8.0


def draw_goods(painter: Painter, products, box: Box, language: str) -> None:
    """Every product in the box, under the words that say what they are."""
    x, y, width, height = box
    title = words.say("brief.goods", language)
    painter.text(title, (x, y, width, 24), theme.BODY, "bold", theme.SOFT_INK)
    top, tall = y + 28, height - 28
    count = len(products)
    if count <= _TALL:
        each = (width - _GAP * (count - 1)) / count
        for i, product in enumerate(products):
            spot = (x + i * (each + _GAP), top, each, min(168.0, tall))
            _tall_card(painter, product, spot, language)
        return
    shown = products if count <= _FLAT else products[: _FLAT - 1]
    columns = 3 if count <= 9 else 4
    rows = -(-min(count, _FLAT) // columns)
    each, high = (width - _GAP * (columns - 1)) / columns, (tall - 6 * (rows - 1)) / rows

    def place(i: int) -> Box:
        row, column = divmod(i, columns)
        return x + column * (each + _GAP), top + row * (high + 6), each, high

    for i, product in enumerate(shown):
        _flat_card(painter, product, place(i), language)
    if len(shown) < count:
        left, up, wide, _ = place(len(shown))
        names = words.say("brief.list", language).join(
            product.name.text(language) for product in products[len(shown) :]
        )
        text = words.say("brief.more", language, count=count - len(shown), names=names)
        painter.text(
            text, (left + 4, up, wide - 6, high), 12.5, "medium", theme.SOFT_INK, lines=3,
            smallest=9, may_truncate=True,
        )  # fmt: skip


def _cover(painter: Painter, topic: str, box: Box, share: float) -> None:
    width, height = box[2], box[3]

    def draw(c) -> None:
        top, bottom = icons.cover(topic)
        c.shaded_rect(0, 0, width, height, [(0, top), (1, bottom)], 10)
        icons.thing(c, topic, width / 2, height / 2, height * share)

    painter.art(("goods", topic), box, draw)


def _stock(product, language: str) -> str:
    return words.say("brief.stock", language, count=words.count(product.stock))


def _tall_card(painter: Painter, product, box: Box, language: str) -> None:
    x, y, width, height = box
    painter.rect(box, (255, 255, 255, 190), 14)
    side = min(width - 20, height - 84)
    _cover(painter, picture(product), (x + 8, y + 8, width - 16, side), 0.36)
    painter.text(
        product.name.text(language), (x + 8, y + side + 9, width - 16, 42), 15, "bold", lines=2,
        may_truncate=True, smallest=11,
    )  # fmt: skip
    wide = painter.number(
        words.yuan(product.price), (x + 8, y + height - 30, width - 16, 24), 16, theme.BRICK
    )
    painter.text(
        _stock(product, language), (x + 14 + wide, y + height - 29, width - 22 - wide, 22), 12.5,
        "medium", theme.SOFT_INK, "right",
    )  # fmt: skip


def _flat_card(painter: Painter, product, box: Box, language: str) -> None:
    x, y, width, height = box
    painter.rect(box, (255, 255, 255, 190), 12)
    side = min(height - 10, width * 0.32)
    _cover(painter, picture(product), (x + 5, y + (height - side) / 2, side, side), 0.38)
    left, room = x + side + 12, width - side - 18
    foot = 20.0 if height >= 50 else 16.0
    painter.text(
        product.name.text(language), (left, y + 3, room, height - foot - 6), 13.5, "bold",
        lines=2 if height >= 50 else 1, smallest=9.5, may_truncate=True,
    )  # fmt: skip
    below = y + height - foot - 3
    price = words.yuan(product.price)
    wide = painter.text(
        price, (left, below, room * 0.56, foot), 13, "bold", theme.BRICK, smallest=10
    )
    # Beside a long price there is room for the number only.
    stock = _stock(product, language) if width >= 150 else f"×{words.count(product.stock)}"
    painter.text(
        stock, (left + wide + 4, below, room - wide - 4, foot), 11.5, "medium",
        theme.SOFT_INK, "right", smallest=8.5,
    )  # fmt: skip
