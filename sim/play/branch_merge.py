"""Makes a diary short: small things in a row become one entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MOST_ENTRIES = 20

Item = dict[str, Any]


def item(
    tick: int, kind: str, weight: int = 3, host: int = -1, product: int = -1, **values: Any
) -> Item:
    """The fields of one entry."""
    return {
        "tick": tick, "kind": kind, "values": values, "host": host, "product": product,
        "weight": weight,
    }  # fmt: skip


def shorten(items: list[Item], most: int) -> list[Item]:
    """At most `most` entries that tell the same: first neighbours alike, then any small things."""
    items = _alike(_drop_ins(_questions(items)), "read", "read_several", "title")
    for kind in ("glanced", "visited", "dropped_in"):
        keep = "host_name" if kind == "dropped_in" else None
        items = _alike(items, kind, f"{kind}_several", keep)
    for weight in (0, 1):
        if len(items) > most:
            items = _runs(items, lambda one, top=weight: one["weight"] <= top, _strolled)
    if len(items) > most:
        items = _runs(items, lambda one: one["kind"] in _QUESTIONS, _asked_several)
    return _drop(items, most)


_QUESTIONS = ("asked", "asked_answered", "asked_given_up")


def _drop_ins(items: list[Item]) -> list[Item]:
    """Coming into our room and leaving it with nothing to tell in between is one thing."""
    made: list[Item] = []
    for one in items:
        since = len(made) - 1
        while since > 0 and made[since]["kind"] == "watched":
            since -= 1
        if one["kind"].startswith("left_") and made and made[since]["kind"].startswith("entered"):
            came = made[since]
            del made[since:]
            name = came["values"]["host_name"]
            if one["kind"] == "left_glance":
                made.append(item(came["tick"], "glanced", 2, came["host"], host_name=name))
            else:
                minutes = one["values"]["minutes"]
                made.append(
                    item(came["tick"], "dropped_in", 2, came["host"], host_name=name,
                         minutes=minutes)
                )  # fmt: skip
        else:
            made.append(one)
    return made


def _questions(items: list[Item]) -> list[Item]:
    """A question and what became of it in one entry."""
    made: list[Item] = []
    open_at: int | None = None
    for one in items:
        if one["kind"] == "asked":
            open_at = len(made)
            made.append(one)
        elif one["kind"] in ("answered", "given_up") and open_at is not None:
            asked = made[open_at]
            kind = "asked_answered" if one["kind"] == "answered" else "asked_given_up"
            made[open_at] = {
                **asked, "kind": kind, "values": {**asked["values"], **one["values"]},
            }  # fmt: skip
            open_at = None
        else:
            made.append(one)
    return made


def _runs(
    items: list[Item], small: Callable[[Item], bool], join: Callable[[list[Item]], Item]
) -> list[Item]:
    """Each run of two or more neighbours that are small, joined."""
    made: list[Item] = []
    run: list[Item] = []
    for one in [*items, None]:
        if one is not None and small(one):
            run.append(one)
            continue
        made += [join(run)] if len(run) > 1 else run
        run = []
        if one is not None:
            made.append(one)
    return made


def _alike(items: list[Item], kind: str, several: str, keep: str | None) -> list[Item]:
    """Neighbours of one kind as one entry with their count, and one value of the last."""

    def join(run: list[Item]) -> Item:
        last = run[-1]
        values = {"count": len(run)}
        if keep is not None:
            values[keep] = last["values"][keep]
        host = last["host"] if len({one["host"] for one in run}) == 1 else -1
        return {**run[0], "kind": several, "values": values, "host": host}

    # what concerns our own shop stays apart
    for weight in sorted({one["weight"] for one in items if one["kind"] == kind}):
        items = _runs(items, lambda one, w=weight: one["kind"] == kind and one["weight"] == w, join)
    return items


def _strolled(run: list[Item]) -> Item:
    """Small things in a row as one stroll."""
    notes = sum(_count(one) for one in run if one["kind"] in ("read", "read_several"))
    rooms = sum(
        _count(one)
        for one in run
        if one["kind"] in ("glanced", "glanced_several", "visited", "visited_several")
    )
    earlier = [one["values"] for one in run if one["kind"] == "strolled"]
    notes += sum(values["notes"] for values in earlier)
    rooms += sum(values["rooms"] for values in earlier)
    weight = max(one["weight"] for one in run)
    return item(run[0]["tick"], "strolled", weight, notes=notes, rooms=rooms)


def _count(one: Item) -> int:
    return one["values"].get("count", 1)


def _asked_several(run: list[Item]) -> Item:
    """Questions in a row as one entry."""
    answered = sum(one["kind"] == "asked_answered" for one in run)
    return item(
        run[0]["tick"], "asked_several", 3, run[0]["host"], count=len(run), answered=answered
    )


def _drop(items: list[Item], most: int) -> list[Item]:
    """Leaves out the least important entries, and says how many."""
    if len(items) <= most:
        return items
    by_weight = sorted(range(len(items)), key=lambda n: (-items[n]["weight"], n))
    kept = sorted(by_weight[: most - 1])
    dropped = len(items) - len(kept)
    more = item(items[kept[-1]]["tick"], "more", 0, count=dropped)
    return [items[n] for n in kept] + [more]
