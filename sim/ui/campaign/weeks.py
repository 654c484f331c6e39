"""The account week by week: sales with the lives marked, fans, and who it was that bought."""

from __future__ import annotations

import pygame

from sim.ui import theme, words
from sim.ui.campaign import charts, desk_art
from sim.ui.campaign.account import DayRow, weeks_of
from sim.ui.campaign.desk import CampaignScreen
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Pop, display_weight
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Tabs
from sim.ui.widgets.charts import table


def week_row(number: int, rows: list[DayRow], language: str) -> list[str]:
    """A week as a row of the table."""
    gross = sum(row.gross for row in rows)
    fans = sum(row.fan_sales for row in rows)
    return [
        say("weeks.week", language, week=number + 1),
        words.yuan(sum(row.net for row in rows)),
        words.count(sum(row.orders for row in rows)),
        words.count(sum(row.returned for row in rows)),
        str(sum(row.live is not None for row in rows)),
        str(sum(len(row.notes) for row in rows)),
        f"+{sum(row.followed - row.unfollowed for row in rows)}".replace("+-", "−"),
        words.per_cent(fans / gross if gross else None, 0),
    ]


def week_columns(language: str) -> list[tuple[str, float, str]]:
    """Headings of the table of weeks."""
    return [
        (say("weeks.column.week", language), 0.16, "left"),
        (say("weeks.column.net", language), 0.16, "right"),
        (say("weeks.column.orders", language), 0.11, "right"),
        (say("weeks.column.returns", language), 0.11, "right"),
        (say("weeks.column.lives", language), 0.10, "right"),
        (say("weeks.column.notes", language), 0.10, "right"),
        (say("weeks.column.fans", language), 0.12, "right"),
        (say("weeks.column.share", language), 0.14, "right"),
    ]


class WeeksScreen(CampaignScreen):
    """One week at a time, or all of them; in passing it comes by itself every seventh night."""

    first_focus = "go"
    arrival = "success"

    def __init__(self, app, session, rows: list[DayRow], in_passing: bool = False) -> None:
        super().__init__(app, session)
        self.rows, self.in_passing = rows, in_passing
        self._goes_on = not in_passing  # opened over the desk, it owns nothing
        self.weeks = weeks_of(rows, session.base.campaign.days)
        self.shown = len(self.weeks) - 1

    def _sheet(self, painter: Painter):
        width, height = min(1160, painter.width - 60), min(860, painter.height - 44)
        return (painter.width - width) / 2, (painter.height - height) / 2, width, height

    def _tabs(self) -> list:
        most = 5 if len(self.weeks) > 6 else len(self.weeks)
        first = max(0, len(self.weeks) - most)
        weeks = [
            (i, words_of("weeks.week", week=i + 1)) for i in range(first, len(self.weeks))
        ]  # fmt: skip
        return [*weeks, (-1, words_of("weeks.all"))]

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        tabs = self._tabs()
        wide = min(620.0, 108.0 * len(tabs))
        return [
            Tabs(
                "tabs", (x + width - 160 - wide, y + 22, wide, 40), tabs, lambda: self.shown,
                self._open,
            ),
            Button(
                "go", (x + width - 250, y + height - 64, 220, 48),
                words_of("weeks.go" if self.in_passing else "weeks.back"), self.back, "main",
                "next" if self.in_passing else "back",
            ),
            self.language_choice(painter, y + 28, x + width - 122),
        ]  # fmt: skip

    def _open(self, week: int) -> None:
        self.shown = week

    def back(self) -> Change:
        if not self.in_passing:
            return Pop()
        from sim.ui.campaign import flow

        return self.on_to(flow.screen_of(self.app, self.session))

    def key(self, event: pygame.event.Event):
        options = [value for value, _ in self._tabs()]
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return self.back()
        number = event.key - pygame.K_1
        if 0 <= number < len(options):
            self.shown = options[number]
            return None
        return super().key(event)

    def ambience(self) -> tuple[str | None, float]:
        return "street", 0.2

    def paint(self, painter: Painter, language: str) -> None:
        desk_art.desk(painter)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 28, 110, opacity=255)
        week = self.shown >= 0
        title = (
            say("weeks.heading", language, week=self.shown + 1)
            if week
            else say("weeks.heading_all", language)
        )
        painter.text(title, (x + 32, y + 20, 340, 44), 28, display_weight(title), theme.INK)
        rows = self.weeks[self.shown] if week and self.weeks else self.rows
        inner, top = width - 64, y + 78
        table_high = 34.0 + 28 * (1 if week else min(len(self.weeks), 6))
        chart_high = height - 78 - 84 - table_high - 16
        left_wide = inner * 0.58
        painter.rect((x + 32, top, left_wide - 8, chart_high), (255, 255, 255, 190), 18)
        painter.text(
            say("weeks.net_by_day", language), (x + 48, top + 8, left_wide - 40, 24), 15, "bold"
        )
        charts.net_bars(
            painter, (x + 44, top + 34, left_wide - 34, chart_high - 42), rows, self.session.base,
            language,
        )  # fmt: skip
        right = x + 32 + left_wide + 8
        right_wide = inner - left_wide - 8
        painter.rect((right, top, right_wide, chart_high - 72), (255, 255, 255, 190), 18)
        charts.fan_lines(
            painter, (right + 14, top + 10, right_wide - 28, chart_high - 88), rows, language
        )
        painter.rect((right, top + chart_high - 62, right_wide, 62), (255, 255, 255, 190), 18)
        charts.fan_share(
            painter, (right + 14, top + chart_high - 55, right_wide - 28, 46), rows, language
        )
        numbers = [self.shown] if week else list(range(len(self.weeks)))[-6:]
        table(
            painter, (x + 40, top + chart_high + 10, inner - 16, table_high),
            week_columns(language), [week_row(i, self.weeks[i], language) for i in numbers], 30,
        )  # fmt: skip
