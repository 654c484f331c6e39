"""What a host can decide. A decision is data; it applies to the played room between two ticks.

An impossible decision raises DecisionError with a plain sentence and costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from sim.model.acts import ACTS, act_number, mix_of
from sim.model.layout import NOTE_PRODUCTS, Place, State, Town
from sim.model.phases.questions import ask_first
from sim.model.planning import PLAN_FIELDS, PLANS, MorningPlan, impossible
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.model.world import World

PLAYED = 0  # the number of the played host
_MOST_SECONDS = 3600


@dataclass(frozen=True)
class Decision:
    """Base of all decisions. `kind` names it in journals and messages."""

    kind: ClassVar[str] = ""

    def to_data(self) -> dict[str, Any]:
        """Plain data that `decision_from_data` reads back."""
        return {"kind": self.kind, **asdict(self)}

    def apply(self, scenario: Scenario, state: State, town: Town, host: int = PLAYED) -> None:
        """Changes the room of `host` (the played one); DecisionError before anything is changed.

        Other hosts decide only where several people share a street (sim.play.shared); all of them
        keep shops with the goods of the played one.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class SetTactic(Decision):
    """From now on the minute is spent as a tactic of the scenario says."""

    tactic: str
    kind: ClassVar[str] = "set_tactic"

    def apply(self, scenario: Scenario, state: State, town: Town, host: int = PLAYED) -> None:
        if self.tactic not in scenario.tactics:
            known = ", ".join(scenario.tactics)
            raise impossible("unknown_tactic", found=self.tactic, accepted=known)
        _spend(state, host, scenario.tactics[self.tactic].mix)


@dataclass(frozen=True)
class SetMix(Decision):
    """From now on the minute is spent on acts in these shares; they must sum to 1."""

    mix: dict[str, float]
    kind: ClassVar[str] = "set_mix"

    def apply(self, scenario: Scenario, state: State, town: Town, host: int = PLAYED) -> None:
        total = 0.0
        for act, share in self.mix.items():
            if act not in ACTS:
                raise impossible("unknown_act", found=act, accepted=", ".join(ACTS))
            if not 0.0 <= share <= 1.0:
                raise impossible("bad_share", found=share, act=act)
            total += share
        if abs(total - 1.0) > 1e-6:
            raise impossible("shares_must_sum_to_one", found=round(total, 4))
        _spend(state, host, self.mix)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.mix.items())))


@dataclass(frozen=True)
class Perform(Decision):
    """One act alone for a while (seconds, to full ticks of ten); then the tactic goes on."""

    act: str
    seconds: int
    kind: ClassVar[str] = "perform"

    def apply(self, scenario: Scenario, state: State, town: Town, host: int = PLAYED) -> None:
        if self.act not in ACTS:
            raise impossible("unknown_act", found=self.act, accepted=", ".join(ACTS))
        if not 10 <= self.seconds <= _MOST_SECONDS:
            raise impossible("bad_seconds", found=self.seconds, low=10, high=_MOST_SECONDS)
        room = state.rooms[host]
        room.burst = act_number(self.act)
        room.burst_left = (self.seconds + 9) // 10


@dataclass(frozen=True)
class ShowProduct(Decision):
    """A product goes on show, for as long as its place in the run-down lasts."""

    product: str
    kind: ClassVar[str] = "show_product"

    def apply(self, scenario: Scenario, state: State, town: Town, host: int = PLAYED) -> None:
        ids = [item.id for item in scenario.host.products]
        if self.product not in ids:
            raise impossible("unknown_product", found=self.product, accepted=", ".join(ids))
        number = ids.index(self.product)
        room = state.rooms[host]
        number += int(np.flatnonzero(town.products["host"] == host)[0])
        first, count = int(town.hosts[host]["first_slot"]), int(town.hosts[host]["slots"])
        planned = [n for n in range(count) if int(town.slots[first + n]["product"]) == number]
        if planned:
            room.slot = planned[0]
            room.slot_left = int(town.slots[first + planned[0]]["ticks"])
        else:
            room.slot_left = 120  # not in the run-down: twenty minutes
        room.product = number


@dataclass(frozen=True)
class AnswerShopper(Decision):
    """This shopper's open question is answered next."""

    shopper: int
    kind: ClassVar[str] = "answer_shopper"

    def apply(self, scenario: Scenario, state: State, town: Town, host: int = PLAYED) -> None:
        if not 0 <= self.shopper < len(state.shoppers):
            raise impossible("unknown_shopper", found=self.shopper)
        shopper = state.shoppers[self.shopper]
        here = shopper["place"] == Place.IN_ROOM and shopper["where"] == host
        if not here or shopper["asked"] < 0:
            raise impossible("no_open_question", found=self.shopper)
        ask_first(state, host, self.shopper)


def try_out(decisions: Iterable[Decision], world: World, host: int = PLAYED) -> None:
    """Whether a host could decide this now, one after the other; DecisionError if not.

    The world, of one row, stays as it is. Decisions write to rooms and to the queue among the
    shoppers alone, so these are all that has to be copied.
    """
    decisions = list(decisions)
    state = world.state(0)
    trial = state._replace(rooms=state.rooms.copy())
    if any(isinstance(decision, AnswerShopper) for decision in decisions):
        trial = trial._replace(shoppers=state.shoppers.copy())
    with np.errstate(over="ignore"):
        for decision in decisions:
            decision.apply(world.scenario, trial, world.town, host)


_KINDS: dict[str, type[Decision] | type[MorningPlan]] = {
    **{cls.kind: cls for cls in (SetTactic, SetMix, Perform, ShowProduct, AnswerShopper)},
    **PLANS,
}
_FIELDS: dict[str, dict[str, type]] = {
    "set_tactic": {"tactic": str},
    "set_mix": {"mix": dict},
    "perform": {"act": str, "seconds": int},
    "show_product": {"product": str},
    "answer_shopper": {"shopper": int},
    **PLAN_FIELDS,
}


def _spend(state: State, host: int, shares: Mapping[str, float]) -> None:
    mix = mix_of(shares)
    for act in range(len(mix)):
        state.rooms[host].mix[act] = mix[act]


def decision_from_data(data: Any) -> Decision | MorningPlan:
    """Reads untrusted data; DecisionError where it is not a decision."""
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str):
        raise impossible("not_a_decision")
    kind = data["kind"]
    if kind not in _KINDS:
        raise impossible("unknown_decision", found=kind[:40], accepted=", ".join(_KINDS))
    wanted = _FIELDS[kind]
    if set(data) != {"kind", *wanted}:
        raise impossible("wrong_fields", found=kind, accepted=", ".join(wanted))
    for name, expected in wanted.items():
        value = data[name]
        if type(value) is not expected:
            raise impossible("wrong_fields", found=kind, accepted=", ".join(wanted))
        if isinstance(value, str) and len(value) > 64:
            raise impossible("wrong_fields", found=kind, accepted=", ".join(wanted))
        if isinstance(value, int) and abs(value) > 2**31:
            raise impossible("wrong_fields", found=kind, accepted=", ".join(wanted))
    if kind == "publish_note":
        return PLANS[kind](**{**data_of(data, wanted), "products": _clean_names(data["products"])})
    if kind == "set_mix":
        return SetMix(_clean_mix(data["mix"]))
    return _KINDS[kind](**data_of(data, wanted))


def data_of(data: dict[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
    """Only the named values of a decision's data."""
    return {name: data[name] for name in wanted}


def _clean_names(names: list[Any]) -> tuple[str, ...]:
    if len(names) > NOTE_PRODUCTS or not all(isinstance(n, str) and len(n) <= 64 for n in names):
        raise impossible("wrong_fields", found="publish_note", accepted="products")
    return tuple(names)


def _clean_mix(mix: dict[Any, Any]) -> dict[str, float]:
    if len(mix) > len(ACTS):
        raise impossible("wrong_fields", found="set_mix", accepted=", ".join(ACTS))
    clean: dict[str, float] = {}
    for act, share in mix.items():
        if not isinstance(act, str) or isinstance(share, bool):
            raise impossible("wrong_fields", found="set_mix", accepted=", ".join(ACTS))
        if not isinstance(share, (int, float)):
            raise impossible("wrong_fields", found="set_mix", accepted=", ".join(ACTS))
        clean[act] = float(share)
    return clean
