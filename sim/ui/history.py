"""What happened in a run, told from its events: the curves of the live and the days after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.ui import feed

TICKS_A_MINUTE = 6
TICKS_A_DAY = 8640


@dataclass(frozen=True)
class LiveHistory:
    """One entry a tick of the live: minutes since it began, people inside, orders and yuan so far,
    and the tactic in use (None for a mix of one's own).
    """

    minutes: list[float]
    viewers: list[int]
    orders: list[int]
    yuan: list[float]
    tactics: list[str | None]


@dataclass(frozen=True)
class Day:
    """Parcels of one day after the live, counted from 1."""

    day: int
    delivered: int
    kept: int
    returned: int


def live_history(run, until: int | None = None) -> LiveHistory:
    """The live of a run, up to tick `until`, its end or now."""
    start = run.live_start_tick
    end = min(run.tick, run.live_end_tick if until is None else until)
    ticks = np.arange(start, max(start, end))
    events = run.events()
    events = events[(events["host"] == 0) & (events["tick"] < end)]

    def so_far(kind: int, values=None) -> np.ndarray:
        chosen = events["kind"] == kind
        weights = None if values is None else events[values][chosen]
        counts = np.bincount(events["tick"][chosen], weights, minlength=max(1, end))
        return np.cumsum(counts)[start:end]

    inside = so_far(feed.ENTER) - so_far(feed.LEAVE)
    given = [(tick, d) for tick, d in run.decisions if d.kind in ("set_tactic", "set_mix")]
    tactics: list[str | None] = []
    now, next_ = run.scenario.reference, 0
    for tick in ticks.tolist():
        while next_ < len(given) and given[next_][0] <= tick:
            now, next_ = getattr(given[next_][1], "tactic", None), next_ + 1
        tactics.append(now)
    return LiveHistory(
        minutes=((ticks - start + 1) / TICKS_A_MINUTE).tolist(),
        viewers=np.maximum(inside, 0).astype(int).tolist(),
        orders=so_far(feed.ORDER).astype(int).tolist(),
        yuan=(so_far(feed.ORDER, "value") / 100).tolist(),
        tactics=tactics,
    )


def days_after(run) -> list[Day]:
    """Every day after the live that has begun, in order."""
    end = run.live_end_tick
    begun = 0 if run.tick <= end else 1 + (min(run.tick, run.end_tick) - end - 1) // TICKS_A_DAY
    # The street closes a little after the live, so the last day is a little longer.
    nights = run.scenario.nights
    begun = min(begun, nights)
    events = run.events()
    events = events[(events["host"] == 0) & (events["tick"] >= end)]
    number = np.minimum((events["tick"] - end) // TICKS_A_DAY, max(0, nights - 1))

    def a_day(kind: int) -> np.ndarray:
        return np.bincount(number[events["kind"] == kind], minlength=begun)

    delivered, kept, returned = a_day(feed.DELIVER), a_day(feed.KEEP), a_day(feed.RETURN)
    return [
        Day(i + 1, int(delivered[i]), int(kept[i]), int(returned[i]))
        for i in range(min(begun, len(delivered), len(kept), len(returned)))
    ]
