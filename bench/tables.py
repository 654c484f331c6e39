"""The bench's results as tables for people who work on the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from bench import agreement as agreeing
from bench import room
from bench.agreement import Agreement
from bench.clock import Took
from bench.crowds import Batch
from bench.forks import Rerun
from bench.race import Race
from bench.street import StreetSpeed

if TYPE_CHECKING:
    from bench.classroom import ClassCost

_AIM_BYTES = 200
_AIM_RERUN = 0.2
_AIM_BATCH = 30.0
_AIM_RATIO = 50.0


def _table(title: str, *columns: str, words: int = 1) -> Table:
    """A table whose first `words` columns hold words and the others numbers."""
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        justify = "left" if place < words else "right"
        table.add_column(column, justify=justify, vertical="bottom", no_wrap=True)
    return table


def _millions(rate: float) -> str:
    return f"{rate / 1e6:,.2f} M" if rate >= 1e5 else f"{rate / 1e3:,.1f} k"


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def _verdict(met: bool, aim: str) -> str:
    return f"aim {aim}: {'met' if met else 'MISSED'}"


def show_machine(console: Console, machine: dict) -> None:
    """What the figures below were measured on."""
    packages = ", ".join(
        f"{name} {number or 'not installed'}" for name, number in machine["packages"].items()
    )
    console.print(
        f"engine {machine['engine']}, Python {machine['python']}, {packages}\n"
        f"{machine['system']} {machine['architecture']}, {machine['cores']} cores, "
        f"load {machine['load_before']} before the bench"
    )


def show_street(console: Console, speeds: list[StreetSpeed]) -> None:
    """Part 1."""
    table = _table(
        "1. The street during its live, one thread",
        "shoppers",
        "ticks",
        "present",
        "in\nrooms",
        "processor\ntime",
        "shopper-\nticks/s",
        "present-\nticks/s",
        "bytes\neach",
        "+ rela-\ntions",
        "+ or-\nders",
        words=0,
    )
    for speed in speeds:
        table.add_row(
            f"{speed.span.shoppers:,}",
            str(speed.span.ticks),
            f"{speed.present:,.0f}",
            f"{speed.in_rooms:,.0f}",
            _seconds(speed.time.processor),
            _millions(speed.shopper_ticks),
            _millions(speed.present_ticks),
            f"{speed.bytes_each:.0f}",
            f"{speed.bytes_relations:.0f}",
            f"{speed.bytes_orders:.0f}",
        )
    console.print(table)
    largest = speeds[-1]
    console.print(
        "shopper-ticks/s counts everybody of the population, present-ticks/s only people with the "
        "app open.\nTimes are medians from half an hour into the live on. Rooms and shelves grow "
        "with the population, so that doors and stock stay out of it.\n"
        "Each: a shopper's record, calendar slot and bits. Relations: to every host and product. "
        "Orders: the order book, sized for every unit of stock twice.\n"
        f"{largest.span.shoppers:,} shoppers at {largest.bytes_each:.0f} bytes each, "
        + _verdict(largest.bytes_each < _AIM_BYTES, f"under {_AIM_BYTES} plus relations")
        + "\n"
    )


def show_rerun(console: Console, rerun: Rerun) -> None:
    """Part 2."""
    table = _table(
        f"2. Fork at the live's start, decide, live {rerun.minutes} minutes again: "
        f"{rerun.shoppers:,} shoppers, one thread, medians of {rerun.repeats}",
        "what",
        "time",
        "processor time",
    )

    def row(name: str, time: Took) -> None:
        table.add_row(name, _seconds(time.wall), _seconds(time.processor))

    row("a fork alone", rerun.fork)
    for tactic, time in rerun.reruns.items():
        row(f"fork and re-run, {tactic}", time)
    console.print(table)
    slowest = max(time.wall for time in rerun.reruns.values())
    aim = _verdict(slowest < _AIM_RERUN, f"under {_AIM_RERUN} s")
    console.print(f"slowest re-run {_seconds(slowest)}, {aim}\n")


def show_batches(console: Console, batches: list[Batch]) -> None:
    """Part 3."""
    table = _table(
        "3. Crowds x tactics in one call of compare, births and figures included",
        "crowds x tactics x shoppers x live",
        "nights",
        "runs",
        "time",
        "processor\ntime",
        "cores\nused",
        "runs/s",
    )
    for batch in batches:
        table.add_row(
            f"{batch.crowds} x {batch.tactics} x {batch.shoppers:,} x {batch.minutes} min",
            str(batch.nights),
            str(batch.runs),
            _seconds(batch.time.wall),
            _seconds(batch.time.processor),
            f"{batch.cores_used:.1f} of {batch.cores}",
            f"{batch.runs / batch.time.wall:.0f}",
        )
    console.print(table)
    first = batches[0]
    if first.runs >= 800:
        aim = _verdict(first.time.wall < _AIM_BATCH, f"under {_AIM_BATCH:.0f} s on 2 cores")
        console.print(f"{first.runs} runs in {_seconds(first.time.wall)}, {aim}")
    if first.cores_used < 0.8 * first.cores:
        console.print(
            f"Only {first.cores_used:.1f} of {first.cores} cores were to be had; on cores of its "
            f"own this much work takes about {_seconds(first.time.processor / first.cores)}."
        )
    console.print()


def show_race(console: Console, races: list[Race], missing: list[str]) -> None:
    """Part 4, times."""
    table = _table(
        "4. The room alone: shopper-ticks a second of processor time, one thread, in turn",
        "shoppers",
        "engine",
        "shopper-ticks/s",
        "ours is quicker",
        words=2,
    )
    for race in races:
        for name in race.rates:
            ratio = "" if name == room.NAME else f"{race.ratio(name):.1f} x"
            table.add_row(
                f"{race.shoppers:,}" if name == room.NAME else "",
                name,
                _millions(race.rate(name)),
                ratio,
                end_section=name == list(race.rates)[-1],
            )
    console.print(table)
    console.print(
        "Only ticks that somebody spends in the room count. Tactic: "
        f"{races[0].tactic}; everybody comes in the live's first half; building is not timed."
    )
    ratios = [race.ratio("Mesa") for race in races if "Mesa" in race.rates]
    if ratios:
        met = min(ratios) >= _AIM_RATIO
        console.print(f"Mesa: {_verdict(met, f'at least {_AIM_RATIO:.0f} x')}")
    _say_missing(console, missing)


def show_agreement(console: Console, agreement: Agreement, missing: list[str]) -> None:
    """Part 4, outcomes."""
    rivals = list(dict.fromkeys(one.rival for one in agreement.comparisons))
    table = _table(
        f"5. Do they play the same rules? Means of {agreement.crowds} crowds of "
        f"{agreement.shoppers:,}, a person who came in",
        "tactic",
        "measure",
        room.NAME,
        *(text for rival in rivals for text in (rival, "errors\napart")),
        words=2,
    )
    rows: dict[tuple[str, str], list[str]] = {}
    for one in agreement.comparisons:
        if one.measure in agreeing.HEADLINE:
            cells = rows.setdefault((one.tactic, one.measure), [f"{one.ours:.4g}"])
            cells += [f"{one.theirs:.4g}", f"{one.errors_apart:.1f}"]
    for (tactic, name), cells in rows.items():
        first, last = name == agreeing.HEADLINE[0], name == agreeing.HEADLINE[-1]
        table.add_row(tactic if first else "", name, *cells, end_section=last)
    worst = agreement.worst
    if worst is not None:
        console.print(table)
        console.print(
            "errors apart: difference of the means in standard errors of that difference. "
            f"{len(agreement.comparisons)} comparisons ({len(agreeing.MEASURES)} measures, "
            f"{len(rows) // len(agreeing.HEADLINE)} tactics) with a tolerance of "
            f"{agreeing.TOLERANCE:g}: "
            + ("all agree" if agreement.holds else "THEY DO NOT AGREE")
            + f"; furthest apart {worst.errors_apart:.1f} "
            f"({worst.rival}, {worst.tactic}, {worst.measure})."
        )
    _say_missing(console, missing)


def show_classes(
    console: Console, costs: list[ClassCost], shoppers: int, rounds: int, think: float
) -> None:
    """What classes of several sizes cost."""
    table = _table(
        f"A class: {shoppers:,} shoppers, {rounds} rounds, decided within {think:g} s",
        "bots",
        "hosting",
        "deci-\nsions",
        "acknowledged\nhalf",
        "\n99%",
        "\nlongest",
        "joined\n99%",
        "round computed\nhalf",
        "\nlongest",
        "memory\nfirst",
        "\npeak",
        "processor\ntime",
        "refused",
        "lost",
        words=0,
    )
    for cost in costs:
        times = (
            cost.ack_half, cost.ack_most, cost.ack_longest, cost.join_most, cost.computed_half,
            cost.computed_longest,
        )  # fmt: skip
        table.add_row(
            str(cost.bots),
            cost.mode,
            str(cost.decisions),
            *(f"{time * 1000:.0f} ms" if time < 1.0 else f"{time:.1f} s" for time in times),
            *(f"{weight / 1e6:,.0f} MB" for weight in (cost.memory_first, cost.memory_peak)),
            _seconds(cost.processor),
            str(cost.refused),
            str(cost.lost),
        )
    console.print(table)
    console.print(
        "A decision is acknowledged when it is on the disk. A round is computed for everybody, and "
        "the\nconsole hears of it up to a quarter of a second later. Bots and server share this "
        "machine."
    )
    for cost in costs:
        for fault, count in cost.faults.items():
            console.print(f"{cost.bots} bots: {count} x {fault}")
    console.print()


def _say_missing(console: Console, missing: list[str]) -> None:
    if missing:
        console.print(
            f"Not installed, so not measured: {', '.join(missing)}. "
            "They come with the extra `bench`: pip install -e '.[bench]'"
        )
    console.print()
