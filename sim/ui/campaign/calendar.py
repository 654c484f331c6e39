"""The calendar sheet: past days with what was done and what it brought, today, days to come."""

from __future__ import annotations

from sim.ui import theme
from sim.ui.campaign import desk_art
from sim.ui.campaign.words import say, short_yuan
from sim.ui.painter import Box, Painter

_MOST_SHOWN = 30


def first_shown(day: int, days: int) -> int:
    """The first day of a long campaign that the sheet shows: whole weeks around today."""
    if days <= _MOST_SHOWN:
        return 0
    start = max(0, (day // 7 - 2) * 7)
    return min(start, days - 28)


def tactic_colour(scenario, tactic: str | None):
    """The colour that a tactic has on its button."""
    choices = list(scenario.choices)
    if tactic in choices:
        return theme.TACTIC_COLOURS[choices.index(tactic) % len(theme.TACTIC_COLOURS)]
    return theme.PLUM


def draw(painter: Painter, desk, box: Box, language: str) -> None:
    """One column a day."""
    m, scenario = desk.morning, desk.session.base
    desk_art.paper(painter, box, "calendar")
    x, y, width, height = box
    start = first_shown(m.day, m.days)
    shown = min(m.days - start, _MOST_SHOWN)
    each = (width - 24) / shown
    top_net = max((row.net for row in m.rows), default=0.0)
    for i in range(shown):
        day = start + i
        cell = (x + 12 + i * each, y + 6, each, height - 10)
        if day == m.day:
            painter.panel(
                (cell[0] + 1, cell[1] - 2, each - 2, cell[3] + 2), "#FFE7C2", 8, 60,
                (242, 112, 91, 255), 255,
            )  # fmt: skip
        elif (day // 7) % 2:
            painter.rect((cell[0], cell[1], each, cell[3]), (246, 227, 211, 110), 0)
        colour = theme.BRICK if day == m.day else theme.INK if day < m.day else theme.FAINT_INK
        painter.text(
            str(day + 1), (cell[0], cell[1] + 1, each, 19), 13.5,
            "bold" if day <= m.day else "medium", colour, "center",
        )  # fmt: skip
        if day < m.day and day < len(m.rows):
            _past(painter, scenario, m.rows[day], cell, top_net, language)
        elif day == m.day:
            _today(painter, scenario, m, cell, language)
        if day % 7 == 6 and i < shown - 1:
            painter.rect((cell[0] + each - 0.6, cell[1] + 2, 1.2, cell[3] - 4), theme.HAIRLINE)


def _marks(painter: Painter, cell: Box, live_colour, notes: int, care: bool) -> None:
    """What was done: a camera, a leaf with how many notes, a dot for the group."""
    middle, top = cell[0] + cell[2] / 2, cell[1] + 21
    parts = []
    if live_colour is not None:
        parts.append(("camera", 14))
    if notes:
        parts.append(("leaf", 12))
    if care:
        parts.append(("dot", 6))
    total = sum(w for _, w in parts) + 3 * max(0, len(parts) - 1)
    left = middle - total / 2
    for kind, wide in parts:
        if kind == "camera":
            painter.art(
                ("calendar camera", live_colour), (left, top, 14, 14),
                lambda c: desk_art.camera(c, live_colour),
            )  # fmt: skip
        elif kind == "leaf":
            painter.art(
                ("calendar leaf",), (left, top + 1, 12, 12), lambda c: desk_art.leaf(c, "#D9952B")
            )
        else:
            painter.rect((left, top + 4, 6, 6), theme.TEAL, 3)
        left += wide + 3


def _past(painter: Painter, scenario, row, cell: Box, top_net: float, language: str) -> None:
    colour = tactic_colour(scenario, row.live.tactic) if row.live is not None else None
    _marks(painter, cell, colour, len(row.notes), row.care[0] > 0)
    x, y, each, height = cell
    tall = 16.0
    share = max(0.0, row.net) / top_net if top_net > 0 else 0.0
    high = max(1.5, tall * share)
    painter.rect(
        (x + each * 0.28, y + 38 + tall - high, each * 0.44, high),
        theme.CORAL if row.live is not None else theme.MUSTARD, 1.5,
    )  # fmt: skip
    painter.text(
        short_yuan(row.net, language), (x - 1, y + height - 18, each + 2, 17), 11, "medium",
        theme.INK if row.net >= 0 else theme.POOR, "center", smallest=8.5, may_truncate=True,
    )  # fmt: skip


def _today(painter: Painter, scenario, m, cell: Box, language: str) -> None:
    colour = tactic_colour(scenario, m.live.tactic) if m.live is not None else None
    _marks(painter, cell, colour, len(m.notes_today), m.care[0] > 0)
    painter.text(
        say("calendar.today", language), (cell[0] + 1, cell[1] + cell[3] - 20, cell[2] - 2, 18), 12,
        "bold", theme.BRICK, "center", smallest=8.5,
    )  # fmt: skip
