"""The pictures of a class's report: how results are spread, and how sure the class was."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.report.html_charts import INK, LINE, TEAL, nice_ticks, text_width
from sim.report.html_markup import Markup, element

_CORAL = "#B8462F"
_BAND = "#9CCDBF"
_RADII = (4.0, 3.2, 2.5, 1.9, 1.4, 1.0)
_ROOM = 26.0  # for the dots of a row


@dataclass(frozen=True)
class Row:
    """One choice: its name, a note behind it, a figure a shop, and how far luck reaches."""

    title: str
    note: str
    values: Sequence[float]
    mean: float | None
    colour: str
    letter: str
    low: float | None = None
    high: float | None = None


def spread(
    width: int,
    rows: Sequence[Row],
    marks: Sequence[tuple[float, str, bool]],
    write: Callable[[float], str],
    title: str,
) -> Markup:
    """A row a choice with a dot a shop; below it, as a bar, what luck does to their mean.

    marks: (figure, what it is called, whether it is the best known), dashed lines across.
    """
    left, right, top, each = 4.0, 14.0, 26.0 + 16.0 * len(marks), 62.0
    bottom = top + each * len(rows)
    known = [v for row in rows for v in (*row.values, row.low, row.high) if _real(v)]
    known += [value for value, _, _ in marks if _real(value)]
    low, high = min([*known, 0.0]) if known else 0.0, max(known, default=1.0)
    ticks = nice_ticks(low, high, 4 if width < 500 else 6)
    span = ticks[-1] - ticks[0]

    def across(value: float) -> float:
        return left + (width - left - right) * (value - ticks[0]) / span

    parts: list[Markup] = []
    for tick in ticks:
        x = across(tick)
        parts.append(element("line", x1=x, x2=x, y1=top, y2=bottom, class_="grid"))
        place = "x" if x < width - 30 else "right"
        at = x if place == "x" else width - 2.0
        at = max(at, text_width(write(tick), 12) / 2) if place == "x" else at
        parts.append(element("text", write(tick), x=at, y=bottom + 16, class_=place))
    radius = radius_for([[across(value) for value in row.values] for row in rows])
    for number, row in enumerate(rows):
        parts += _row(row, top + each * number, across, width, radius)
    for number, (value, name, best) in enumerate(marks):
        if _real(value):
            parts += _mark(across(value), name, best, 12.0 + 16.0 * number, bottom, width)
    return _svg(width, bottom + 24, title, parts)


def _row(
    row: Row, top: float, across: Callable[[float], float], width: int, radius: float
) -> list[Markup]:
    parts = [
        element("rect", x=2, y=top + 3, width=17, height=16, rx=4, fill=row.colour),
        element("text", row.letter, x=10.5, y=top + 15.5, class_="onband"),
        element("text", row.title, x=25, y=top + 16, class_="group"),
    ]
    after = 25 + text_width(row.title, 13) + 10
    if after + text_width(row.note, 12) < width:
        parts.append(element("text", row.note, x=after, y=top + 16, class_="note"))
    middle = top + 38.0
    if _real(row.low) and _real(row.high):
        start, stop = across(row.low), across(row.high)  # type: ignore[arg-type]
        parts.append(
            element(
                "rect",
                x=start,
                y=middle + 12,
                width=max(stop - start, 2.0),
                height=7,
                rx=3.5,
                fill=_BAND,
            )
        )
    parts.append(
        element(
            "line",
            x1=4,
            x2=width - 14,
            y1=middle + 10,
            y2=middle + 10,
            stroke=LINE,
            stroke_width=1,
        )
    )
    places = [across(value) for value in row.values]
    for x, y in swarm(places, radius, _ROOM):
        parts.append(
            element(
                "circle",
                cx=x,
                cy=middle + 9 - radius - y,
                r=radius,
                fill=row.colour,
                fill_opacity="0.85",
                stroke="#FFF9F1",
                stroke_width="0.8",
            )
        )
    if _real(row.mean):
        x = across(row.mean)  # type: ignore[arg-type]
        parts.append(
            element(
                "rect",
                x=x - 1.75,
                y=middle - 13,
                width=3.5,
                height=34,
                rx=1.75,
                fill=INK,
                stroke="#FFF9F1",
                stroke_width="1.2",
            )
        )
    return parts


def radius_for(rows: Sequence[Sequence[float]], room: float = _ROOM) -> float:
    """The largest radius with which no row's heaps of dots reach over `room`."""
    for radius in _RADII:
        if all(_tallest(places, radius) * 2.0 * radius <= room for places in rows):
            return radius
    return _RADII[-1]


def swarm(places: Sequence[float], radius: float, room: float = _ROOM) -> list[tuple[float, float]]:
    """(x, how high) of a dot a value, heaped up where they meet; never over `room`."""
    slots: dict[int, list[float]] = {}
    for x in sorted(places):
        slots.setdefault(round(x / (2.0 * radius)), []).append(x)
    # very many alike: the heap is pressed together
    pressed = min(1.0, room / max(_tallest(places, radius) * 2.0 * radius, 1e-9))
    return [
        (sum(heap) / len(heap), level * 2.0 * radius * pressed)
        for heap in slots.values()
        for level in range(len(heap))
    ]


def _tallest(places: Sequence[float], radius: float) -> int:
    slots = [round(x / (2.0 * radius)) for x in places]
    return max((slots.count(slot) for slot in set(slots)), default=0)


def _mark(x: float, name: str, best: bool, y: float, bottom: float, width: int) -> list[Markup]:
    wide = text_width(name, 12)
    at = min(max(x, wide / 2 + 2), width - wide / 2 - 2)
    colour = _CORAL if best else INK
    return [
        element(
            "line", x1=x, x2=x, y1=y + 4, y2=bottom, stroke=colour, stroke_width="1.5",
            stroke_dasharray="5 4" if not best else "1.5 3.5", stroke_linecap="round",
        ),
        element("text", name, x=at, y=y, class_="mark middle best" if best else "mark middle"),
    ]  # fmt: skip


@dataclass(frozen=True)
class Sureness:
    """Bets of about one confidence: how many, which share was right, and the 90% that fit."""

    confidence: float
    count: int
    share: float
    low: float
    high: float


def calibration(groups: Sequence[Sureness], across: str, up: str, title: str) -> Markup:
    """Confidence from left to right, the share that was right upwards; on the line they fit."""
    width, height, left, top, bottom = 330, 268, 44.0, 36.0, 224.0

    def x(confidence: float) -> float:
        return left + (width - left - 16.0) * (confidence - 0.5) / 0.5

    def y(share: float) -> float:
        return bottom - (bottom - top) * share

    parts: list[Markup] = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts += [
            element("line", x1=left, x2=width - 16, y1=y(share), y2=y(share), class_="grid"),
            element("text", f"{100 * share:.0f}%", x=left - 6, y=y(share) + 4, class_="y"),
        ]
    for sure in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        parts.append(element("text", f"{100 * sure:.0f}%", x=x(sure), y=bottom + 17, class_="x"))
    parts.append(
        element("text", across, x=(left + width) / 2, y=bottom + 38, class_="label middle")
    )
    parts.append(element("text", up, x=2, y=12, class_="label"))
    parts.append(element("line", x1=x(0.5), y1=y(0.5), x2=x(1), y2=y(1), class_="level"))
    most = max((group.count for group in groups), default=1)
    for group in groups:
        radius = 7.0 + 7.0 * math.sqrt(group.count / most)
        at = min(max(x(group.confidence), left + radius), width - 16 - radius)
        parts += [
            element(
                "line", x1=at, x2=at, y1=y(group.low), y2=y(group.high), stroke=TEAL,
                stroke_width=2,
            ),
            element("circle", cx=at, cy=y(group.share), r=radius, fill=_CORAL),
            element("text", str(group.count), x=at, y=y(group.share) + 4, class_="onband"),
        ]  # fmt: skip
    return _svg(width, height, title, parts)


def _real(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _svg(width: float, height: float, title: str, parts: Sequence[Markup]) -> Markup:
    return element(
        "svg",
        element("title", title),
        list(parts),
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_label=title,
    )
