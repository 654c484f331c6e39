"""The evening as a timeline: net sales so far, people inside, tactics, and what happened when."""

from __future__ import annotations

import math

import numpy as np
import pygame

from sim.ui import theme, words
from sim.ui.debrief.lines import LANES, Line
from sim.ui.debrief.words import say
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.charts import band_name, thinned

BASE_COLOUR = theme.BRICK
OTHER_COLOUR = theme.DEEP_TEAL
LANE_COLOURS = {
    "orders": theme.MUSTARD, "fans": theme.CORAL, "unanswered": theme.DEEP_SKY,
    "returns": theme.PLUM,
}  # fmt: skip
_LIVE_SHARE = 0.8
_LABELS = 92.0
_RIGHT = 58.0  # room for the number of people
_PEOPLE_HIGH = 0.62  # of the chart
_TICKS_A_MINUTE = 6


def near_top(value: float) -> float:
    """A round number at or little above `value`, so that curves fill their chart."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-9)))
    steps = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
    return power * next((step for step in steps if value <= step * power * 1.000001), 10)


def people_top(line: Line) -> float:
    """A round number of people that none of a line's minutes goes beyond."""
    return near_top(max(1.0, float(line.inside.max())))


def levels(low: float, high: float, most: int) -> list[float]:
    """Round values from low to high, at most about `most`, zero among them."""
    wished = (high - low) / max(1, min(5, most - 1))
    power = 10.0 ** math.floor(math.log10(max(wished, 1e-9)))
    step = power * next(part for part in (1, 2, 2.5, 5, 10) if wished <= part * power * 1.000001)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [step * number for number in range(first, last + 1)]


class Axis:
    """Where a tick lies: the live takes most of the width, the nights the rest."""

    def __init__(self, timeline, left: float, width: float) -> None:
        self.timeline, self.left, self.width = timeline, left, width
        self.share = _LIVE_SHARE if timeline.end > timeline.closes else 1.0

    def x(self, tick: float) -> float:
        start, end = self.timeline.live_start, self.timeline.live_end
        if tick <= end:
            return self.left + (tick - start) / (end - start) * self.share * self.width
        nights = min(1.0, (tick - end) / max(1, self.timeline.end - end))
        return self.left + (self.share + nights * (1 - self.share)) * self.width

    def tick(self, x: float) -> int:
        """The minute of the live that is nearest to a place."""
        start, end = self.timeline.live_start, self.timeline.live_end
        part = (x - self.left) / (self.share * self.width)
        minutes = round(part * (end - start) / _TICKS_A_MINUTE)
        last = (end - start) // _TICKS_A_MINUTE - 1
        return start + max(0, min(last, minutes)) * _TICKS_A_MINUTE


class TimelineChart(Widget):
    """Pick a moment with the mouse or the arrow keys; up and down go to the choice of tactic."""

    def __init__(self, name, box, study, cursor, move, step_option, enter, colour_of, name_of):
        """cursor(): the tick picked; move(tick); step_option(by); enter(): the moment is used."""
        super().__init__(name, box)
        self.study, self.cursor, self.move = study, cursor, move
        self.step_option, self.enter = step_option, enter
        self.colour_of, self.name_of = colour_of, name_of

    def axis(self) -> Axis:
        x, _, width, _ = self.box
        return Axis(self.study.tree.timeline, x + _LABELS, width - _LABELS - _RIGHT)

    def key(self, key: int) -> bool:
        steps = {
            pygame.K_LEFT: -1, pygame.K_RIGHT: 1, pygame.K_PAGEUP: -10, pygame.K_PAGEDOWN: 10,
            pygame.K_HOME: -100000, pygame.K_END: 100000,
        }  # fmt: skip
        if key in steps:
            timeline = self.study.tree.timeline
            last = timeline.live_end - _TICKS_A_MINUTE
            wished = self.cursor() + steps[key] * _TICKS_A_MINUTE
            self.move(max(timeline.live_start, min(last, wished)))
            return True
        if key in (pygame.K_UP, pygame.K_DOWN):
            self.step_option(-1 if key == pygame.K_UP else 1)
            return True
        return False

    def press(self, point=None):
        return self.enter() if point is None else None

    def drag(self, point) -> None:
        self.move(self.axis().tick(point[0]))

    # -- drawing -------------------------------------------------------------------------------
    def draw(self, painter: Painter, language: str) -> None:
        _, y, _width, height = self.box
        study = self.study
        base = study.lines.get(study.base)
        if base is None:
            return
        other = study.lines.get(study.shown) if study.shown != study.base else None
        axis = self.axis()
        lanes_top = y + height - 2 * 25 - 20 - len(LANES) * 15
        plot: Box = (axis.left, y + 36, axis.width, lanes_top - y - 42)
        lines = [line for line in (base, other) if line is not None]
        low, high = self._range(lines)
        self._legend(painter, language, base, other)
        key = ("debrief curves", study.serial, tuple(line.number for line in lines))
        painter.art(key, plot, lambda c: self._curves(c, plot, lines, low, high), bleed=2)
        self._values(painter, language, plot, low, high, base)
        self._lanes(painter, language, axis, lanes_top, other or base)
        self._ticks(painter, language, axis, lanes_top + len(LANES) * 15 + 2)
        for row, line in enumerate(lines):
            self._bands(painter, language, axis, line, y + height - 50 + row * 25, row)
        self._cursor(painter, language, axis, plot, y + height, lines)
        self.focus_ring(painter, 18)

    def _range(self, lines: list[Line]) -> tuple[float, float]:
        high = max(float(line.net.max()) for line in lines)
        low = min(0.0, min(float(line.net.min()) for line in lines))
        return (-near_top(-low) if low < 0 else 0.0), near_top(max(1.0, high))

    def _values(
        self, painter: Painter, language: str, plot: Box, low: float, high: float, base: Line
    ) -> None:
        """The two axes: money on the left, people on the right."""
        x = self.box[0]
        for level in levels(low, high, int(plot[3] / 19)):
            spot = plot[1] + plot[3] * (1 - (level - low) / (high - low))
            painter.text(
                words.yuan(level), (x + 8, spot - 9, _LABELS - 16, 18), 12, "medium",
                theme.SOFT_INK, "right", smallest=10,
            )  # fmt: skip
        right, top = plot[0] + plot[2] + 5, people_top(base)
        for people in (0.0, top):
            spot = plot[1] + plot[3] * (1 - people / top * _PEOPLE_HIGH)
            painter.text(
                say("timeline.people", language, count=words.count(people)),
                (right, spot - 9, _RIGHT - 10, 18), 12, "medium", theme.DEEP_SKY, smallest=9.5,
            )  # fmt: skip

    def _curves(self, c, plot: Box, lines: list[Line], low: float, high: float) -> None:
        width, height = plot[2], plot[3]
        axis = Axis(self.study.tree.timeline, 0.0, width)
        for level in levels(low, high, int(height / 19)):
            at = height * (1 - (level - low) / (high - low))
            c.rect(0, min(height - 1, at), width, 1, (180, 140, 120, 150 if level == 0 else 60))
        nights = axis.x(self.study.tree.timeline.live_end)
        if axis.share < 1:
            c.rect(nights, 0, width - nights, height, (90, 70, 120, 22))
        first = lines[0]
        top = people_top(first)
        inside = [
            (axis.x(tick), height - here / top * height * _PEOPLE_HIGH)
            for tick, here in zip(first.ticks.tolist(), first.inside.tolist(), strict=True)
            if tick <= self.study.tree.timeline.live_end
        ]
        if len(inside) > 1:
            inside = thinned(inside, 1.2)
            c.polygon(
                [(inside[0][0], height), *inside, (inside[-1][0], height)],
                theme.rgba(theme.SKY, 80),
            )
        for number, line in enumerate(lines):
            points = [
                (axis.x(tick), height - (net - low) / (high - low) * height)
                for tick, net in zip(line.ticks.tolist(), line.net.tolist(), strict=True)
            ]
            if number == 0:
                c.stroke(thinned(points, 1.0), BASE_COLOUR, 2.8)
                continue
            # the other line is dashed, so that it reads without its colour
            xs, ys = np.array(points).T
            for left in np.arange(xs[0], xs[-1], 15.0):
                here = np.linspace(left, min(left + 10.0, xs[-1]), 6)
                c.stroke(list(zip(here, np.interp(here, xs, ys), strict=True)), OTHER_COLOUR, 2.8)

    def _legend(self, painter: Painter, language: str, base: Line, other: Line | None) -> None:
        x, y, width, _ = self.box
        left = x + 16
        entries = [(base, BASE_COLOUR, False)]
        if other is not None:
            entries.append((other, OTHER_COLOUR, True))
        for line, colour, dashed in entries:
            if dashed:
                painter.rect((left, y + 14, 7, 4), colour, 2)
                painter.rect((left + 11, y + 14, 7, 4), colour, 2)
            else:
                painter.rect((left, y + 14, 18, 4), colour, 2)
            text = say(
                "timeline.net_of", language, name=self.study.label(line.number, language),
                yuan=words.yuan(line.figures["net_sales"]),
            )  # fmt: skip
            wide = painter.text(
                text, (left + 24, y + 4, 300, 24), 14, "bold", theme.INK, may_truncate=True
            )
            left += wide + 46
        painter.rect((left, y + 11, 16, 10), theme.rgba(theme.SKY, 150), 3)
        painter.text(
            say("timeline.inside", language), (left + 22, y + 4, x + width - left - 36, 24),
            13, "medium", theme.SOFT_INK,
        )  # fmt: skip

    def _lanes(self, painter: Painter, language: str, axis: Axis, top: float, line: Line) -> None:
        x = self.box[0]

        def draw(c) -> None:
            inner = Axis(self.study.tree.timeline, 0.0, axis.width)
            for row, (name, (ticks, counts)) in enumerate(line.lanes.items()):
                middle = row * 15 + 7
                c.rect(0, middle, axis.width, 1, (180, 140, 120, 70))
                for tick, count in zip(ticks.tolist(), counts.tolist(), strict=True):
                    r = min(6.0, 2.2 + 1.1 * math.sqrt(count - 1))
                    c.circle(inner.x(tick), middle + 0.5, r, LANE_COLOURS[name])

        # one picture for all marks: a long evening has hundreds
        box = (axis.left, top, axis.width, len(LANES) * 15)
        painter.art(("debrief lanes", self.study.serial, line.number), box, draw, bleed=8)
        for row, name in enumerate(line.lanes):
            middle = top + row * 15 + 7
            painter.text(
                say(f"lane.{name}", language), (x + 6, middle - 9, _LABELS - 14, 18), 12,
                "medium", theme.SOFT_INK, "right", smallest=9.5,
            )  # fmt: skip

    def _ticks(self, painter: Painter, language: str, axis: Axis, y: float) -> None:
        timeline = self.study.tree.timeline
        minutes = (timeline.live_end - timeline.live_start) / _TICKS_A_MINUTE
        step = next((s for s in (1, 2, 5, 10, 15, 20, 30, 60) if minutes / s <= 8), 60)
        for minute in range(0, int(minutes), step):
            tick = timeline.live_start + minute * _TICKS_A_MINUTE
            at = axis.x(tick)
            painter.rect((at, y, 1.2, 4), theme.FAINT_INK)
            painter.text(
                timeline.clock(tick), (at - 26, y + 2, 52, 16), 12, "medium", theme.SOFT_INK,
                "center",
            )  # fmt: skip
        if axis.share < 1:
            left = axis.x(timeline.live_end)
            painter.text(
                say("timeline.nights", language, count=self.study.scenario.nights),
                (left + 4, y + 2, axis.left + axis.width - left - 4, 16), 12, "medium",
                theme.SOFT_INK, "center", smallest=9.5,
            )  # fmt: skip

    def _bands(
        self, painter: Painter, language: str, axis: Axis, line: Line, y: float, row: int
    ) -> None:
        label = self.study.label(line.number, language)
        painter.text(
            label, (self.box[0] + 6, y, _LABELS - 14, 21), 12, "bold",
            OTHER_COLOUR if row else BASE_COLOUR, "right", smallest=9, may_truncate=True,
        )  # fmt: skip
        for band in line.bands:
            left, right = axis.x(band.start), axis.x(band.stop)
            wide = max(2.0, right - left - 1)
            painter.rect((left, y, wide, 21), self.colour_of(band.tactic), 6 if wide > 14 else 1)
            name = self.name_of(band.tactic, language)
            band_name(painter, name, (left, y, wide, 21), 12.5)
        for tick, kind, _ in line.choices:
            at = axis.x(tick)
            size = 4.5
            if kind == "act" and self.study.tree.timeline.live_start <= tick:
                self._diamond(painter, at, y + 19, size)

    @staticmethod
    def _diamond(painter: Painter, x: float, y: float, size: float) -> None:
        def draw(c) -> None:
            corners = [(size, 0), (2 * size, size), (size, 2 * size), (0, size)]
            c.polygon(corners, "#FFFFFF")

        painter.art(("diamond", size), (x - size, y - size, 2 * size, 2 * size), draw)

    def _cursor(
        self, painter: Painter, language: str, axis: Axis, plot: Box, bottom: float, lines
    ) -> None:
        tick = self.cursor()
        at = axis.x(tick)
        painter.rect((at - 1, plot[1] - 2, 2, bottom - plot[1] - 2), theme.rgba(theme.INK, 190), 1)
        low, high = self._range(lines)
        for line, colour in zip(lines, (BASE_COLOUR, OTHER_COLOUR), strict=False):
            net, _ = line.at(tick)
            spot = plot[1] + plot[3] * (1 - (net - low) / (high - low))
            painter.rect((at - 6, spot - 6, 12, 12), "#FFFFFF", 6)
            painter.rect((at - 4.5, spot - 4.5, 9, 9), colour, 4.5)
        net, inside = lines[0].at(tick)
        text = say(
            "timeline.readout", language, clock=self.study.tree.timeline.clock(tick),
            yuan=words.yuan(net), inside=words.count(inside),
        )  # fmt: skip
        wide = painter.measure(text, 13, "bold") + 20
        left = min(max(plot[0], at - wide / 2), plot[0] + plot[2] - wide)
        # Above the curves, or below them where one of them is as high as that.
        ticks = [tick, *(axis.tick(left + wide * part / 6) for part in range(7))]
        highest = max(line.at(here)[0] for line in lines[:2] for here in ticks)
        above = plot[3] * (high - highest) / (high - low) > 34
        top = plot[1] + 2 if above else plot[1] + plot[3] - 26
        painter.rect((left, top, wide, 22), theme.rgba(theme.INK, 225), 11)
        painter.text(text, (left + 9, top, wide - 18, 22), 13, "bold", "#FFFFFF", "center")
