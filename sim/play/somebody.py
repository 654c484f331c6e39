"""Anyone is somebody: what one shopper is like, knows, feels, waits for, and has done today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.model.events import Lack
from sim.model.layout import Place, Relation
from sim.model.phases.knowing import believed_fit, certainty_of
from sim.model.phases.wanting import need_met, searched_for, wanting_terms

if TYPE_CHECKING:
    from sim.play.run import Run

WANTING_TERMS = (
    "belief",
    "trust",
    "excitement",
    "bargain",
    "price",
    "risk",
    "pushed",
    "searched",
    "need",
)

# A trait counts as low or high when it is this far from the street's middle.
_LOW, _HIGH = 0.67, 1.5
_LOGNORMAL = ("patience", "chattiness", "price_sensitivity", "spending", "reactance")
_EVEN = ("risk_aversion", "susceptibility", "savvy")


@dataclass(frozen=True)
class Known:
    """What somebody knows of one product; certainty and belief as in sim/MODEL.md."""

    product: str
    certainty: float
    belief: float
    reference_fen: int
    ordered: bool


@dataclass(frozen=True)
class Somebody:
    """One shopper at one moment.

    traits: name -> (value, level) with level -1 low, 0 usual, 1 high for this street.
    interests: (topic id, share), greatest first. wanting: name of each term -> its part of U for
    the product on show; want_bar: the U at which the order hazard is half its ceiling.
    asking: (what is lacking, seconds waited) or None. events: numbers of this shopper's events in
    run.events().
    """

    shopper: int
    place: Place
    where: int
    seconds: float
    traits: dict[str, tuple[float, int]]
    interests: list[tuple[str, float]]
    knows: list[Known]
    trust: float
    follower: bool
    member: bool
    missed_offers: int
    patience_seconds: float
    arousal: float
    pressure: float
    asking: tuple[Lack, float] | None
    searching: str | None
    spent_fen: int
    wanting: dict[str, float]
    want_bar: float
    events: list[int]

    @property
    def wants(self) -> float:
        """U for the product on show."""
        return sum(self.wanting.values())


def _traits(run: Run, shopper: np.void) -> dict[str, tuple[float, int]]:
    people = run.scenario.street.population
    found = {}
    for name in _LOGNORMAL:
        value = float(shopper[name])
        ratio = value / getattr(people, name).median
        found[name] = (value, (ratio > _HIGH) - (ratio < _LOW))
    for name in _EVEN:
        value = float(shopper[name])
        spread = getattr(people, name)
        width = spread.high - spread.low
        place = (value - spread.low) / width if width > 0 else 0.5
        found[name] = (value, (place > 2 / 3) - (place < 1 / 3))
    return found


def look_closer(run: Run, number: int) -> Somebody:
    """What can be told of shopper `number` now. IndexError when there is no such shopper."""
    state, town = run.world.state(0), run.world.town
    if not 0 <= number < len(state.shoppers):
        raise IndexError(number)
    shopper, relation = state.shoppers[number], state.relations[number, 0]
    rules = town.rules[0]
    topics = [topic.id for topic in run.scenario.street.topics]
    interests = [(name, float(shopper["interest"][k])) for k, name in enumerate(topics)]
    knows = []
    for p, product in enumerate(run.scenario.host.products):
        known = state.knowledge[number, p]
        certainty = certainty_of(known["information"], float(town.products[p]["complexity"]))
        knows.append(
            Known(
                product.id,
                float(certainty),
                float(believed_fit(known, rules, certainty)),
                round(float(known["reference"])),
                bool(known["ordered"]),
            )
        )
    shown = int(state.rooms[0]["product"])
    searching = int(shopper["searching"])
    matches = searched_for(shopper, town.products[shown])
    terms = wanting_terms(
        shopper,
        relation,
        state.knowledge[number, shown],
        rules,
        int(state.shelves[shown]["price"]),
        knows[shown].belief,
        knows[shown].certainty,
        matches,
        need_met(shopper, town.products[shown]),
    )
    asked = int(shopper["asked"])
    asking = (Lack(int(shopper["lack"])), (run.tick - asked) * 10.0) if asked >= 0 else None
    kind = int(relation["kind"])
    inside = shopper["place"] in (Place.IN_ROOM, Place.AT_DOOR)
    return Somebody(
        shopper=number,
        place=Place(int(shopper["place"])),
        where=int(shopper["where"]),
        seconds=(run.tick - int(shopper["entered"])) * 10.0,
        traits=_traits(run, shopper),
        interests=sorted(
            ((name, share) for name, share in interests if share > 0), key=lambda item: -item[1]
        ),
        knows=knows,
        trust=float(relation["trust"]),
        follower=bool(kind & Relation.FOLLOWER),
        member=bool(kind & Relation.MEMBER),
        missed_offers=int(relation["missed"]),
        patience_seconds=float(shopper["temper"] if inside else shopper["stroll_left"]),
        arousal=float(shopper["arousal"]),
        pressure=float(shopper["pressure"]),
        asking=asking,
        searching=topics[searching] if 0 <= searching < len(topics) else None,
        spent_fen=int(shopper["spent"]),
        wanting={name: float(term) for name, term in zip(WANTING_TERMS, terms, strict=True)},
        want_bar=float(rules["want_bar"]),
        events=np.flatnonzero(run.events()["shopper"] == number).tolist(),
    )
