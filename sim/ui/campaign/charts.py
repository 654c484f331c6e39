"""Charts of a campaign: bars by day with the lives marked, lines of fans, shares by week."""

from __future__ import annotations

from collections.abc import Sequence

from sim.ui import theme, words
from sim.ui.campaign import desk_art
from sim.ui.campaign.account import DayRow
from sim.ui.campaign.calendar import tactic_colour
from sim.ui.campaign.words import say, short_yuan
from sim.ui.painter import Box, Painter
from sim.ui.widgets.charts import nice_top, thinned

_EVEN_TOPS = {1.0: 2.0, 2.5: 4.0, 5.0: 6.0, 25.0: 30.0}


def net_bars(painter: Painter, box: Box, rows: Sequence[DayRow], scenario, language: str) -> None:
    """Net sales of each day; a camera over the days with a live, in the colour of its tactic."""
    x, y, width, height = box
    top = nice_top(max((row.net for row in rows), default=1.0))
    low = min(0.0, min((row.net for row in rows), default=0.0))
    base_room, head = 24.0, 22.0
    tall = height - base_room - head
    zero = y + head + tall * top / (top - low)
    for i in range(3):
        level = top * i / 2
        at = zero - (zero - y - head) * level / top
        painter.rect((x + 50, at, width - 50, 1), (180, 140, 120, 70 if i else 150))
        painter.text(
            "¥" + short_yuan(level, language), (x, at - 10, 46, 20), 12, "medium", theme.SOFT_INK,
            "right", smallest=9,
        )  # fmt: skip
    each = (width - 54) / max(1, len(rows))
    step = 1 if each > 20 else 2 if each > 12 else 5
    for i, row in enumerate(rows):
        left = x + 54 + i * each
        wide = min(46.0, each * 0.62)
        middle = left + each / 2
        high = (zero - y - head) * row.net / top
        colour = theme.CORAL if row.live is not None else theme.MUSTARD
        if abs(high) > 1:
            spot = (middle - wide / 2, zero - max(0.0, high), wide, abs(high))
            tone = colour if row.net >= 0 else theme.POOR
            painter.shaded(spot, theme.shade(tone, 0.14), tone, min(5.0, abs(high) / 2, wide / 2))
        if row.live is not None:
            tone = tactic_colour(scenario, row.live.tactic)
            mark = (middle - 7, zero - max(0.0, high) - 18, 14, 14)
            painter.art(("chart camera", tone), mark, lambda c, t=tone: desk_art.camera(c, t))
        if i % step == 0:
            painter.text(
                str(row.day + 1), (middle - 16, y + height - 21, 32, 20), 12, "medium",
                theme.SOFT_INK, "center", smallest=9,
            )  # fmt: skip


def fan_lines(painter: Painter, box: Box, rows: Sequence[DayRow], language: str) -> None:
    """Followers and members at the end of each day."""
    x, y, width, height = box
    left = x
    for key, colour, values in (
        ("weeks.followers", theme.BRICK, [row.followers for row in rows]),
        ("weeks.members", theme.TEAL, [row.members for row in rows]),
    ):
        painter.rect((left, y + 8, 16, 5), colour, 2.5)
        label = f"{say(key, language)} {words.count(values[-1]) if values else 0}"
        left += 24 + painter.text(
            label, (left + 22, y, width / 2 - 26, 22), theme.SMALL, "medium", theme.INK, smallest=10
        ) + 16  # fmt: skip
    plot = (x + 50, y + 30, width - 54, height - 54)
    most = max([1, *(row.followers for row in rows), *(row.members for row in rows)])
    # Half of it is told as well, and there is no half a follower.
    top = _EVEN_TOPS.get(nice_top(most), nice_top(most))
    for i in range(3):
        at = plot[1] + plot[3] * (1 - i / 2)
        painter.rect((plot[0], at, plot[2], 1), (180, 140, 120, 70 if i else 150))
        painter.text(
            words.count(top * i / 2), (x, at - 10, 46, 20), 12, "medium", theme.SOFT_INK, "right",
            smallest=9,
        )  # fmt: skip
    followers = tuple(row.followers for row in rows)
    members = tuple(row.members for row in rows)

    def draw(c) -> None:
        for values, colour in ((followers, theme.BRICK), (members, theme.TEAL)):
            points = [
                (plot[2] * (i + 0.5) / len(values), plot[3] * (1 - value / top))
                for i, value in enumerate(values)
            ]
            if len(points) > 1:
                c.stroke(thinned(points, 1.2), colour, 2.6)
            for px, py in points if len(points) <= 14 else points[-1:]:
                c.circle(px, py, 4, colour)

    if rows:
        painter.art(("fan lines", followers, members), plot, draw, bleed=6)
    each = plot[2] / max(1, len(rows))
    step = 1 if each > 20 else 2 if each > 12 else 5
    for i, row in enumerate(rows):
        if i % step == 0:
            middle = plot[0] + each * (i + 0.5)
            painter.text(
                str(row.day + 1), (middle - 16, y + height - 21, 32, 20), 12, "medium",
                theme.SOFT_INK, "center", smallest=9,
            )  # fmt: skip


def fan_share(painter: Painter, box: Box, rows: Sequence[DayRow], language: str) -> None:
    """How much of what was ordered came from followers and members, as one bar."""
    x, y, width, height = box
    gross = sum(row.gross for row in rows)
    fans = sum(row.fan_sales for row in rows)
    share = fans / gross if gross > 0 else 0.0
    painter.text(
        say("weeks.fan_share", language, share=words.per_cent(share if gross else None, 0)),
        (x, y, width, 22), 14, "bold", theme.INK, smallest=10,
    )  # fmt: skip
    painter.bar((x, y + 26, width, min(14.0, height - 28)), share, theme.BRICK)
