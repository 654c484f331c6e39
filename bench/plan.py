"""How much of everything is measured: the whole bench, a quick look, or a smoke test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A street of some size, measured over ticks of its live, `repeats` times."""

    shoppers: int
    ticks: int
    repeats: int


@dataclass(frozen=True)
class Plan:
    """Sizes and repeats of every part."""

    spans: tuple[Span, ...]
    rerun_shoppers: int
    rerun_repeats: int
    crowds: int
    crowd_shoppers: int
    race_sizes: tuple[int, ...]
    race_rounds: int
    agreement_crowds: int
    agreement_shoppers: int


FULL = Plan(
    # fewer ticks for large streets keep the whole bench within minutes
    spans=(Span(1_000, 360, 9), Span(10_000, 360, 7), Span(100_000, 60, 5), Span(1_000_000, 12, 3)),
    rerun_shoppers=5_000,
    rerun_repeats=9,
    crowds=200,
    crowd_shoppers=2_000,
    race_sizes=(1_000, 10_000),
    race_rounds=5,
    agreement_crowds=24,
    agreement_shoppers=1_000,
)

QUICK = Plan(
    spans=(Span(1_000, 180, 5), Span(10_000, 180, 3), Span(100_000, 12, 3)),
    rerun_shoppers=5_000,
    rerun_repeats=3,
    crowds=10,
    crowd_shoppers=2_000,
    race_sizes=(1_000,),
    race_rounds=3,
    agreement_crowds=12,
    agreement_shoppers=300,
)
