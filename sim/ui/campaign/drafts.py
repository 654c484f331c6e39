"""What is being set on the desk and not decided yet: a live, a note, care, traffic, goods."""

from __future__ import annotations

from sim.model.decisions import SetTactic, ShowProduct
from sim.model.planning import (
    BuyTraffic,
    CareForGroup,
    PlanLive,
    PublishNote,
    Restock,
    SignPartner,
    note_hours,
)
from sim.model.town import FORMAT_NAMES
from sim.scenario import minutes_of

_HALF_HOUR = 30
_MOST_LOOKS = 30
_LEAST_COLLECTION, _MOST_PRODUCTS = 5, 7
_MOST_CARE, _MOST_MESSAGES = 480, 20


def cycled(options: list, now, by: int):
    """The option `by` further on, round and round."""
    index = options.index(now) if now in options else 0
    return options[(index + by) % len(options)]


class Drafts:
    """Everything that the controls of the desk show, in one place."""

    def __init__(self, scenario, morning) -> None:
        self.scenario = scenario
        self.products = [item.id for item in scenario.host.products]
        live = morning.live
        past = next((row.live for row in reversed(morning.rows) if row.live is not None), None)
        usual = live or past
        self.starts = minutes_of(usual.starts if usual else scenario.live.starts)
        self.minutes = usual.minutes if usual else min(240, scenario.live.minutes)
        tactic = usual.tactic if usual else scenario.reference
        policy = scenario.policies[scenario.campaign.policy]
        usual_tactic = policy.live.tactic if policy.live is not None else None
        # The policy's own way to host can be planned even where it has no key in the live.
        self.tactics = list(dict.fromkeys([*scenario.choices, *filter(None, [usual_tactic])]))
        self.tactic = tactic if tactic in self.tactics else self.tactics[0]
        self.feature: str | None = morning.featured
        self.format, self.looks, self.pinned = "look", 5, True
        self.picked = [self.products[morning.day % len(self.products)]]
        self.care, self.messages = morning.care if any(morning.care) else (30, 1)
        self.budget = morning.budget or 60
        self.bid = morning.bid or 150
        fewest = min(self.products, key=lambda name: morning.stock[name])
        self.goods, self.units = fewest, 100
        partners = [item.id for item in scenario.street.policy.partners]
        self.partner = morning.partner or (partners[0] if partners else "")

    # -- the live ------------------------------------------------------------------------------
    def move_start(self, by: int) -> None:
        hours = self.scenario.street_hours
        latest = minutes_of(hours.closes) - self.minutes
        self.starts = max(minutes_of(hours.opens), min(latest, self.starts + by * _HALF_HOUR))

    def move_minutes(self, by: int) -> None:
        self.minutes = max(_HALF_HOUR, min(240, self.minutes + by * _HALF_HOUR))
        self.move_start(0)

    def move_tactic(self, by: int) -> None:
        self.tactic = cycled(self.tactics, self.tactic, by)

    def move_feature(self, by: int) -> None:
        self.feature = cycled([None, *self.products], self.feature, by)

    @property
    def clock(self) -> str:
        return f"{self.starts // 60:02d}:{self.starts % 60:02d}"

    def live(self) -> list:
        """A live as it is set: its time, its tactic and what it begins with."""
        found = [PlanLive(self.clock, self.minutes), SetTactic(self.tactic)]
        if self.feature is not None:
            found.append(ShowProduct(self.feature))
        return found

    def no_live(self) -> list:
        return [PlanLive(self.clock, 0)]

    # -- notes ---------------------------------------------------------------------------------
    def move_format(self, by: int) -> None:
        self.format = cycled(list(FORMAT_NAMES), self.format, by)
        self._fit_products()

    def _fit_products(self) -> None:
        if self.format == "look":
            self.picked = self.picked[-1:]
        elif self.format == "collection":
            for name in self.products:
                if len(self.picked) < _LEAST_COLLECTION and name not in self.picked:
                    self.picked.append(name)
        elif self.format == "poll":
            self.picked = list(self.products[:_MOST_PRODUCTS])

    def move_looks(self, by: int) -> None:
        self.looks = max(1, min(_MOST_LOOKS, self.looks + by))

    def toggle_product(self, name: str) -> None:
        if self.format == "look":
            self.picked = [name]
        elif name in self.picked:
            self.picked = [p for p in self.picked if p != name]
        else:
            self.picked = [*self.picked, name][-_MOST_PRODUCTS:]

    def toggle_pinned(self) -> None:
        self.pinned = not self.pinned

    @property
    def note_hours(self) -> float:
        return note_hours(self.format, self.looks)

    def note(self) -> PublishNote:
        looks = self.looks if self.format == "look" else 1
        return PublishNote(self.format, tuple(self.picked), looks, self.pinned)

    # -- group, traffic, goods, partner --------------------------------------------------------
    def move_care(self, by: int) -> None:
        self.care = max(0, min(_MOST_CARE, self.care + by * 15))

    def move_messages(self, by: int) -> None:
        self.messages = max(0, min(_MOST_MESSAGES, self.messages + by))

    def group(self) -> CareForGroup:
        return CareForGroup(self.care, self.messages)

    def move_budget(self, by: int) -> None:
        step = 20 if self.budget + by < 200 else 100
        self.budget = max(0, self.budget + by * step)

    def move_bid(self, by: int) -> None:
        self.bid = max(10, self.bid + by * 10)

    def traffic(self) -> BuyTraffic:
        return BuyTraffic(self.budget * 100, self.bid)

    def move_units(self, by: int) -> None:
        step = 10 if self.units + by <= 100 else 50
        self.units = max(10, self.units + by * step)

    def pick_goods(self, name: str) -> None:
        self.goods = name

    def restock(self) -> Restock:
        return Restock(self.goods, self.units)

    def move_partner(self, by: int) -> None:
        partners = [item.id for item in self.scenario.street.policy.partners]
        if partners:
            self.partner = cycled(partners, self.partner, by)

    def sign(self) -> SignPartner:
        return SignPartner(self.partner)

    def end_partner(self) -> SignPartner:
        return SignPartner("")
