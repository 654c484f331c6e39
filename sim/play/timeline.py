"""When things begin and end in a scenario, in ticks from the street's opening."""

from __future__ import annotations

from dataclasses import dataclass

from sim.model import TICKS_PER_DAY, TICKS_PER_HOUR
from sim.model.town import live_ticks
from sim.scenario import Scenario, minutes_of


@dataclass(frozen=True)
class Timeline:
    """Ticks at which the live starts and ends, the street closes, and the last night is over."""

    opens_minute: int  # minute of the day at tick 0
    live_start: int
    live_end: int
    closes: int
    end: int

    @classmethod
    def of(cls, scenario: Scenario) -> Timeline:
        opens = minutes_of(scenario.street_hours.opens)
        start, end = live_ticks(scenario, scenario.live.starts, scenario.live.minutes)
        closes = (minutes_of(scenario.street_hours.closes) - opens) * 6
        nights = closes + scenario.nights * TICKS_PER_DAY
        # to the full hour, because parcels move then
        whole = -(-nights // TICKS_PER_HOUR) * TICKS_PER_HOUR + 1 if scenario.nights else closes
        return cls(opens, start, end, closes, whole)

    def clock(self, tick: int) -> str:
        """Time of day such as "20:13"."""
        minute = (self.opens_minute + tick // 6) % 1440
        return f"{minute // 60:02d}:{minute % 60:02d}"

    def day(self, tick: int) -> int:
        """1 on the day of the live."""
        return 1 + (self.opens_minute + tick // 6) // 1440
