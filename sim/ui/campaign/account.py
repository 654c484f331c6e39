"""What each day of a campaign brought, for the window; told in sim.play.account."""

from sim.play.account import DayRow, LiveOfDay, day_rows, plans_by_day, weeks_of

__all__ = ["DayRow", "LiveOfDay", "day_rows", "plans_by_day", "weeks_of"]
