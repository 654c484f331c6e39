"""Controls that only the debrief needs: a list that scrolls, coloured chips, small badges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim.ui import theme
from sim.ui.art import icons, people
from sim.ui.painter import PREMULTIPLIED, Box, Painter
from sim.ui.widgets.base import Widget, Words


@dataclass
class Place:
    """Where somebody is in a list: the row that is selected and the first one shown."""

    selected: int = 0
    top: int = 0


class ScrollList(Widget):
    """Rows of any height; the arrow keys, a click and the wheel move in it, Enter opens a row.

    count(): how many rows. height_of(painter, row, selected): design units.
    draw_row(painter, row, box, selected). opened(row): a row was pressed or Enter was.
    """

    def __init__(
        self, name: str, box: Box, place: Place, count: Callable[[], int], height_of: Callable,
        draw_row: Callable, opened: Callable | None = None, selected: Callable | None = None,
        tip: Words | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name, box)
        self.place, self.count, self.height_of = place, count, height_of
        self.draw_row, self.opened, self.selected = draw_row, opened, selected
        self._tip = tip
        self._shown: list[tuple[int, float, float]] = []

    def tip(self, language: str) -> str:
        return self._tip(language) if self._tip and self.hovered and not self.count() else ""

    def _select(self, row: int) -> None:
        count = self.count()
        if not count:
            return
        row = max(0, min(count - 1, row))
        changed = row != self.place.selected
        self.place.selected = row
        visible = [at for at, _, _ in self._shown]
        if visible and row > visible[-1]:
            self.place.top += row - visible[-1]
        self.place.top = min(self.place.top, row)
        if changed and self.selected is not None:
            self.selected(row)

    def key(self, key: int) -> bool:
        steps = {
            pygame.K_UP: -1, pygame.K_DOWN: 1, pygame.K_PAGEUP: -6, pygame.K_PAGEDOWN: 6,
            pygame.K_HOME: -100000, pygame.K_END: 100000,
        }  # fmt: skip
        if key not in steps or not self.count():
            return False
        self._select(self.place.selected + steps[key])
        return True

    def scroll(self, rows: int) -> None:
        """The wheel: move what is shown, not what is selected."""
        self.place.top = max(0, min(self.count() - 1, self.place.top + rows))

    def press(self, point=None):
        if point is None:
            row = self.place.selected
            return self.opened(row) if self.opened and row < self.count() else None
        for row, top, height in self._shown:
            if top <= point[1] < top + height:
                again = row == self.place.selected
                self._select(row)
                return self.opened(row) if self.opened and again else None
        return None

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        count = self.count()
        self.place.selected = max(0, min(self.place.selected, count - 1))
        self.place.top = max(0, min(self.place.top, count - 1))
        rows = self._fill(painter, count, height)
        # the selected row may have grown, so that it does not fit any more
        shown = [row for row, _ in rows]
        if shown and self.place.selected == shown[-1] + 1 and self.focused:
            self.place.top += 1
            rows = self._fill(painter, count, height)
        self._shown = []
        at = y
        wide = width - (10 if count > len(rows) else 0)
        for row, tall in rows:
            self._shown.append((row, at, tall))
            self.draw_row(painter, row, (x, at, wide, tall - 4), row == self.place.selected)
            if row == self.place.selected and self.focused:
                painter.rect((x - 2, at - 2, wide + 4, tall), theme.INK, 12, 2.2)
            at += tall
        if count > len(rows) and count:
            part = max(0.08, len(rows) / count)
            start = self.place.top / count * (1 - part) / max(1e-9, 1 - len(rows) / count)
            painter.rect((x + width - 6, y, 4, height), theme.SAND, 2)
            thumb = (x + width - 6, y + min(start, 1 - part) * height, 4, part * height)
            painter.rect(thumb, theme.FAINT_INK, 2)
        if count and not any(row == self.place.selected for row, _ in rows):
            self.focus_ring(painter, 12)

    def _fill(self, painter: Painter, count: int, height: float) -> list[tuple[int, float]]:
        rows, used = [], 0.0
        for row in range(self.place.top, count):
            tall = self.height_of(painter, row, row == self.place.selected)
            if used + tall > height + 4:
                break
            rows.append((row, tall))
            used += tall
        return rows


class Chips(Widget):
    """Coloured words of which one is chosen; they wrap into rows. Left and right move."""

    def __init__(
        self, name: str, box: Box, options: list, chosen: Callable, choose: Callable,
        size: float = theme.SMALL + 0.5, row: float = 30.0,
    ) -> None:  # fmt: skip
        """options: (value, words, colour or None) each."""
        super().__init__(name, box)
        self.options, self.chosen, self.choose = options, chosen, choose
        self.size, self.row = size, row
        self._spots: list[tuple[int, Box]] = []

    def _index(self) -> int:
        values = [value for value, _, _ in self.options]
        return values.index(self.chosen()) if self.chosen() in values else -1

    def key(self, key: int) -> bool:
        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            by = 1 if key == pygame.K_RIGHT else -1
            self.choose(self.options[(self._index() + by) % len(self.options)][0])
            return True
        return False

    def press(self, point=None):
        if point is None:
            return None
        for number, (x, y, width, height) in self._spots:
            if x <= point[0] < x + width and y <= point[1] < y + height:
                return self.choose(self.options[number][0])
        return None

    def spots(self, painter: Painter, language: str) -> list[tuple[int, Box]]:
        """Where each chip goes: as wide as its words, in as many rows as needed."""
        x, y, width, _ = self.box
        left, top, found = x, y, []
        for number, (_, words, _) in enumerate(self.options):
            wide = painter.measure(words(language), self.size, "bold") + 38
            if left + wide > x + width and left > x:
                left, top = x, top + self.row + 5
            found.append((number, (left, top, wide, self.row)))
            left += wide + 6
        return found

    def draw(self, painter: Painter, language: str) -> None:
        self._spots = self.spots(painter, language)
        on = self._index()
        for number, box in self._spots:
            _value, words, colour = self.options[number]
            chosen = number == on
            chip(painter, box, words(language), colour or theme.SOFT_INK, chosen, self.size)
            if self.focused and number == max(0, on):
                x, y, width, height = box
                painter.rect((x - 3, y - 3, width + 6, height + 6), theme.INK, 15, 2.2)


def chip(painter: Painter, box: Box, text: str, colour, on: bool, size: float) -> None:
    """Words on a coloured pill: full when on, outlined when not; a dot says so without colour."""
    x, y, width, height = box
    if on:
        painter.shaded(box, theme.shade(colour, 0.14), theme.shade(colour, -0.06), height / 2)
        painter.rect((x + 11, y + height / 2 - 4, 8, 8), "#FFFFFF", 4)
    else:
        painter.rect(box, (255, 255, 255, 200), height / 2)
        painter.rect(box, theme.rgba(colour, 150), height / 2, 1.4)
        painter.rect((x + 11, y + height / 2 - 4, 8, 8), colour, 4)
    painter.text(
        text, (x + 25, y, width - 34, height), size, "bold", "#FFFFFF" if on else theme.INK
    )


def little_person(painter: Painter, shopper: int, x: float, y: float, tall: float) -> None:
    """Somebody of the street, `tall` units high, with the feet at (x, y)."""
    pixels = tall * painter.unit
    key = ("debrief person", people.look_of(shopper), round(pixels))
    picture = painter.pictures.get(
        key, lambda: people.figure(people.look_of(shopper), 0, False, pixels)
    )
    foot = people.foot(pixels)
    spot = (round(x * painter.unit - foot[0]), round(y * painter.unit - foot[1]))
    painter.surface.blit(picture, spot, None, PREMULTIPLIED)


def badge(painter: Painter, x: float, y: float, mark: str, good: bool | None, size=22.0) -> None:
    """A small round sign: what it is about, and a check or a cross at its corner."""
    colour = theme.SOFT_INK if good is None else theme.GOOD if good else theme.POOR
    ink = theme.rgba(colour)

    def draw(c) -> None:
        r = size / 2
        c.circle(r, r, r, theme.mix(colour, "#FFFFFF", 0.82))
        c.circle(r, r, r, ink, 1.2)
        if mark in icons.MARKS:
            icons.mark(c, mark, r, r, r * 0.52, ink)
        if good is not None:
            c.circle(size - 4, size - 4, 5.4, "#FFFFFF")
            c.circle(size - 4, size - 4, 4.6, ink)
            icons.mark(c, "check" if good else "cross", size - 4, size - 4, 3.0, "#FFFFFF")

    painter.art(("badge", mark, good, size), (x, y, size, size), draw, bleed=3)


def sheet(painter: Painter, box: Box, radius: float = 16.0) -> None:
    """A lighter piece of paper on the cream one."""
    painter.rect(box, (255, 255, 255, 190), radius)


def title(painter: Painter, text: str, x: float, y: float, width: float, size=17.0) -> float:
    """The name of a part of a page."""
    return painter.text(text, (x, y, width, size * 1.5), size, "bold", theme.INK)


def note(
    painter: Painter, text: str, box: Box, lines: int = 1, colour=theme.SOFT_INK, align="left",
    vertical="middle", size: float = 14.0, smallest: float | None = 11.5,
) -> float:  # fmt: skip
    """A quiet sentence."""
    return painter.text(
        text, box, size, "medium", colour, align, vertical, lines=lines, smallest=smallest
    )


def quiet_page(
    painter: Painter, box: Box, mark: str, heading: str, text: str, share: float | None = None,
    trouble: bool = False,
) -> None:  # fmt: skip
    """What stands where there is nothing yet: a sign, a word and a sentence, perhaps a bar."""
    x, y, width, height = box
    middle, top = x + width / 2, y + max(6, height / 2 - 78)
    colour = theme.POOR if trouble else theme.ROSE
    r = 21 if height > 150 else 15
    spot = (middle - r, top, 2 * r, 2 * r)

    def draw(c) -> None:
        c.circle(r, r, r, theme.mix(colour, "#FFFFFF", 0.6))
        icons.mark(c, mark, r, r, r * 0.48, theme.rgba(theme.shade(colour, -0.3)))

    painter.art(("quiet", mark, trouble, r), spot, draw)
    wide = min(width - 24, 560)
    top += 2 * r + 6
    painter.text(heading, (middle - wide / 2, top, wide, 26), 17, "bold", theme.INK, "center")
    note(
        painter, text, (middle - wide / 2, top + 27, wide, 64), 3,
        theme.POOR if trouble else theme.SOFT_INK, "center", "top",
    )  # fmt: skip
    if share is not None:
        at = min(top + 92, y + height - 12)
        painter.bar((middle - 110, at, 220, 8), share, theme.CORAL)
