"""Where everybody goes on the map: a lane for strollers, a plot a host, a grid of slots a zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.ui.street.geometry import MOST_SHOPS

STROLLING, READING, IN_ROOM, AT_DOOR = 1, 2, 3, 4
Box = tuple[float, float, float, float]
LEFT, TOP, RIGHT, BOTTOM = 236.0, 124.0, 18.0, 88.0  # what the panels around leave free
LANE_SHARE = 0.32  # most people stroll
HEADER = 26.0
_GAP = 10.0
LARGEST_DOT, SMALLEST_DOT = 11.0, 1.6
_FARTHER = MOST_SHOPS  # the number under which hosts without a plot are counted together


@dataclass(frozen=True)
class Grid:
    """A box filled with cells, row by row from its top left."""

    box: Box
    cell: float

    def spot(self, slots: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(x, y) of the middle of these cells."""
        across = max(1, int(self.box[2] / self.cell))
        x = self.box[0] + (slots % across + 0.5) * self.cell
        return x, self.box[1] + (slots // across + 0.5) * self.cell


def cell_for(box: Box, slots: int, largest: float) -> float:
    """The largest cell, at most `largest`, with which this many cells fit into the box."""
    cell = min(largest, box[2], box[3])
    while int(box[2] / cell) * int(box[3] / cell) < slots:
        cell *= 0.96
    return cell


class Plan:
    """The boxes of one window, in design units. `hosts` is how many there are, ours is 0."""

    def __init__(self, width: float, height: float, hosts: int, rooms: tuple[bool, ...]) -> None:
        self.area = (LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM)
        x, y, wide, high = self.area
        lane = wide * LANE_SHARE
        self.lane = (x + (wide - lane) / 2, y, lane, high)
        shown = min(hosts, MOST_SHOPS)
        rows = max(1, -(-shown // 2))
        each = (high - _GAP * (rows - 1)) / rows
        side = (wide - lane) / 2 - _GAP
        self.plots: dict[int, Box] = {}
        self.zones: dict[tuple[int, int], Box] = {}
        for host in range(shown):
            # As on the street: ours is nearest on the right, the others fill up from there.
            row, on_right = rows - 1 - host // 2, host % 2 == 0
            left = self.lane[0] + lane + _GAP if on_right else x
            box = self.plots[host] = (left, y + row * (each + _GAP), side, each)
            self._divide(host, box, on_right, rooms[host])
        # Whoever is with a host that has no plot stands at the far end, and is counted there.
        self.zones[_FARTHER, 0] = (self.lane[0] + 6, y + 4, lane - 12, 40.0)

    def _divide(self, host: int, plot: Box, on_right: bool, room: bool) -> None:
        """The zones of a plot, from the lane outwards: the door's queue, the window, the room."""
        parts = ((AT_DOOR, 0.13), (READING, 0.30), (IN_ROOM, 0.57)) if room else ((READING, 1.0),)
        left, top = plot[0] + 8, plot[1] + HEADER
        wide, high = plot[2] - 16, plot[3] - HEADER - 8
        used = 0.0
        for place, share in parts:
            span = share * wide
            start = left + used if on_right else left + wide - used - span
            self.zones[host, place] = (start + 2, top, span - 4, high)
            used += span

    def zone_of(self, place: np.ndarray, host: np.ndarray) -> np.ndarray:
        """A number for the zone of each person: host * 8 + place; 0 for the lane."""
        zone = host * 8 + place
        known = np.array([h * 8 + p for h, p in self.zones if p], np.int64)
        zone = np.where(np.isin(zone, known), zone, _FARTHER * 8)
        return np.where(place == STROLLING, 0, zone)

    def box_of(self, zone: int) -> Box:
        """The box of a zone other than the lane."""
        return self.zones[zone // 8, zone % 8]


def keep_slots(slots: np.ndarray, count: int) -> np.ndarray:
    """A slot for each of `count` people of a zone: -1 stands for none yet.

    Who has one keeps it unless too many slots lie empty before it.
    """
    slots = slots.copy()
    # A zone of few people has more slots to keep than people: the same limit serves both.
    limit = count + count // 6 + 4
    slots[slots >= limit] = -1
    without = np.flatnonzero(slots < 0)
    if len(without):
        free = np.ones(max(limit, len(slots)), bool)
        free[slots[slots >= 0]] = False
        slots[without] = np.flatnonzero(free)[: len(without)]
    return slots
