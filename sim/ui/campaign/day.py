"""A day passes on the street: up to the live if it is to be hosted, or to the next morning."""

from __future__ import annotations

import pygame

from sim.model import TICKS_PER_DAY
from sim.ui import theme, words
from sim.ui.campaign.account import day_rows
from sim.ui.campaign.calendar import tactic_colour
from sim.ui.campaign.desk import CampaignScreen
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, display_weight
from sim.ui.street.crowd import Crowd
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

# Ticks a second of real time: an open street, a live that runs by itself, a night.
_RATES = {"before": 1150.0, "street": 1150.0, "live": 260.0, "night": 5200.0, "morning": 1150.0}
_HURRY = 1e6
_HURRY_BUDGET = 0.03
_LOOK_SECONDS = 1.3
_LOOK_SOON = 0.15
_FRAMES_A_LOOK = 5


class DayScreen(CampaignScreen):
    """The street in fast motion, with the day as a bar and what it has brought so far."""

    first_focus = "skip"

    def __init__(self, app, session) -> None:
        super().__init__(app, session)
        self.view = StreetView(session.base, app.builder)
        self.stop = session.next_stop
        self.to_live = session.run.is_live_day and self.stop < session.run.live_end_tick
        self._day = session.day
        self._due = 0.0
        self._hurry = False
        self._paused = False
        self._look_due = 0.0
        self._frames = 0

    def build(self, painter: Painter) -> list[Widget]:
        middle, y = painter.width / 2, painter.height - 64
        key = "day.to_live" if self.to_live else "day.skip"
        return [
            Button(
                "pause", (middle - 190, y + 2, 50, 42), lambda _: "", self._pause,
                mark="play" if self._paused else "pause", sound=None,
            ),
            Button("skip", (middle - 130, y, 260, 46), words_of(key), self._skip, "main", "skip"),
            Button("menu", (middle + 140, y + 2, 50, 42), lambda _: "", self.back, mark="gear"),
            self.language_choice(painter, 24, painter.width - 138),
        ]  # fmt: skip

    def _pause(self) -> None:
        self._paused = not self._paused
        self.rebuild()

    def _skip(self) -> None:
        self._hurry, self._paused = True, False

    def back(self) -> Change:
        from sim.ui.campaign.menu import DeskMenu
        from sim.ui.screens.base import Push

        return Push(DeskMenu(self.app, self.session))

    def key(self, event: pygame.event.Event):
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_f):
            self._skip()
        elif event.key == pygame.K_SPACE:
            self._pause()
        else:
            return super().key(event)
        return None

    def ambience(self) -> tuple[str | None, float]:
        return "street", 0.3 if self.session.seen.phase == "night" else 0.8

    def update(self, seconds: float) -> Change | None:
        session = self.session
        if not self._paused:
            rate = _HURRY if self._hurry else _RATES.get(session.run.phase, 1150.0)
            self._due = min(self._due + min(seconds, 0.2) * rate, _HURRY)
            budget = _HURRY_BUDGET if self._hurry else 0.012
            before = session.run.tick
            self._frames += 1
            look = self._frames % _FRAMES_A_LOOK == 0
            arrived = session.pass_time(self._due, self.stop, budget, look)
            self._due = max(0.0, self._due - (session.run.tick - before))
            # What could not be done in time is not saved up.
            self._due = min(self._due, 600.0)
            if arrived:
                return self._arrive()
        session.feed.new_bubbles.clear()
        self._look_due -= 0.0 if self._paused else seconds
        if self._look_due <= 0:
            # Hours go by in a second: whoever was here is gone, and others are all over the street.
            # In the first moments after opening nobody is there yet: look again soon.
            self._look_due = _LOOK_SECONDS if len(session.seen.people) else _LOOK_SOON
            self.view.crowd = Crowd()
            self.view.take(session.seen, self.app.painter)
        still = self.app.settings.reduced_motion
        self.view.move(0.0 if still or self._paused else seconds, 3.0)
        return None

    def _arrive(self) -> Change:
        session = self.session
        session.take_unheard()
        if session.run.phase in ("before", "live"):
            from sim.ui.campaign.live import CampaignLive

            session.begin_live()
            return self.on_to(CampaignLive(self.app, session))
        from sim.ui.campaign.night import NightSheet

        return self.on_to(NightSheet(self.app, session, day_rows(session.run)[-1]))

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        if self.session.run.phase in ("night", "finished"):
            self.view.draw_night(painter, language)
        else:
            self.view.draw(painter, language)
        self._top(painter, language)
        self._figures(painter, language)

    def _top(self, painter: Painter, language: str) -> None:
        session = self.session
        # As high as the bar of a live, so that the farthest shops keep their signs.
        painter.panel((16.0, 10.0, painter.width - 32, 56.0), theme.PAPER, 20, 60, opacity=246)
        title = say("day.title", language, day=min(self._day + 1, session.base.campaign.days))
        painter.text(title, (40, 12, 150, 30), 21, display_weight(title), theme.INK, smallest=15)
        phase = session.run.phase
        late = session.run.tick >= session.run.timeline.closes
        key = "after" if late and phase in ("night", "finished") else phase
        painter.text(
            say(f"day.phase.{key}", language), (40, 41, 156, 22), theme.SMALL, "medium",
            theme.SOFT_INK, smallest=10,
        )  # fmt: skip
        pill = (200, 17, 92, 42)
        painter.rect(pill, theme.INK, 21)
        clock = session.run.timeline.clock(session.run.tick)
        painter.text(clock, pill, 20, "bold", theme.CREAM, "center")
        self._bar(painter, (312, 27, painter.width - 312 - 170, 26), language)

    def _bar(self, painter: Painter, box, language: str) -> None:
        """The day from opening to closing, the live marked on it."""
        x, y, width, _ = box
        run = self.session.run
        start = self._day * TICKS_PER_DAY
        length = max(1, run.timeline.open_ticks)
        painter.rect((x, y + 8, width, 10), theme.SAND, 5)
        share = max(0.0, min(1.0, (run.tick - start) / length))
        painter.bar((x, y + 8, width, 10), share, theme.MUSTARD, (255, 255, 255, 0))
        planned = run.live_start_tick // TICKS_PER_DAY == self._day and run.live_start_tick >= 0
        if planned:
            a = x + width * (run.live_start_tick - start) / length
            b = x + width * (run.live_end_tick - start) / length
            colour = tactic_colour(self.session.base, run.tactic)
            painter.rect((a, y + 4, max(6.0, b - a), 18), colour, 6)
            wide = max(64.0, b - a)
            painter.text(
                say("hours.live", language), ((a + b - wide) / 2, y - 16, wide, 18), 12, "bold",
                theme.INK, "center",
            )  # fmt: skip
        knob = x + width * share
        painter.panel((knob - 9, y + 4, 18, 18), "#FFFFFF", 9, 70, (242, 112, 91, 220), 255)

    def _figures(self, painter: Painter, language: str) -> None:
        figures = self.session.seen.figures
        entries = (
            ("day.net", words.yuan(figures["net_sales"])),
            ("day.orders", words.count(figures["orders"])),
            ("day.visits", words.count(figures["visits"])),
            ("day.followed", f"+{words.count(figures['followers'])}"),
            ("day.returns", words.count(figures["returns"])),
        )
        width = 152.0
        left = (painter.width - len(entries) * (width + 8) + 8) / 2
        y = painter.height - 142
        for i, (key, value) in enumerate(entries):
            box = (left + i * (width + 8), y, width, 66)
            painter.panel(box, theme.PAPER, 14, 70, opacity=244)
            painter.text(
                say(key, language), (box[0] + 12, y + 6, width - 24, 20), theme.SMALL, "medium",
                theme.SOFT_INK,
            )  # fmt: skip
            painter.text(
                value, (box[0] + 12, y + 26, width - 24, 34), 22, "bold",
                theme.BRICK if i == 0 else theme.INK, smallest=14,
            )  # fmt: skip
