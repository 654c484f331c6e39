"""For whom another line is better: how the player's own crowd would have fared under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sim.model.decisions import PLAYED
from sim.model.layout import Relation
from sim.play.branch import BranchTree
from sim.play.fates import Aspect, differences
from sim.play.run import Run


@dataclass(frozen=True)
class OwnCrowd:
    """What a line changes for the same crowd.

    buy, buy_no_more   people who order something they had not, and the other way round
    fans               how many of `buy` followed the room before the live
    net, returns, unfollowed   differences of the run's figures
    """

    buy: int
    fans: int
    buy_no_more: int
    net: float
    returns: float
    unfollowed: float


def own_crowd(tree: BranchTree, own: int, plan: Iterable[tuple[int, Any]]) -> OwnCrowd:
    """Plays a plan with the crowd of a tree and compares it with the own line; changes nothing."""
    other = Run(tree.scenario, tree.seed)
    kinds = other.world.state(0).relations["kind"][:, PLAYED].copy()
    for tick, decision in sorted(plan, key=lambda step: step[0]):
        other.advance_ticks(tick - other.tick)
        other.decide(decision)
    other.finish()
    played = tree.run(own)
    gained: set[int] = set()
    lost: set[int] = set()
    for shopper, aspect, _, here, there in differences(played, other):
        if aspect == Aspect.BOUGHT:
            (gained if there and not here else lost if here and not there else set()).add(shopper)
    known = sum(bool(kinds[shopper] & Relation.FOLLOWER) for shopper in gained)
    one, two = played.report(), other.report()
    return OwnCrowd(
        len(gained - lost), known, len(lost - gained), two["net_sales"] - one["net_sales"],
        two["returns"] - one["returns"], two["unfollowed"] - one["unfollowed"],
    )  # fmt: skip
