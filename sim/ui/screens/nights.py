"""The days after: parcels go out, some come back, and the figures follow."""

from __future__ import annotations

import pygame

from sim.ui import theme, words
from sim.ui.art.people import part
from sim.ui.painter import Painter
from sim.ui.screens import night_art
from sim.ui.screens.base import Change, Replace, Screen, display_weight
from sim.ui.session import SPEEDS
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Choice

_FLIGHT = 1.5
_MOST_FLYING = 40


class NightsScreen(Screen):
    """Day by day; what flies is what was delivered and sent back, one parcel an event."""

    first_focus = "skip"
    arrival = "night"

    def __init__(self, app, session) -> None:
        super().__init__(app)
        self.session = session
        self.view = StreetView(session.scenario, app.builder)
        self.clock = 0.0
        self._hurry = False
        self._flying: list[tuple[float, bool, float]] = []
        self._shown = (0, 0)
        session.speed = 1

    def build(self, painter: Painter) -> list[Widget]:
        session = self.session
        y = painter.height - 78
        speeds = [(speed, lambda _, s=speed: f"{s}×") for speed in SPEEDS]
        middle = painter.width / 2
        over = session.phase == "finished"
        go = Button(
            "skip",
            (middle + 20, y, 260, 50),
            lambda la: words.say("nights.go" if over else "nights.skip", la),
            self._go,
            "main",
            "next" if over else "skip",
            size=17,
        )
        return [
            Button(
                "pause",
                (middle - 280, y + 4, 46, 42),
                lambda _: "",
                self._pause,
                mark="play" if session.paused else "pause",
                sound=None,
            ),
            Choice(
                "speed",
                (middle - 222, y + 4, 210, 42),
                speeds,
                lambda: session.speed,
                self._set_speed,
                15,
            ),
            go,
            self.language_choice(painter),
        ]

    def ambience(self) -> tuple[str | None, float]:
        return "street", 0.25

    def opened(self) -> None:
        self.session.take_unheard()

    def _pause(self) -> None:
        self.session.paused = not self.session.paused
        self.app.sound.play("pause" if self.session.paused else "resume")
        self.rebuild()

    def _set_speed(self, speed: int) -> None:
        self.session.speed = speed

    def _go(self) -> Change | None:
        if self.session.phase == "finished":
            return self._result()
        self._hurry = True
        return None

    def _result(self) -> Change:
        from sim.ui.screens.result import ResultScreen

        return Replace(ResultScreen(self.app, self.session))

    def key(self, event: pygame.event.Event):
        if event.key == pygame.K_SPACE:
            self._pause()
        elif event.key == pygame.K_f:
            self.session.cycle_speed()
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self._go()
        else:
            return False
        return None

    def update(self, seconds: float) -> Change | None:
        session = self.session
        before = session.phase
        session.night(seconds, self._hurry)
        for events in session.take_unheard():
            self.app.sound.for_events(events)
        if not session.paused:
            self.clock += seconds
        self._flying = [f for f in self._flying if self.clock - f[0] < _FLIGHT]
        delivered = sum(day.delivered for day in session.days)
        returned = sum(day.returned for day in session.days)
        for back, count in ((False, delivered - self._shown[0]), (True, returned - self._shown[1])):
            for i in range(min(count, _MOST_FLYING - len(self._flying))):
                lane = float(part(len(self._flying) * 13 + delivered + i * 7 + back, 70))
                self._flying.append((self.clock + i * 0.08, back, lane))
        self._shown = (delivered, returned)
        if session.phase == "finished":
            if self._hurry:
                return self._result()
            if before != "finished":
                self.rebuild()
        return None

    @property
    def _orders(self) -> int:
        return int(self.session.seen.figures["orders"])

    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw_night(painter, language, signs=False)
        painter.veil("#1E1636", 70)
        session = self.session
        width = painter.width
        days = session.scenario.nights
        today = session.days[-1].day if session.days else 1
        name = self.say("nights.heading")
        painter.text(name, (40, 22, 500, 52), 36, display_weight(name), theme.CREAM)
        day = self.say("nights.day", day=min(max(1, days), today))
        used = painter.text(day, (42, 76, 300, 34), 24, "bold", "#FFD98A")
        painter.text(
            self.say("nights.of", days=days),
            (52 + used, 80, 200, 30),
            theme.BODY,
            "medium",
            "#E3C9C0",
        )
        self._way(painter, (40, 122, width - 80, 190), language)
        self._figures(painter, (40, 326, width - 80, 92), language)
        self._columns(painter, (40, 432, width - 80, painter.height - 432 - 96), language)

    def _way(self, painter: Painter, box, language: str) -> None:
        x, y, width, _ = box
        painter.panel(box, "#3A2B52", 24, 60, (255, 230, 200, 60), 214)
        shop, home = (x + 30, y + 40, 130, 104), (x + width - 170, y + 40, 130, 104)
        painter.art(("night shop",), shop, night_art.draw_shop, bleed=10)
        painter.art(("night homes",), home, night_art.draw_homes, bleed=10)
        painter.text(
            self.say("nights.our_shop"),
            (shop[0] - 20, y + 152, 170, 26),
            theme.BODY,
            "bold",
            theme.CREAM,
            "center",
        )
        painter.text(
            self.say("nights.their_home"),
            (home[0] - 20, y + 152, 170, 26),
            theme.BODY,
            "bold",
            theme.CREAM,
            "center",
        )
        left, right = shop[0] + 150, home[0] - 20
        painter.rect((left, y + 128, right - left, 3), (255, 230, 190, 90), 1.5)
        for started, back, lane in self._flying:
            t = (self.clock - started) / _FLIGHT
            if not 0 <= t <= 1:
                continue
            ease = t * t * (3 - 2 * t)
            if painter.still:
                # Nothing flies: what arrives stands at its end, out on the right, back on the left.
                ease = 0.55 + 0.4 * ((lane * 7.0) % 1.0)
            along = 1 - ease if back else ease
            px = left + (right - left - 30) * along
            hop = 1.0 if painter.still else abs(((t * 3) % 1) - 0.5) * 2
            py = y + 42 + lane * 56 - 14 * (1 - hop * hop)
            kind = "back" if back else "out"
            painter.art(
                ("parcel", kind),
                (px, py, 30, 30),
                night_art.draw_parcel_back if back else night_art.draw_parcel,
            )
        if not self._flying and self.session.phase == "night":
            text = self.say("nights.quiet" if self._orders else "nights.no_orders")
            painter.text(
                text, (left, y + 64, right - left, 40), theme.BODY, "medium", "#E3C9C0", "center"
            )

    def _figures(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        figures = self.session.seen.figures
        trust = figures.get("trust")
        entries = (
            ("nights.net", words.yuan(figures["net_sales"])),
            ("nights.returned", words.count(figures["returns"])),
            ("nights.followers", words.count(figures["followers"])),
            ("nights.unfollowed", words.count(figures["unfollowed"])),
            (
                "nights.trust",
                "—"
                if trust is None or trust != trust
                else self.say("nights.out_of", value=round(trust * 100)),
            ),
        )
        each = (width - 4 * 12) / 5
        for i, (key, value) in enumerate(entries):
            spot = (x + i * (each + 12), y, each, height)
            painter.panel(spot, theme.PAPER, 18, 60, opacity=252)
            painter.text(
                self.say(key),
                (spot[0] + 16, y + 10, each - 32, 24),
                theme.BODY,
                "medium",
                theme.SOFT_INK,
            )
            painter.text(
                value,
                (spot[0] + 16, y + 36, each - 32, 48),
                32,
                "bold",
                theme.BRICK if i < 2 else theme.INK,
                smallest=18,
            )

    def _columns(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        painter.panel(box, theme.PAPER, 20, 60, opacity=252)
        legend = (
            ("nights.delivered", "#D9B58E"),
            ("nights.kept", theme.TEAL),
            ("nights.returned", theme.POOR),
        )
        left = x + 20.0
        for key, colour in legend:
            night_art.draw_bar(painter, (left, y + 14, 15, 15), colour, key == "nights.returned")
            left += (
                22
                + painter.text(self.say(key), (left + 22, y + 8, 140, 28), theme.SMALL, "medium")
                + 24
            )
        nights = max(1, self.session.scenario.nights)
        by_day = {day.day: day for day in self.session.days}
        each = (width - 40) / nights
        top = max((max(d.delivered, d.kept, d.returned) for d in self.session.days), default=1) or 1
        base, tall = y + height - 34, height - 92
        for i in range(nights):
            at = x + 20 + i * each
            label = self.say("nights.day", day=i + 1)
            spot = (at, base + 4, each, 24)
            painter.text(label, spot, theme.SMALL, "medium", theme.SOFT_INK, "center")
            day = by_day.get(i + 1)
            if day is None:
                continue
            wide = min(34.0, each / 4)
            middle = at + each / 2
            for j, (value, colour) in enumerate(
                ((day.delivered, "#D9B58E"), (day.kept, theme.TEAL), (day.returned, theme.POOR))
            ):
                if not value:
                    continue
                high = max(4.0, tall * value / top)
                left = middle + (j - 1.5) * (wide + 3)
                night_art.draw_bar(painter, (left, base - high, wide, high), colour, j == 2)
                painter.text(
                    str(value),
                    (left - 6, base - high - 21, wide + 12, 20),
                    theme.SMALL,
                    "bold",
                    theme.INK,
                    "center",
                )
