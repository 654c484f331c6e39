"""What each day of a campaign brought, told from its events and decisions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.model.layout import Origin, Relation
from sim.play.campaign_figures import CAMPAIGN_METRICS
from sim.play.figures import METRICS

# Over weeks these say little: the sum of all evenings a head, and who is talkative anyway.
_OF_AN_EVENING = {"watch_seconds", "commenter_ratio", "orders_after_5min"}
# The figures that tables of a campaign show, in order.
WEEKS_METRICS: tuple[str, ...] = (
    *(name for name in METRICS if name not in _OF_AN_EVENING),
    *CAMPAIGN_METRICS,
)
_FANS = int(Relation.FOLLOWER) | int(Relation.MEMBER)


@dataclass(frozen=True)
class LiveOfDay:
    """A live that was planned: its start, minutes, and the tactic it began with."""

    starts: str
    minutes: int
    tactic: str | None


@dataclass(frozen=True)
class DayRow:
    """One day, counted from 0. Money in yuan; `net` is what was ordered less what was refunded.

    followers, members  how many there were when the day was over
    tiers               growth tiers reached that morning (-1: lost); support: help began
    improved            what feedback added to the quality of the goods, all products together
    """

    day: int
    live: LiveOfDay | None
    notes: tuple[str, ...]
    care: tuple[int, int]
    net: float
    gross: float
    orders: int
    note_orders: int
    note_sales: float
    fan_sales: float
    visits: int
    reads: int
    delivered: int
    kept: int
    returned: int
    followed: int
    unfollowed: int
    joined: int
    left: int
    told_good: int
    told_bad: int
    reports: int
    notified: int
    clicks: int
    spent: float
    led: float
    improved: float
    tiers: tuple[int, ...]
    support: bool
    followers: int
    members: int


def day_rows(run) -> list[DayRow]:
    """Every day that has begun, in order; the days after the last one as well."""
    scenario, events = run.scenario, run.events()
    ends = run.phase == "finished"
    count = max(1, -(-run.tick // TICKS_PER_DAY))
    if not ends and run.timeline.is_morning(run.tick):
        count = run.tick // TICKS_PER_DAY
    if count == 0:
        return []
    day = np.minimum(events["tick"] // TICKS_PER_DAY, count - 1)
    kind = events["kind"]

    def counts(of: Kind, where=None) -> list[int]:
        chosen = kind == of if where is None else (kind == of) & where
        return np.bincount(day[chosen], minlength=count).tolist()

    def sums(of: Kind, name: str = "value", where=None) -> np.ndarray:
        chosen = kind == of if where is None else (kind == of) & where
        return np.bincount(day[chosen], events[name][chosen], minlength=count)

    flags = np.where(kind == Kind.ORIGIN, events["extra"], 0).astype(np.int64)
    gross = sums(Kind.ORIGIN) / 100
    refunds = sums(Kind.RETURN) / 100
    fans = sums(Kind.ORIGIN, where=(flags & _FANS) > 0) / 100
    led = sums(Kind.ORIGIN, where=(flags & int(Origin.PAID)) > 0) / 100
    note_sales, spent = sums(Kind.NOTE_ORDER) / 100, sums(Kind.PAID_CLICK) / 100
    improved = sums(Kind.IMPROVED, "extra")
    followed, unfollowed = counts(Kind.FOLLOW), counts(Kind.UNFOLLOW)
    joined, left = counts(Kind.JOIN_GROUP), counts(Kind.LEAVE_GROUP)
    room = run.world.state(0).rooms[0]
    followers = _levels(int(room["followers"]), followed, unfollowed)
    members = _levels(int(room["members"]), joined, left)
    tiers: dict[int, list[int]] = {}
    for at, tier in zip(day[kind == Kind.TIER], events["value"][kind == Kind.TIER], strict=True):
        tiers.setdefault(int(at), []).append(int(tier))
    support = set(day[kind == Kind.SUPPORT].tolist())
    columns = {
        "orders": counts(Kind.ORIGIN),
        "note_orders": counts(Kind.NOTE_ORDER),
        "visits": counts(Kind.ENTER),
        "reads": counts(Kind.READ),
        "delivered": counts(Kind.DELIVER),
        "kept": counts(Kind.KEEP),
        "returned": counts(Kind.RETURN),
        "told_good": counts(Kind.TELL, events["value"] > 0),
        "told_bad": counts(Kind.TELL, events["value"] < 0),
        "reports": counts(Kind.REPORT),
        "notified": counts(Kind.NOTIFIED),
        "clicks": counts(Kind.PAID_CLICK),
        "followed": followed, "unfollowed": unfollowed, "joined": joined, "left": left,
        "followers": followers, "members": members,
    }  # fmt: skip
    plans = plans_by_day(run)
    rows = []
    care = (0, 0)
    for d in range(count):
        plan = plans.get(d, {})
        care = plan.get("care", care)
        rows.append(
            DayRow(
                day=d, live=plan.get("live") if d < scenario.campaign.days else None,
                notes=tuple(plan.get("notes", ())), care=care,
                net=float(gross[d] - refunds[d]), gross=float(gross[d]),
                note_sales=float(note_sales[d]), fan_sales=float(fans[d]),
                spent=float(spent[d]), led=float(led[d]), improved=float(improved[d]),
                tiers=tuple(tiers.get(d, ())), support=d in support,
                **{name: int(values[d]) for name, values in columns.items()},
            )
        )  # fmt: skip
    return rows


def _levels(now: int, more: list[int], fewer: list[int]) -> list[int]:
    """How many there were at the end of each day, counted back from now."""
    levels, level = [], now
    for up, down in zip(reversed(more), reversed(fewer), strict=True):
        levels.append(level)
        level -= up - down
    return levels[::-1]


def plans_by_day(run) -> dict[int, dict]:
    """What was decided each morning: live, notes and care, by day."""
    days: dict[int, dict] = {}
    tactic = run.scenario.reference
    for tick, decision in run.decisions:
        at_dawn = tick % TICKS_PER_DAY == 0
        plan = days.setdefault(tick // TICKS_PER_DAY, {})
        if decision.kind == "set_tactic":
            tactic = decision.tactic
            live = plan.get("live")
            if at_dawn and live is not None:
                plan["live"] = LiveOfDay(live.starts, live.minutes, tactic)
        elif not at_dawn:
            continue
        elif decision.kind == "plan_live":
            plan["live"] = (
                LiveOfDay(decision.starts, decision.minutes, tactic) if decision.minutes else None
            )
        elif decision.kind == "publish_note":
            plan.setdefault("notes", []).append(decision.format)
        elif decision.kind == "care_for_group":
            plan["care"] = (decision.minutes, decision.messages)
    return days


def weeks_of(rows: list[DayRow], days: int) -> list[list[DayRow]]:
    """The days of the campaign in weeks; what comes after its last day belongs to the last week."""
    weeks = [rows[start : start + 7] for start in range(0, min(days, len(rows)), 7)]
    if weeks and len(rows) > days:
        weeks[-1] = rows[(len(weeks) - 1) * 7 :]
    return weeks


@dataclass(frozen=True)
class WeekSum:
    """What a week brought; 1 is the first. Days after the last one belong to the last week.

    followers  won less lost; fan_share: nan where nothing was ordered
    tactics    ids with which lives began, in order, each once
    """

    week: int
    first_day: int
    last_day: int
    net: float
    gross: float
    orders: int
    returned: int
    lives: int
    notes: int
    visits: int
    reads: int
    followers: int
    members: int
    fan_share: float
    spent: float
    tactics: tuple[str | None, ...]


def week_sums(rows: list[DayRow], days: int) -> list[WeekSum]:
    """The sums of each week of a campaign of so many days."""
    sums = []
    for number, week in enumerate(weeks_of(rows, days), start=1):
        gross = sum(row.gross for row in week)
        lives = [row.live for row in week if row.live is not None]
        sums.append(
            WeekSum(
                week=number, first_day=week[0].day + 1, last_day=min(week[-1].day + 1, days),
                net=sum(row.net for row in week), gross=gross,
                orders=sum(row.orders for row in week),
                returned=sum(row.returned for row in week), lives=len(lives),
                notes=sum(len(row.notes) for row in week),
                visits=sum(row.visits for row in week), reads=sum(row.reads for row in week),
                followers=sum(row.followed - row.unfollowed for row in week),
                members=week[-1].members,
                fan_share=sum(row.fan_sales for row in week) / gross if gross else float("nan"),
                spent=sum(row.spent for row in week),
                tactics=tuple(dict.fromkeys(live.tactic for live in lives)),
            )
        )  # fmt: skip
    return sums
