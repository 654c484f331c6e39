"""How lucky the crowd was, and which ways to sell are told apart, over more and more crowds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.play.luck import (
    CROWDS,
    OWN,
    LuckBand,
    Verdict,
    growing_bands,
    growing_comparison,
    other_crowds,
    tactic_plans,
    tie,
)
from sim.play.run import Run

SHOWN = ("net_sales", "orders", "return_rate", "viewers", "followers", "trust")
RIVAL_CROWDS = 40
_STEP = 4


@dataclass(frozen=True)
class LuckRow:
    """One figure: this run's, the band of other crowds, and where each of those came out."""

    metric: str
    own: float
    mean: float
    low: float
    high: float
    values: np.ndarray


@dataclass(frozen=True)
class LuckPage:
    band: LuckBand
    rows: tuple[LuckRow, ...]


@dataclass(frozen=True)
class Ranking:
    """Ways to sell by their mean, best first; each compared with the next and with the own.

    rows   (name, mean, low, high); OWN is the player's own line
    gaps   verdict of each row against the next one
    own    verdict of the own line against each tactic
    """

    rows: tuple[tuple[str, float, float, float], ...]
    gaps: tuple[Verdict, ...]
    own: dict[str, Verdict]
    crowds: int
    wanted: int


def grow_luck(run: Run) -> Iterator[LuckPage]:
    """The luck of a run over up to 200 crowds."""
    for band in growing_bands(run, CROWDS, _STEP):
        rows = []
        for metric in SHOWN:
            mean, low, high = band.of(metric)
            known = band.others[metric]
            rows.append(LuckRow(metric, band.own[metric], mean, low, high, known[~np.isnan(known)]))
        yield LuckPage(band, tuple(rows))


def grow_rivals(run: Run) -> Iterator[Ranking]:
    """The scenario's tactics and the own line on the same crowds, by the scenario's goal."""
    scenario, goal = run.scenario, run.scenario.goal
    plans = {**tactic_plans(scenario, scenario.choices), OWN: list(run.decisions)}
    seeds = other_crowds(RIVAL_CROWDS, besides=[run.seed])
    for found in growing_comparison(scenario, plans, seeds, _STEP):
        values = {name: np.nan_to_num(found.values[name][goal]) for name in plans}
        order = sorted(plans, key=lambda name: -float(values[name].mean()))
        rows = tuple((name, *(float(part) for part in found.band(name, goal))) for name in order)
        gaps = tuple(tie(values[one] - values[other]) for one, other in itertools.pairwise(order))
        own = {name: tie(values[OWN] - values[name]) for name in plans if name != OWN}
        yield Ranking(rows, gaps, own, len(found.seeds), RIVAL_CROWDS)
