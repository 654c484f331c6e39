"""What one field cannot know about another: sums, names, ids and times that must fit together.

The checks look at plain data in which anything may still be wrong, so that a slip in one place does
not hide the slips in others. `resolved` is the scenario's data with the street's data under
"street", the mechanisms' under "street.mechanisms" and the tactics' under "tactics". What could not
be read is missing there, and then nothing is said about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sim.errors import Phrase
from sim.scenario.campaign_checks import campaign_findings
from sim.scenario.check_parts import (
    Finding,
    as_dict,
    as_list,
    as_number,
    clock_minutes,
    ids_of,
    is_known,
    names_known,
    repeated_ids,
    sum_is_one,
)
from sim.scenario.document import KeyPath
from sim.scenario.explain import plain_text
from sim.scenario.fields import MAX_NOTES
from sim.scenario.mechanisms import SWITCHES


def findings(resolved: dict[str, Any]) -> Iterator[Finding]:
    """Everything in the resolved data that does not fit together."""
    street = as_dict(resolved.get("street"))
    topics = ids_of(street.get("topics"))
    tactics = _known_tactics(resolved)
    yield from _tactic_mixes(resolved)
    yield from _lesson_names(resolved, tactics)
    yield from _times(resolved)
    yield from _population(as_dict(street.get("population")), topics)
    yield from repeated_ids(("street", "topics"), street.get("topics"), "topic")
    yield from _hosts(resolved, topics, tactics)
    yield from campaign_findings(resolved, tactics)


def _known_tactics(resolved: dict[str, Any]) -> tuple[str, ...] | None:
    tactics = resolved.get("tactics")
    return tuple(map(str, tactics)) if isinstance(tactics, dict) else None


def _topic_shares(path: KeyPath, shares: Any, topics: tuple[str, ...] | None) -> Iterator[Finding]:
    yield from sum_is_one(path, shares)
    for name in as_dict(shares):
        yield from is_known((*path, name), name, topics, "topic")


# ---- the parts of a scenario ------------------------------------------------------------------


def _tactic_mixes(resolved: dict[str, Any]) -> Iterator[Finding]:
    for name, tactic in as_dict(resolved.get("tactics")).items():
        yield from sum_is_one(("tactics", name, "mix"), as_dict(tactic).get("mix"))


def _lesson_names(resolved: dict[str, Any], tactics: tuple[str, ...] | None) -> Iterator[Finding]:
    yield from names_known(("choices",), resolved.get("choices"), tactics, "tactic")
    yield from names_known(("compare",), resolved.get("compare"), tactics, "tactic")
    yield from is_known(("reference",), resolved.get("reference"), tactics, "tactic")
    yield from names_known(
        ("switch_off",), resolved.get("switch_off"), tuple(SWITCHES), "mechanism"
    )


def _times(resolved: dict[str, Any]) -> Iterator[Finding]:
    hours = as_dict(resolved.get("street_hours"))
    opens, closes = clock_minutes(hours.get("opens")), clock_minutes(hours.get("closes"))
    if opens is None or closes is None:
        return
    shown = {"opens": hours["opens"], "closes": hours["closes"]}
    if opens >= closes:
        yield Finding(("street_hours",), Phrase("errors.check.hours_backwards", **shown))
        return
    yield from _live_times(("live",), resolved.get("live"), opens, closes, shown)
    yield from _neighbours_times(resolved, opens, closes, shown)


def _neighbours_times(
    resolved: dict[str, Any], opens: int, closes: int, shown: dict[str, str]
) -> Iterator[Finding]:
    neighbours = as_list(as_dict(resolved.get("street")).get("neighbours"))
    outside: dict[str, Finding] = {}
    for number, neighbour in enumerate(map(as_dict, neighbours)):
        path = ("street", "neighbours", number, "live")
        for finding in _live_times(path, neighbour.get("live"), opens, closes, shown):
            outside[str(neighbour.get("id"))] = finding
    if not outside:
        return
    found = [finding.message.values for finding in outside.values()]
    message = Phrase(
        "errors.check.hours_cut_off",
        neighbours=list(outside),
        starts=min(values["starts"] for values in found),
        ends=max(values["ends"] for values in found),
        **shown,
    )
    of_hours = Finding(("street_hours",), message)
    if len(outside) > 1:  # then it is the hours that are wrong, and not each of the lives
        yield of_hours
    else:
        yield from (replace(finding, instead=of_hours) for finding in outside.values())


def _live_times(
    path: KeyPath, live: Any, opens: int, closes: int, shown: dict[str, str]
) -> Iterator[Finding]:
    live = as_dict(live)
    starts, minutes = clock_minutes(live.get("starts")), as_number(live.get("minutes"))
    if starts is None or minutes is None or not 0 < minutes <= 1440:
        return
    ends = starts + int(minutes)
    if starts < opens or ends > closes:
        times = {"starts": live["starts"], "ends": f"{ends // 60:02d}:{ends % 60:02d}", **shown}
        yield Finding(path, Phrase("errors.check.live_outside", **times))


def _population(population: dict[str, Any], topics: tuple[str, ...] | None) -> Iterator[Finding]:
    base = ("street", "population")
    for name in ("risk_aversion", "susceptibility", "savvy"):
        even = as_dict(population.get(name))
        low, high = as_number(even.get("low")), as_number(even.get("high"))
        if low is not None and high is not None and low > high:
            values = {"low": plain_text(even["low"]), "high": plain_text(even["high"])}
            yield Finding((*base, name), Phrase("errors.check.order", **values))
    hours = [as_number(value) for value in as_list(population.get("hours"))]
    if hours and all(value == 0 for value in hours):
        yield Finding((*base, "hours"), Phrase("errors.check.nothing_positive"))
    counts = as_dict(population.get("topics_per_shopper"))
    yield from sum_is_one((*base, "topics_per_shopper"), counts)
    if topics is None:
        return
    for needed, name in ((2, "two"), (3, "three")):
        share = as_number(counts.get(name))
        if share and len(topics) < needed:
            message = Phrase("errors.check.too_few_topics", found=plain_text(counts[name]))
            yield Finding((*base, "topics_per_shopper", name), message, plain_text(counts[name]))
    weights = population.get("topic_weights")
    if not isinstance(weights, dict):
        return
    path = (*base, "topic_weights")
    for name in weights:
        yield from is_known((*path, name), name, topics, "topic")
    for name in topics:
        if name not in weights:
            yield Finding(path, Phrase("errors.check.no_weight", topic=name))
    if weights and all(as_number(value) == 0 for value in weights.values()):
        yield Finding(path, Phrase("errors.check.nothing_positive"))


def _hosts(
    resolved: dict[str, Any], topics: tuple[str, ...] | None, tactics: tuple[str, ...] | None
) -> Iterator[Finding]:
    played = as_dict(resolved.get("host"))
    base = ("street", "neighbours")
    neighbours = as_list(as_dict(resolved.get("street")).get("neighbours"))
    yield from _host(("host",), played, topics)
    taken = (played["id"],) if isinstance(played.get("id"), str) else ()
    yield from repeated_ids(base, neighbours, "host", taken)
    notes = len(as_list(played.get("notes")))
    lacking: dict[str, str] = {}
    for number, neighbour in enumerate(map(as_dict, neighbours)):
        path = (*base, number)
        yield from _host(path, neighbour, topics)
        live = as_dict(neighbour.get("live"))
        for finding in is_known((*path, "live", "tactic"), live.get("tactic"), tactics, "tactic"):
            if finding.suggestion:
                yield finding
            else:
                lacking.setdefault(finding.found, str(neighbour.get("id")))
        notes += len(as_list(neighbour.get("notes")))
    for tactic, neighbour in lacking.items():
        # a lesson with tactics of its own has forgotten those of the street, which may not be its
        values = {"found": tactic, "neighbour": neighbour}
        yield Finding(("tactics",), Phrase("errors.check.neighbours_tactic", **values), tactic)
    if notes > MAX_NOTES:
        message = Phrase("errors.check.too_many_notes", found=notes, limit=MAX_NOTES)
        yield Finding(base if neighbours else ("host", "notes"), message, str(notes))


def _host(path: KeyPath, host: dict[str, Any], topics: tuple[str, ...] | None) -> Iterator[Finding]:
    yield from _topic_shares((*path, "topics"), host.get("topics"), topics)
    products = ids_of(host.get("products"))
    yield from repeated_ids((*path, "products"), host.get("products"), "product")
    for number, product in enumerate(map(as_dict, as_list(host.get("products")))):
        here = (*path, "products", number)
        yield from _topic_shares((*here, "topics"), product.get("topics"), topics)
        for name in ("price", "cost"):
            money = as_number(product.get(name))
            if (
                money is not None
                and abs(money) < 1e9
                and abs(money * 100 - round(money * 100)) > 1e-6
            ):
                found = plain_text(product[name])
                yield Finding((*here, name), Phrase("errors.check.cents", found=found), found)
    yield from repeated_ids((*path, "notes"), host.get("notes"), "note")
    for number, note in enumerate(map(as_dict, as_list(host.get("notes")))):
        here = (*path, "notes", number)
        yield from names_known((*here, "products"), note.get("products"), products, "product")
        if note.get("looks", 1) != 1 and note.get("format") in (
            "poll",
            "collection",
            "story",
            "hard_sell",
        ):
            yield Finding((*here, "looks"), Phrase("errors.check.looks_without_look"))
    for number, item in enumerate(map(as_dict, as_list(host.get("rundown")))):
        here = (*path, "rundown", number, "product")
        yield from is_known(here, item.get("product"), products, "product")
