"""The whole street from far off: everybody is one dot, and nobody is left out.

Colour and shape both say where somebody is. Only the exact spot is invented.
"""

from __future__ import annotations

import functools

import numpy as np
import pygame

from sim import wording
from sim.ui import theme, words
from sim.ui.art.canvas import Canvas
from sim.ui.painter import Painter
from sim.ui.street.crowd import Crowd
from sim.ui.street.geometry import StreetMap
from sim.ui.street.map_plan import (
    AT_DOOR,
    HEADER,
    IN_ROOM,
    LARGEST_DOT,
    READING,
    SMALLEST_DOT,
    STROLLING,
    Grid,
    Plan,
    cell_for,
    keep_slots,
)

PLACES = (
    (STROLLING, "strolling", theme.DEEP_TEAL),
    (READING, "reading", theme.AMBER),
    (IN_ROOM, "in_room", theme.BRICK),
    (AT_DOOR, "at_door", theme.PLUM),
)
_EASE = 5.0  # a second; how fast a dot goes to its spot
_LANE_MARGIN = 8.0


@functools.lru_cache(200)
def _say(key: str, language: str) -> str:
    return wording.text(f"map.view.{key}", language)


def draw_dot(c: Canvas, place: int, size: float, colour) -> None:
    """A dot `size` across: round, square, diamond or triangle by the place."""
    middle, r = size / 2, size / 2
    if place == READING:
        c.rect(size * 0.08, size * 0.08, size * 0.84, size * 0.84, colour, size * 0.12)
    elif place == IN_ROOM:
        c.polygon([(middle, 0), (size, middle), (middle, size), (0, middle)], colour)
    elif place == AT_DOOR:
        c.polygon([(middle, 0), (size, size * 0.94), (0, size * 0.94)], colour)
    else:
        c.circle(middle, middle, r * 0.94, colour)


class MapView:
    """Draws the crowd of one street as dots. It knows what the crowd was told, never the model."""

    def __init__(self, scenario, crowd: Crowd, rooms: tuple[bool, ...]) -> None:
        self.scenario, self.crowd, self.rooms = scenario, crowd, rooms
        self.plan: Plan | None = None
        self.dots_drawn = 0
        self.counts: dict[int, int] = dict.fromkeys((1, 2, 3, 4), 0)
        self.here: dict[int, int] = {}  # people with each host that has a plot
        self._plan_for: tuple | None = None
        self._taken: np.ndarray | None = None
        self.ids = np.zeros(0, np.int64)
        self.zone, self.slot = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.x, self.y = np.zeros(0), np.zeros(0)
        self._goal_x, self._goal_y = np.zeros(0), np.zeros(0)
        self._strolling = np.zeros(0, bool)
        self.dot = LARGEST_DOT
        self._sprites: dict[tuple, pygame.Surface] = {}

    # -- where everybody goes ------------------------------------------------------------------
    def plan_for(self, width: float, height: float) -> Plan:
        """The plan for a window of this many design units."""
        if self._plan_for != (width, height):
            self._plan_for = (width, height)
            self.plan = Plan(width, height, len(self.scenario.hosts), self.rooms)
            self._taken = None
        return self.plan

    def start(self) -> None:
        """Let the dots set out from where the figures stand on the street."""
        self.ids = np.zeros(0, np.int64)
        self._taken = None

    def take(self, street: StreetMap) -> None:
        """Adopt the crowd's people; does nothing while they are the same as before."""
        crowd = self.crowd
        plan = self.plan_for(street.width, street.height)
        if self._taken is crowd.ids:
            return
        ids, place = crowd.ids, crowd.place
        zone = plan.zone_of(place, crowd.host)
        # Newcomers set out from where their figure is on the street.
        x, y, _ = street.place(crowd.u, crowd.v)
        x, y = np.array(x, float), np.array(y, float)
        slot = np.full(len(ids), -1, np.int64)
        if len(self.ids) and len(ids):
            rows = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
            known = self.ids[rows] == ids
            x[known], y[known] = self.x[rows[known]], self.y[rows[known]]
            stays = known & (self.zone[rows] == zone)
            slot[stays] = self.slot[rows[stays]]
        self.ids, self.zone, self.slot, self.x, self.y = ids, zone, slot, x, y
        self._goal_x, self._goal_y = x.copy(), y.copy()
        self._strolling = place == STROLLING
        self.counts = {number: int((place == number).sum()) for number, _, _ in PLACES}
        hosts, numbers = np.unique(zone[~self._strolling] // 8, return_counts=True)
        self.here = dict(zip(hosts.tolist(), numbers.tolist(), strict=True))
        self._find_goals(plan)
        self._taken = crowd.ids

    def _find_goals(self, plan: Plan) -> None:
        zones = [int(zone) for zone in np.unique(self.zone) if zone]
        members = {zone: np.flatnonzero(self.zone == zone) for zone in zones}
        cell = LARGEST_DOT * 1.35
        lane = plan.lane[2] * plan.lane[3]
        # On the lane people walk about, so a dot needs three times its own space there.
        cell = min(cell, (lane / 3 / max(1, int(self._strolling.sum()))) ** 0.5)
        for zone, rows in members.items():
            self.slot[rows] = keep_slots(self.slot[rows], len(rows))
            cell = min(cell, cell_for(plan.box_of(zone), int(self.slot[rows].max()) + 1, cell))
        # One size for all, so that a full room looks as full as it is.
        self.dot = max(SMALLEST_DOT, cell / 1.35)
        for zone, rows in members.items():
            spots = Grid(plan.box_of(zone), cell).spot(self.slot[rows])
            self._goal_x[rows], self._goal_y[rows] = spots

    def move(self, seconds: float, street: StreetMap, still: bool = False) -> None:
        """Let the dots go towards their spots; `still` puts them there at once."""
        self.take(street)
        if not len(self.ids):
            return
        left, top, wide, high = self.plan.lane
        strolling, crowd = self._strolling, self.crowd
        across = np.clip(crowd.u[strolling], -1, 1) * (wide / 2 - _LANE_MARGIN)
        self._goal_x[strolling] = left + wide / 2 + across
        along = np.clip(crowd.v[strolling], 0, 1)
        self._goal_y[strolling] = top + _LANE_MARGIN + along * (high - 2 * _LANE_MARGIN)
        share = 1.0 if still else 1.0 - float(np.exp(-_EASE * seconds))
        self.x += (self._goal_x - self.x) * share
        self.y += (self._goal_y - self.y) * share
        self._stay_inside()

    def _stay_inside(self) -> None:
        """Nobody is drawn outside of where they are, however fast they came from elsewhere."""
        half = self.dot / 2
        for zone in np.unique(self.zone).tolist():
            rows = self.zone == zone
            left, top, wide, high = self.plan.box_of(zone) if zone else self.plan.lane
            self.x[rows] = np.clip(self.x[rows], left + half, left + wide - half)
            self.y[rows] = np.clip(self.y[rows], top + half, top + high - half)

    def nearest(self, x: float, y: float, reach: float = 9.0) -> int | None:
        """The shopper whose dot is under a point in design units."""
        if not len(self.ids):
            return None
        distance = np.hypot(self.x - x, self.y - y)
        best = int(np.argmin(distance))
        return int(self.ids[best]) if distance[best] <= reach else None

    def spot(self, shopper: int) -> tuple[float, float] | None:
        """(x, y) of somebody's dot, or None when they are not on the street."""
        i = int(np.searchsorted(self.ids, shopper))
        if i >= len(self.ids) or self.ids[i] != shopper:
            return None
        return float(self.x[i]), float(self.y[i])

    # -- drawing -------------------------------------------------------------------------------
    def draw(self, painter: Painter, away: int, language: str) -> None:
        """The map over the whole window; `away`: how many people are not on the street."""
        plan = self.plan_for(painter.width, painter.height)
        painter.surface.blit(self._ground(painter, plan), (0, 0))
        for host, box in plan.plots.items():
            self._title(painter, host, box, language)
        self._dots(painter)
        self._legend(painter, away, language)

    def _ground(self, painter: Painter, plan: Plan) -> pygame.Surface:
        def make() -> pygame.Surface:
            wide, high = painter.width, painter.height
            drawn = painter.picture(("map",), wide, high, lambda c: self._draw_ground(c, plan))
            ground = drawn.convert(painter.surface)
            ground.blit(drawn, (0, 0))
            return ground

        key = ("map", painter.surface.get_size(), self.rooms)
        return painter.pictures.get(key, make)

    def _draw_ground(self, c: Canvas, plan: Plan) -> None:
        wide, high = self._plan_for
        c.shaded_rect(0, 0, wide, high, [(0, "#F6CDA6"), (1, "#EBB088")])
        left, top, lane, tall = plan.lane
        c.shadow(left, top - 4, lane, tall + 8, 22, 8, 60, 0, 3)
        c.shaded_rect(left, top - 4, lane, tall + 8, [(0, "#FBEAD2"), (1, "#F6DDBD")], 22)
        for i in range(1, 12):
            y = top + tall * i / 12
            c.line((left + lane / 2 - 9, y), (left + lane / 2 + 9, y), "#E9C9A2", 1.6)
        for host, box in plan.plots.items():
            x, y, width, height = box
            c.shadow(x, y, width, height, 16, 8, 70, 0, 3)
            c.rect(x, y, width, height, "#FFF8EC", 16)
            if host == 0:
                c.rect(x, y, width, height, theme.MUSTARD, 16, 3)
            for place, _, colour in PLACES:
                zone = plan.zones.get((host, place))
                if zone is not None:
                    tint = theme.rgba(theme.mix(colour, "#FFF8EC", 0.86))
                    c.rect(zone[0] - 1, zone[1] - 2, zone[2] + 2, zone[3] + 4, tint, 6)

    def _title(self, painter: Painter, host: int, box, language: str) -> None:
        x, y, width, _ = box
        name = self.scenario.hosts[host].name.text(language)
        weight = "bold" if host == 0 else "medium"
        high, room = HEADER - 3, width - 24
        used = painter.text(
            name, (x + 12, y + 1, room * 0.62, high), 15, weight, theme.INK, smallest=11,
            may_truncate=True,
        )  # fmt: skip
        if host == 0:
            mine = (x + 20 + used, y + 1, room * 0.9 - used - 60, high)
            ours = words.say("street.ours", language)
            painter.text(ours, mine, theme.SMALL, "medium", theme.BRICK, smallest=10)
        here = words.count(self.here.get(host, 0))
        painter.text(here, (x + width - 70, y + 1, 58, high), 15, "bold", theme.INK, "right")

    def _dots(self, painter: Painter) -> None:
        self.dots_drawn = 0
        size = max(2, round(self.dot * painter.unit))
        unit = painter.unit
        batch = []
        places = self.crowd.place if self._taken is self.crowd.ids else None
        if places is None or not len(self.ids):
            return
        lefts = np.round(self.x * unit - size / 2).astype(np.int64)
        tops = np.round(self.y * unit - size / 2).astype(np.int64)
        for place, _, colour in PLACES:
            rows = places == place
            sprite = self._sprite(place, size, colour)
            spots = zip(lefts[rows].tolist(), tops[rows].tolist(), strict=True)
            batch += [(sprite, spot) for spot in spots]
        painter.surface.fblits(batch, pygame.BLEND_PREMULTIPLIED)
        self.dots_drawn = len(batch)

    def _sprite(self, place: int, pixels: int, colour) -> pygame.Surface:
        key = place, pixels
        if key not in self._sprites:
            c = Canvas.new(pixels, pixels, 4)
            draw_dot(c, place, pixels, colour)
            self._sprites[key] = c.finish(1)
        return self._sprites[key]

    def _legend(self, painter: Painter, away: int, language: str) -> None:
        x, y, width = 18.0, 76.0, 204.0
        painter.panel((x, y, width, 224), theme.PAPER, 16, 60, opacity=240)
        inner = width - 28
        heading = (x + 14, y + 8, inner, 26)
        painter.text(_say("heading", language), heading, theme.BODY, "bold", smallest=12)
        scale = (x + 14, y + 34, inner, 24)
        painter.text(_say("one_dot", language), scale, 15, "bold", theme.BRICK)
        for i, (place, name, colour) in enumerate(PLACES):
            top = y + 62 + i * 26

            def sign(c, place=place, colour=colour) -> None:
                draw_dot(c, place, 12, colour)

            painter.art(("map sign", place), (x + 16, top + 7, 12, 12), sign)
            box = (x + 38, top, inner - 78, 26)
            painter.text(_say(name, language), box, 14, "medium", smallest=11)
            number = words.count(self.counts[place])
            painter.text(number, (x + 130, top, width - 144, 26), 15, "bold", theme.INK, "right")
        total = words.count(sum(self.counts.values()))
        line = wording.text("map.view.total", language, count=total)
        painter.text(line, (x + 14, y + 168, inner, 24), 15, "bold", smallest=12)
        line = wording.text("map.view.away", language, count=words.count(away))
        box = (x + 14, y + 192, inner, 22)
        painter.text(line, box, theme.SMALL, "regular", theme.SOFT_INK, smallest=11)
