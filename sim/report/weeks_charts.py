"""Pictures of weeks: a bar a day, with a mark under those that had a live."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.report.html_charts import CORAL, TEAL, nice_ticks, svg, text_width
from sim.report.html_markup import Markup, element

_LEFT, _RIGHT, _TOP, _TALL, _FOOT = 58, 8, 12, 150, 40


def day_bars(
    width: int,
    values: Sequence[float],
    lives: Sequence[bool],
    money: Callable[[float], str],
    title: str,
) -> Markup:
    """What each day left; below zero where more came back than was sold. lives: which had one."""
    low, high = min([0.0, *values]), max([1.0, *values])
    ticks = nice_ticks(low, high, 4)
    first, last = ticks[0], ticks[-1]
    slot = (width - _LEFT - _RIGHT) / max(len(values), 1)

    def up(value: float) -> float:
        return _TOP + _TALL * (1.0 - (value - first) / (last - first))

    parts: list[Markup] = []
    for tick in ticks:
        y = up(tick)
        parts.append(element("line", x1=_LEFT, x2=width - _RIGHT, y1=y, y2=y, class_="grid"))
        parts.append(element("text", money(tick), x=_LEFT - 7, y=y + 4, class_="y"))
    every = next(
        step for step in (1, 2, 5, 7, 10, 14, 28)
        if step * slot >= text_width("00", 12) + 6 or step == 28
    )  # fmt: skip
    for day, (value, live) in enumerate(zip(values, lives, strict=True)):
        x = _LEFT + day * slot
        top, bottom = up(max(value, 0.0)), up(min(value, 0.0))
        parts.append(
            element(
                "rect", x=x + slot * 0.16, y=top, width=slot * 0.68,
                height=max(bottom - top, 0.5), rx=min(3.0, slot * 0.3),
                fill=CORAL if live else "#E9A596",
            )
        )  # fmt: skip
        if live:
            parts.append(element("circle", cx=x + slot / 2, cy=_TOP + _TALL + 9, r=3.2, fill=TEAL))
        if (day + 1) % every == 0 or day == 0:
            parts.append(element("text", day + 1, x=x + slot / 2, y=_TOP + _TALL + 30, class_="x"))
    return svg(width, _TOP + _TALL + _FOOT, title, parts)
