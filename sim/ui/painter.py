"""Draws in design units onto the window at its real pixel size.

The unit is chosen so that the window holds at least 1280 x 720 of them: a 4:3 projector gets the
same width and more height, a wide one more width.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from dataclasses import dataclass

import pygame

from sim.ui import text as lettering
from sim.ui import theme
from sim.ui.art.canvas import Canvas

PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED
Box = tuple[float, float, float, float]
# From this opacity on a sheet hides the words under it well enough to read its own.
_HIDES = 220
# How much taller than its box a line of large text may be; what stands out is white.
_TALLEST = 1.05


def unit_for(size: tuple[int, int]) -> float:
    """Pixels to the design unit for a window of this many pixels."""
    return min(size[0] / theme.DESIGN_WIDTH, size[1] / theme.DESIGN_HEIGHT)


@dataclass(frozen=True)
class _TextPlan:
    """Lines as (picture, x, y) from the box's corner in pixels; the width in design units."""

    lines: tuple[tuple[pygame.Surface, float, float], ...]
    width: float
    truncated: bool
    size: float  # design units


class PictureCache:
    """Finished pictures by key; the least recently used go first."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._pictures: OrderedDict[tuple, pygame.Surface] = OrderedDict()

    def get(self, key: tuple, make) -> pygame.Surface:
        """The picture at `key`, made by `make()` when it is not there yet."""
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = make()
            if len(self._pictures) > self._capacity:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end(key)
        return picture

    def learn(self, other: PictureCache) -> None:
        """Take over the pictures of another cache that are not here yet."""
        for key, picture in other._pictures.items():
            if key not in self._pictures and len(self._pictures) < self._capacity:
                self._pictures[key] = picture


class Painter:
    """A surface, its scale, and the caches that belong to this scale."""

    def __init__(self, surface: pygame.Surface, recorder: lettering.Recorder | None = None) -> None:
        self.recorder = recorder or lettering.Recorder()
        self.clock = 0.0
        self.still = False  # whether nothing may move but what tells something
        self.larger = 1.0  # how many times its size a text is where it has room
        self.texts = lettering.TextCache()
        self.pictures = PictureCache(1500)
        self._plans: dict[tuple, _TextPlan] = {}
        self.adopt(surface)

    def adopt(self, surface: pygame.Surface) -> None:
        """Draw on this surface from now on; caches are kept while the scale stays the same."""
        unit = unit_for(surface.get_size())
        if unit != getattr(self, "unit", None):
            self.texts = lettering.TextCache()
            self.pictures = PictureCache(1500)
            self._plans = {}
        self.surface = surface
        self.unit = unit
        self.width = surface.get_width() / unit
        self.height = surface.get_height() / unit

    def learn(self, other: Painter) -> bool:
        """Take over what another painter has made; nothing, and False, at another scale."""
        if other.unit != self.unit:
            return False
        self.pictures.learn(other.pictures)
        self._plans = {**other._plans, **self._plans}
        return True

    @property
    def sampling(self) -> float:
        """How many times too large pictures are drawn: less is enough on a fine screen."""
        return 3.0 if self.unit < 1.4 else 2.0 if self.unit < 2.4 else 1.5

    def design_point(self, pixel: tuple[float, float]) -> tuple[float, float]:
        """Where a pixel of the window lies in design units."""
        return pixel[0] / self.unit, pixel[1] / self.unit

    def pixels(self, box: Box) -> pygame.Rect:
        left, top = round(box[0] * self.unit), round(box[1] * self.unit)
        right = round((box[0] + box[2]) * self.unit)
        bottom = round((box[1] + box[3]) * self.unit)
        return pygame.Rect(left, top, max(1, right - left), max(1, bottom - top))

    # -- pictures ------------------------------------------------------------------------------
    def picture(self, key: tuple, width: float, height: float, draw) -> pygame.Surface:
        """A cached picture of this size in design units, drawn by `draw(canvas)` when new."""

        def make() -> pygame.Surface:
            canvas = Canvas.new(width, height, self.unit * self.sampling)
            draw(canvas)
            return canvas.finish(self.unit)

        return self.pictures.get((key, round(width, 2), round(height, 2)), make)

    def place(self, picture: pygame.Surface, x: float, y: float, alpha: float = 1.0) -> None:
        """Put a premultiplied picture with its top left corner at (x, y)."""
        spot = (round(x * self.unit), round(y * self.unit))
        if alpha >= 0.995:
            self.surface.blit(picture, spot, None, PREMULTIPLIED)
        elif alpha > 0.01:
            faded = picture.copy()
            level = int(alpha * 255)
            faded.fill((level, level, level, level), None, pygame.BLEND_RGBA_MULT)
            self.surface.blit(faded, spot, None, PREMULTIPLIED)

    def art(self, key: tuple, box: Box, draw, alpha: float = 1.0, bleed: float = 0.0) -> None:
        """Draw a cached picture into a box; `bleed` leaves room around it for shadows."""
        x, y, width, height = box

        def framed(canvas: Canvas) -> None:
            draw(canvas.at(bleed, bleed))

        picture = self.picture(key, width + 2 * bleed, height + 2 * bleed, framed)
        self.place(picture, x - bleed, y - bleed, alpha)

    # -- shapes --------------------------------------------------------------------------------
    def panel(
        self, box: Box, fill=theme.PAPER, radius: float = theme.RADIUS, shadow: int = 60,
        rim=(255, 255, 255, 150), opacity: int = 240,
    ) -> None:  # fmt: skip
        """A sheet of paper with rounded corners and a soft shadow."""
        fill = theme.rgba(fill, opacity) if theme.rgba(fill)[3] == 255 else theme.rgba(fill)

        def draw(c: Canvas) -> None:
            if shadow:
                c.shadow(0, 0, box[2], box[3], radius, 10, shadow, 0, 4)
            c.rect(0, 0, box[2], box[3], fill, radius)
            if rim:
                c.rect(0, 0, box[2], box[3], rim, radius, 1.2)

        self.art(("panel", fill, radius, shadow, rim), box, draw, bleed=24 if shadow else 0)
        if self.recorder.on and fill[3] >= _HIDES:
            self.recorder.cover(self.pixels(box))

    def rect(self, box: Box, fill, radius: float = 0.0, line: float = 0.0) -> None:
        """A flat rectangle with smooth corners."""
        fill = theme.rgba(fill)
        if not radius and not line and fill[3] == 255:
            self.surface.fill(fill, self.pixels(box))
            return

        def draw(c: Canvas) -> None:
            c.rect(0, 0, box[2], box[3], fill, radius, line)

        self.art(("rect", fill, radius, line), box, draw)

    def shaded(self, box: Box, top, bottom, radius: float = 0.0) -> None:
        """A rectangle shaded from top to bottom."""
        stops = ((0, theme.rgba(top)), (1, theme.rgba(bottom)))

        def draw(c: Canvas) -> None:
            c.shaded_rect(0, 0, box[2], box[3], stops, radius)

        self.art(("shaded", stops, radius), box, draw)

    def bar(self, box: Box, share: float, fill, track=theme.SAND) -> None:
        """A horizontal level from 0 to 1."""
        radius = box[3] / 2
        self.rect(box, track, radius)
        # Steps of half a unit keep the number of cached pictures small.
        width = round(max(0.0, min(1.0, share)) * box[2] * 2) / 2
        if width >= box[3]:
            top, bottom = theme.shade(fill, 0.2), theme.shade(fill, -0.06)
            self.shaded((box[0], box[1], width, box[3]), top, bottom, radius)
        elif width > 0:
            self.rect((box[0], box[1], box[3], box[3]), theme.shade(fill, 0.1), radius)

    def veil(self, colour=theme.INK, alpha: int = 120) -> None:
        """Darken everything drawn so far."""
        key = ("veil", theme.rgba(colour, alpha))
        size = self.surface.get_size()

        def make() -> pygame.Surface:
            layer = pygame.Surface(size, pygame.SRCALPHA)
            layer.fill(theme.rgba(colour, alpha))
            return layer.premul_alpha()

        self.surface.blit(self.pictures.get((*key, size), make), (0, 0), None, PREMULTIPLIED)

    # -- text ----------------------------------------------------------------------------------
    def measure(self, text: str, size: float, weight: str = "regular") -> float:
        """Width of one line in design units."""
        return lettering.measure(text, size * self.unit, weight) / self.unit

    def text_height(self, text: str, width: float, size: float, weight: str = "regular") -> float:
        """Height in design units that the text takes when wrapped to this width."""
        unit = self.unit
        set_ = lettering.set_text(text, width * unit, 1e6, size * unit, weight, 999)
        return len(set_.lines) * size * lettering.LINE_HEIGHT

    def text(
        self, text: str, box: Box, size: float = theme.BODY, weight: str = "regular",
        colour=theme.INK, align: str = "left", vertical: str = "middle", lines: int = 1,
        smallest: float | None = None, may_truncate: bool = False,
    ) -> float:  # fmt: skip
        """Set `text` into `box` and draw it; returns the width used in design units.

        It becomes smaller, down to `smallest` (80% of `size` when not given), before it is cut
        with an ellipsis. Only text that we do not write ourselves should need `may_truncate`.
        """
        if not text:
            return 0.0
        arguments = (text, box[2], box[3], size, weight, colour, align, vertical, lines, smallest)
        key = (self.larger, arguments)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) > 4000:
                self._plans.clear()
            plan = self._plans[key] = self._plan(*arguments)
        unit = self.unit
        left, top = box[0] * unit, box[1] * unit
        blit = self.surface.blit
        for picture, dx, dy in plan.lines:
            blit(picture, (round(left + dx), round(top + dy)), None, PREMULTIPLIED)
        if self.recorder.on:
            self._record(text, box, plan, may_truncate)
        return plan.width

    def _plan(
        self, text, wide, high, size, weight, colour, align, vertical, lines, smallest
    ) -> _TextPlan:
        unit = self.unit
        small = None if smallest is None else smallest * unit
        set_ = lettering.set_text(text, wide * unit, high * unit, size * unit, weight, lines, small)
        if self.larger > 1.0:
            # Never smaller than without: where there is no room, it stays as it was.
            # One line is set whatever its height, so a low box has to hold it back.
            wish = min(size * self.larger, high * _TALLEST / lettering.LINE_HEIGHT) * unit
            wish = max(wish, size * unit)
            large = lettering.set_text(
                text, wide * unit, high * unit, wish, weight, lines, size * unit
            )
            if not large.truncated and large.size > set_.size:
                set_ = large
        step = set_.size * lettering.LINE_HEIGHT
        spare = high * unit - step * len(set_.lines)
        top = {"top": 0.0, "bottom": spare}.get(vertical, spare / 2)
        placed, used = [], 0.0
        for i, line in enumerate(set_.lines):
            if not line:
                continue
            picture, rise = self.texts.get(line, set_.size, weight, theme.rgba(colour))
            width = lettering.measure(line, set_.size, weight)
            dx = {"center": 0.5, "right": 1.0}.get(align, 0.0) * (wide * unit - width)
            base = top + step * (i + 0.5) + lettering.baseline(set_.size, weight)
            placed.append((picture, dx, base - rise))
            used = max(used, width)
        return _TextPlan(tuple(placed), used / unit, set_.truncated, set_.size / unit)

    def _record(self, text: str, box: Box, plan: _TextPlan, may_truncate: bool) -> None:
        left, top = box[0] * self.unit, box[1] * self.unit
        drawn = None
        for picture, dx, dy in plan.lines:
            ink = pygame.Rect((round(left + dx), round(top + dy)), picture.get_size())
            drawn = ink if drawn is None else drawn.union(ink)
        if drawn is not None:
            allowed = pygame.Rect(
                int(left), int(top), int(box[2] * self.unit + 1), int(box[3] * self.unit + 1)
            )
            self.recorder.add(
                lettering.DrawnText(text, drawn, allowed, plan.truncated, may_truncate, plan.size)
            )

    @contextlib.contextmanager
    def exact_sizes(self):
        """Within it words get the size that is given, even in large text.

        For several lines that should stay of one size, and have been made larger by their own rule.
        """
        larger, self.larger = self.larger, 1.0
        try:
            yield larger
        finally:
            self.larger = larger

    def number(self, text: str, box: Box, size: float, colour=theme.INK, align="left") -> float:
        """A figure that people read at a glance: bold, one line."""
        return self.text(text, box, size, "bold", colour, align)
