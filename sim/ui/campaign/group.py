"""The group chat: who is in it, how warm it is, what it says, and what care does to it."""

from __future__ import annotations

import numpy as np

from sim.ui import theme, words
from sim.ui.art.people import RING_LEVELS, audience_head, look_of
from sim.ui.campaign import desk_art
from sim.ui.campaign.cards.group import mood_of
from sim.ui.campaign.talk import complaints, sayings
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Pop, Screen, display_weight
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_BINS = 10
_MOST_DAYS = 7


class GroupScreen(Screen):
    """Opened over the desk."""

    first_focus = "back"

    def __init__(self, app, session, morning) -> None:
        super().__init__(app)
        self.session, self.morning = session, morning
        said = complaints(session, morning) + sayings(session.run, 9)
        self.said = said[:9]
        self.effects = self._effects()

    def _effects(self) -> dict[str, float]:
        """What one day changes of the mean warmth, in points of a hundred, by the model's rule."""
        rules = self.session.run.world.town.rules[0]
        minutes, messages = self.morning.care
        warmth = float(self.morning.warmth.mean()) if len(self.morning.warmth) else 0.0
        half = float(rules["care_half"])
        g = minutes / (minutes + half) if minutes + half > 0 else 0.0
        spam = float(rules["spam_loss"]) * max(0, messages - 2)
        return {
            "care": float(rules["care_gain"]) * g * (1 - warmth) * 100,
            "neglect": -float(rules["cool_rate"]) * (1 - g) * warmth * 100,
            "spam": -min(1.0, spam) * warmth * 100,
        }

    def _sheet(self, painter: Painter):
        width, height = min(1180, painter.width - 60), min(860, painter.height - 44)
        return (painter.width - width) / 2, (painter.height - height) / 2, width, height

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        return [
            Button(
                "back", (x + width - 250, y + height - 64, 220, 48), words_of("group_screen.back"),
                self.back, "main", "back",
            ),
            self.language_choice(painter, y + 26, x + width - 122),
        ]  # fmt: skip

    def back(self) -> Change:
        return Pop()

    def key(self, event):
        import pygame

        if event.key in (pygame.K_g, pygame.K_RETURN, pygame.K_KP_ENTER):
            return self.back()
        return super().key(event)

    def paint(self, painter: Painter, language: str) -> None:
        desk_art.desk(painter)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 28, 110, opacity=255)
        title = say("group_screen.heading", language)
        used = painter.text(title, (x + 32, y + 18, 240, 44), 28, display_weight(title), theme.INK)
        m = self.morning
        warmth = float(m.warmth.mean()) if len(m.warmth) else 0.0
        summary = say(
            "group_screen.summary", language, count=words.count(m.members),
            mood=say(f"group.mood.{mood_of(warmth, m.members)}", language),
        )  # fmt: skip
        painter.text(
            summary, (x + 56 + used, y + 22, width - used - 200, 40), 18, "medium", theme.SOFT_INK,
            smallest=12,
        )  # fmt: skip
        chat_wide = width * 0.42
        self._chat(painter, (x + 32, y + 76, chat_wide, height - 76 - 24), language)
        left = x + 32 + chat_wide + 24
        wide = width - chat_wide - 88
        room = height - 76 - 84
        third = (room - 28) / 3
        self._warmth(painter, (left, y + 76, wide, third), language)
        self._change(painter, (left, y + 76 + third + 14, wide, third), language)
        self._days(painter, (left, y + 76 + 2 * (third + 14), wide, third), language)

    # -- what is said --------------------------------------------------------------------------
    def _chat(self, painter: Painter, box, language: str) -> None:
        desk_art.paper(painter, box, "phone")
        x, y, width, height = box
        painter.text(
            say("group_screen.said", language), (x + 24, y + 11, width - 48, 28), 16, "bold",
            "#FFFFFF",
        )  # fmt: skip
        if not self.said:
            painter.text(
                say("group_screen.silent", language), (x + 30, y + 56, width - 60, 80), theme.BODY,
                "medium", theme.SOFT_INK, "center", lines=3,
            )  # fmt: skip
            return
        top, bottom = y + 52, y + height - 20
        for saying in self.said:
            text = saying.text(self.session.base, language)
            size = 14.5
            room = width - 118
            lines = max(1, round(painter.text_height(text, room, size) / (size * 1.34)))
            high = 30 + lines * size * 1.34 * 1.0
            if top + high > bottom:
                break
            host = saying.shopper < 0
            if host:
                painter.rect((x + 22, top + 4, 34, 34), theme.MUSTARD, 17)
                painter.art(
                    ("chat host",),
                    (x + 29, top + 11, 20, 20),
                    lambda c: c.star(10, 10, 10, "#FFF6EA"),
                )
            else:
                head = painter.pictures.get(
                    ("chat head", look_of(saying.shopper), painter.unit),
                    lambda s=saying: audience_head(
                        look_of(s.shopper), RING_LEVELS - 1, 34 * painter.unit
                    ),
                )
                painter.place(head, x + 22, top + 4)
            bubble = (x + 64, top, width - 84, high - 6)
            painter.rect(bubble, "#FFF3D6" if host else "#FFFFFF", 12)
            who = (
                f"{saying.who(language)} · {say('group_screen.day', language, day=saying.day + 1)}"
            )
            painter.text(
                who, (bubble[0] + 12, top + 3, bubble[2] - 24, 18), 12, "medium", theme.FAINT_INK,
                smallest=9.5,
            )  # fmt: skip
            painter.text(
                text, (bubble[0] + 12, top + 21, room + 4, high - 28), size, "medium", theme.INK,
                lines=lines, smallest=11, vertical="top",
            )  # fmt: skip
            top += high + 2

    # -- figures -------------------------------------------------------------------------------
    def _part(self, painter: Painter, box, key: str, language: str) -> None:
        painter.rect(box, (255, 255, 255, 190), 18)
        painter.text(
            say(key, language), (box[0] + 18, box[1] + 8, box[2] - 36, 24), 15, "bold", theme.INK,
            smallest=11,
        )  # fmt: skip

    def _warmth(self, painter: Painter, box, language: str) -> None:
        """How many members are how warm."""
        self._part(painter, box, "group_screen.warmth", language)
        x, y, width, height = box
        counts = np.histogram(self.morning.warmth, bins=_BINS, range=(0, 1))[0]
        top = max(1, int(counts.max()) if len(counts) else 1)
        tall = height - 84
        each = (width - 36) / _BINS
        for i, count in enumerate(counts.tolist()):
            left = x + 18 + i * each
            tone = theme.mix(theme.DEEP_SKY, theme.CORAL, i / (_BINS - 1))
            high = tall * count / top
            if count:
                painter.shaded(
                    (left + 3, y + 52 + tall - max(3.0, high), each - 6, max(3.0, high)),
                    theme.shade(tone, 0.14), tone, min(5.0, max(3.0, high) / 2),
                )  # fmt: skip
                painter.text(
                    words.count(count), (left, y + 52 + tall - max(3.0, high) - 18, each, 17), 12,
                    "medium", theme.INK, "center", smallest=9,
                )  # fmt: skip
        painter.rect((x + 18, y + 52 + tall, width - 36, 1.2), theme.HAIRLINE)
        foot = y + height - 28
        painter.text(
            say("group_screen.cold", language), (x + 18, foot, 160, 22), 12.5, "medium",
            theme.SOFT_INK,
        )  # fmt: skip
        painter.text(
            say("group_screen.warm", language), (x + width - 178, foot, 160, 22), 12.5, "medium",
            theme.SOFT_INK, "right",
        )  # fmt: skip

    def _change(self, painter: Painter, box, language: str) -> None:
        """What care, silence and messages do to the warmth in a day."""
        self._part(painter, box, "group_screen.change", language)
        x, y, width, height = box
        most = max(1.0, *(abs(value) for value in self.effects.values()))
        each = min(44.0, (height - 44) / 3)
        minutes, messages = self.morning.care
        for i, (name, value) in enumerate(self.effects.items()):
            row = y + 38 + i * each
            label = say(f"group_screen.{name}", language, minutes=minutes, messages=messages)
            painter.text(
                label, (x + 18, row, width * 0.5 - 24, each - 4), 14, "medium", theme.INK, lines=2,
                smallest=10.5,
            )  # fmt: skip
            room = width * 0.5 - 96
            middle = x + width * 0.5 + room / 2
            painter.rect((middle - 0.6, row + 2, 1.2, each - 8), theme.HAIRLINE)
            long = room / 2 * abs(value) / most
            if long > 1:
                left = middle if value > 0 else middle - long
                tone = theme.GOOD if value > 0 else theme.POOR
                painter.shaded(
                    (left, row + each / 2 - 10, long, 14), theme.shade(tone, 0.2), tone,
                    min(6.0, long / 2),
                )  # fmt: skip
            written = f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.1f}"
            painter.text(
                written, (x + width - 84, row, 66, each - 6), 16, "bold", theme.INK, "right"
            )

    def _days(self, painter: Painter, box, language: str) -> None:
        """Who came and left in the last days, beside the care of each."""
        self._part(painter, box, "group_screen.days", language)
        x, y, width, height = box
        rows = self.morning.rows[-_MOST_DAYS:]
        if not rows:
            painter.text(
                say("group_screen.no_days", language), (x + 18, y + 40, width - 36, 40), 14,
                "medium", theme.SOFT_INK, lines=2,
            )  # fmt: skip
            return
        label = 112.0
        each = (width - 36 - label) / _MOST_DAYS
        names = ("day_row", "joined", "left", "care_row")
        pitch = min(30.0, (height - 42) / len(names))
        for i, name in enumerate(names):
            painter.text(
                say(f"group_screen.{name}", language), (x + 18, y + 36 + i * pitch, label - 6,
                pitch), 13, "medium", theme.SOFT_INK, smallest=10,
            )  # fmt: skip
        for j, row in enumerate(rows):
            left = x + 18 + label + j * each
            values = (
                (str(row.day + 1), theme.SOFT_INK), (f"+{row.joined}", theme.GOOD),
                (f"−{row.left}", theme.POOR if row.left else theme.FAINT_INK),
                (say("group_screen.care_value", language, minutes=row.care[0],
                     messages=row.care[1]), theme.INK),
            )  # fmt: skip
            for i, (value, tone) in enumerate(values):
                painter.text(
                    value, (left, y + 36 + i * pitch, each, pitch), 14, "bold" if i else "medium",
                    tone, "center", smallest=9.5,
                )  # fmt: skip
