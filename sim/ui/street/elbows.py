"""Nobody stands in another: people on the street who are too close drift apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.ui.street.geometry import StreetMap

if TYPE_CHECKING:
    from sim.ui.street.crowd import Crowd

_ELBOW_ROOM = 34.0
# A share of the people is looked after in each frame, so that no frame takes longer than others.
_TURNS = 4
# Design units a second: how fast two who stand in each other drift apart, and anybody at most.
_STRENGTH, _MOST = 75.0, 46.0
STROLLING, READING, AT_DOOR = 1, 2, 4


class Elbows:
    """Lets the people who are drawn drift apart; `count` is how many people there are.

    drift_x, drift_y   how fast each is being pushed, in design units a second
    """

    def __init__(self, count: int) -> None:
        self.drift_x, self.drift_y = np.zeros(count), np.zeros(count)
        self._turn = 0

    def apart(self, crowd: Crowd, street: StreetMap, seconds: float) -> None:
        """Let everybody drift for `seconds`, after looking anew whom some of them push."""
        everybody = crowd.shown()
        place = crowd.place[everybody]
        who = everybody[(place == STROLLING) | (place == READING) | (place == AT_DOOR)]
        if len(who) > 1:
            self._look(crowd, street, who)
        self._move(crowd, everybody[(place == STROLLING) | (place == READING)], seconds)

    def _look(self, crowd: Crowd, street: StreetMap, who: np.ndarray) -> None:
        self._turn = (self._turn + 1) % _TURNS
        mine = np.arange(self._turn, len(who), _TURNS)
        self.drift_x[who[mine]] = self.drift_y[who[mine]] = 0.0
        x, y, scale = (part.astype(np.float32) for part in street.place(crowd.u[who], crowd.v[who]))
        # They stand on the ground, which is seen at a slant.
        y = y * np.float32(1.5)
        room = (_ELBOW_ROOM * scale[mine]).astype(np.float32)
        across, down = x[mine, None] - x[None, :], y[mine, None] - y[None, :]
        apart = across * across
        apart += down * down
        near = apart < (room * room)[:, None]
        near[np.arange(len(mine)), mine] = False
        # The same as nonzero of the table, in a third of its time.
        me, other = divmod(np.flatnonzero(near), len(who))
        if not len(me):
            return
        dx, dy = across[me, other], down[me, other]
        gap = np.hypot(dx, dy)
        push = _STRENGTH * (room[me] - gap) / room[me] / np.maximum(gap, 1.0)
        for drift, along in ((self.drift_x, dx), (self.drift_y, dy)):
            total = np.bincount(me, push * along, len(mine))
            drift[who[mine]] = np.clip(total, -_MOST, _MOST)

    def _move(self, crowd: Crowd, who: np.ndarray, seconds: float) -> None:
        reading = crowd.place[who] == READING
        u, v = crowd.u[who], crowd.v[who]
        across = self.drift_x[who] * seconds * np.where(reading, 0.35, 1.0) / (112.0 + 112.0 * v)
        along = np.where(reading, 0.0, self.drift_y[who]) * seconds / 560.0
        crowd.u[who] = np.where(np.abs(u) <= 0.97, np.clip(u + across, -0.95, 0.95), u)
        # Whoever comes in from below the window is not pushed out of it again.
        crowd.v[who] = np.clip(v + along, 0.0, np.maximum(v, 0.9))
