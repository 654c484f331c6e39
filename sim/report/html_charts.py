"""The report's pictures: small functions from figures to SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.report.html_markup import Markup, element

INK, LINE, CORAL, TEAL = "#43303B", "#E4D6C6", "#F2705B", "#2E8078"
# Dark enough for white letters, told apart by letter as well as by colour.
TACTIC_COLOURS = ("#2E8078", "#C2503C", "#7A4B6B", "#9A6B12", "#3C7791", "#54764F", "#8C4A5A")
_WIDE_LETTERS = 0x2E80


def text_width(text: str, size: float) -> float:
    """About how wide a text is drawn, in pixels: a Chinese character is as wide as it is high."""
    return sum(size if ord(letter) >= _WIDE_LETTERS else 0.58 * size for letter in text)


def nice_ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Round numbers from at most `low` to at least `high`: steps of 1, 2 or 5."""
    span = max(high - low, 1e-9)
    step = 10.0 ** math.floor(math.log10(span / most))
    step = next(step * part for part in (1, 2, 5, 10, 20) if span / (step * part) <= most)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


@dataclass(frozen=True)
class Stretch:
    """A stretch of the live in minutes, and the tactic's letter, name and colour."""

    start: float
    stop: float
    letter: str
    name: str
    colour: str


@dataclass(frozen=True)
class Panel:
    """One curve of a timeline: its name, a figure at each mark, how high it is drawn."""

    label: str
    values: Sequence[float]
    height: int
    colour: str
    write: Callable[[float], str]
    level: float | None = None  # a dashed line across, with its own label
    level_label: str = ""


class Timeline:
    """A live from left to right: tactics as bands, below them a panel for each curve.

    minutes: from the live's beginning, one a mark; the last is the end. clock writes a minute.
    """

    _LEFT, _RIGHT, _BAND, _LABEL, _FOOT = 54, 19, 24, 20, 24

    def __init__(self, width: int, minutes: Sequence[float], stretches: Sequence[Stretch]) -> None:
        self.width = width
        self.minutes = minutes
        self.stretches = stretches
        self.last = max(float(minutes[-1]), 1e-9)

    def across(self, minute: float) -> float:
        """Where a minute is drawn."""
        return self._LEFT + (self.width - self._LEFT - self._RIGHT) * minute / self.last

    def named(self, stretch: Stretch) -> str:
        """What fits on a stretch's band: letter and name, the letter, or nothing."""
        wide = self.across(stretch.stop) - self.across(stretch.start)
        for text in (f"{stretch.letter} · {stretch.name}", stretch.letter):
            if text_width(text, 12) + 8 <= wide:
                return text
        return ""

    @property
    def abbreviated(self) -> list[Stretch]:
        """The stretches whose tactics are nowhere named in full, one a tactic."""
        full = {part.letter for part in self.stretches if len(self.named(part)) > 1}
        rest = {part.letter: part for part in self.stretches if part.letter not in full}
        return list(rest.values())

    def draw(self, panels: Sequence[Panel], title: str, clock: Callable[[float], str]) -> Markup:
        """The picture."""
        bottom = self._BAND + sum(self._LABEL + panel.height for panel in panels)
        parts = [part for stretch in self.stretches for part in self._band(stretch, bottom)]
        top = self._BAND
        for panel in panels:
            parts += self._curve(panel, top + self._LABEL)
            top += self._LABEL + panel.height
        for minute in self._clock_ticks():
            parts.append(
                element("text", clock(minute), x=self.across(minute), y=bottom + 17, class_="x")
            )
        return svg(self.width, bottom + self._FOOT, title, parts)

    def _clock_ticks(self) -> list[float]:
        steps = (10, 15, 20, 30, 60, 120, 240, 1440)
        step = next(size for size in steps if self.across(size) - self._LEFT >= 46)
        return [float(minute) for minute in range(0, int(self.last) + 1, step)]

    def _band(self, stretch: Stretch, bottom: int) -> list[Markup]:
        x = self.across(stretch.start)
        wide = max(self.across(stretch.stop) - x - 1.5, 0.5)
        fill = stretch.colour
        parts = [
            element("rect", x=x, y=2, width=wide, height=20, rx=4, fill=fill),
            element(
                "rect",
                x=x,
                y=self._BAND,
                width=wide,
                height=bottom - self._BAND,
                fill=fill,
                fill_opacity="0.09",
            ),
        ]
        if text := self.named(stretch):
            parts.append(element("text", text, x=x + wide / 2, y=16, class_="onband"))
        return parts

    def _curve(self, panel: Panel, top: float) -> list[Markup]:
        right = self.width - self._RIGHT
        most = max(float(max(panel.values)), panel.level or 0.0, 1.0)
        ticks = nice_ticks(0.0, most, 4 if panel.height > 100 else 2)

        def up(value: float) -> float:
            return top + panel.height * (1.0 - max(value, 0.0) / ticks[-1])

        parts = [element("text", panel.label, x=self._LEFT + 4, y=top - 5, class_="label")]
        for tick in ticks:
            y = up(tick)
            parts.append(element("line", x1=self._LEFT, x2=right, y1=y, y2=y, class_="grid"))
            parts.append(element("text", panel.write(tick), x=self._LEFT - 7, y=y + 4, class_="y"))
        points = [
            f"{self.across(minute):.1f},{up(value):.1f}"
            for minute, value in zip(self.minutes, panel.values, strict=True)
        ]
        ends = [f"{self.across(minute):.1f},{up(0):.1f}" for minute in (self.minutes[0], self.last)]
        area = " ".join([ends[0], *points, ends[1]])
        parts.append(element("polygon", points=area, fill=panel.colour, fill_opacity="0.18"))
        parts.append(
            element("polyline", points=" ".join(points), class_="curve", stroke=panel.colour)
        )
        if panel.level is not None:
            y = up(panel.level)
            parts.append(element("line", x1=self._LEFT, x2=right, y1=y, y2=y, class_="level"))
            # at the left end, where a curve that adds up is still low; below the line unless the
            # line itself is low
            place = y + 14 if y < top + panel.height / 2 else y - 5
            parts.append(
                element("text", panel.level_label, x=self._LEFT + 4, y=place, class_="levelname")
            )
        return parts


def night_bars(
    width: int,
    values: Sequence[float],
    names: Sequence[str],
    money: Callable[[float], str],
    title: str,
) -> Markup:
    """What was left after each night; the first bar is the evening of the live."""
    top, tall, left, right = 22, 64, 4, 4
    most = max([1.0, *(float(value) for value in values)])
    slot = (width - left - right) / len(values)
    every = max(1, math.ceil(max(text_width(name, 12) for name in names) / (slot - 4)))
    parts: list[Markup] = []
    for number, value in enumerate(values):
        high = tall * max(float(value), 0.0) / most
        x = left + number * slot + slot * 0.14
        first_or_last = number in (0, len(values) - 1)
        parts.append(
            element(
                "rect",
                x=x,
                y=top + tall - high,
                width=slot * 0.72,
                height=max(high, 0.5),
                rx=3,
                fill=CORAL if first_or_last else "#E9A596",
            )
        )
        middle = x + slot * 0.36
        if first_or_last:
            half = text_width(money(float(value)), 12) / 2
            middle = min(max(middle, half), width - half)
            parts.append(
                element(
                    "text", money(float(value)), x=middle, y=top + tall - high - 6, class_="over"
                )
            )
        if first_or_last or (number % every == 0 and number <= len(values) - 1 - every):
            parts.append(
                element("text", names[number], x=x + slot * 0.36, y=top + tall + 17, class_="x")
            )
    return svg(width, top + tall + 24, title, parts)


def strip(
    low: float, high: float, mean: float, here: float, scale: tuple[float, float], own: bool
) -> Markup:
    """The middle 90% of crowds as a bar, their mean as a stroke, this crowd as a diamond.

    Any of them may be nan. scale: the figures at both ends. Drawn to fill the width it is given.
    """
    first, last = scale
    span = (last - first) or 1.0

    def across(value: float) -> float:
        return 2.0 + 96.0 * (value - first) / span

    colour = CORAL if own else TEAL
    parts: list[Markup] = [
        element("line", x1="0%", x2="100%", y1=11, y2=11, stroke=LINE, stroke_width=2)
    ]
    if math.isfinite(low) and math.isfinite(high):
        wide = max(across(high) - across(low), 0.6)
        parts.append(
            element(
                "rect",
                x=f"{across(low):.2f}%",
                y=6,
                width=f"{wide:.2f}%",
                height=10,
                rx=5,
                fill=colour,
                fill_opacity="0.38",
            )
        )
    if math.isfinite(mean):
        x = f"{across(mean):.2f}%"
        parts.append(element("line", x1=x, x2=x, y1=3, y2=19, stroke=colour, stroke_width=3))
    if math.isfinite(here):
        # a nested picture, because a shape cannot be placed by per cent
        shape = element(
            "path", d="M7 0 L14 7 L7 14 L0 7 Z", fill=INK, stroke="#FFF6EA", stroke_width="1.5"
        )
        parts.append(
            element(
                "svg",
                shape,
                x=f"{across(here):.2f}%",
                y=4,
                width=14,
                height=14,
                style="transform:translateX(-7px);overflow:visible",
            )
        )
    return element("svg", parts, class_="strip", height=22, width="100%", aria_hidden="true")


def bar(share: float, colour: str = TEAL) -> Markup:
    """A bar of a share of the width, 0 to 1."""
    wide = f"{100.0 * min(max(share, 0.0), 1.0):.2f}%"
    parts = [
        element("rect", x=0, y=0, width="100%", height=14, rx=7, fill=LINE, fill_opacity="0.6"),
        element("rect", x=0, y=0, width=wide, height=14, rx=7, fill=colour),
    ]
    return element("svg", parts, class_="bar", height=14, width="100%", aria_hidden="true")


def svg(width: int, height: int, title: str, parts: Sequence[Markup]) -> Markup:
    """A picture of so many pixels, with what it shows in words."""
    return element(
        "svg",
        element("title", title),
        list(parts),
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=title,
    )
