"""Why something happened to a shopper in one line of play and not in the other.

A reason is typed data: a kind and its values. It names the line in which the thing happened (`yes`)
and the other one (`no`). It is read off typed events and the state that the model itself had; where
a wish is at stake the shopper is asked again by the model's own rule, with one thing exchanged.
Wording: assets/locale/fates.yaml, section `reason`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.model.acts import Act
from sim.model.events import Kind, LeaveReason
from sim.model.layout import Place
from sim.play.branch_side import Side, Visit
from sim.play.branch_words import Clause

# Every kind of reason there is; each has a sentence in both languages.
REASONS: tuple[str, ...] = (
    # not in our room: why they came in one line only
    "came_elsewhere", "came_reading", "came_away", "came_door", "came_note", "came_just_left",
    "came_follower", "came_product", "came_bargain", "came_excitement", "came_shown",
    # why they left in one line
    "left_glance_lure", "left_glance_product", "left_glance", "left_called", "left_closed",
    "left_learning", "left_liking", "left_story", "left_excitement", "left_bargain",
    "left_boredom", "left_pressure", "left_waiting", "left_answered", "left_missed", "left_other",
    # what being elsewhere meant
    "had_left", "was_not_in", "was_at_door", "not_on_show",
    # wanting
    "sold_out", "offer_gone", "offer", "cheaper", "knew_answered", "knew_note", "knew_longer",
    "knew_closeup", "knew_explained", "knew_less", "hurried", "pushed_less", "excited",
    "believed_markup", "price_felt_fair", "money_left", "searching", "several",
    # trust
    "trust_story", "trust_learning", "trust_pressure", "trust_trick", "trust_answered",
    "trust_ignored", "trust_missed", "trust_street", "trust_same",
    # parcels
    "parcel_expected_less", "parcel_pressure", "parcel_arousal", "parcel_trick", "parcel_several",
    "parcel_not_opened", "no_parcel", "parcel_sent_back", "return_cost_trust",
    # group, offers and questions
    "not_invited", "offer_only", "offer_got", "asked_invited", "asked_warmer", "answered_first",
    "answered_more", "answered_queue",
)  # fmt: skip

_GAMES = (Act.HOLD_BACK, Act.MARK_UP_THEN_CUT, Act.GIVEAWAY)
_TEACHING = (Act.EXPLAIN, Act.DETAIL, Act.ANSWER)
# A difference of trust below this decides nothing.
_LITTLE_TRUST = 0.005
_LITTLE_PATIENCE = 1.0  # seconds
_JUST_LEFT_TICKS = 180


@dataclass(frozen=True)
class Reason:
    """Why. `swapped`: the line called `yes` in its sentence is the one in which it did not happen.

    values may hold further reasons, names and numbers.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    swapped: bool = False

    def clause(self, yes: Any, no: Any) -> Clause:
        """The sentence's part, to be worded; yes and no are the names of the two lines."""
        one, other = (no, yes) if self.swapped else (yes, no)
        values = {
            name: value.clause(one, other) if isinstance(value, Reason) else value
            for name, value in self.values.items()
        }
        return Clause(f"fates.reason.{self.kind}", {**values, "yes": one, "no": other})

    def to_data(self) -> dict[str, Any]:
        """Plain data: kind, whether the lines are swapped, and the values."""
        return {"kind": self.kind, "swapped": self.swapped, **_plain(self.values)}

    def other_way(self) -> Reason:
        """The same reason with the two lines exchanged."""
        return Reason(self.kind, self.values, not self.swapped)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.to_data() if isinstance(value, Reason) else _key_of(value)
        for name, value in values.items()
    }


def _key_of(value: Any) -> Any:
    if isinstance(value, Clause):
        return value.key
    return value.en if hasattr(value, "en") else value


def games(side: Side, tick: int) -> float:
    """Share of a tick spent on price games that show through the window."""
    return sum(side.share(tick, act) for act in _GAMES)


# -- being there ------------------------------------------------------------------------------
def why_not_there(yes: Side, no: Side, shopper: int, tick: int) -> Reason | None:
    """Why a shopper who was in our room at a tick in `yes` was not in `no`; None when they were."""
    if no.inside(shopper, tick):
        return None
    if no.at_door(shopper, tick):
        return Reason("was_at_door")
    entered = _entered(yes, shopper, tick)
    earlier = [visit for visit in no.visits(shopper) if visit.leave is not None]
    earlier = [visit for visit in earlier if visit.leave <= tick]
    if earlier and earlier[-1].leave > entered:
        visit = earlier[-1]
        minutes = max(1, round((visit.leave - visit.enter) / 6))
        why = why_left(yes, no, shopper, visit)
        return Reason("had_left", {"minutes": minutes, "why": why})
    return Reason("was_not_in", {"why": why_came(yes, no, shopper, entered)})


def _entered(side: Side, shopper: int, tick: int) -> int:
    """Tick at which the visit began in which a shopper was in our room at `tick`."""
    enters = [visit.enter for visit in side.visits(shopper) if visit.enter <= tick]
    return enters[-1] if enters else tick


def why_came(yes: Side, no: Side, shopper: int, tick: int) -> Reason:
    """Why a shopper came in at a tick in `yes` and not in `no`."""
    place, where = no.place(shopper, tick)
    if place == Place.AT_DOOR and where == 0:
        return Reason("came_door")
    if place == Place.IN_ROOM and where != 0:
        return Reason("came_elsewhere", {"host": no.run.scenario.hosts[where].name})
    if place == Place.READING:
        return Reason("came_reading")
    if place == Place.AWAY:
        return Reason("came_away")
    if yes.happened(shopper, Kind.READ, tick):
        return Reason("came_note")
    left = [visit.leave for visit in no.visits(shopper) if visit.leave is not None]
    if any(0 <= tick - at < _JUST_LEFT_TICKS for at in left):
        return Reason("came_just_left")
    followed = [_follows_by(side, shopper, tick) for side in (yes, no)]
    if followed[0] > followed[1]:
        return Reason("came_follower")
    room, other = yes.witness.room(tick), no.witness.room(tick)
    if room is not None and other is not None and room["product"] != other["product"]:
        return Reason("came_product")
    if games(yes, tick) > games(no, tick):
        return Reason("came_bargain")
    if yes.share(tick, Act.HYPE) > no.share(tick, Act.HYPE):
        return Reason("came_excitement")
    return Reason("came_shown")


def _follows_by(side: Side, shopper: int, tick: int) -> int:
    """Net follows of a shopper before a tick: 1, 0 or -1."""
    kinds = side.events_of(shopper, Kind.FOLLOW, Kind.UNFOLLOW)
    kinds = kinds[kinds["tick"] < tick]["kind"]
    return int((kinds == Kind.FOLLOW).sum()) - int((kinds == Kind.UNFOLLOW).sum())


def why_left(yes: Side, no: Side, shopper: int, visit: Visit) -> Reason:
    """Why a shopper ended a visit in `no` that went on in `yes`."""
    tick = visit.leave
    if visit.reason == LeaveReason.CLOSED:
        return Reason("left_closed")
    if visit.reason == LeaveReason.CALLED_AWAY:
        return Reason("left_called")
    if visit.reason == LeaveReason.GLANCE:
        here, there = yes.witness.room(tick), no.witness.room(tick)
        if here is not None and there is not None and here["product"] != there["product"]:
            return Reason("left_glance_product")
        lure = games(yes, tick) + yes.share(tick, Act.HYPE)
        kept_by_lure = lure > games(no, tick) + no.share(tick, Act.HYPE)
        return Reason("left_glance_lure" if kept_by_lure else "left_glance")
    there = no.patience(shopper, visit.enter, tick)
    here = yes.patience(shopper, visit.enter, tick)
    gains = {part: here[part] - there[part] for part in there}
    best = max(gains, key=gains.get)
    return Reason(f"left_{best}" if gains[best] >= _LITTLE_PATIENCE else "left_other")


def why_stayed(yes: Side, no: Side, shopper: int) -> tuple[int, Reason]:
    """(first tick, why) of the longest stretch that a shopper spent in our room in `yes` only."""
    tick = _longest_alone(yes, no, shopper)
    if tick is None:
        return yes.since, Reason("left_other")
    return tick, why_not_there(yes, no, shopper, tick) or Reason("left_other")


def _longest_alone(yes: Side, no: Side, shopper: int) -> int | None:
    """First tick of the longest stretch in which a shopper was in our room in `yes` only."""
    mine, theirs = yes.rows_of(shopper)[0], no.rows_of(shopper)[0]
    alone = np.setdiff1d(mine["tick"][mine["inside"] == 1], theirs["tick"][theirs["inside"] == 1])
    if not len(alone):
        return None
    stretches = np.split(alone, np.flatnonzero(np.diff(alone) > 1) + 1)
    return int(max(stretches, key=len)[0])


# -- trust ------------------------------------------------------------------------------------
def why_trust(high: Side, low: Side, shopper: int, tick: int) -> Reason:
    """Why a shopper trusted us more in `high` than in `low`, by the part that differs most."""
    here, there = high.trust(shopper, tick), low.trust(shopper, tick)
    gains = {part: here[part] - there[part] for part in here}
    best = max(gains, key=gains.get)
    return Reason(f"trust_{best}" if gains[best] >= _LITTLE_TRUST else "trust_same")


# -- knowing ----------------------------------------------------------------------------------
def teaching(side: Side, shopper: int, tick: int, product: int) -> tuple[int, float, float]:
    """(ticks in our room with a product on show, of them told, of them shown close up)."""
    rows, _ = side.rows_of(shopper)
    rows = rows[(rows["tick"] <= tick) & (rows["began"] == 1) & (rows["product"] == product)]
    ticks = rows["tick"].tolist()
    told = sum(side.share(at, act) for at in ticks for act in _TEACHING)
    shown = sum(side.share(at, Act.DETAIL) for at in ticks)
    return len(ticks), told, shown
