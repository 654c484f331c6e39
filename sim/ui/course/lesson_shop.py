"""A lesson as a shop on the map: its number, its name, its stars."""

from __future__ import annotations

from sim import wording
from sim.ui import theme
from sim.ui.course import map_art
from sim.ui.course.stars import draw_stars
from sim.ui.painter import Painter
from sim.ui.widgets.base import Widget

WIDTH, HEIGHT = 150.0, 172.0


class LessonShop(Widget):
    """Pressed, it is the one chosen; pressed again, it opens."""

    def __init__(self, name: str, foot, entry, place: int, chosen, is_next: bool, action) -> None:
        """foot: the point on the map where it stands."""
        super().__init__(name, (foot[0] - WIDTH / 2, foot[1] - 104, WIDTH, HEIGHT))
        self.entry, self.place, self.chosen, self.is_next = entry, place, chosen, is_next
        self.action = action

    def press(self, point=None):
        return self.action(self.place)

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, _ = self.box
        on = self.chosen() == self.place
        lit = on or self.hovered or self.focused
        if on:
            painter.rect((x + 4, y + 84, width - 8, 30), (255, 244, 214, 150), 15)
        rise = -3 if lit else 0
        number = self.entry.lesson.number
        painter.art(
            ("course shop", number, lit), (x + 15, y + rise, 120, 112),
            lambda c: map_art.shop(c, number - 1, lit), bleed=14,
        )  # fmt: skip
        badge = (x + width / 2 - 16, y + 2 + rise, 32, 32)
        painter.panel(badge, theme.CORAL if on else "#FFF6E4", 16, 90, None, 255)
        painter.text(
            str(number), badge, 17, "bold", "#FFFFFF" if on else theme.INK, "center", smallest=12
        )
        plate = (x, y + 112, width, 56)
        painter.panel(plate, "#FFFFFF" if lit else theme.PAPER, 13, 80, None, 250)
        painter.text(
            self.entry.scenario.title.text(language), (plate[0] + 8, plate[1] + 3, width - 16, 26),
            15, "bold", theme.INK, "center", smallest=10.5, may_truncate=True,
        )  # fmt: skip
        if self.entry.best:
            draw_stars(painter, self.entry.best, x + width / 2 - 31, plate[1] + 31)
        else:
            key = "next" if self.is_next else "played" if self.entry.played else "open"
            painter.text(
                wording.text(f"course_map.state.{key}", language),
                (plate[0] + 8, plate[1] + 29, width - 16, 22), 12.5,
                "bold" if self.is_next else "medium",
                theme.BRICK if self.is_next else theme.SOFT_INK, "center", smallest=9.5,
            )  # fmt: skip
        if self.is_next:
            painter.art(("next flag",), (x + width - 34, y - 12, 30, 44), _flag)
        self.focus_ring(painter, 16)


def _flag(c) -> None:
    c.rect(3, 2, 3, 42, "#7A4A3E", 1.5)
    c.shaded_polygon([(6, 3), (29, 10), (6, 19)], [(0, "#FF8A6A"), (1, "#E0503C")])
    c.circle(4.5, 3, 3, theme.MUSTARD)
