"""What luck means for a class, in words and numbers for its screens: bands, ties, verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from sim import wording
from sim.classroom.results import Group, Shop, groups_of, mean, plain, ranked
from sim.classroom.results_luck import ClassLuck
from sim.classroom.results_words import group_title, metric_name, said, shop_label, written
from sim.play.luck import Verdict
from sim.scenario import Scenario

_UNDECIDED = ("tie", "same")


def luck_data(
    scenario: Scenario,
    shops: Sequence[Shop],
    luck: ClassLuck,
    language: str,
    *,
    names_shown: bool = False,
    metric: str | None = None,
) -> dict[str, Any]:
    """How far luck reaches, as plain data: "bands" of groups, of each shop,
    "ties" and all verdicts in words.

    Only shops that count, and only those whose lines were simulated.
    """
    chosen = metric or scenario.goal
    known = [shop for shop in shops if shop.counts and luck.knows(shop.seat)]
    groups = groups_of(scenario, known, chosen)
    verdicts = [
        _of_groups(scenario, one, other, luck, chosen, language) for one, other in pairwise(groups)
    ]
    ties = [said["text"] for said in verdicts if said["kind"] in _UNDECIDED]
    first = _level_with_first(known, luck, chosen, language, names_shown)
    return {
        "metric": chosen,
        "title": metric_name(chosen, language),
        "crowds": luck.crowds,
        "wanted": luck.wanted,
        "text": said("luck.crowds", language, crowds=luck.crowds),
        "bands": [_group_band(scenario, group, luck, chosen, language) for group in groups],
        "shops": [_band(shop, luck, chosen, language, names_shown) for shop in known],
        "verdicts": verdicts,
        "ties": ties + ([first] if first else []),
    }


def band_of(
    shop: Shop, luck: ClassLuck | None, metric: str
) -> tuple[float | None, float | None, float | None] | None:
    """(low, mean, high) of what this line brings with other crowds; None while not known."""
    if luck is None or not luck.knows(shop.seat):
        return None
    average, low, high = luck.band(shop.seat, metric)
    return plain(low), plain(average), plain(high)


def level_with_first(shops: Sequence[Shop], luck: ClassLuck, metric: str) -> list[Shop]:
    """The shops that luck does not tell apart from the one in the first place, that one first."""
    known = [shop for shop in shops if shop.counts and luck.knows(shop.seat)]
    places = [shop for _, shop in ranked(known, metric)]
    if not places:
        return []
    first = places[0]
    return [first] + [
        shop
        for shop in places[1:]
        if luck.same_line(first.seat, shop.seat)
        or luck.verdict([first.seat], [shop.seat], metric).kind in _UNDECIDED
    ]


def _level_with_first(
    shops: Sequence[Shop], luck: ClassLuck, metric: str, language: str, names_shown: bool
) -> str | None:
    level = level_with_first(shops, luck, metric)
    enough = len(level) > 1 and luck.verdict(
        [level[0].seat], [level[1].seat], metric
    ).kind in _UNDECIDED  # fmt: skip
    if not enough:
        return None
    label = shop_label(level[0].seat, level[0].name, names_shown, language)
    return said("luck.first", language, label=label, count=len(level) - 1)


def _of_groups(
    scenario: Scenario, one: Group, other: Group, luck: ClassLuck, metric: str, language: str
) -> dict[str, Any]:
    verdict = luck.verdict(
        [shop.seat for shop in one.shops], [shop.seat for shop in other.shops], metric
    )
    titles = [group_title(scenario, group.key, language) for group in (one, other)]
    text = verdict_text(verdict, metric, titles[0], titles[1], language)
    here = (mean(one.values(metric)) or 0.0) - (mean(other.values(metric)) or 0.0)
    turned = verdict.clear and here * verdict.mean < 0.0
    if turned:
        text += said("luck.turned", language)
    return {
        "one": one.key,
        "other": other.key,
        "kind": verdict.kind,
        "short": wording.text(f"luck.short.{verdict.kind}", language),
        "turned": turned,
        "text": text,
    }


def verdict_text(verdict: Verdict, metric: str, one: str, other: str, language: str) -> str:
    """One sentence on whether two differ by more than luck."""
    if verdict.kind == "tie":
        name = metric_name(metric, language)
        return said("luck.tie", language, metric=name, one=one, other=other)
    return verdict.text(metric, one, other, language)


def _band(
    shop: Shop, luck: ClassLuck, metric: str, language: str, names_shown: bool
) -> dict[str, Any]:
    low, average, high = band_of(shop, luck, metric) or (None, None, None)
    return {
        "label": shop_label(shop.seat, shop.name, names_shown, language),
        "low": low, "mean": average, "high": high,
        "value": plain(shop.figure(metric)),
        "inside": None if low is None or high is None else low <= shop.figure(metric) <= high,
    }  # fmt: skip


def _group_band(
    scenario: Scenario, group: Group, luck: ClassLuck, metric: str, language: str
) -> dict[str, Any]:
    """The mean of a group with each crowd, and the middle 90% of those means."""
    values = luck.values([shop.seat for shop in group.shops], metric)
    known = values[~np.isnan(values)]
    low, high = np.percentile(known, [5, 95], method="weibull") if len(known) else (np.nan, np.nan)
    average = float(known.mean()) if len(known) else None
    return {
        "key": group.key,
        "title": group_title(scenario, group.key, language),
        "low": plain(float(low)), "mean": average, "high": plain(float(high)),
        "value": mean(group.values(metric)),
        "mean_text": written(metric, average, language),
    }  # fmt: skip
