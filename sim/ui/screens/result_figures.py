"""The figures of a run on its result page: the steps of the funnel, and a card for each rate."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.widgets.funnel import Group, Step


def present(value) -> bool:
    """Whether a figure is there; some have nothing to be divided by."""
    return value is not None and value == value


def number(value) -> float:
    """The figure, or 0 where there is none."""
    return float(value) if present(value) else 0.0


def groups(f, language: str) -> list[Group]:
    """The funnel: times a card was seen, people, and orders, each with what came of them."""

    def share(count, whole) -> str:
        return words.per_cent(count / whole) if whole else ""

    def step(name: str, count, written: str = "", **rest) -> Step:
        note = words.say(f"result.of.{name}", language, **rest)
        return Step(words.say(f"result.stage.{name}", language), count, note, written)

    def group(name: str, *steps: Step) -> Group:
        return Group(words.say(f"result.group.{name}", language), steps)

    seen, entered, people = f["impressions"], f["visits"], f["viewers"]
    orders, buyers, kept = f["orders"], f["buyers"], f["orders"] - f["returns"]
    each = f"{orders / buyers:.2f}".rstrip("0").rstrip(".") if buyers else ""
    ordered = step("orders", orders, each=each) if buyers else step("orders_none", orders)
    return [
        group("times", step("seen", seen), step("entered", entered, share(entered, seen))),
        group(
            "people",
            step("people", people),
            step("spoke", f["commenters"], share(f["commenters"], people)),
            step("bought", buyers, share(buyers, people)),
        ),
        group("orders", ordered, step("kept", kept, share(kept, orders))),
    ]


def draw_cards(painter: Painter, box, f, language: str) -> None:
    """A row of rates, each with what it is the share or the mean of."""
    x, y, width, height = box
    median, trust = f["median_minutes_to_order"], f["trust"]
    entries = (
        ("conversion", words.per_cent(f["conversion"])),
        ("return_rate", words.per_cent(f["return_rate"])),
        ("watch", words.duration(number(f["watch_seconds"]), language)),
        ("late", words.per_cent(f["orders_after_5min"], 0)),
        (
            "median",
            words.say("result.minutes", language, value=f"{median:.1f}")
            if present(median)
            else "—",
        ),
        ("fans", f"+{words.count(f['followers'])} / −{words.count(f['unfollowed'])}"),
        (
            "trust",
            words.say("nights.out_of", language, value=round(trust * 100))
            if present(trust)
            else "—",
        ),
    )
    each = (width - 8 * (len(entries) - 1)) / len(entries)
    for i, (key, value) in enumerate(entries):
        spot = (x + i * (each + 8), y, each, height)
        painter.rect(spot, (255, 255, 255, 190), 16)
        left, room = spot[0] + 12, each - 22
        painter.text(
            words.say(f"result.card.{key}", language), (left, y + 8, room, 24), 14, "medium",
            theme.SOFT_INK, smallest=11.5,
        )  # fmt: skip
        painter.text(value, (left, y + 32, room, 36), 22, "bold", theme.INK, smallest=13)
        painter.text(
            words.say(f"result.card.{key}_of", language), (left, y + 70, room, height - 74), 12.5,
            "medium", theme.SOFT_INK, lines=2, smallest=11, vertical="top",
        )  # fmt: skip
