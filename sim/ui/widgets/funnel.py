"""From being seen to being kept: bars in groups, each group with one scale of its own.

How often a card was seen, how many people came and how many orders they made are counts of
different things, and the first dwarfs the rest. So they never share a scale: within a group the
first bar is the whole, and the others stand beside it as the share of it that they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.ui import theme
from sim.ui.art.canvas import Canvas
from sim.ui.painter import Box, Painter

WORDS = 92.0  # the height that the words under the bars take
_GAP = 14.0  # between two groups
_PAD = 14.0
_HEAD = 34.0
_WIDEST = 112.0
_LEAST = 3.0  # a step with anybody in it is seen


@dataclass(frozen=True)
class Step:
    """One bar: its name, its count, what is counted, and the share of the first it is, written."""

    name: str
    count: float
    note: str
    share: str = ""


@dataclass(frozen=True)
class Group:
    """Counts of one kind; the first of its steps is the whole."""

    title: str
    steps: tuple[Step, ...]


def heights(group: Group, tall: float) -> list[float]:
    """How high each bar of a group is: the first is `tall`, the others in proportion to it."""
    whole = group.steps[0].count
    found = []
    for step in group.steps:
        share = step.count / whole if whole > 0 else 0.0
        high = min(1.0, share) * tall
        found.append(0.0 if step.count <= 0 else max(_LEAST, high))
    return found


def funnel(painter: Painter, box: Box, groups: list[Group], colour) -> None:
    """The groups from left to right, each on a sheet of its own."""
    x, y, width, height = box
    count = sum(len(group.steps) for group in groups)
    each = (width - _GAP * (len(groups) - 1) - 2 * _PAD * len(groups)) / count
    left, number = x, 0
    for group in groups:
        wide = each * len(group.steps) + 2 * _PAD
        _group(painter, (left, y, wide, height), group, each, (number, count), colour)
        left += wide + _GAP
        number += len(group.steps)


def _group(painter: Painter, box: Box, group: Group, each: float, place, colour) -> None:
    x, y, width, height = box
    first, count = place
    painter.rect(box, (255, 255, 255, 150), 18)
    painter.text(
        group.title, (x + _PAD, y + 5, width - 2 * _PAD, 24), 14, "bold", theme.SOFT_INK,
        smallest=11,
    )  # fmt: skip
    tall = height - _HEAD - WORDS
    floor = y + _HEAD + tall
    thick = min(_WIDEST, each - 26)
    for i, (step, high) in enumerate(zip(group.steps, heights(group, tall), strict=True)):
        left = x + _PAD + i * each
        tone = theme.mix(colour, theme.MUSTARD, (first + i) / max(1, count - 1) * 0.7)
        bar = (left, floor - tall, thick, tall)
        _bar(painter, bar, high, tone, i == 0)
        if step.share:
            # Over what there is of the bar, on the outline of the whole.
            top = max(floor - tall + 2, min(floor - high - 30, floor - 34))
            spot = (left, top, thick, 28)
            painter.text(step.share, spot, 18, "bold", theme.INK, "center", smallest=12)
        room = each - 10
        painter.text(step.name, (left, floor + 4, room, 22), 14, "bold", theme.SOFT_INK)
        painter.number(f"{step.count:,.0f}", (left, floor + 25, room, 30), 23)
        painter.text(
            step.note, (left, floor + 54, room, 36), 12.5, "medium", theme.SOFT_INK, lines=2,
            smallest=11, vertical="top",
        )  # fmt: skip


def _bar(painter: Painter, box: Box, high: float, colour, whole: bool) -> None:
    """A bar of this height in the outline of the whole."""
    _, _, width, tall = box
    high = round(high, 1)

    def draw(c: Canvas) -> None:
        c.rect(0, 0, width, tall, (240, 226, 210, 160), 9)
        if not whole:
            c.rect(0, 0, width, tall, (*theme.rgba(colour)[:3], 90), 9, 1.4)
        if high > 0:
            stops = [(0, theme.shade(colour, 0.2)), (1, theme.shade(colour, -0.05))]
            c.shaded_rect(0, tall - high, width, high, stops, min(9, high / 2))

    painter.art(("funnel", high, theme.rgba(colour), whole), box, draw)
