"""Everything the report of a campaign tells, simulated before a word of it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import Phrase
from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.model.planning import BuyTraffic, Restock
from sim.play.account import DayRow, WeekSum, day_rows, week_sums
from sim.play.batch import compare
from sim.play.branch import figures_of
from sim.play.branch_side import Side
from sim.report.ledger import Ledger, ledger

if TYPE_CHECKING:
    from sim.play.run import Run


@dataclass(frozen=True)
class Money:
    """Where the money came from and went, in yuan.

    goods   paid for what was bought again; traffic: for paid places
    rest    what else the account changed by: fees, parcels, what the platform still holds back
    """

    gross: float
    refunded: float
    goods: float
    traffic: float
    cash_before: float
    cash_now: float
    profit: float

    @property
    def rest(self) -> float:
        """The change of the account less all that is named."""
        named = self.gross - self.refunded - self.goods - self.traffic
        return self.cash_now - self.cash_before - named


@dataclass(frozen=True)
class WeeksReport:
    """What is told of a campaign.

    run        finished; played_out: whether the player did that, or it was lived on for them
    rivals     policy -> figures with the player's own crowd
    book       the ledger by rule
    formats    format -> how many notes of it were published
    verified, lesson   as in sim.report.html_gather.RunReport
    """

    run: Run
    played_out: bool
    figures: dict[str, float]
    days: list[DayRow]
    weeks: list[WeekSum]
    money: Money
    traffic: tuple[float, ...]
    restocked: Mapping[int, tuple[tuple[str, int], ...]]
    rivals: dict[str, dict[str, float]]
    book: Ledger
    formats: dict[str, int] = field(default_factory=dict)
    verified: bool | None = None
    lesson: Phrase | None = None
    met: bool = True


def gather_weeks(
    run: Run,
    *,
    verified: bool | None = None,
    lesson: Phrase | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> WeeksReport:
    """Simulates what a report compares a campaign with; progress(steps done, steps).

    KeyboardInterrupt, also from `progress`, goes through while the ledger is kept, and keeps what
    there is while the policies are compared.
    """
    scenario = run.scenario
    played_out = run.phase == "finished"
    whole = run if played_out else run.fork()
    whole.finish()
    policies = list(scenario.campaign.compare)
    steps = len(policies) + 1

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress(1 + done, 1 + total)

    if progress is not None:
        progress(0, steps)
    book = ledger(Side(whole))
    met = compare(scenario, policies, [run.seed], tell)
    days = day_rows(whole)
    formats: dict[str, int] = {}
    for day in days:
        for note in day.notes:
            formats[note] = formats.get(note, 0) + 1
    return WeeksReport(
        run=whole,
        played_out=played_out,
        figures=figures_of(whole),
        days=days,
        weeks=week_sums(days, scenario.campaign.days),
        money=_money(whole),
        traffic=_traffic(whole),
        restocked=_restocked(whole),
        rivals={
            name: {metric: float(values[0]) for metric, values in met.values[name].items()}
            for name in policies
            if met.seeds
        },
        book=book,
        formats=formats,
        verified=verified,
        lesson=lesson,
        met=bool(met.seeds),
    )


def _money(run: Run) -> Money:
    events = run.events()
    ordered = np.isin(events["kind"], (Kind.ORDER, Kind.NOTE_ORDER))
    returned, clicked = events["kind"] == Kind.RETURN, events["kind"] == Kind.PAID_CLICK
    costs = {product.id: product.cost_fen for product in run.scenario.host.products}
    bought = [decision for _, decision in run.decisions if isinstance(decision, Restock)]
    before = 0 if run.scenario.campaign is None else run.scenario.campaign.cash
    return Money(
        gross=float(events["value"][ordered].sum()) / 100.0,
        refunded=float(events["value"][returned].sum()) / 100.0,
        goods=sum(costs[one.product] * one.units for one in bought) / 100.0,
        traffic=float(events["value"][clicked].sum()) / 100.0,
        cash_before=float(before),
        cash_now=float(run.world.state(0).rooms[0]["cash"]) / 100.0,
        profit=run.campaign_report()["profit"],
    )


def _traffic(run: Run) -> tuple[float, ...]:
    """Yuan a day planned for paid places, day by day."""
    planned: list[float] = []
    budget = 0.0
    decided = [
        (tick // TICKS_PER_DAY, decision.budget / 100.0)
        for tick, decision in run.decisions
        if isinstance(decision, BuyTraffic)
    ]
    for day in range(run.timeline.days):
        budget = next((value for at, value in reversed(decided) if at <= day), budget)
        planned.append(budget)
    return tuple(planned)


def _restocked(run: Run) -> dict[int, tuple[tuple[str, int], ...]]:
    """(product, units) bought on each morning, by day from 0."""
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    for tick, decision in run.decisions:
        if isinstance(decision, Restock):
            day = tick // TICKS_PER_DAY
            found[day] = (*found.get(day, ()), (decision.product, decision.units))
    return found
