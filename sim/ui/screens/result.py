"""How it went: net of returns first, the funnel, the timeline, and the same crowd again."""

from __future__ import annotations

import pygame

from sim import wording
from sim.ui import theme, words
from sim.ui.comparison import SameCrowd
from sim.ui.course.card_screen import card_buttons
from sim.ui.debrief import entry as debrief
from sim.ui.history import live_history
from sim.ui.painter import Painter
from sim.ui.screens import bet_results, result_figures
from sim.ui.screens.base import Change, Replace, Screen, heading
from sim.ui.screens.result_figures import number
from sim.ui.street.view import StreetView
from sim.ui.wagers import Keeping
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Tabs
from sim.ui.widgets.charts import Timeline, bands_of, bar_row, nice_top
from sim.ui.widgets.funnel import funnel

TABS = ("result", "timeline", "crowd")
_CARDS = 112.0


class ResultScreen(Screen):
    """Three tabs on one sheet, and a fourth where there were bets."""

    first_focus = "tabs"
    arrival = "success"

    def __init__(self, app, session) -> None:
        super().__init__(app)
        self.session = session
        self.figures = session.run.report()
        self.view = StreetView(session.scenario, app.builder)
        scenario = session.scenario
        self.tab = "result"
        self.crowd = SameCrowd(scenario, session.seed, list(scenario.compare), app.compare)
        self.timeline = self._timeline()
        self.kept = Keeping(session, self.figures, self.crowd)
        # Whoever bet nothing is told nothing about bets.
        self.tabs = (*TABS, "bets") if session.bets else TABS
        self._debrief = self._noted = None

    def opened(self) -> None:
        self._note_stars()

    def closed(self) -> None:
        self._note_stars()
        self.crowd.stop()
        self.session.close()

    def _note_stars(self) -> None:
        """Keep the stars that looking back at this run has found."""
        stars = getattr(getattr(self._debrief, "study", None), "stars", None)
        if stars is not None and stars is not self._noted:
            self._noted = stars
            self.kept.note_stars(stars.count, stars.share)

    # -- controls ------------------------------------------------------------------------------
    def _sheet(self, painter: Painter):
        width, height = min(1160, painter.width - 60), min(820, painter.height - 44)
        return (painter.width - width) / 2, (painter.height - height) / 2, width, height

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        tabs = [(tab, lambda la, t=tab: _tab_words(t, la)) for tab in self.tabs]
        look_back = Button(
            "debrief",
            (x + width - 690, y + height - 68, 200, 48),
            debrief.entry_words,
            self._look_back,
            mark="eye",
            tip=lambda la: debrief.entry_tip(self.session, la),
        )
        look_back.enabled = debrief.can_look_back(self.session)
        return [
            look_back,
            Tabs("tabs", (x + 330, y + 22, 580, 42), tabs, lambda: self.tab, self._open),
            Button(
                "again",
                (x + width - 250, y + height - 68, 220, 48),
                lambda la: words.say("result.again", la),
                self._again,
                "main",
                "play",
            ),
            Button(
                "home",
                (x + width - 470, y + height - 68, 200, 48),
                lambda la: words.say("result.home", la),
                self._home,
                mark="door",
            ),
            self.language_choice(painter, y + 28, x + width - 122),
            *card_buttons(self.app, self.session.scenario, (x + 30, y + height - 68, 220, 48)),
        ]

    def _open(self, tab: str) -> None:
        self.tab = tab

    def _look_back(self) -> Change | None:
        change = debrief.open_debrief(self.app, self.session)
        self._debrief = None if change is None else change.screen
        return change

    def _again(self) -> Change:
        from sim.ui.screens.brief import BriefScreen

        return Replace(BriefScreen(self.app, self.session.scenario))

    def _home(self) -> Change:
        from sim.ui.screens.title import TitleScreen

        return Replace(TitleScreen(self.app), all=True)

    def back(self) -> Change:
        return self._home()

    def key(self, event: pygame.event.Event):
        number = event.key - pygame.K_1
        if 0 <= number < len(self.tabs):
            self.tab = self.tabs[number]
            return None
        if event.key == pygame.K_d:
            return self._look_back()
        return super().key(event)

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw_night(painter, language)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 28, 110, opacity=255)
        heading(painter, self.say("result.heading"), x + 32, y + 18, 290)
        box = (x + 32, y + 84, width - 64, height - 168)
        if self.tab == "result":
            self._result(painter, box, language)
        elif self.tab == "timeline":
            self._timeline_tab(painter, box, language)
        elif self.tab == "bets":
            bet_results.draw(painter, box, self.kept, self.session.scenario, language)
        else:
            self._crowd(painter, box, language)

    def _result(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        f = self.figures
        painter.text(self.say("result.net"), (x, y, 420, 28), 18, "medium", theme.SOFT_INK)
        wide = painter.text(
            words.yuan(f["net_sales"]), (x, y + 26, 420, 70), 54, "bold", theme.BRICK
        )
        note = self.say(
            "result.net_note",
            gross=words.yuan(f["gmv"]),
            back=words.yuan(f["gmv"] - f["net_sales"]),
        )
        painter.text(
            note, (x + wide + 24, y + 56, width - wide - 30, 30), 18, "medium", theme.SOFT_INK
        )
        tall = max(200.0, min(400.0, height - 106 - 12 - _CARDS))
        groups = result_figures.groups(f, language)
        funnel(painter, (x, y + 104, width, tall), groups, theme.TEAL)
        below = y + 104 + tall + 12
        result_figures.draw_cards(painter, (x, below, width, _CARDS), f, language)

    def _colour_of(self, tactic):
        choices = list(self.session.scenario.choices)
        if tactic in choices:
            return theme.TACTIC_COLOURS[choices.index(tactic) % len(theme.TACTIC_COLOURS)]
        return theme.FAINT_INK

    def _name_of(self, tactic, language: str) -> str:
        tactics = self.session.scenario.tactics
        return (
            tactics[tactic].title.text(language)
            if tactic in tactics
            else words.say("result.custom", language)
        )

    def _timeline(self) -> Timeline | None:
        h = live_history(self.session.run)
        if len(h.minutes) < 2:
            return None
        curves = [
            (_words("result.viewers"), h.viewers, theme.DEEP_SKY, words.count),
            (_words("result.orders_curve"), h.orders, theme.MUSTARD, words.count),
            (_words("result.gross_curve"), h.yuan, theme.BRICK, words.yuan),
        ]
        bands = bands_of(h.minutes, h.tactics)
        return Timeline(h.minutes, curves, bands, self._colour_of, self._name_of)

    def _timeline_tab(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        if self.timeline is None:
            painter.text(
                self.say("result.timeline_none"), (x, y, width, 30), 17, "medium", theme.SOFT_INK
            )
            return
        painter.rect((x, y, width, height - 34), (255, 255, 255, 190), 18)
        self.timeline.draw(painter, (x + 12, y + 12, width - 24, height - 56), language)
        painter.text(
            self.say("result.timeline_note"),
            (x, y + height - 28, width, 26),
            theme.SMALL,
            "medium",
            theme.SOFT_INK,
        )

    def _crowd(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        painter.text(
            self.say("result.crowd_note"), (x, y, width - 200, 28), 17, "medium", theme.SOFT_INK
        )
        rows = [("you", self.say("result.you"), self.figures, "#7A5362")]
        for tactic in self.crowd.tactics:
            figures = self.crowd.rows.get(tactic)
            if figures is not None:
                rows.append(
                    (tactic, self._name_of(tactic, language), figures, self._colour_of(tactic))
                )
        painter.text(
            self.say("result.crowd_columns"), (x + width - 190, y, 190, 28), theme.BODY, "medium",
            theme.SOFT_INK, "right",
        )  # fmt: skip
        top = nice_top(max((number(r[2]["net_sales"]) for r in rows), default=1.0))
        each = min(70.0, (height - 96) / (len(self.crowd.tactics) + 1))
        ordered = rows[:1] + sorted(rows[1:], key=lambda r: -number(r[2]["net_sales"]))
        for i, (name, label, figures, colour) in enumerate(ordered):
            note = self.say("result.returns_note", rate=words.per_cent(figures["return_rate"]))
            spot = (x, y + 40 + i * each, width, each - 6)
            if name == "you":
                painter.rect((x - 10, spot[1] - 2, width + 20, each - 4), (244, 182, 70, 50), 14)
            bar_row(
                painter,
                spot,
                label,
                number(figures["net_sales"]),
                top,
                words.yuan(figures["net_sales"]),
                colour,
                note,
                name == "you",
                190,
            )
        foot = y + 46 + (len(self.crowd.tactics) + 1) * each
        if self.crowd.failed:
            text = self.say("result.failed")
        elif self.crowd.done < len(self.crowd.tactics):
            text = self.say("result.running", done=self.crowd.done, total=len(self.crowd.tactics))
            painter.bar(
                (x, foot + 34, 300, 7), self.crowd.done / len(self.crowd.tactics), theme.CORAL
            )
        else:
            text = self._verdict(ordered, language)
        painter.text(text, (x, foot, width, 30), 17, "bold", theme.INK, smallest=13)
        if self.crowd.done == len(self.crowd.tactics):
            painter.text(
                self.say("result.luck"),
                (x, foot + 28, width * 0.6, 24),
                theme.SMALL,
                "medium",
                theme.SOFT_INK,
            )

    def _verdict(self, rows, language: str) -> str:
        mine = number(rows[0][2]["net_sales"])
        best = max(rows[1:], key=lambda r: number(r[2]["net_sales"]))
        if mine >= number(best[2]["net_sales"]):
            return self.say("result.you_best")
        return self.say("result.best", name=best[1])


def _tab_words(tab: str, language: str) -> str:
    if tab == "bets":
        return wording.text("bets_screen.result.tab", language)
    return words.say(f"result.tab_{tab}", language)


def _words(key: str):
    return lambda language: words.say(key, language)
