"""Luck: where this run stands among other crowds, and which ways to sell cannot be told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pygame

from sim import wording
from sim.play.luck import LOWER_IS_BETTER, OWN
from sim.ui import theme
from sim.ui.art.canvas import Canvas
from sim.ui.art.people import part
from sim.ui.debrief import controls
from sim.ui.debrief.luck_page import SHOWN, LuckRow, Ranking
from sim.ui.debrief.tab import Tab
from sim.ui.debrief.words import figure, metric_name, plain
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_BLEED = 6.0


@dataclass(frozen=True)
class _Track:
    """The picture of one band, and the values at its two ends."""

    picture: pygame.Surface
    low: float
    high: float
    crowds: int
    size: tuple[float, float, float]


def _draw_track(painter: Painter, box: Box, row: LuckRow, crowds: int, size) -> _Track:
    _, _, width, height = box
    low = min(float(row.values.min()), row.own)
    high = max(float(row.values.max()), row.own)
    room = (high - low) * 0.06 or 1.0
    low, high = low - room, high + room

    def at(value: float) -> float:
        return (value - low) / (high - low) * width

    canvas = Canvas.new(width + 2 * _BLEED, height + 2 * _BLEED, painter.unit * painter.sampling)
    c = canvas.at(_BLEED, _BLEED)
    c.rect(0, height / 2 - 1, width, 2, (180, 140, 120, 90), 1)
    left, right = at(row.low), at(row.high)
    c.rect(left, height / 2 - 13, max(3, right - left), 26, theme.rgba(theme.SAGE, 120), 8)
    heights = part(np.arange(len(row.values)), 77)
    soft = theme.rgba(theme.TEAL, 120)
    for value, lift in zip(row.values.tolist(), heights.tolist(), strict=True):
        c.circle(at(value), height / 2 + (lift - 0.5) * 20, 2.4, soft)
    c.rect(at(row.mean) - 1, height / 2 - 13, 2, 26, theme.DEEP_TEAL)
    return _Track(canvas.finish(painter.unit), low, high, crowds, size)


class LuckTab(Tab):
    name = "luck"
    first_focus = "rivals"

    def __init__(self, screen) -> None:
        super().__init__(screen)
        self.place = controls.Place()
        self._tracks: dict[str, _Track] = {}
        self._redrawn = False

    def opened(self) -> None:
        self.study.luck.wanted = self.study.rivals.wanted = True

    # -- controls ------------------------------------------------------------------------------
    def _places(self, box: Box) -> tuple[Box, Box]:
        x, y, width, height = box
        right = 430.0
        return (x, y, width - right - 14, height), (x + width - right, y, right, height)

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        _, (x, y, width, height) = self._places(box)
        rows = len(self.study.scenario.choices) + 1
        tall = self._row = max(44.0, min(72.0, (height - 152) / rows))
        widgets: list[Widget] = [
            controls.ScrollList(
                "rivals", (x + 12, y + 64, width - 24, min(tall * rows + 4, height - 146)),
                self.place,
                lambda: len(self._ranking().rows) if self._ranking() else 0,
                lambda *_: tall, self._draw_rival,
            )
        ]  # fmt: skip
        if self.study.luck.error is not None or self.study.rivals.error is not None:
            widgets.append(
                Button("again", (x + width / 2 - 80, y + height - 56, 160, 40),
                       lambda la: wording.text("debrief.error.again", la), self._again)
            )  # fmt: skip
        return widgets

    def _again(self) -> None:
        for growth in (self.study.luck, self.study.rivals):
            if growth.error is not None:
                growth.again()
        self.screen.rebuild()

    def _ranking(self) -> Ranking | None:
        return self.study.rivals.latest

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, box: Box, language: str) -> None:
        left, right = self._places(box)
        self._redrawn = False
        controls.sheet(painter, left, 18)
        controls.sheet(painter, right, 18)
        self._bands(painter, left, language)
        self._rivals(painter, right, language)

    def _bands(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        luck = self.study.luck
        controls.title(painter, self.say("luck.heading"), x + 18, y + 8, width - 300)
        page = luck.latest
        if luck.error is not None:
            controls.quiet_page(
                painter, (x, y + 60, width, height - 70), "cross", self.say("error.heading"),
                luck.error.in_language(language), None, True,
            )  # fmt: skip
            return
        met, wanted = (page.band.crowds, page.band.wanted) if page else (0, 200)
        text = self.say("luck.progress", done=met, total=wanted)
        controls.note(painter, text, (x + width - 300, y + 8, 282, 24), align="right")
        painter.bar((x + 18, y + 38, width - 36, 6), met / max(1, wanted), theme.TEAL)
        controls.note(painter, self.say("luck.note"), (x + 18, y + 48, width - 36, 22), size=13)
        if page is None:
            controls.quiet_page(
                painter, (x, y + 70, width, height - 80), "person", self.say("loading.heading"),
                self.say("luck.waiting"),
            )  # fmt: skip
            return
        step = (height - 84) / len(SHOWN)
        for number, row in enumerate(page.rows):
            self._band(painter, (x + 14, y + 76 + number * step, width - 28, step - 7), row, page,
                       language)  # fmt: skip

    def _band(self, painter: Painter, box: Box, row: LuckRow, page, language: str) -> None:
        x, y, width, height = box
        painter.rect(box, (255, 255, 255, 140), 14)
        painter.text(
            metric_name(row.metric, language), (x + 14, y + 5, 150, 22), 15, "bold", theme.INK
        )
        painter.text(
            figure(row.metric, row.own, language), (x + 14, y + 27, 150, 30), 22, "bold",
            theme.BRICK,
        )  # fmt: skip
        left, wide = x + 176, width - 196
        tall = 34 if height < 100 else min(50.0, height * 0.42)
        track = (left, y + 6, wide, tall)
        self._track(painter, track, row, page.band.crowds, language)
        controls.note(
            painter, self._said(row, page), (left, y + tall + 22, wide, height - tall - 26), 2,
            theme.INK, size=13 if height < 100 else 14.5,
        )  # fmt: skip

    def _said(self, row: LuckRow, page) -> str:
        """How lucky this crowd was, in a sentence; few returns are luck, not many."""
        fortune = page.band.fortune(row.metric)
        if fortune is None:
            return self.say("luck.nothing")
        kind, percent = fortune
        if kind == "unlucky":
            percent = 100 - percent
        lower = "low_" if row.metric in LOWER_IS_BETTER else ""
        return self.say(f"luck.{lower}{kind}", percent=percent)

    def _track(self, painter: Painter, box: Box, row: LuckRow, crowds: int, language: str) -> None:
        x, y, width, height = box
        if row.own != row.own or not len(row.values):
            return
        track = self._drawn_track(painter, box, row, crowds)

        def at(value: float) -> float:
            return (value - track.low) / (track.high - track.low) * width

        painter.place(track.picture, x - _BLEED, y - _BLEED)
        spot = x + at(row.own)
        painter.rect((spot - 2, y - 1, 4, height + 2), theme.BRICK, 2)
        painter.rect((spot - 8, y + height / 2 - 8, 16, 16), "#FFFFFF", 8)
        painter.rect((spot - 6, y + height / 2 - 6, 12, 12), theme.BRICK, 6)
        # the ends of the band, kept apart from each other and inside
        ends = sorted((x + at(row.low), x + at(row.high)))
        ends[0] = max(x + 40, min(ends[0], x + width - 150))
        ends[1] = min(x + width - 40, max(ends[1], ends[0] + 96))
        for spot, value in zip(ends, (row.low, row.high), strict=True):
            painter.text(
                figure(row.metric, value, language), (spot - 44, y + height, 88, 16), 12,
                "medium", theme.DEEP_TEAL, "center",
            )  # fmt: skip

    def _drawn_track(self, painter: Painter, box: Box, row: LuckRow, crowds: int) -> _Track:
        """The picture of a band, drawn anew as crowds come in: one a frame, and only the last is
        kept, since each is soon out of date and large on a fine screen."""
        size = (round(box[2], 1), round(box[3], 1), painter.unit)
        known = self._tracks.get(row.metric)
        if known is not None and known.size == size:
            if known.crowds == crowds or self._redrawn:
                return known
            self._redrawn = True
        track = self._tracks[row.metric] = _draw_track(painter, box, row, crowds, size)
        return track

    # -- rivals --------------------------------------------------------------------------------
    def _rivals(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        rivals, ranking = self.study.rivals, self._ranking()
        controls.title(painter, self.say("rivals.heading"), x + 18, y + 8, width - 36)
        if rivals.error is not None:
            controls.quiet_page(
                painter, (x, y + 60, width, height - 130), "cross", self.say("error.heading"),
                rivals.error.in_language(language), None, True,
            )  # fmt: skip
            return
        if ranking is None:
            controls.quiet_page(
                painter, (x, y + 40, width, height - 60), "clock", self.say("loading.heading"),
                self.say("rivals.waiting"),
            )  # fmt: skip
            return
        goal = metric_name(self.study.scenario.goal, language)
        text = self.say("rivals.note", metric=goal, done=ranking.crowds, total=ranking.wanted)
        controls.note(painter, text, (x + 18, y + 34, width - 36, 22), size=13)
        foot = (x + 18, y + height - 74, width - 36, 66)
        painter.rect((x + 18, foot[1] - 4, width - 36, 1.2), theme.HAIRLINE)
        said = self._verdict(ranking, language)
        controls.note(painter, said, foot, 3, theme.INK, size=14, smallest=11)

    def _verdict(self, ranking: Ranking, language: str) -> str:
        """The row that is selected against the player's own way, in a sentence."""
        name = ranking.rows[min(self.place.selected, len(ranking.rows) - 1)][0]
        if name == OWN:
            return self.say("rivals.own_note", crowds=ranking.crowds)
        own = wording.text("debrief.line.own_way", language)
        text = ranking.own[name].text(
            self.study.scenario.goal, own, self.tactic_name(name, language), language
        )
        return plain(text, language)

    def _draw_rival(self, painter: Painter, row: int, box: Box, selected: bool) -> None:
        language = self.screen.app.language
        ranking = self._ranking()
        name, mean, low, high = ranking.rows[row]
        x, y, width, height = box
        own = name == OWN
        if own:
            painter.rect(box, (244, 182, 70, 70), 12)
        elif selected:
            painter.rect(box, (255, 255, 255, 200), 12)
        colour = "#7A5362" if own else self.colour_of(name)
        label = self.say("line.own_mean").capitalize() if own else self.tactic_name(name, language)
        painter.rect((x + 8, y + 9, 10, 10), colour, 5)
        wide = painter.text(label, (x + 24, y + 1, 180, 26), 15, "bold", theme.INK, smallest=11)
        if not own:
            kind = ranking.own[name].kind
            ink = {"higher": theme.GOOD, "lower": theme.POOR}.get(kind, theme.AMBER)
            painter.text(
                self.say(f"rivals.own_{kind}"), (x + 32 + wide, y + 2, width - 158 - wide, 25),
                12.5, "bold", ink, smallest=9.5,
            )  # fmt: skip
        painter.text(
            figure(self.study.scenario.goal, mean, language), (x + width - 120, y + 1, 112, 26),
            16, "bold", theme.INK, "right",
        )  # fmt: skip
        bottom = min(0.0, min(item[2] for item in ranking.rows))
        top = max(1.0, max(item[3] for item in ranking.rows))
        left, wide = x + 24, width - 34

        def at(value: float) -> float:
            return left + (value - bottom) / (top - bottom) * wide

        painter.rect((left, y + 32, wide, 2), (180, 140, 120, 90), 1)
        painter.rect((at(low), y + 27, max(4, at(high) - at(low)), 12), theme.rgba(colour, 110), 6)
        painter.rect((at(mean) - 5, y + 28, 10, 10), "#FFFFFF", 5)
        painter.rect((at(mean) - 4, y + 29, 8, 8), colour, 4)
        if row < len(ranking.gaps) and height > 60:
            verdict = ranking.gaps[row]
            text = self.say("rivals.clear" if verdict.clear else "rivals.tie")
            if verdict.kind == "too_few":
                text = self.say("rivals.too_few")
            ink = theme.SOFT_INK if verdict.clear else theme.AMBER
            sign = "↓ " if verdict.clear else "≈ "
            painter.text(sign + text, (left, y + 42, wide, height - 44), 12.5, "bold", ink)
