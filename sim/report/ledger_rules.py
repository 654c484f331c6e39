"""What the rules of the model say each loss came from.

Every number here is the model's own: parts of a shortfall and of trust are taken by asking the rule
again without one ingredient (sim.play.branch_again, sim.play.branch_account).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from sim.model import TICKS_PER_DAY
from sim.model.acts import Act
from sim.model.decisions import PLAYED
from sim.model.events import Kind, LeaveReason
from sim.model.layout import OrderStatus
from sim.play.branch_account import TRUST_PARTS
from sim.play.branch_side import Side, Visit
from sim.report.ledger_charge import Charge
from sim.report.ledger_hosting import TEACHING, Hosting, act_name
from sim.report.ledger_weeks import lost_between

# Trust lost below this is not worth a word.
_LITTLE_TRUST = 0.005
# Seconds of patience below which no annoyance is named.
_LITTLE_PATIENCE = 10.0
_FEELINGS = {"pressure": Act.COUNTDOWN, "excitement": Act.HYPE}
# (number among TRUST_PARTS, cause, act)
_PRESSED = (
    (TRUST_PARTS.index("pressure"), "pressure", Act.COUNTDOWN),
    (TRUST_PARTS.index("trick"), "trick", Act.MARK_UP_THEN_CUT),
)
_TRUST_CAUSES = {
    "pressure": "pressure", "trick": "trick", "ignored": "unanswered", "missed": "missed_offer",
}  # fmt: skip


class Book:
    """Makes charges for one watched run."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.hosting = Hosting(side)
        scenario = side.run.scenario
        self.goods = [product.name for product in scenario.host.products]
        self.titles = {name: tactic.title for name, tactic in scenario.tactics.items()}

    # -- making a charge -------------------------------------------------------------------
    def charge(
        self,
        kind: str,
        cause: str,
        tick: int,
        act: int | None,
        shopper: int,
        evidence: Iterable[int],
        *,
        product: int = -1,
        fen: int = 0,
        order: int | None = None,
        since: int | None = None,
        alone: bool = True,
    ) -> Charge:
        """A charge with what was in force at its tick."""
        segment = None
        if act is not None and self.hosting.lives:
            # what happens as the room closes belongs to its last minute
            last = self.hosting.live(tick).end - 1
            segment = self.hosting.segment(min(tick, last))
        tactic = segment.tactic if segment is not None else None
        names: dict[str, Any] = {"product": self.goods[product] if product >= 0 else None}
        names["tactic"] = self.titles.get(tactic) if tactic is not None else None
        day = None
        if self.side.run.scenario.campaign is not None:
            day = tick // TICKS_PER_DAY + 1
            names["later"] = not self.hosting.in_live(tick)
        else:
            names["later"] = tick > self.side.run.timeline.live_end
        minute = self.hosting.minute(tick)
        return Charge(
            kind, cause, tick, minute, minute if since is None else self.hosting.minute(since),
            act_name(act), tactic, None if segment is None else segment.number, shopper, product,
            fen, tuple(sorted(evidence)), order, alone, names, day=day,
        )  # fmt: skip

    def numbers(self, shopper: int, tick: int, *kinds: Kind) -> list[int]:
        """Numbers of a shopper's events of some kinds in a tick."""
        events = self.side.events
        return [
            int(n)
            for n in self.side.numbers_of(shopper)
            if events[n]["tick"] == tick and events[n]["kind"] in kinds
        ]

    def presence(self, shopper: int, last: int) -> np.ndarray:
        """Ticks of the stay in our room that a tick belongs to, up to and with it."""
        rows, _ = self.side.rows_of(shopper)
        ticks = rows["tick"][(rows["tick"] <= last) & ((rows["began"] | rows["inside"]) == 1)]
        if not len(ticks):
            return ticks
        breaks = np.flatnonzero(np.diff(ticks) > 1)
        return ticks[breaks[-1] + 1 :] if len(breaks) else ticks

    # -- returns ---------------------------------------------------------------------------
    def returns(self) -> Iterator[Charge]:
        """A charge for every parcel of ours that came back."""
        for number, order in enumerate(self.side.witness.orders):
            ours = self.side.witness.world.town.products[int(order["product"])]["host"] == PLAYED
            if ours and order["status"] == OrderStatus.RETURNED:
                yield self._return(number, order)

    def parts_of_return(self, order: np.void) -> tuple[dict[str, float], dict[str, bool]]:
        """(part of the shortfall, whether it would have been kept without that part) by cause."""
        again = self.side.again
        changes = {
            "pressure": {"pressure": 0.0},
            "excitement": {"arousal": 0.0},
            "trick": {"trick": 0.0},
            "not_known": {"expectation": again.knowing_all(order)},
        }
        full, _ = again.parcel(order)
        parts, kept = {}, {}
        for cause, change in changes.items():
            shortfall, back = again.parcel(order, **change)
            parts[cause], kept[cause] = full - shortfall, not back
        return parts, kept

    def _return(self, number: int, order: np.void) -> Charge:
        shopper, product = int(order["shopper"]), int(order["product"])
        parts, kept = self.parts_of_return(order)
        felt = {cause: part for cause, part in parts.items() if part > 0.0}
        needed = {cause: part for cause, part in felt.items() if kept[cause]}
        changed = {"pressure": 0.0, "arousal": 0.0, "trick": 0.0}
        if felt.get("not_known"):
            changed["expectation"] = self.side.again.knowing_all(order)
        together = not self.side.again.parcel(order, **changed)[1]
        ordered = int(order["tick"])
        evidence = self.numbers(shopper, ordered, Kind.ORDER)
        for kind in (Kind.DELIVER, Kind.RETURN):
            events = self.side.events
            evidence += [
                int(n)
                for n in self.side.numbers_of(shopper)
                if events[n]["kind"] == kind and events[n]["product"] == product
            ]
        about = {"product": product, "fen": int(order["paid"]), "order": number}
        choice = needed or (felt if together else {})
        if not choice:
            return self.charge("return", "chance", ordered, None, shopper, evidence, **about)
        cause = max(choice, key=choice.get)
        tick, since, act = self._act_behind(cause, shopper, product, ordered)
        return self.charge(
            "return", cause, tick, act, shopper, evidence, since=since, alone=bool(needed), **about
        )

    def _act_behind(
        self, cause: str, shopper: int, product: int, ordered: int
    ) -> tuple[int, int | None, int | None]:
        """(tick, first tick, act) that a cause of a return came from."""
        stay = self.presence(shopper, ordered)
        if cause in _FEELINGS:
            act = _FEELINGS[cause]
        elif cause == "trick":
            act = Act.MARK_UP_THEN_CUT
            rows, _ = self.side.rows_of(shopper)
            shown = (rows["product"] == product) & (rows["tick"] <= ordered)
            stay = rows["tick"][shown & (rows["began"] == 1)]
        else:
            act = self.hosting.busiest(stay.tolist(), TEACHING)
            if act is None:
                return ordered, None, None
        ticks = [int(tick) for tick in stay if self.side.share(int(tick), act) > 0.0]
        return (ticks[-1], ticks[0], act) if ticks else (ordered, None, None)

    # -- followers -------------------------------------------------------------------------
    def lost_followers(self, returns: Iterable[Charge]) -> Iterator[Charge]:
        """A charge for every time somebody stopped following us."""
        charged = {(charge.shopper, charge.product): charge for charge in returns}
        events = self.side.events
        for number in np.flatnonzero(events["kind"] == Kind.UNFOLLOW):
            tick, shopper = int(events[number]["tick"]), int(events[number]["shopper"])
            back = self.numbers(shopper, tick, Kind.RETURN)
            if back:
                cause = charged.get((shopper, int(events[back[0]]["product"])))
                if cause is not None:
                    act = None if cause.act is None else Act[cause.act.upper()]
                    yield self.charge(
                        "lost_follower", "returned", cause.tick, act, shopper,
                        [int(number), *back], product=cause.product, order=cause.order,
                    )  # fmt: skip
                    continue
            yield self._unfollowed(int(number), tick, shopper)

    def _unfollowed(self, number: int, tick: int, shopper: int) -> Charge:
        if self.side.run.scenario.campaign is not None and not self.hosting.in_live(tick):
            # between lives nobody gives up but who is tired of being told of them
            return self.charge("lost_follower", "weary", tick, None, shopper, [number])
        ticks, parts = self.side.trust_by_tick(shopper, tick)
        losses = {part: amounts for part, amounts in parts if part in _TRUST_CAUSES}
        worst = min(losses, key=lambda part: losses[part].sum(), default=None)
        if self.side.run.scenario.campaign is not None and len(ticks):
            room = 0.0 if worst is None else float(losses[worst].sum())
            elsewhere = lost_between(self, shopper, ticks, dict(parts)["street"], room)
            if elsewhere is not None:
                cause, at, evidence = elsewhere
                numbers = [number, *evidence]
                return self.charge("lost_follower", cause, at, None, shopper, numbers)
        if worst is None or losses[worst].sum() > -_LITTLE_TRUST:
            return self.charge("lost_follower", "chance", tick, None, shopper, [number])
        at = int(ticks[losses[worst].argmin()])
        act, charged = self._act_of(worst, shopper, at)
        evidence = [number]
        if worst in ("ignored", "missed"):
            kind = Kind.GIVEN_UP if worst == "ignored" else Kind.MISSED_OFFER
            evidence += self.numbers(shopper, at, kind)
        cause = _TRUST_CAUSES[worst]
        return self.charge("lost_follower", cause, charged, act, shopper, evidence)

    def _act_of(self, part: str, shopper: int, tick: int) -> tuple[int | None, int]:
        """The act behind a loss of trust in a tick, and the last tick in which it was done."""
        if part == "ignored":
            return self._instead_of_answering(shopper, tick)
        return {
            "pressure": Act.COUNTDOWN, "trick": Act.MARK_UP_THEN_CUT, "missed": Act.HOLD_BACK,
        }[part], tick  # fmt: skip

    def _instead_of_answering(self, shopper: int, given_up: int) -> tuple[int | None, int]:
        """What the host did instead, while a question was open that was given up at a tick."""
        asked = self.side.events_of(shopper, Kind.COMMENT)["tick"]
        asked = asked[asked <= given_up]
        ticks = range(int(asked[-1]) if len(asked) else given_up, given_up + 1)
        act = self.hosting.busiest(ticks, (Act.ANSWER,))
        last = None if act is None else self.hosting.last_with(act, ticks)
        return act, given_up if last is None else last

    # -- resentment ------------------------------------------------------------------------
    def resentment(self) -> Iterator[Charge]:
        """A charge for every missed offer, every question given up, and every stay in which being
        pushed, or tricks seen through, cost as much trust as a question that is ignored."""
        events = self.side.events
        for number in np.flatnonzero(np.isin(events["kind"], (Kind.MISSED_OFFER, Kind.GIVEN_UP))):
            tick, shopper = int(events[number]["tick"]), int(events[number]["shopper"])
            product = int(events[number]["product"])
            if events[number]["kind"] == Kind.MISSED_OFFER:
                cause, act = "missed_offer", Act.HOLD_BACK
            else:
                cause = "unanswered"
                act, tick = self._instead_of_answering(shopper, tick)
            yield self.charge(
                "resentment", cause, tick, act, shopper, [int(number)], product=product
            )
        yield from self._pressed()

    def _pressed(self) -> Iterator[Charge]:
        witness = self.side.witness
        order = np.lexsort((witness.rows["tick"], witness.rows["shopper"]))
        rows, trust = witness.rows[order], self.side.accounts["trust"][order]
        if not len(rows):
            return
        breaks = (np.diff(rows["shopper"]) != 0) | (np.diff(rows["tick"]) > 1)
        starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
        stops = np.append(starts[1:], len(rows))
        share = max(float(self.side.rules["ignored_loss"]), _LITTLE_TRUST)
        bars = share * rows["trust_before"][starts]
        for part, cause, act in _PRESSED:
            losses = -np.add.reduceat(trust[:, part], starts)
            for stay in np.flatnonzero((losses >= bars) & (losses > 0.0)):
                span = slice(starts[stay], stops[stay])
                ticks = rows["tick"][span][trust[span, part] < 0.0].tolist()
                yield self._pressed_stay(cause, act, rows[span], ticks)

    def _pressed_stay(self, cause: str, act: int, stay: np.ndarray, ticks: list[int]) -> Charge:
        """ticks: those in which trust was lost."""
        shopper = int(stay["shopper"][0])
        acted = [tick for tick in ticks if self.side.share(tick, act) > 0.0] or ticks
        evidence = self.numbers(shopper, int(stay["tick"][0]), Kind.ENTER)
        evidence += self.numbers(shopper, int(stay["tick"][-1]), Kind.LEAVE)
        return self.charge("resentment", cause, acted[-1], act, shopper, evidence, since=acted[0])

    # -- sales that were near ----------------------------------------------------------------
    def missed_sales(self) -> Iterator[Charge]:
        """A charge for every shopper and product that was wanted for a while and never bought.

        Wanted means: at least as much as the typical buyer of this run when ordering, or with at
        least half of the greatest chance to order. Somebody who learned that it does not suit is
        no missed sale.
        """
        witness = self.side.witness
        rows = witness.rows
        wanting = self.side.accounts["terms"].sum(axis=1)
        wanted = (rows["inside"] == 1) & (wanting >= self.wanting_bar())
        ordered = witness.world.state(0).knowledge["ordered"]
        wanted &= ordered[rows["shopper"], rows["product"]] == 0
        last: dict[tuple[int, int], int] = {}
        for place in np.flatnonzero(wanted):
            last[int(rows[place]["shopper"]), int(rows[place]["product"])] = int(place)
        for (shopper, product), place in sorted(last.items(), key=lambda entry: entry[1]):
            charge = self._missed_sale(shopper, product, place)
            if charge is not None:
                yield charge

    def wanting_bar(self) -> float:
        """The wanting from which somebody counts as wanting something, see `missed_sales`."""
        buyers = []
        for event in self.side.events[self.side.events["kind"] == Kind.ORDER]:
            rows, accounts = self.side.rows_of(int(event["shopper"]))
            # the tick before, because the order itself has already cost money
            before = np.flatnonzero(
                (rows["tick"] == event["tick"] - 1) & (rows["product"] == event["product"])
            )
            buyers += [float(accounts[place]["terms"].sum()) for place in before]
        bar = float(self.side.rules["want_bar"])
        return min(bar, float(np.median(buyers))) if buyers else bar

    def _missed_sale(self, shopper: int, product: int, place: int) -> Charge | None:
        tick = int(self.side.witness.rows[place]["tick"])
        fen = self.side.witness.price(tick, product) or 0
        found = self._what_ended_wanting(shopper, product, tick)
        if found is None:
            return None
        cause, at, act, evidence = found
        entered = [visit.enter for visit in self.side.visits(shopper) if visit.enter <= tick]
        evidence = [*self.numbers(shopper, entered[-1], Kind.ENTER), *evidence]
        return self.charge(
            "missed_sale", cause, at, act, shopper, evidence, product=product, fen=fen
        )

    def _what_ended_wanting(
        self, shopper: int, product: int, tick: int
    ) -> tuple[str, int, int | None, list[int]] | None:
        """(cause, tick, act, evidence); None when they found out that it does not suit."""
        for kind, cause, act in (
            (Kind.SOLD_OUT, "sold_out", None), (Kind.MISSED_OFFER, "missed_offer", Act.HOLD_BACK),
        ):  # fmt: skip
            events = self.side.events_of(shopper, kind)
            mine = events[events["product"] == product]["tick"].tolist()
            if mine:
                return cause, mine[-1], act, self.numbers(shopper, mine[-1], kind)
        rows, accounts = self.side.rows_of(shopper)
        place = int(np.searchsorted(rows["tick"], tick))
        visit = next(
            (one for one in self.side.visits(shopper)
             if one.enter <= tick and (one.leave is None or tick < one.leave)), None,
        )  # fmt: skip
        after = place + 1
        if visit is not None and visit.leave == tick + 1:
            return self._left_wanting(shopper, visit)
        if after >= len(rows) or rows[after]["tick"] != tick + 1:
            return "undecided", tick, None, []
        if rows[after]["product"] != product:
            return "moved_on", tick + 1, None, []
        fell = accounts[after]["terms"] - accounts[place]["terms"]
        term = int(fell.argmin())
        # in the order of WANTING_TERMS
        cause, act = (
            (None, None), ("lost_trust", None), ("cooled", Act.HYPE), ("bargain_over", None),
            ("spent", None), (None, None), ("pressure", Act.COUNTDOWN), ("undecided", None),
        )[term]  # fmt: skip
        if cause is None:
            return None
        if cause == "lost_trust":
            act = self._trust_lost_by(shopper, tick + 1)
        if cause == "bargain_over":
            act = self.hosting.busiest([tick], TEACHING)
        return cause, tick + 1, act, []

    def _trust_lost_by(self, shopper: int, tick: int) -> int | None:
        ticks, parts = self.side.trust_by_tick(shopper, tick)
        if not len(ticks):
            return None
        here = {part: float(amounts[-1]) for part, amounts in parts if part in _TRUST_CAUSES}
        worst = min(here, key=here.get)
        return self._act_of(worst, shopper, tick)[0] if here[worst] < 0.0 else None

    def _left_wanting(self, shopper: int, visit: Visit) -> tuple[str, int, int | None, list[int]]:
        """They still wanted it when they left: what made them leave."""
        leave = int(visit.leave)
        evidence = self.numbers(shopper, leave, Kind.LEAVE, Kind.GIVEN_UP)
        if visit.reason == LeaveReason.CALLED_AWAY:
            return "called_away", leave, None, evidence
        if visit.reason == LeaveReason.CLOSED:
            return "closed", leave, None, evidence
        parts = self.side.patience(shopper, visit.enter, leave)
        drains = {name: parts[name] for name in ("pressure", "waiting", "boredom")}
        worst = min(drains, key=drains.get)
        ticks = range(visit.enter, leave)
        if drains[worst] > -_LITTLE_PATIENCE:
            return "patience", leave - 1, self.hosting.busiest(ticks), evidence
        if worst == "pressure":
            act: int | None = Act.COUNTDOWN
        elif worst == "waiting":
            act = self.hosting.busiest(ticks, (Act.ANSWER,))
        else:
            act = Act.EXPLAIN
        at = self.hosting.last_with(act, ticks) if act is not None else None
        return worst, leave - 1 if at is None else at, act, evidence
