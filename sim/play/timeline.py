"""When things begin and end in a scenario, in ticks from the street's opening."""

from __future__ import annotations

from dataclasses import dataclass

from sim.model import TICKS_PER_DAY, TICKS_PER_HOUR
from sim.model.town import live_ticks
from sim.scenario import Scenario, minutes_of


@dataclass(frozen=True)
class Timeline:
    """Ticks at which the live starts and ends, the street closes, and the last night is over.

    In a campaign the live is the usual one of the first day, and the street closes for good on the
    last of its days.
    """

    opens_minute: int  # minute of the day at tick 0
    live_start: int
    live_end: int
    closes: int
    end: int
    days: int = 1
    open_ticks: int = 0  # from opening to closing on each day

    @classmethod
    def of(cls, scenario: Scenario) -> Timeline:
        opens = minutes_of(scenario.street_hours.opens)
        start, end = live_ticks(scenario, scenario.live.starts, scenario.live.minutes)
        open_ticks = (minutes_of(scenario.street_hours.closes) - opens) * 6
        days = 1 if scenario.campaign is None else scenario.campaign.days
        closes = (days - 1) * TICKS_PER_DAY + open_ticks
        nights = closes + scenario.nights * TICKS_PER_DAY
        # to the full hour, because parcels move then
        whole = -(-nights // TICKS_PER_HOUR) * TICKS_PER_HOUR + 1 if scenario.nights else closes
        return cls(opens, start, end, closes, whole, days, open_ticks)

    def is_open(self, tick: int) -> bool:
        """Whether people may be on the street."""
        return tick < self.closes and tick % TICKS_PER_DAY < self.open_ticks

    def is_morning(self, tick: int) -> bool:
        """Whether a campaign's day is about to begin, so that it can be planned."""
        return self.days > 1 and tick % TICKS_PER_DAY == 0 and tick < self.closes

    def clock(self, tick: int) -> str:
        """Time of day such as "20:13"."""
        minute = (self.opens_minute + tick // 6) % 1440
        return f"{minute // 60:02d}:{minute % 60:02d}"

    def day(self, tick: int) -> int:
        """1 on the day of the live."""
        return 1 + (self.opens_minute + tick // 6) // 1440
