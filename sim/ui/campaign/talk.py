"""What the group says: sentences made of what happened to its members in the last days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.ui import words
from sim.ui.art.people import mixed
from sim.ui.campaign.words import product_name, say

_DAYS = 3
_WAYS = 2
_MEMBER = 2
_KINDS = {
    int(Kind.KEEP): "keep", int(Kind.RETURN): "back", int(Kind.LEAVE_GROUP): "leave",
    int(Kind.JOIN_GROUP): "join", int(Kind.NOTIFIED): "notified", int(Kind.ORIGIN): "bought",
}  # fmt: skip
# How many of each kind are heard at most, so that one kind does not drown the others.
_MOST = {"join": 2, "notified": 1, "bought": 2, "keep": 3, "back": 2, "leave": 2}


@dataclass(frozen=True)
class Saying:
    """shopper: who says it, or -1 for the host; day counted from 0."""

    day: int
    shopper: int
    kind: str
    product: str

    def text(self, scenario, language: str) -> str:
        """The sentence."""
        way = int(mixed(self.shopper * 7 + self.day, 83)) % _WAYS + 1
        product = product_name(scenario, self.product, language) if self.product else ""
        return say(f"talk.{self.kind}_{way}", language, product=product)

    def who(self, language: str) -> str:
        """Whose words they are."""
        return (
            words.name_of(self.shopper, language)
            if self.shopper >= 0
            else say("talk.host", language)
        )


def sayings(run, most: int) -> list[Saying]:
    """The latest words of members, newest first."""
    events = run.events()
    since = max(0, run.tick - _DAYS * TICKS_PER_DAY)
    events = events[np.searchsorted(events["tick"], since) :]
    kinds = run.world.state(0).relations["kind"][:, 0]
    products = [item.id for item in run.scenario.host.products]
    told = events[(events["kind"] == Kind.TELL) | np.isin(events["kind"], list(_KINDS))]
    heard: dict[str, int] = {}
    found: list[Saying] = []
    speakers: set[int] = set()
    for event in told[::-1]:
        shopper, kind = int(event["shopper"]), int(event["kind"])
        left = kind == Kind.LEAVE_GROUP
        if shopper < 0 or shopper in speakers or not (left or int(kinds[shopper]) & _MEMBER):
            continue
        name = _KINDS.get(kind) or ("told_good" if event["value"] > 0 else "told_bad")
        if heard.get(name, 0) >= _MOST.get(name, 3):
            continue
        heard[name] = heard.get(name, 0) + 1
        speakers.add(shopper)
        p = int(event["product"])
        product = products[p] if 0 <= p < len(products) else ""
        found.append(Saying(int(event["tick"]) // TICKS_PER_DAY, shopper, name, product))
        if len(found) >= most:
            break
    return found


def complaints(session, morning) -> list[Saying]:
    """What the group says of how it is kept: of silence, of too many messages, of mended goods."""
    found = []
    if not len(morning.warmth):
        return found
    speaker = int(np.flatnonzero(
        (session.run.world.state(0).relations["kind"][:, 0] & _MEMBER) > 0
    )[0])  # fmt: skip
    if morning.care[1] > 2:
        found.append(Saying(morning.day, speaker, "spam", ""))
    elif morning.care[0] == 0:
        found.append(Saying(morning.day, speaker, "neglect", ""))
    row = morning.yesterday
    if row is not None and row.improved > 0.0005:
        best = max(morning.quality, key=lambda name: morning.quality[name])
        found.append(Saying(row.day, -1, "mended", best))
    return found
