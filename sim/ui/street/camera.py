"""Follow one person: street or room drawn larger, and the part around them on the window.

Both are drawn at their larger size by a painter of its own, so that words stay sharp; only which
part of it is seen moves. Where the person is comes from what was observed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pygame

from sim.ui.painter import Painter
from sim.ui.street.crowd import AT_DOOR, IN_ROOM, READING
from sim.ui.street.rehearsal import Rehearsal
from sim.ui.street.view import StreetView

ZOOM = 1.35
# In the room both the host's head and the nearest row have to lie between the bars.
ROOM_ZOOM = 1.25
_BAR_ABOVE = 74.0
# A larger window would need a picture of the street that takes longer than a frame to draw.
_MOST_PIXELS = 2600 * 1500
_EASE_SECONDS = 0.55


@dataclass(frozen=True)
class Whereabouts:
    """place   strolling, reading, at_door, our_room, other_room or gone
    host       whose card, door or room it is; none on the open street
    spot       (x, y, scale) of the feet, or of the head behind a window, in design units
    """

    place: str
    host: int | None = None
    spot: tuple[float, float, float] | None = None


def whereabouts(view: StreetView, street, people, shopper: int) -> Whereabouts:
    """Where a person is, as observed: on the street, before a note, in a room, or gone."""
    rows = people[(people["shopper"] == shopper) & (people["place"] > 0)]
    if not len(rows):
        return Whereabouts("gone")
    place = int(rows[0]["place"])
    spot = view.crowd.spot(shopper, street)
    if place == IN_ROOM:
        host = int(rows[0]["where"])
        if spot is None:
            u, v = street.door(host)
            spot = view.head_of(shopper) or street.point(u, v)
        return Whereabouts("our_room" if host == 0 else "other_room", host, spot)
    if place == READING:
        return Whereabouts("reading", view.host_of_card(int(rows[0]["where"])), spot)
    if place == AT_DOOR:
        return Whereabouts("at_door", int(rows[0]["where"]), spot)
    return Whereabouts("strolling", None, spot)


class Camera:
    """Looks at the whole street or room, or closer at a part. `builder` makes the larger street."""

    def __init__(self, builder) -> None:
        self.builder = builder
        self.rehearsal = Rehearsal(scene_only=True)
        self._painters: dict[float, Painter] = {}
        self.zoom = ZOOM
        self._window: Painter | None = None
        self._centre: tuple[float, float] | None = None
        self.close = False

    def aim(
        self,
        painter: Painter,
        spot,
        seconds: float,
        left: float = 0.0,
        highest: float | None = None,
    ) -> None:
        """Turn towards a spot without haste.

        left: how much of the window a card covers there. highest: in our room, the height that has
        to stay below the bar, whoever is looked at.
        """
        self.zoom = zoom = ZOOM if highest is None else ROOM_ZOOM
        half_x, half_y = painter.width / 2 / zoom, painter.height / 2 / zoom
        x, y = spot[0] - left / 2 / zoom, spot[1] - 20 * spot[2]
        if highest is not None:
            y = min(y, highest - _BAR_ABOVE / zoom + half_y)
        goal = (
            min(max(x, half_x), painter.width - half_x),
            min(max(y, half_y), painter.height - half_y),
        )
        if self._centre is None:
            self._centre = goal
            return
        share = 1 - math.exp(-seconds / _EASE_SECONDS)
        self._centre = tuple(a + (b - a) * share for a, b in zip(self._centre, goal, strict=True))

    def rest(self) -> None:
        """Look at the whole street again."""
        self._centre, self.close = None, False

    def draw(self, painter: Painter, view: StreetView, language: str) -> bool:
        """Draw the street close by onto the window; False while its picture is not ready."""
        large = self._larger(painter)
        if large is None or not view.warm(large, self.builder):
            return False
        view.draw(large, language, builder=self.builder)
        return self._show(painter, large)

    def draw_room(self, painter: Painter, room, session, language: str, marked) -> bool:
        """Draw our room close by onto the window; False while its pictures are not ready."""
        large = self._larger(painter)
        if large is None:
            return False
        self.rehearsal.keep(large, session, language)
        if not self.rehearsal.ready(large):
            return False
        room.draw_scene(large, session, language, marked)
        return self._show(painter, large)

    def _show(self, painter: Painter, large: Painter) -> bool:
        left, top = self._corner(painter)
        part = (round(left * large.unit), round(top * large.unit), *painter.surface.get_size())
        painter.surface.blit(large.surface, (0, 0), part)
        self.close = True
        return True

    def on_street(self, point):
        """The place in the whole picture of a point on the window; design units."""
        if not self.close:
            return point
        left, top = self._corner(self._window)
        return left + point[0] / self.zoom, top + point[1] / self.zoom

    def on_window(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the whole picture is on the window now."""
        if not self.close:
            return x, y
        left, top = self._corner(self._window)
        return (x - left) * self.zoom, (y - top) * self.zoom

    def _corner(self, painter: Painter) -> tuple[float, float]:
        x, y = self._centre
        return x - painter.width / 2 / self.zoom, y - painter.height / 2 / self.zoom

    def _larger(self, painter: Painter) -> Painter | None:
        """The painter of the larger picture; none when there is nothing to look at closer."""
        self.close = False
        width, height = painter.surface.get_size()
        if self._centre is None or width * height > _MOST_PIXELS:
            return None
        self._window = painter
        zoom = self.zoom
        size = (math.ceil(width * zoom) + 1, math.ceil(height * zoom) + 1)
        large = self._painters.get(zoom)
        if large is None or large.surface.get_size() != size:
            if large is not None or not self._painters:
                # What was made for a window of another size goes.
                self.builder.forget()
            large = self._painters[zoom] = Painter(pygame.Surface(size))
        # The same street in the same units: only the number of pixels differs.
        large.unit, large.width, large.height = painter.unit * zoom, painter.width, painter.height
        large.clock, large.still, large.larger = painter.clock, painter.still, painter.larger
        return large
