"""What a host can decide in the morning of a campaign's day, before the street opens.

Each plan is a decision like any other: data, applied between two ticks, refused with a plain
sentence at no cost. The hours of a day are limited; each plan says how many it takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np

from sim.errors import DecisionError, Phrase
from sim.model import TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.model.layout import NOTE_PRODUCTS, State, Town
from sim.model.town import FORMAT_NAMES, FORMATS, note_hours, note_strengths
from sim.scenario import Scenario, minutes_of

PLAYED = 0
_MOST_MESSAGES = 100
_MOST_CARE = 480
_MOST_FEN = 100_000_000
_MOST_UNITS = 1_000_000
_MOST_LOOKS = 30


def impossible(name: str, **values: Any) -> DecisionError:
    """The error of a decision that cannot be taken; its sentence stands in the wording."""
    return DecisionError(Phrase(f"decisions.{name}", **values))


@dataclass(frozen=True)
class MorningPlan:
    """Base of what is decided in the morning. `kind` names it in journals and messages."""

    kind: ClassVar[str] = ""

    def to_data(self) -> dict[str, Any]:
        """Plain data that `decision_from_data` reads back."""
        data = asdict(self)
        return {
            "kind": self.kind,
            **{key: list(v) if isinstance(v, tuple) else v for key, v in data.items()},
        }

    def hours(self, scenario: Scenario) -> float:
        """Hours of the host's day that it takes."""
        return 0.0

    def apply(self, scenario: Scenario, state: State, town: Town) -> None:
        """Changes the played host's day; raises DecisionError before anything is changed."""
        if scenario.campaign is None:
            raise impossible("no_campaign")
        tick = int(state.clock[0].tick)
        if tick % TICKS_PER_DAY != 0 or tick // TICKS_PER_DAY >= scenario.campaign.days:
            raise impossible("not_morning")
        self.check(scenario, state, town)
        spent = float(state.rooms[PLAYED].worked) + self.hours(scenario) - self.before(state)
        if spent > scenario.campaign.hours + 1e-9:
            left = max(0.0, scenario.campaign.hours - float(state.rooms[PLAYED].worked))
            raise impossible("no_hours", needed=round(self.hours(scenario), 1), left=round(left, 1))
        self.carry_out(scenario, state, town)
        state.rooms[PLAYED].worked = spent

    def before(self, state: State) -> float:
        """Hours already planned that this plan replaces."""
        return 0.0

    def check(self, scenario: Scenario, state: State, town: Town) -> None:
        """Raises DecisionError when it cannot be done."""

    def carry_out(self, scenario: Scenario, state: State, town: Town) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class PlanLive(MorningPlan):
    """A live today: start such as "20:00", minutes; 0 minutes is no live."""

    starts: str
    minutes: int
    kind: ClassVar[str] = "plan_live"

    def hours(self, scenario: Scenario) -> float:
        return self.minutes / 60.0

    def before(self, state: State) -> float:
        room = state.rooms[PLAYED]
        if room.starts < int(state.clock[0].tick):
            return 0.0
        return (int(room.ends) - int(room.starts)) / (60.0 * TICKS_PER_MINUTE)

    def check(self, scenario: Scenario, state: State, town: Town) -> None:
        if self.minutes == 0:
            return
        if not 5 <= self.minutes <= 240:
            raise impossible("bad_live_minutes", found=self.minutes)
        starts = _minutes(self.starts)
        hours = scenario.street_hours
        if starts < minutes_of(hours.opens) or starts + self.minutes > minutes_of(hours.closes):
            raise impossible("live_outside_hours", opens=hours.opens, closes=hours.closes)

    def carry_out(self, scenario: Scenario, state: State, town: Town) -> None:
        room = state.rooms[PLAYED]
        room.starts = room.ends = -1
        if self.minutes > 0:
            opens = minutes_of(scenario.street_hours.opens)
            since_opening = (_minutes(self.starts) - opens) * TICKS_PER_MINUTE
            room.starts = int(state.clock[0].tick) + since_opening
            room.ends = room.starts + self.minutes * TICKS_PER_MINUTE


@dataclass(frozen=True)
class PublishNote(MorningPlan):
    """A note published this morning; when no row is empty the oldest own note makes room.

    format: look, poll, collection, story or hard_sell. products: ids, 1 to 7 (a collection 5 to 7
    unless the shop has fewer). looks: for look notes. pinned: whether the way into the group is.
    """

    format: str
    products: tuple[str, ...]
    looks: int = 1
    pinned: bool = False
    kind: ClassVar[str] = "publish_note"

    def hours(self, scenario: Scenario) -> float:
        return note_hours(self.format, self.looks) if self.format in FORMATS else 0.0

    def check(self, scenario: Scenario, state: State, town: Town) -> None:
        if self.format not in FORMATS:
            raise impossible("unknown_format", found=self.format, accepted=", ".join(FORMAT_NAMES))
        known = [item.id for item in scenario.host.products]
        for name in self.products:
            if name not in known:
                raise impossible("unknown_product", found=name, accepted=", ".join(known))
        most = 1 if self.format == "look" else NOTE_PRODUCTS
        least = min(5, len(known)) if self.format == "collection" else 1
        if not least <= len(set(self.products)) == len(self.products) <= most:
            raise impossible("bad_note_products", format=self.format, least=least, most=most)
        if not 1 <= self.looks <= (_MOST_LOOKS if self.format == "look" else 1):
            raise impossible("bad_looks", found=self.looks, most=_MOST_LOOKS)

    def carry_out(self, scenario: Scenario, state: State, town: Town) -> None:
        known = [item.id for item in scenario.host.products]
        c = _free_row(state)
        tick = int(state.clock[0].tick)
        card = state.cards[c]
        state.cards[c : c + 1] = 0
        card.teaches, card.warms, card.seconds = note_strengths(self.format, self.looks)
        card.cover = _cover(state, town) * FORMATS[self.format].cover
        card.host, card.live, card.format = PLAYED, 0, FORMAT_NAMES.index(self.format)
        card.pinned, card.published, card.fresh = int(self.pinned), tick, 1.0
        card.products = len(self.products)
        for k, name in enumerate(self.products):
            card.product[k] = known.index(name)
        state.rooms[PLAYED].newest = c


@dataclass(frozen=True)
class CareForGroup(MorningPlan):
    """From today on: minutes of care for the group a day, and messages to all its members."""

    minutes: int
    messages: int
    kind: ClassVar[str] = "care_for_group"

    def hours(self, scenario: Scenario) -> float:
        return self.minutes / 60.0

    def before(self, state: State) -> float:
        return float(state.rooms[PLAYED].care) / 60.0

    def check(self, scenario: Scenario, state: State, town: Town) -> None:
        _between(self.minutes, 0, _MOST_CARE)
        _between(self.messages, 0, _MOST_MESSAGES)

    def carry_out(self, scenario: Scenario, state: State, town: Town) -> None:
        state.rooms[PLAYED].care = float(self.minutes)
        state.rooms[PLAYED].messages = self.messages


@dataclass(frozen=True)
class BuyTraffic(MorningPlan):
    """From today on: most fen for paid places a day, and most fen for a click."""

    budget: int
    bid: int
    kind: ClassVar[str] = "buy_traffic"

    def check(self, scenario: Scenario, state: State, town: Town) -> None:
        _between(self.budget, 0, _MOST_FEN)
        _between(self.bid, 0, _MOST_FEN)

    def carry_out(self, scenario: Scenario, state: State, town: Town) -> None:
        state.rooms[PLAYED].budget = self.budget
        state.rooms[PLAYED].bid = self.bid


@dataclass(frozen=True)
class Restock(MorningPlan):
    """Units of a product bought this morning at what they cost."""

    product: str
    units: int
    kind: ClassVar[str] = "restock"

    def check(self, scenario: Scenario, state: State, town: Town) -> None:
        known = [item.id for item in scenario.host.products]
        if self.product not in known:
            raise impossible("unknown_product", found=self.product, accepted=", ".join(known))
        _between(self.units, 1, _MOST_UNITS)
        p = known.index(self.product)
        if int(state.shelves[p].stock) + self.units > _MOST_UNITS:
            raise impossible("bad_number", found=self.units, low=1, high=_MOST_UNITS)
        price, cash = self.units * int(town.products[p].cost), int(state.rooms[PLAYED].cash)
        if price > cash:
            raise impossible("no_cash", needed=price / 100, left=max(0, cash) / 100)

    def carry_out(self, scenario: Scenario, state: State, town: Town) -> None:
        p = [item.id for item in scenario.host.products].index(self.product)
        state.shelves[p].stock += self.units
        state.shelves[p].bought += self.units
        state.rooms[PLAYED].cash -= self.units * int(town.products[p].cost)


@dataclass(frozen=True)
class SignPartner(MorningPlan):
    """From today on an institution of the platform helps; "" ends it."""

    partner: str
    kind: ClassVar[str] = "sign_partner"

    def check(self, scenario: Scenario, state: State, town: Town) -> None:
        known = [item.id for item in scenario.street.policy.partners]
        if self.partner and self.partner not in known:
            raise impossible("unknown_partner", found=self.partner, accepted=", ".join(known))

    def carry_out(self, scenario: Scenario, state: State, town: Town) -> None:
        known = [item.id for item in scenario.street.policy.partners]
        room, host = state.rooms[PLAYED], town.hosts[PLAYED]
        room.partner = known.index(self.partner) if self.partner else -1
        room.voice, room.grade = host.warmth, host.grade
        if self.partner:
            signed = town.partners[room.partner]
            room.voice = host.warmth * signed.warmth
            room.grade = host.grade + signed.clarity


PLANS: dict[str, type[MorningPlan]] = {
    plan.kind: plan
    for plan in (PlanLive, PublishNote, CareForGroup, BuyTraffic, Restock, SignPartner)
}
PLAN_FIELDS: dict[str, dict[str, type]] = {
    "plan_live": {"starts": str, "minutes": int},
    "publish_note": {"format": str, "products": list, "looks": int, "pinned": bool},
    "care_for_group": {"minutes": int, "messages": int},
    "buy_traffic": {"budget": int, "bid": int},
    "restock": {"product": str, "units": int},
    "sign_partner": {"partner": str},
}


def _minutes(clock: str) -> int:
    try:
        hours, minutes = clock.split(":") if clock.isascii() else ("", "")
        if (
            len(hours) == 2
            and len(minutes) == 2
            and 0 <= int(hours) < 24
            and 0 <= int(minutes) < 60
        ):
            return minutes_of(clock)
    except ValueError:
        pass
    raise impossible("bad_clock", found=clock[:20])


def _between(value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise impossible("bad_number", found=value, low=low, high=high)


def _cover(state: State, town: Town) -> float:
    """How catching the host's covers are, with what a partner adds of what they lack."""
    cover = float(town.hosts[PLAYED].cover)
    partner = int(state.rooms[PLAYED].partner)
    if partner >= 0:
        cover += float(town.partners[partner].cover) * (1.0 - cover)
    return cover


def own_notes(state: State) -> Iterable[int]:
    """Rows of the played host's notes, in the order of rows."""
    for c in range(int(state.clock[0].cards)):
        if state.cards[c].host == PLAYED and state.cards[c].live == 0:
            yield c


def _free_row(state: State) -> int:
    """The next empty row, or that of the oldest own note, which nobody has read any more."""
    used = int(state.clock[0].cards)
    if used < len(state.cards):
        state.clock[0].cards = used + 1
        return used
    rows = list(own_notes(state))
    if not rows:
        raise impossible("no_room_for_notes")
    oldest = min(rows, key=lambda c: (int(state.cards[c].published), c))
    state.shoppers["read"] &= ~np.uint64(1 << oldest)
    return oldest
