"""The people on the street as figures: where each walks, drawn in order of depth.

What is drawn is what was observed: one figure for each observed person outside a room, and the
others counted behind their room's window. Only the exact spot is invented here, from a fixed mix of
the shopper's number.
"""

from __future__ import annotations

import numpy as np

from sim.ui.art import people as art
from sim.ui.street.elbows import Elbows
from sim.ui.street.figures import FIGURE_HEIGHT
from sim.ui.street.geometry import StreetMap
from sim.ui.street.seating import Seating

STROLLING, READING, IN_ROOM, AT_DOOR = 1, 2, 3, 4
MOST_FIGURES = 360
_STROLL_SPEED = 0.030
_WALK_SPEED = 0.20
_FADE_SECONDS = 0.45
# Nearer than this strollers would stand behind the bar at the bottom of the window.
_NEAREST = 0.865
BUBBLE_SECONDS = 2.6


class Crowd:
    """Figures for one street."""

    def __init__(self) -> None:
        self.clock = 0.0
        self.version = 0  # changes whenever what is known of anybody may have changed
        self._look_again = 0.0
        self._set_arrays(0)
        self.seatings: dict[int, Seating] = {}
        self._ghosts: list[list[float]] = []
        self.carrying: set[int] = set()
        self.followed: int | None = None
        self._bubbles: dict[int, tuple[str, float]] = {}

    def _set_arrays(self, count: int) -> None:
        self.ids = np.zeros(count, np.int64)
        self.place = np.zeros(count, np.int64)
        self.host = np.zeros(count, np.int64)
        self.u, self.v = np.zeros(count), np.zeros(count)
        self.arrived = np.zeros(count, bool)
        self.patience = np.ones(count)
        self.queued = np.zeros(count)
        self.heading = np.ones(count)
        self.moving = np.zeros(count, bool)
        self._elbows = Elbows(count)
        self._parts: dict[int, np.ndarray] = {}
        self._looks: np.ndarray | None = None
        self._goals_known: tuple | None = None
        self._shown: np.ndarray | None = None
        self._resting: np.ndarray | None = None

    def part(self, salt: int) -> np.ndarray:
        """Each person's fixed number from 0 to 1 for this purpose; kept, not mixed every frame."""
        if salt not in self._parts:
            self._parts[salt] = art.part(self.ids, salt)
        return self._parts[salt]

    @property
    def looks(self) -> np.ndarray:
        """The number of each person's look."""
        if self._looks is None:
            self._looks = art.looks_of(self.ids)
        return self._looks

    # -- what the model says -------------------------------------------------------------------
    def forget(self) -> None:
        """Know nobody any more: whoever is observed next has been here all along."""
        self._set_arrays(0)
        self._ghosts.clear()
        self._bubbles.clear()
        for seating in self.seatings.values():
            seating.update([])

    def take(
        self,
        people: np.ndarray,
        hosts_of_cards: np.ndarray,
        street: StreetMap,
        at_once: bool = False,
    ) -> None:
        """Adopt an observation's `people`; newcomers enter, those gone fade out.

        hosts_of_cards: for each card of the street, the host in whose window it hangs
        at_once: whether all stand where they belong without walking there, as at first
        """
        self.version += 1
        people = people[people["place"] > 0]
        people = people[np.argsort(people["shopper"], kind="stable")]
        ids = people["shopper"].astype(np.int64)
        first = len(self.ids) == 0
        old_index = np.searchsorted(self.ids, ids)
        clipped = np.minimum(old_index, max(0, len(self.ids) - 1))
        known = (self.ids[clipped] == ids) if len(self.ids) else np.zeros(len(ids), bool)
        self._fade_out(ids, street)

        previous = (self.u, self.v, self.arrived, self.heading, self.place, self.host)
        self._set_arrays(len(ids))
        self.ids = ids
        self.place = people["place"].astype(np.int64)
        where = people["where"].astype(np.int64)
        if len(hosts_of_cards):
            cards = hosts_of_cards[np.clip(where, 0, len(hosts_of_cards) - 1)]
        else:
            cards = np.zeros(len(where), np.int64)
        self.host = np.where(self.place == READING, cards, where)
        self.patience = np.clip(people["patience"].astype(float), 0, 1)
        self.queued = self._queue_numbers()
        self.heading = np.where(art.part(ids, 3) < 0.5, -1.0, 1.0)
        if len(previous[0]):
            from_old = clipped[known]
            for mine, old in zip(
                (self.u, self.v, self.arrived, self.heading), previous, strict=False
            ):
                mine[known] = old[from_old]
            moved = np.ones(len(ids), bool)
            moved[known] = (previous[4][from_old] != self.place[known]) | (
                previous[5][from_old] != self.host[known]
            )
            self.arrived[moved] = False
            self._leave_door(known, clipped, previous, street)
            if at_once:
                # Who strolls on stays where they stroll; everybody else has a place of their own.
                known &= ~moved & (self.place == STROLLING)
        self._enter(~known, first or at_once, street)
        self._fill_seats(street)

    def _fade_out(self, ids: np.ndarray, street: StreetMap) -> None:
        gone = ~np.isin(self.ids, ids)
        outside = gone & ~(self.arrived & (self.place == IN_ROOM))
        for i in np.flatnonzero(outside)[:60]:
            self._ghosts.append([float(self.ids[i]), self.u[i], self.v[i], _FADE_SECONDS])

    def _leave_door(self, known, clipped, previous, street: StreetMap) -> None:
        """Who was inside a room and no longer is comes out of its door."""
        for i in np.flatnonzero(known & (self.place != IN_ROOM)):
            j = clipped[i]
            if previous[4][j] == IN_ROOM and previous[2][j]:
                self.u[i], self.v[i] = street.door(int(previous[5][j]))

    def _enter(self, new: np.ndarray, first: bool, street: StreetMap) -> None:
        ids = self.ids[new]
        lane = (art.part(ids, 1) * 2 - 1) * 0.9
        if first:
            # The street was alive before we looked: strollers are anywhere on it.
            # The R2 sequence (steps of the plastic number) spreads any number of them evenly.
            number = np.arange(len(ids))
            self.u[new] = ((0.5 + number * 0.7548776662466927) % 1.0 * 2 - 1) * 0.9
            self.v[new] = 0.03 + (_NEAREST - 0.03) * ((0.5 + number * 0.5698402909980532) % 1.0)
            goal_u, goal_v = self._goals(street)
            standing = new & (self.place != STROLLING)
            self.u[standing], self.v[standing] = goal_u[standing], goal_v[standing]
            self.arrived[new & (self.place == IN_ROOM)] = True
            return
        from_far = self.heading[new] > 0
        self.u[new] = lane * 0.8
        self.v[new] = np.where(from_far, 0.0, 1.06)

    def _queue_numbers(self) -> np.ndarray:
        numbers = np.zeros(len(self.ids))
        waiting = np.flatnonzero(self.place == AT_DOOR)
        seen: dict[int, int] = {}
        for i in waiting:
            host = int(self.host[i])
            numbers[i] = seen.get(host, 0)
            seen[host] = seen.get(host, 0) + 1
        return numbers

    def seat_anew(self, street: StreetMap) -> None:
        """The windows have changed: whoever sits behind one gets a seat in the new one at once."""
        self.seatings = {}
        self._fill_seats(street)

    def _fill_seats(self, street: StreetMap) -> None:
        """Give those who have reached a room a seat, and keep it while they stay."""
        for plot in street.plots:
            if not plot.has_room:
                continue
            seating = self.seatings.get(plot.host)
            if seating is None:
                seating = Seating(len(street.seats(plot.host)), plot.host)
                self.seatings[plot.host] = seating
            here = (self.place == IN_ROOM) & (self.host == plot.host) & self.arrived
            seating.followed = self.followed
            seating.update(self.ids[here].tolist())

    @property
    def people_per_head(self) -> int:
        """The most people that a head behind any window stands for."""
        return max((seating.per_head for seating in self.seatings.values()), default=1)

    # -- motion --------------------------------------------------------------------------------
    def _goals(self, street: StreetMap) -> tuple[np.ndarray, np.ndarray]:
        if self._goals_known is None or self._goals_known[0] is not street:
            self._goals_known = (street, *self._find_goals(street))
        return self._goals_known[1:]

    def _turning_points(self, who: np.ndarray) -> np.ndarray:
        """How far each walks before turning: everybody elsewhere, so that nobody bunches there."""
        near = _NEAREST - 0.22 * self.part(11)[who]
        far = 0.03 + 0.20 * self.part(13)[who]
        return np.where(self.heading[who] > 0, near, far)

    def _find_goals(self, street: StreetMap) -> tuple[np.ndarray, np.ndarray]:
        goal_u = (self.part(1) * 2 - 1) * 0.9
        goal_v = self._turning_points(np.ones(len(self.ids), bool))
        fraction, deep = self.part(4), self.part(5)
        for host in np.unique(self.host[self.place != STROLLING]):
            host = int(host)
            reading = (self.place == READING) & (self.host == host)
            if reading.any():
                # Side by side in a fixed order, with a little of their own in it.
                own = fraction[reading]
                across = (np.argsort(np.argsort(own)) + 0.2 + 0.6 * own) / len(own)
                goal_u[reading], goal_v[reading] = street.spot_before_window(
                    host, across, deep[reading]
                )
            inside = (self.place == IN_ROOM) & (self.host == host)
            if inside.any():
                goal_u[inside], goal_v[inside] = street.door(host)
            queue = (self.place == AT_DOOR) & (self.host == host)
            if queue.any():
                goal_u[queue], goal_v[queue] = street.queue_spot(host, self.queued[queue])
        return goal_u, goal_v

    def move(self, seconds: float, pace: float, street: StreetMap) -> None:
        """Let everybody walk for `seconds` of real time at `pace` times the usual speed."""
        self.clock += seconds
        self._ghosts = [[*g[:3], g[3] - seconds] for g in self._ghosts if g[3] > seconds]
        self._bubbles = {i: b for i, b in self._bubbles.items() if b[1] > self.clock}
        count = len(self.ids)
        if not count or pace <= 0:
            self.moving[:] = False
            return
        goal_u, goal_v = self._goals(street)
        strolling = self.place == STROLLING
        if self.clock > self._look_again or self._resting is None:
            # A stroller stops now and then to look around.
            self._look_again = self.clock + 0.1
            beat = np.floor(self.clock / 2.5 + self.part(6) * 7)
            self._resting = art.part(self.ids + beat.astype(np.int64) * 104729, 7) < 0.22
        paused = strolling & self._resting & (np.abs(self.u) <= 0.95)
        out = np.abs(self.u) > 0.97
        far = np.abs(self.v - goal_v) > 0.035
        goes_out = np.abs(goal_u) > 0.97
        # Along the kerb first, then across: nobody walks through a shop.
        kerb = 0.15 + 0.79 * self.part(10)
        step_u = np.where(goes_out & far, np.sign(goal_u) * kerb, goal_u)
        step_u = np.where(out & far, np.sign(self.u) * kerb, step_u)
        step_v = np.where(out & far, self.v, goal_v)
        speed = np.where(strolling & ~out, _STROLL_SPEED, _WALK_SPEED)
        speed = speed * (0.75 + 0.5 * self.part(9)) * pace * seconds
        speed[paused] = 0.0
        du, dv = (step_u - self.u) * 0.22, step_v - self.v
        gap = np.hypot(du, dv)
        share = np.where(gap > speed, speed / np.maximum(gap, 1e-9), 1.0)
        wander = strolling & ~out & ~paused
        du = np.where(wander, du * 0.7, du)
        self.u += (du * share) / 0.22
        self.v += dv * share
        self.moving = (gap > 0.004) & ~paused
        self._elbows.apart(self, street, seconds * min(pace, 2.5))
        turn = strolling & (np.abs(self.v - goal_v) < 0.02)
        if turn.any():
            self.heading[turn] *= -1
            goal_v[turn] = self._turning_points(turn)
        reached = (self.place == IN_ROOM) & (gap < 0.03) & ~self.arrived
        if reached.any():
            self.arrived |= reached
            self._shown = None
            self._fill_seats(street)

    def say(self, shopper: int, kind: str, seconds: float = BUBBLE_SECONDS) -> None:
        """Put a bubble over somebody for a while."""
        self._bubbles[int(shopper)] = (kind, self.clock + seconds)

    @property
    def bubbles(self) -> dict[int, str]:
        """The kind of bubble over each person who has one."""
        return {person: kind for person, (kind, _) in self._bubbles.items()}

    @property
    def fading(self) -> list[tuple[int, float, float, float]]:
        """(shopper, u, v, share left) of those who have just gone."""
        return [(int(g[0]), g[1], g[2], g[3] / _FADE_SECONDS) for g in self._ghosts]

    def bubble_of(self, shopper: int) -> str | None:
        found = self._bubbles.get(int(shopper))
        return found[0] if found else None

    # -- what is drawn -------------------------------------------------------------------------
    @property
    def outside(self) -> np.ndarray:
        """Mask of those who are drawn as figures."""
        return ~((self.place == IN_ROOM) & self.arrived)

    @property
    def people_per_figure(self) -> int:
        """How many people on the street each figure stands for."""
        return max(1, -(-int(self.outside.sum()) // MOST_FIGURES))

    def shown(self) -> np.ndarray:
        """Indices of the people who are drawn as figures now."""
        if self._shown is None:
            self._shown = self._find_shown()
        return self._shown

    def _find_shown(self) -> np.ndarray:
        outside = np.flatnonzero(self.outside)
        per = self.people_per_figure
        if per == 1:
            return outside
        order = np.argsort(art.mixed(self.ids[outside], 12), kind="stable")
        chosen = outside[order[: len(outside) // per]]
        followed = outside[self.ids[outside] == self.followed]
        if len(followed) and len(chosen) and followed[0] not in chosen:
            # Of those who share a figure it is the one who is followed who is seen.
            chosen[0] = followed[0]
        return np.sort(chosen)

    def follow(self, shopper: int | None) -> None:
        """Let this person be seen among those who share figures; the numbers stay the same."""
        self.followed = shopper
        self._shown = None

    def nearest(self, x: float, y: float, street: StreetMap, reach: float = 22.0) -> int | None:
        """The shopper whose figure is under a point given in design units."""
        shown = self.shown()
        if not len(shown):
            return None
        px, py, scale = street.place(self.u[shown], self.v[shown])
        middle = py - FIGURE_HEIGHT * scale * 0.5
        distance = np.hypot((px - x) * 1.5, middle - y)
        best = int(np.argmin(distance))
        return int(self.ids[shown[best]]) if distance[best] < reach else None

    def spot(self, shopper: int, street: StreetMap) -> tuple[float, float, float] | None:
        """(x, y, scale) of a shopper's feet, or None when not drawn as a figure."""
        i = int(np.searchsorted(self.ids, shopper))
        if i >= len(self.ids) or self.ids[i] != shopper or not self.outside[i]:
            return None
        return street.point(float(self.u[i]), float(self.v[i]))
