"""The planning desk: every morning of a campaign, with everything that can be decided on it."""

from __future__ import annotations

import pygame

from sim.errors import DecisionError
from sim.ui import theme
from sim.ui.campaign import calendar, desk_art, header, hours
from sim.ui.campaign.ask import AskScreen
from sim.ui.campaign.cards import CARDS
from sim.ui.campaign.drafts import Drafts
from sim.ui.campaign.morning import Morning, read_morning
from sim.ui.campaign.words import say, words_of
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import Change, Push, Replace, Screen
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Choice

_MESSAGE_SECONDS = 4.5
TOP = 222.0  # where the things on the desk begin
FOOT = 62.0


class CampaignScreen(Screen):
    """A screen of a campaign. Whoever leaves it for good gives the journal's file back."""

    def __init__(self, app, session) -> None:
        super().__init__(app)
        self.session = session
        self._goes_on = False

    def on_to(self, screen: Screen) -> Change:
        """Another screen of the same campaign instead of this one."""
        self._goes_on = True
        return Replace(screen)

    def leave(self) -> Change:
        """Back to the title; the campaign can be gone on with from there."""
        from sim.ui.screens.title import TitleScreen

        return Replace(TitleScreen(self.app), all=True)

    def closed(self) -> None:
        if not self._goes_on:
            self.session.close()


class DeskScreen(CampaignScreen):
    """Shows the morning and hands what is planned to the run."""

    first_focus = "go"

    def __init__(self, app, session) -> None:
        super().__init__(app, session)
        session.forget_groups()
        session.take_unheard()
        self.morning: Morning = read_morning(session)
        self.drafts = Drafts(session.base, self.morning)
        self._message: tuple[object, float, bool] | None = None
        self._sure = False  # whether a day with nothing planned is meant
        self.cards = [card(self) for card in CARDS]

    # -- planning ------------------------------------------------------------------------------
    def plan(self, *decisions, done: str | None = None) -> None:
        """Give decisions as one, and say what came of it."""
        self.after(self.session.plan(*decisions), done)

    def after(self, error: DecisionError | None, done: str | None = None) -> None:
        """Look at the desk anew; show why something was refused, or that it was done."""
        self.morning = read_morning(self.session)
        if error is not None:
            self.app.sound.play("error")
            self._message = (error, _MESSAGE_SECONDS, True)
        elif done:
            self.app.sound.play("coin")
            self._message = (words_of(f"message.{done}"), _MESSAGE_SECONDS, False)
        self.rebuild()

    def _undo(self) -> None:
        self.after(self.session.undo(), "undone")

    def _yesterday(self) -> None:
        done, refused = self.session.plan_as_yesterday()
        self._planned_at_once(refused, "copied" if done else None)

    def _policy(self) -> None:
        done, refused = self.session.plan_by_policy()
        rests = None if refused else "policy_rests"
        self._planned_at_once(refused, "policy" if done else rests)

    def _planned_at_once(self, refused: list[DecisionError], done: str | None) -> None:
        """Several things were planned by one key; the controls show what they came to."""
        self.after(refused[0] if refused and not done else None, done)
        if refused and done:
            # Most of it is planned, which an alarm would hide.
            why = refused[0]
            self._message = (
                lambda la: say("message.mostly", la, why=why.in_language(la)), _MESSAGE_SECONDS,
                False,
            )  # fmt: skip
        self.drafts = Drafts(self.session.base, self.morning)
        self.rebuild()

    def _reset(self) -> None:
        if self.session.practice:
            self.session.reset()
            self.drafts = Drafts(self.session.base, read_morning(self.session))
            self.after(None, "reset")

    # -- going elsewhere -----------------------------------------------------------------------
    def _go(self) -> Change:
        if not (self.session.planned or self.session.policy_planned or self._sure):
            return Push(AskScreen(self.app, self._open_anyway, self._policy))
        return self._open_street()

    def _open_anyway(self) -> None:
        self._sure = True

    def _open_street(self) -> Change:
        from sim.ui.campaign.day import DayScreen

        return self.on_to(DayScreen(self.app, self.session))

    def _group(self) -> Change:
        from sim.ui.campaign.group import GroupScreen

        return Push(GroupScreen(self.app, self.session, self.morning))

    def _weeks(self) -> Change | None:
        from sim.ui.campaign.weeks import WeeksScreen

        if not self.morning.rows:
            self.after(DecisionError(words_phrase("desk.message.no_weeks")))
            return None
        return Push(WeeksScreen(self.app, self.session, self.morning.rows))

    def back(self) -> Change:
        from sim.ui.campaign.menu import DeskMenu

        return Push(DeskMenu(self.app, self.session))

    def key(self, event: pygame.event.Event):
        actions = {
            pygame.K_c: self._yesterday, pygame.K_p: self._policy, pygame.K_u: self._undo,
            pygame.K_BACKSPACE: self._undo, pygame.K_g: self._group, pygame.K_w: self._weeks,
            pygame.K_r: self._reset, pygame.K_RETURN: self._go, pygame.K_KP_ENTER: self._go,
        }  # fmt: skip
        if event.key in actions:
            return actions[event.key]()
        number = event.key - pygame.K_1
        if 0 <= number < len(self.cards):
            self.group.focus(self.cards[number].first)
            return None
        return super().key(event)

    def update(self, seconds: float) -> Change | None:
        if self._sure:
            return self._open_street()
        if self._message is not None:
            text, left, bad = self._message
            self._message = (text, left - seconds, bad) if left > seconds else None
        return None

    def ambience(self) -> tuple[str | None, float]:
        return "street", 0.25

    # -- controls ------------------------------------------------------------------------------
    def boxes(self, painter: Painter) -> dict[str, Box]:
        """Where each thing lies on a desk of this size."""
        wide = painter.width - 40 - 24
        first, second = wide * 0.285, wide * 0.40
        third = wide - first - second
        high = painter.height - TOP - FOOT - 22
        upper = high * 0.53
        lower = high - upper - 14
        x1, x2, x3 = 20.0, 20 + first + 12, 20 + first + second + 24
        y1, y2 = TOP, TOP + upper + 14
        half = (third - 10) / 2
        return {
            "live": (x1, y1, first, upper),
            "notes": (x2, y1, second, upper),
            "group": (x3, y1, third, upper),
            "traffic": (x1, y2, first, lower),
            "restock": (x2, y2, second, lower),
            "partner": (x3, y2, half, lower),
            "poll": (x3 + half + 10, y2, half, lower),
        }

    def build(self, painter: Painter) -> list[Widget]:
        boxes = self.boxes(painter)
        widgets: list[Widget] = []
        for card in self.cards:
            widgets += card.controls(boxes[card.name])
        y = painter.height - FOOT + 6
        left = 20.0
        session = self.session

        def foot(name, key, action, mark, width, enabled=True) -> None:
            nonlocal left
            button = Button(
                name, (left, y, width, 42), words_of(key), action, mark=mark, size=14.5,
                tip=words_of(f"{key}_tip"),
            )  # fmt: skip
            button.enabled = enabled
            widgets.append(button)
            left += width + 8

        foot("policy", "foot.policy", self._policy, "person", 166)
        foot("yesterday", "foot.yesterday", self._yesterday, "return", 166, session.day > 0)
        foot("undo", "foot.undo", self._undo, "back", 116, session.can_undo)
        foot("weeks", "foot.weeks", self._weeks, "eye", 116, bool(self.morning.rows))
        foot("menu", "foot.menu", self.back, "gear", 106)
        if session.practice:
            foot("reset", "foot.reset", self._reset, "return", 136)
        right = painter.width - 96
        widgets.append(
            Button(
                "go", (right - 222, y - 4, 222, 48), words_of("foot.go"), self._go, "main", "play",
                size=18,
            )
        )  # fmt: skip
        if self.morning.live is not None:
            widgets.append(
                Choice(
                    "auto", (right - 222 - 196, y + 4, 186, 34),
                    [(False, words_of("foot.host")), (True, words_of("foot.auto"))],
                    lambda: session.auto_live, self._set_auto, 13, words_of("foot.auto_tip"),
                )
            )  # fmt: skip
        widgets += header.explained(painter)
        widgets.append(self.language_choice(painter, 22, painter.width - 20 - 92 - 10))
        return widgets

    def _set_auto(self, auto: bool) -> None:
        self.session.auto_live = auto

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        desk_art.desk(painter)
        header.draw(painter, self, language)
        calendar.draw(painter, self, (20, 88, painter.width - 40, 82), language)
        hours.draw(painter, self, (20, 180, painter.width - 40, 30), language)
        boxes = self.boxes(painter)
        for card in self.cards:
            card.paint(painter, boxes[card.name], language)

    def paint_over(self, painter: Painter, language: str) -> None:
        if self._message is None:
            return
        text, _, bad = self._message
        words = text.in_language(language) if isinstance(text, DecisionError) else text(language)
        width = min(painter.width - 120, painter.measure(words, 16, "bold") * 1.25 + 60)
        box = ((painter.width - width) / 2, TOP - 44, width, 40)
        painter.panel(box, theme.POOR if bad else theme.DEEP_TEAL, 20, 110, None, 255)
        painter.text(
            words, (box[0] + 20, box[1], width - 40, 40), 16, "bold", "#FFFFFF", "center",
            smallest=11,
        )  # fmt: skip


def words_phrase(key: str):
    """A phrase of the desk for an error."""
    from sim.errors import Phrase

    return Phrase(key)


def title_of(card: str, language: str) -> str:
    """What a thing on the desk is called."""
    return say(f"card.{card}", language)
