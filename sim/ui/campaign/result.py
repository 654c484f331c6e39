"""The end of a campaign: profit and net sales, the weeks, other policies, and the lesson's card."""

from __future__ import annotations

import math

import pygame

from sim.ui import theme, words
from sim.ui.campaign import charts
from sim.ui.campaign.account import day_rows, weeks_of
from sim.ui.campaign.desk import CampaignScreen
from sim.ui.campaign.rivals import by_policy, stars_for
from sim.ui.campaign.weeks import week_columns, week_row
from sim.ui.campaign.words import say, words_of
from sim.ui.comparison import SameCrowd
from sim.ui.course import card as lesson_card
from sim.ui.course.stars import draw_stars
from sim.ui.debrief import entry as debrief
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Replace, display_weight
from sim.ui.street.view import StreetView
from sim.ui.wagers import Keeping
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import AbleButton, Button, Tabs
from sim.ui.widgets.charts import bar_row, nice_top, table

TABS = ("result", "weeks", "crowd")


class CampaignResult(CampaignScreen):
    """Tabs on one sheet; the lesson's card is one of them where the scenario is a lesson."""

    first_focus = "tabs"
    arrival = "success"

    def __init__(self, app, session) -> None:
        super().__init__(app, session)
        run, scenario = session.run, session.base
        session.scenario = scenario
        self.figures = {**run.report(), **run.campaign_report()}
        self.rows = day_rows(run)
        # After the last day parcels still come back, but nobody comes or goes.
        self._campaign_rows = self.rows[: scenario.campaign.days]
        self.weeks = weeks_of(self.rows, scenario.campaign.days)
        self.view = StreetView(scenario, app.builder)
        self.tab = "result"
        self.tabs = (*TABS, "lesson") if scenario.lesson is not None else TABS
        compare = app.compare_policies if hasattr(app, "compare_policies") else by_policy
        names = list(scenario.campaign.compare)
        self.crowd = SameCrowd(scenario, session.seed, names, compare)
        plain = {k: None if math.isnan(v) else v for k, v in self.figures.items()}
        # Practice is for trying things out: nothing of it is kept.
        self.kept = None if session.practice else Keeping(session, plain, self.crowd)
        self.stars: int | None = None
        self._asked = False  # whether somebody has asked for a debrief, which is of one evening

    def closed(self) -> None:
        self._judge()
        self.crowd.stop()
        super().closed()

    def update(self, seconds: float) -> Change | None:
        self._judge()
        return None

    def _judge(self) -> None:
        """Count the stars once all policies are known, and keep them with the run."""
        if self.stars is not None or self.crowd.failed:
            return
        if self.crowd.done < len(self.crowd.tactics):
            return
        if self.kept is not None and self.kept.saved is None:
            return
        goal = self.session.base.goal
        self.stars, share = stars_for(float(self.figures[goal]), self.crowd.rows, goal)
        if self.kept is not None:
            self.kept.note_stars(self.stars, share)

    # -- controls ------------------------------------------------------------------------------
    def _sheet(self, painter: Painter):
        width, height = min(1160, painter.width - 60), min(860, painter.height - 44)
        return (painter.width - width) / 2, (painter.height - height) / 2, width, height

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        tabs = [(tab, words_of(f"result.tab.{tab}")) for tab in self.tabs]
        wide = 150.0 * len(tabs)
        return [
            Tabs(
                "tabs", (x + width - 150 - wide, y + 22, wide, 42), tabs, lambda: self.tab,
                self._open,
            ),
            AbleButton(
                "debrief", (x + width - 750, y + height - 66, 150, 48), debrief.entry_words,
                lambda: None, mark="eye", tip=lambda la: debrief.entry_tip(self.session, la),
                able=lambda: debrief.can_look_back(self.session),
            ),
            Button(
                "map", (x + width - 590, y + height - 66, 160, 48), words_of("result.map"),
                self._map, mark="globe",
            ),
            Button(
                "home", (x + width - 420, y + height - 66, 160, 48),
                lambda la: words.say("result.home", la), self.leave, mark="door",
            ),
            Button(
                "again", (x + width - 250, y + height - 66, 220, 48),
                lambda la: words.say("result.again", la), self._again, "main", "play",
            ),
            self.language_choice(painter, y + 28, x + width - 122),
        ]  # fmt: skip

    def _open(self, tab: str) -> None:
        self.tab = tab

    def _again(self) -> Change:
        from sim.ui.campaign.entry import brief_for

        return Replace(brief_for(self.app, self.session.base))

    def _map(self) -> Change:
        from sim.ui.course.map import CourseMap

        return Replace(CourseMap(self.app))

    def back(self) -> Change:
        return self.leave()

    def key(self, event: pygame.event.Event):
        number = event.key - pygame.K_1
        if 0 <= number < len(self.tabs):
            self.tab = self.tabs[number]
            return None
        if event.key == pygame.K_d:
            self._asked = True
            self.app.sound.play("error")
            return None
        return super().key(event)

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw_night(painter, language)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 28, 110, opacity=255)
        title = say("result.heading", language, days=self.session.base.campaign.days)
        painter.text(
            title, (x + 32, y + 18, width - 200 - 150 * len(self.tabs), 46), 28,
            display_weight(title), theme.INK, smallest=17,
        )  # fmt: skip
        box = (x + 32, y + 84, width - 64, height - 166)
        getattr(self, f"_{self.tab}")(painter, box, language)
        foot = (x + 34, y + height - 62, width - 34 - 770, 40)
        if self._asked:
            painter.text(
                debrief.entry_tip(self.session, language), foot, 13, "medium", theme.BRICK,
                lines=3, smallest=10,
            )  # fmt: skip
        elif self.session.practice:
            painter.text(
                say("result.practice", language), foot, theme.BODY, "bold", theme.PLUM,
                lines=2, smallest=12,
            )  # fmt: skip
        elif self.stars is not None:
            draw_stars(painter, self.stars, x + 34, y + height - 50)
            painter.text(
                say("result.stars", language), (x + 106, foot[1], foot[2] - 72, foot[3]), 13,
                "medium", theme.SOFT_INK, lines=3, smallest=10,
            )  # fmt: skip

    def _result(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        f = self.figures
        profit = f["profit"]
        half = width / 2
        for i, (key, value, note) in enumerate((
            ("profit", profit, "profit_note"), ("net", f["net_sales"], "net_note"),
        )):  # fmt: skip
            left = x + i * half
            painter.text(
                say(f"result.{key}", language),
                (left, y, half - 20, 26),
                18,
                "medium",
                theme.SOFT_INK,
            )
            painter.text(
                words.yuan(value), (left, y + 24, half - 20, 60), 46, "bold",
                theme.POOR if value < 0 else theme.BRICK if i == 0 else theme.INK, smallest=26,
            )  # fmt: skip
            painter.text(
                say(f"result.{note}", language, gross=words.yuan(f["gmv"]),
                    back=words.yuan(f["gmv"] - f["net_sales"])),
                (left, y + 84, half - 20, 24), 14, "medium", theme.SOFT_INK, smallest=10.5,
            )  # fmt: skip
        high = height - 116 - 104
        painter.rect((x, y + 116, width * 0.62, high), (255, 255, 255, 190), 18)
        charts.net_bars(
            painter, (x + 12, y + 122, width * 0.62 - 24, high - 10), self.rows, self.session.base,
            language,
        )  # fmt: skip
        right = x + width * 0.62 + 14
        wide = width * 0.38 - 14
        painter.rect((right, y + 116, wide, high), (255, 255, 255, 190), 18)
        charts.fan_lines(
            painter, (right + 12, y + 124, wide - 24, high - 14), self._campaign_rows, language
        )
        self._cards(painter, (x, y + height - 92, width, 92), language)

    def _cards(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        f = self.figures

        def number(value: float, written) -> str:
            return "—" if math.isnan(value) else written(value)

        entries = (
            ("fan_share", number(f["fan_share"], lambda v: words.per_cent(v, 0))),
            ("repeat", number(f["repeat_share"], lambda v: words.per_cent(v, 0))),
            ("return_rate", number(f["return_rate"], words.per_cent)),
            ("members", words.count(f["members"])),
            ("note_sales", words.yuan(f["note_sales"])),
            ("traffic", number(f["traffic_return"], lambda v: f"{v:.1f}×")),
            ("standing", f"{f['standing'] * 100:.0f}"),
            ("quality", f"{f['quality'] * 100:.0f}"),
        )
        each = (width - 10 * (len(entries) - 1)) / len(entries)
        for i, (key, value) in enumerate(entries):
            spot = (x + i * (each + 10), y, each, height)
            painter.rect(spot, (255, 255, 255, 190), 16)
            painter.text(
                say(f"result.card.{key}", language), (spot[0] + 12, y + 8, each - 20, 38), 13.5,
                "medium", theme.SOFT_INK, lines=2, smallest=10.5,
            )  # fmt: skip
            painter.text(
                value, (spot[0] + 12, y + 48, each - 20, 36), 22, "bold", theme.INK, smallest=13
            )

    def _weeks(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        rows = [week_row(i, week, language) for i, week in enumerate(self.weeks)]
        pitch = min(40.0, height / (len(rows) + 1))
        best = max(
            range(len(self.weeks)),
            key=lambda i: sum(row.net for row in self.weeks[i]),
            default=None,
        )
        table(painter, (x + 6, y, width - 12, height), week_columns(language), rows, pitch, best)
        left = height - pitch * (len(rows) + 1) - 20
        if left > 120:
            top = y + pitch * (len(rows) + 1) + 20
            painter.rect((x, top, width, left), (255, 255, 255, 190), 18)
            charts.fan_lines(
                painter, (x + 16, top + 8, width - 32, left - 14), self._campaign_rows, language
            )

    def _crowd(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        scenario = self.session.base
        goal = scenario.goal
        painter.text(
            say("result.crowd_note", language), (x, y, width, 28), 17, "medium", theme.SOFT_INK,
            smallest=12,
        )  # fmt: skip
        rows = [("", say("result.you", language), self.figures, "#7A5362")]
        for i, policy in enumerate(self.crowd.tactics):
            found = self.crowd.rows.get(policy)
            if found is not None:
                colour = theme.TACTIC_COLOURS[i % len(theme.TACTIC_COLOURS)]
                name = scenario.policies[policy].title.text(language)
                rows.append((policy, name, found, colour))
        top = nice_top(max(max(0.0, row[2][goal]) for row in rows) or 1.0)
        total = len(self.crowd.tactics) + 1
        each = min(74.0, (height - 110) / total)
        ordered = rows[:1] + sorted(rows[1:], key=lambda row: -row[2][goal])
        for i, (policy, name, figures, colour) in enumerate(ordered):
            spot = (x, y + 40 + i * each, width, each - 6)
            if not policy:
                painter.rect((x - 10, spot[1] - 2, width + 20, each - 4), (244, 182, 70, 50), 14)
            note = say("result.profit_of", language, profit=words.yuan(figures["profit"]))
            bar_row(
                painter, spot, name, figures[goal], top, words.yuan(figures[goal]), colour, note,
                not policy, 210,
            )  # fmt: skip
        foot = y + 46 + total * each
        if self.crowd.failed:
            text = words.say("result.failed", language)
        elif self.crowd.done < len(self.crowd.tactics):
            text = words.say(
                "result.running", language, done=self.crowd.done, total=len(self.crowd.tactics)
            )
            painter.bar(
                (x, foot + 34, 300, 7), self.crowd.done / len(self.crowd.tactics), theme.CORAL
            )
        else:
            best = ordered[1] if len(ordered) > 1 else ordered[0]
            ahead = self.figures[goal] - best[2][goal]
            key = "you_best" if ahead > 0 else "best" if ahead < 0 else "same"
            text = say(f"result.{key}", language, name=best[1])
            painter.text(
                words.say("result.luck", language), (x, foot + 26, width, 24), theme.SMALL,
                "medium", theme.SOFT_INK,
            )  # fmt: skip
        painter.text(text, (x, foot, width, 28), 17, "bold", theme.INK, smallest=12)

    def _lesson(self, painter: Painter, box, language: str) -> None:
        lesson_card.draw(painter, box, self.session.base.lesson, language)
