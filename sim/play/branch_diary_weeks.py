"""What a diary of weeks tells beside that of an evening: notes, the group, and friends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.model.decisions import PLAYED
from sim.model.events import Kind
from sim.play.branch_merge import item
from sim.play.branch_words import yuan

if TYPE_CHECKING:
    from sim.play.branch_diary import Names, Piece
    from sim.play.branch_side import Side


def of_weeks(side: Side, names: Names, shopper: int) -> list[Piece]:
    """Everything between a shopper and our shop that happens outside a room, in time order."""
    found: list[Piece] = []
    for event in side.events_of(shopper):
        tick, kind, product = int(event["tick"]), int(event["kind"]), int(event["product"])
        name: str | None = None
        place, weight, values = 6, 3, {}
        if kind == Kind.NOTE_ORDER:
            name = "note_ordered"
            values = {"product_name": names.products[product], "yuan": yuan(int(event["value"]))}
        elif kind == Kind.LEAVE_GROUP:
            name = "left_group"
        elif kind == Kind.TELL:
            name = "told_good" if event["value"] > 0 else "told_bad"
            values = {"product_name": names.products[product], "friend": int(event["extra"])}
        elif kind == Kind.REPORT:
            name = "reported"
        elif kind == Kind.NOTIFIED:
            # told before they come in
            name, place, weight = "notified", 2, 2
        if name is not None:
            found.append((tick, place, _ours(tick, name, names, weight, product, **values)))
    found += _heard(side, names, shopper)
    return found


def _heard(side: Side, names: Names, shopper: int) -> list[Piece]:
    """What friends said about our goods."""
    events = side.events
    told = events[(events["kind"] == Kind.TELL) & (events["extra"] == shopper)]
    found = []
    for event in told:
        tick, product = int(event["tick"]), int(event["product"])
        name = "heard_good" if event["value"] > 0 else "heard_bad"
        values = {"product_name": names.products[product], "friend": int(event["shopper"])}
        found.append((tick, 6, _ours(tick, name, names, 3, product, **values)))
    return found


def _ours(
    tick: int, name: str, names: Names, weight: int, product: int, **values: Any
) -> dict[str, Any]:
    return item(tick, name, weight, PLAYED, product, host_name=names.hosts[PLAYED], **values)
