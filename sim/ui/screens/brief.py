"""Before the live: the shop, the goods, the street and the ways to sell, on one sheet."""

from __future__ import annotations

import pygame

from sim import wording
from sim.ui import theme, words
from sim.ui.ghosts.company import Company
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import Change, Pop, Push, Replace, Screen, heading
from sim.ui.screens.brief_goods import draw_goods
from sim.ui.session import SECONDS_A_TICK, Session
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import AbleButton, Button, TacticButton

_TOLD_SECONDS = 5.0
_LOOK_AFTER = 0.4


class BriefScreen(Screen):
    """Shows what the live is about and prepares the run meanwhile.

    company: the ghosts that were called here; they get ready too, and come along into the live.
    None where there are none, as for campaigns: no two of them meet the same people on a day.
    """

    first_focus = "go"
    company: Company | None = None
    _told = 0.0
    _foot_buttons = 632.0  # of the foot's width, what its buttons take

    def __init__(self, app, scenario) -> None:
        super().__init__(app)
        self.scenario = scenario
        self.session = Session(scenario, make_run=app.make_run)
        self.session.speed = app.settings.start_speed
        self.company = Company(self.session)
        self.tactic = (
            scenario.reference if scenario.reference in scenario.choices else scenario.choices[0]
        )
        self.view = StreetView(scenario, app.builder)
        self._waited = 0.0
        self._wants_to_go = False
        self._told = 0.0  # for how long it is still said that there are no ghosts
        self._bets_screen: Screen | None = None

    def opened(self) -> None:
        self.session.prepare()

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        widgets: list[Widget] = []
        choices = self.scenario.choices
        columns = 4 if len(choices) > 4 else len(choices)
        left, room = x + width / 2 + 14, width / 2 - 44
        each = (room - 8 * (columns - 1)) / columns
        for i, tactic in enumerate(choices):
            box = (left + (i % columns) * (each + 8), y + 122 + (i // columns) * 62, each, 54)
            widgets.append(self._tactic(i, tactic, box))
        widgets.append(
            Button(
                "back",
                (x + 30, y + height - 66, 130, 46),
                lambda la: words.say("common.back", la),
                self.back,
                mark="back",
            )
        )
        widgets.append(
            AbleButton(
                "ghosts", (x + width - 432, y + height - 67, 170, 46), self._ghost_words,
                self.pick_ghosts, mark="eye", size=14, tip=self._ghost_tip,
                able=lambda: not self.company.nothing,
            )
        )  # fmt: skip
        widgets.append(
            Button(
                "go",
                (x + width - 250, y + height - 70, 220, 52),
                self._go_words,
                self._go,
                "main",
                "play",
                size=20,
            )
        )
        widgets.append(self.language_choice(painter, y + 24, x + width - 122))
        return widgets

    def _tactic(self, number: int, tactic: str, box) -> TacticButton:
        spec = self.scenario.tactics[tactic]
        return TacticButton(
            f"tactic:{tactic}", box, number, spec.title.text, lambda: self._choose(tactic),
            lambda: self.tactic == tactic, spec.summary.text,
        )  # fmt: skip

    def _choose(self, tactic: str) -> None:
        self.tactic = tactic

    def _sheet(self, painter: Painter):
        width, height = min(1120, painter.width - 60), min(650, painter.height - 40)
        return (painter.width - width) / 2, (painter.height - height) / 2, width, height

    def _ghost_words(self, language: str) -> str:
        count = len(self.company.companions) if self.company else 0
        key = "picked" if count else "open"
        return wording.text(f"ghost.control.{key}", language, count=count) + "  (H)"

    def _ghost_tip(self, language: str) -> str:
        key = "sheet.none" if self.company.nothing else "control.tip"
        return wording.text(f"ghost.{key}", language)

    def pick_ghosts(self) -> Change | None:
        """Open the sheet on which ghosts are called and sent away."""
        if self.company is None:
            return None
        if self.company.nothing:
            self.app.sound.play("error")
            self._told = _TOLD_SECONDS
            return None
        from sim.ui.ghosts.sheet import GhostScreen

        return Push(GhostScreen(self.app, self.session, self.company))

    def back(self) -> Change:
        if self.company is not None:
            self.company.close()
        if len(self.app.stack) > 1:
            return Pop()
        from sim.ui.screens.title import TitleScreen

        return Replace(TitleScreen(self.app))

    def key(self, event: pygame.event.Event):
        number = event.key - pygame.K_1
        if 0 <= number < len(self.scenario.choices):
            self._choose(self.scenario.choices[number])
            return None
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return self._go()
        if event.key == pygame.K_h:
            return self.pick_ghosts()
        return super().key(event)

    def _go_words(self, language: str) -> str:
        if self.app.settings.ask_bets:
            return wording.text("bets_screen.next", language)
        return words.say("brief.go", language)

    def _go(self) -> Change | None:
        if self.app.settings.ask_bets and self.session.error is None:
            from sim.ui.screens.bets import BetsScreen

            # Kept, so that going back and forth loses no bet.
            self._bets_screen = self._bets_screen or BetsScreen(self.app, self)
            return Replace(self._bets_screen)
        self._wants_to_go = True
        return self._start_if_ready() or self._wait()

    def _wait(self) -> Change | None:
        """How far the street is with getting ready, and something to read meanwhile."""
        if self.session.error is not None:
            return None
        from sim.ui.screens.opening import OpeningScreen

        return Push(OpeningScreen(self.app, self.session, self._stay))

    def _stay(self) -> None:
        self._wants_to_go = False

    def _start_if_ready(self) -> Change | None:
        if not (self._wants_to_go and self.session.ready):
            return None
        return self.go_live()

    def go_live(self, bets=()) -> Change:
        """Begin the live with these bets; the session must be ready."""
        from sim.ui.screens.live import LiveScreen

        self.session.bets = tuple(bets)
        self.session.keep_journal()
        self.session.set_tactic(self.tactic)
        live = LiveScreen(self.app, self.session, self.company)
        if not self.app.settings.taught:
            live.teach()
        return Replace(live)

    def update(self, seconds: float) -> Change | None:
        self._waited += seconds
        self._told = max(0.0, self._told - seconds)
        if self.company is not None and self.session.ready and self._waited > _LOOK_AFTER:
            # In the background, and only when the street has been opened.
            self.company.look()
        self.view.move(0.0 if self.app.settings.reduced_motion else seconds, 0.0)
        return self._start_if_ready()

    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw(painter, language)
        painter.veil("#5A2A3A", 110)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        heading(painter, self.say("brief.heading"), x + 30, y + 20, width * 0.4)
        title = self.scenario.title.text(language)
        live = self.scenario.live
        when = self.say("brief.time", starts=live.starts, minutes=live.minutes)
        painter.text(
            f"{title} · {when}",
            (x + 30, y + 62, width - 180, 26),
            theme.BODY,
            "medium",
            theme.SOFT_INK,
            may_truncate=True,
        )
        self._brief(painter, (x + 30, y + 104, width / 2 - 60, height - 104 - 80), language)
        self._tactics(painter, x + width / 2 + 14, y, width / 2 - 44, language)
        draw_goods(painter, self.scenario.host.products, self.goods_box(painter), language)
        ticks = live.minutes * 60 / SECONDS_A_TICK
        speed = self.say(
            "brief.speed",
            slow=words.duration(ticks, language),
            fast=words.duration(ticks / 16, language),
        )
        painter.text(
            speed,
            (x + 180, y + height - 68, width - self._foot_buttons, 48),
            theme.SMALL,
            "medium",
            theme.SOFT_INK,
            lines=2,
        )
        self._state(painter, x, y, width, height)

    def _brief(self, painter: Painter, box, language) -> None:
        with painter.exact_sizes() as larger:
            self._brief_lines(painter, box, language, larger)

    def _brief_lines(self, painter: Painter, box, language, larger: float) -> None:
        x, y, width, height = box
        lines = self.scenario.brief.lines(language)
        culture = self.scenario.street.culture.text(language)

        def heights(size: float) -> list[float]:
            return [painter.text_height(line, width - 28, size) for line in lines]

        # An author may write much: all lines become smaller before they run into the buttons.
        for size in (19 * larger, 17.5 * larger, 19, 17.5, 16, 14, theme.SMALL, theme.TINY):
            gap = 15 if size > theme.BODY else 8
            small = min(theme.BODY * larger, max(14.0, size))
            about = painter.text_height(culture, width - 26, small)
            if sum(heights(size)) + gap * len(lines) + about + 56 <= height:
                break
        top, bottom = y, y + height - about - 56
        for line, high in zip(lines, heights(size), strict=True):
            if top + high > bottom + gap:
                break
            spot = (x, top + size * 0.37, 12, 12)
            painter.art(("bullet",), spot, lambda c: c.circle(6, 6, 4.5, theme.CORAL))
            painter.text(
                line, (x + 26, top, width - 28, high + 1), size, "regular", theme.INK, lines=9
            )
            top += high + gap
        top += 10
        painter.rect((x - 4, top + 4, width, about + 40), (134, 181, 143, 60), 14)
        painter.text(
            self.say("brief.culture"), (x + 10, top + 9, width - 28, 21), theme.SMALL * larger,
            "bold", "#4C7A55",
        )  # fmt: skip
        painter.text(
            culture, (x + 10, top + 30, width - 26, about + 1), small, "regular", theme.INK, lines=6
        )

    def _tactics(self, painter: Painter, x, y, width, language) -> None:
        painter.text(
            self.say("brief.tactics"), (x, y + 94, width, 24), theme.BODY, "bold", theme.SOFT_INK
        )
        rows = 2 if len(self.scenario.choices) > 4 else 1
        top = y + 122 + rows * 62
        spec = self.scenario.tactics[self.tactic]
        painter.rect((x, top, width, 84), (255, 255, 255, 150), 14)
        painter.text(
            self.say("brief.start_with") + " · " + spec.title.text(language),
            (x + 14, top + 6, width - 28, 24),
            theme.BODY,
            "bold",
            theme.INK,
            may_truncate=True,
        )
        painter.text(
            spec.summary.text(language),
            (x + 14, top + 30, width - 28, 50),
            14,
            "regular",
            theme.SOFT_INK,
            lines=2,
            smallest=11,
            vertical="top",
            may_truncate=True,
        )

    def goods_box(self, painter: Painter) -> Box:
        """Where the goods lie: under the ways to sell, and above the buttons."""
        x, y, width, height = self._sheet(painter)
        rows = 2 if len(self.scenario.choices) > 4 else 1
        top = y + 122 + rows * 62 + 96
        return x + width / 2 + 14, top, width / 2 - 44, y + height - 84 - top

    def _state(self, painter: Painter, x, y, width, height) -> None:
        if self.session.error is not None:
            text = self.session.error.in_language(self.app.language)
        elif self._wants_to_go and not self.session.ready:
            done, total = self.session.preparing
            text = self.say("common.loading_first" if self._waited > 4 else "common.loading")
            painter.bar((x + width - 250, y + height - 12, 220, 5), done / total, theme.CORAL)
        elif self._told > 0:
            text = wording.text("ghost.sheet.none", self.app.language)
        else:
            return
        box = (x + width - 470, y + height - 96, 440, 24)
        painter.text(
            text,
            box,
            theme.SMALL,
            "medium",
            theme.BRICK,
            "right",
            may_truncate=True,
            lines=1,
            smallest=10,
        )
