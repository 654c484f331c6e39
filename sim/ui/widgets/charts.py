"""Charts drawn with the art kit: curves, bars, a timeline with tactic bands, a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.ui import theme
from sim.ui.painter import Box, Painter

_SLIVER = 48.0  # bands narrower than this are told by their colour alone


def nice_top(value: float) -> float:
    """The smallest round number that is at least `value`: 1, 2, 2.5 or 5 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10 ** math.floor(math.log10(value))
    for factor in (1, 2, 2.5, 5, 10):
        if value <= factor * power * 1.0000001:
            return factor * power
    return 10 * power


def bands_of(minutes: Sequence[float], tactics: Sequence[str | None]) -> list[tuple]:
    """(start, end, tactic) of each stretch with one tactic."""
    bands: list[tuple] = []
    for minute, tactic in zip(minutes, tactics, strict=True):
        if bands and bands[-1][2] == tactic:
            bands[-1] = (bands[-1][0], minute, tactic)
        else:
            if bands:
                bands[-1] = (bands[-1][0], minute, bands[-1][2])
            bands.append((minute, minute, tactic))
    return bands


def band_name(painter: Painter, name: str, box: Box, size: float) -> None:
    """The name on a band: smaller or cut short where the band is, none where it is a sliver."""
    x, y, width, height = box
    if width < _SLIVER:
        return
    painter.text(
        name, (x + 5, y, width - 10, height), size, "bold", "#FFFFFF", "center",
        smallest=min(10.0, size), may_truncate=True,
    )  # fmt: skip


class Timeline:
    """Curves over the minutes of a live, with the tactic in use as a band below them.

    curves: (words, values, colour, format) with one value for each minute mark
    """

    def __init__(self, minutes, curves, bands, colour_of, name_of) -> None:
        self.minutes, self.curves, self.bands = list(minutes), curves, bands
        self.colour_of, self.name_of = colour_of, name_of

    def draw(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        plot = (x + 8, y + 30, width - 16, height - 92)
        span = (self.minutes[0], self.minutes[-1]) if len(self.minutes) > 1 else (0, 1)
        length = max(1e-6, span[1] - span[0])

        def at(minute: float) -> float:
            return plot[0] + (minute - span[0]) / length * plot[2]

        key = ("timeline", id(self), len(self.minutes))
        painter.art(key, plot, lambda c: self._curves(c, plot[2], plot[3], span[0], length))
        left = x + 8
        for number, (words, values, colour, written) in enumerate(self.curves):
            label = f"{words(language)} {written(max(values) if len(values) else 0)}"
            painter.rect((left, y + 10, 16, 5), colour, 2.5)
            painter.art(
                ("curve mark", number, colour), (left, y + 4.5, 16, 16),
                lambda c, n=number, k=colour: curve_mark(c, n, 8, 8, k),
            )  # fmt: skip
            left += (
                22
                + painter.text(label, (left + 22, y, 220, 24), theme.SMALL, "medium", theme.INK)
                + 22
            )
        step = next((s for s in (5, 10, 15, 20, 30, 60) if length / s <= 9), 60)
        minute = math.ceil(span[0] / step) * step
        while minute <= span[1]:
            here = at(minute)
            painter.rect((here, plot[1] + plot[3], 1.2, 5), theme.FAINT_INK)
            box_ = (here - 24, plot[1] + plot[3] + 5, 48, 20)
            if box_[0] + 48 <= x + width:
                painter.text(f"{minute:g}′", box_, 12, "medium", theme.SOFT_INK, "center")
            minute += step
        base = plot[1] + plot[3] + 25
        for start, end, tactic in self.bands:
            a, b = at(start), at(end)
            wide = max(2.0, b - a)
            painter.rect((a, base, wide - 1, 28), self.colour_of(tactic), 7 if wide > 16 else 1)
            name = self.name_of(tactic, language)
            band_name(painter, name, (a, base, wide, 28), theme.SMALL)

    def _curves(self, c, width: float, height: float, start: float, length: float) -> None:
        for i in range(5):
            level = height * i / 4
            c.rect(0, min(height - 1, level), width, 1, (180, 140, 120, 70 if i < 4 else 160))
        for number, (_, values, colour, _) in enumerate(self.curves):
            if len(values) < 2:
                continue
            top = nice_top(max(max(values), 1e-9)) * 1.04
            points = [
                ((minute - start) / length * width, height - max(0, value) / top * (height - 4))
                for minute, value in zip(self.minutes, values, strict=True)
            ]
            points = thinned(points, 1.2)
            if number == 0:
                area = [(points[0][0], height), *points, (points[-1][0], height)]
                c.polygon(area, theme.rgba(colour, 46))
            c.stroke(points, colour, 2.6)
            for share in _MARKS_AT:
                px, py = points[int((len(points) - 1) * min(1.0, share + number * 0.03))]
                curve_mark(c, number, px, py, colour)


# Where along a curve its mark stands, so that it can be told without its colour.
_MARKS_AT = (0.1, 0.3, 0.5, 0.7, 0.9)


def curve_mark(c, number: int, x: float, y: float, colour) -> None:
    """The shape that goes with the curve of this number: circle, square, triangle, diamond."""
    radius = 5.2
    if number % 4 == 0:
        c.circle(x, y, radius, "#FFFFFF")
        c.circle(x, y, radius - 1.4, colour)
        return
    shapes = (
        [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        [(0, -1.25), (1.2, 0.9), (-1.2, 0.9)],
        [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    )
    corners = shapes[number % 4 - 1]
    for size, fill in ((radius, "#FFFFFF"), (radius - 1.5, colour)):
        c.polygon([(x + dx * size, y + dy * size) for dx, dy in corners], fill)


def thinned(points: list, gap: float) -> list:
    """The points with those left out that are closer than `gap` to the last one kept."""
    kept = [points[0]]
    for point in points[1:-1]:
        if point[0] - kept[-1][0] >= gap:
            kept.append(point)
    return [*kept, points[-1]]


def bar_row(
    painter: Painter, box: Box, label: str, value: float, top: float, written: str, colour,
    note: str = "", strong: bool = False, label_width: float = 150.0,
) -> None:  # fmt: skip
    """One bar of a comparison: its name left, the bar, its value written behind it."""
    x, y, width, height = box
    weight = "bold" if strong else "medium"
    painter.text(
        label, (x, y, label_width - 10, height), theme.BODY, weight, theme.INK, lines=2, smallest=12
    )
    room = width - label_width - 150
    share = max(0.0, min(1.0, value / top if top > 0 else 0.0))
    thick = min(26.0, height * 0.56)
    bar = (x + label_width, y + (height - thick) / 2, room, thick)
    painter.rect(bar, (240, 224, 206, 150), 7)
    if share > 0.004:
        filled = (bar[0], bar[1], max(thick * 0.5, room * share), thick)
        painter.shaded(filled, theme.shade(colour, 0.16), theme.shade(colour, -0.06), 7)
    painter.number(
        written,
        (x + width - 142, y, 142, height * (0.62 if note else 1)),
        18 if strong else 16.5,
        align="right",
    )
    if note:
        painter.text(
            note,
            (x + width - 142, y + height * 0.55, 142, height * 0.4),
            12,
            "medium",
            theme.SOFT_INK,
            "right",
        )


def table(
    painter: Painter,
    box: Box,
    columns: list[tuple[str, float, str]],
    rows: list[list[str]],
    row_height: float = 30.0,
    strong: int | None = None,
) -> None:
    """A ledger: columns are (heading, share of the width, align); `strong` is a row to mark."""
    x, y, width, _ = box
    left = x
    for heading, share, align in columns:
        painter.text(
            heading,
            (left + 4, y, width * share - 8, row_height),
            theme.SMALL,
            "medium",
            theme.SOFT_INK,
            align,
            lines=2,
            smallest=11,
        )
        left += width * share
    painter.rect((x, y + row_height - 1, width, 1.2), theme.HAIRLINE)
    for i, row in enumerate(rows):
        top = y + row_height * (i + 1)
        if i == strong:
            painter.rect((x - 6, top + 1, width + 12, row_height - 2), (244, 182, 70, 60), 9)
        left = x
        for value, (_, share, align) in zip(row, columns, strict=True):
            weight = "bold" if i == strong else "regular"
            painter.text(
                value,
                (left + 4, top, width * share - 8, row_height),
                15,
                weight,
                theme.INK,
                align,
                smallest=11,
                may_truncate=align == "left",
            )
            left += width * share
