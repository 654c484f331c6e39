"""The night sheet: in one look, what a day has brought."""

from __future__ import annotations

import pygame

from sim.ui import theme, words
from sim.ui.campaign import flow
from sim.ui.campaign.account import DayRow
from sim.ui.campaign.desk import CampaignScreen
from sim.ui.campaign.words import say, tactic_name, words_of
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, display_weight
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


def lines_of(row: DayRow, language: str) -> list[tuple[str, str, str, object]]:
    """(what, figure, note, colour) of everything that happened in a day, most telling first."""
    from_live = row.orders - row.note_orders
    found = [
        ("orders", words.count(row.orders),
         say("night.orders_note", language, live=from_live, notes=row.note_orders), theme.CORAL),
        ("reads", words.count(row.reads),
         say("night.reads_note", language, visits=words.count(row.visits)), "#D9952B"),
        ("parcels", words.count(row.delivered),
         say("night.parcels_note", language, kept=row.kept, back=row.returned), "#B58156"),
        ("fans", f"+{row.followed} / −{row.unfollowed}",
         say("night.fans_note", language, count=words.count(row.followers)), theme.ROSE),
        ("group", f"+{row.joined} / −{row.left}",
         say("night.group_note", language, count=words.count(row.members)), theme.TEAL),
    ]  # fmt: skip
    if row.told_good or row.told_bad:
        found.append(
            ("told", f"+{row.told_good} / −{row.told_bad}", say("night.told_note", language),
             theme.SKY)
        )  # fmt: skip
    if row.notified:
        found.append(
            (
                "notified",
                words.count(row.notified),
                say("night.notified_note", language),
                theme.SAGE,
            )
        )
    if row.clicks:
        found.append(
            ("traffic", words.yuan(row.spent),
             say("night.traffic_note", language, clicks=words.count(row.clicks),
                 led=words.yuan(row.led)), theme.DEEP_SKY)
        )  # fmt: skip
    if row.improved > 0.0005:
        found.append(
            ("mended", f"+{row.improved * 100:.1f}", say("night.mended_note", language),
             theme.MUSTARD)
        )  # fmt: skip
    if row.reports:
        found.append(
            ("reports", words.count(row.reports), say("night.reports_note", language), theme.POOR)
        )
    return found


class NightSheet(CampaignScreen):
    """Shown when the night is over; the last night of a campaign leads to its result."""

    first_focus = "go"
    arrival = "night"

    def __init__(self, app, session, row: DayRow) -> None:
        super().__init__(app, session)
        self.row = row
        self.view = StreetView(session.base, app.builder)

    def _sheet(self, painter: Painter):
        rows = -(-len(lines_of(self.row, "zh")) // 2)
        height = 244.0 + rows * 74 + (38 if self._platform("zh") else 0)
        return (painter.width - 900) / 2, (painter.height - height) / 2, 900.0, height

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        over = self.session.run.phase == "finished"
        return [
            Button(
                "go", (x + width / 2 - 140, y + height - 72, 280, 52),
                words_of("night.result" if over else "night.go"), self._go, "main", "next", size=18,
            ),
            self.language_choice(painter, y + 26, x + width - 126),
        ]  # fmt: skip

    def _go(self) -> Change:
        return self.on_to(flow.after_night(self.app, self.session))

    def key(self, event: pygame.event.Event):
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return self._go()
        return super().key(event)

    def back(self) -> Change:
        from sim.ui.campaign.menu import DeskMenu
        from sim.ui.screens.base import Push

        return Push(DeskMenu(self.app, self.session))

    def ambience(self) -> tuple[str | None, float]:
        return "street", 0.2

    def _platform(self, language: str) -> str:
        """What the platform gave or took, in one line."""
        row = self.row
        if row.tiers:
            tier = row.tiers[-1]
            if tier < 0:
                return say("night.tier_lost", language)
            return say("night.tier", language, tier=tier + 1)
        return say("night.support", language) if row.support else ""

    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw_night(painter, language)
        painter.veil("#1E1636", 70)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 28, 110, opacity=255)
        row, scenario = self.row, self.session.base
        last = min(row.day, scenario.campaign.days - 1)
        title = say("night.heading", language, day=last + 1)
        painter.text(title, (x + 40, y + 22, 420, 44), 30, display_weight(title), theme.INK)
        done = []
        if row.live is not None:
            done.append(
                say(
                    "night.live", language, starts=row.live.starts, minutes=row.live.minutes,
                    tactic=tactic_name(scenario, row.live.tactic, language),
                )
            )  # fmt: skip
        if row.notes:
            done.append(say("night.notes", language, count=len(row.notes)))
        painter.text(
            " · ".join(done) if done else say("night.quiet", language),
            (x + 40, y + 66, width - 80, 26), theme.BODY, "medium", theme.SOFT_INK,
        )  # fmt: skip
        painter.text(
            say("night.net", language), (x + 40, y + 100, 150, 44), 18, "medium", theme.SOFT_INK
        )
        wide = painter.text(
            words.yuan(row.net), (x + 190, y + 94, 260, 54), 40, "bold",
            theme.BRICK if row.net >= 0 else theme.POOR, smallest=24,
        )  # fmt: skip
        note = say(
            "night.net_note", language, gross=words.yuan(row.gross),
            back=words.yuan(row.gross - row.net),
        )  # fmt: skip
        painter.text(
            note, (x + 210 + wide, y + 108, width - wide - 250, 30), theme.BODY, "medium",
            theme.SOFT_INK, smallest=11,
        )  # fmt: skip
        top = y + 158
        platform = self._platform(language)
        if platform:
            painter.rect((x + 36, top, width - 72, 32), (244, 182, 70, 90), 12)
            painter.text(
                platform, (x + 52, top, width - 104, 32), theme.BODY, "bold", "#8A5A12"
            )  # fmt: skip
            top += 38
        self._lines(painter, x + 36, top, width - 72, language)

    def _lines(self, painter: Painter, x: float, y: float, width: float, language: str) -> None:
        each = (width - 12) / 2
        for i, (name, figure, note, colour) in enumerate(lines_of(self.row, language)):
            box = (x + (i % 2) * (each + 12), y + (i // 2) * 74, each, 66)
            painter.rect(box, (255, 255, 255, 190), 14)
            painter.rect((box[0] + 10, box[1] + 12, 6, 42), colour, 3)
            painter.text(
                say(f"night.{name}", language), (box[0] + 28, box[1] + 7, 200, 26), theme.BODY,
                "bold", theme.INK, smallest=11,
            )  # fmt: skip
            painter.text(
                note, (box[0] + 28, box[1] + 34, each - 44, 24), 13.5, "medium", theme.SOFT_INK,
                smallest=10,
            )  # fmt: skip
            painter.text(
                figure, (box[0] + 232, box[1] + 5, each - 248, 30), 20, "bold", theme.INK, "right",
                smallest=13,
            )  # fmt: skip
