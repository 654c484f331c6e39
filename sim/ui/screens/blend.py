"""The blend: how much of the minute each act gets, by sliders that always sum to 100%."""

from __future__ import annotations

import functools

import pygame

from sim import wording
from sim.errors import Phrase
from sim.model.acts import ACTS
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Pop, Screen, heading
from sim.ui.session import Session
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Slider

WHOLE = 100
_KEY_STEP = 5
_COLUMNS = 2
_SPARE = "silence"  # takes what no other act has a claim to
_SPARE_OF_SPARE = "explain"


@functools.lru_cache(200)
def _say(key: str, language: str) -> str:
    return wording.text(f"blend.editor.{key}", language)


def whole_shares(weights: dict[str, float], total: int) -> dict[str, int]:
    """Whole numbers in proportion to `weights` that sum to exactly `total`.

    What rounding leaves over goes to the largest remainders, the first act first among equals.
    """
    everything = sum(weights.values())
    if everything <= 0:
        return dict.fromkeys(weights, 0)
    exact = {act: weight / everything * total for act, weight in weights.items()}
    shares = {act: int(value) for act, value in exact.items()}
    by_remainder = sorted(exact, key=lambda act: shares[act] - exact[act])
    for act in by_remainder[: total - sum(shares.values())]:
        shares[act] += 1
    return shares


class Blend:
    """Per cent of the minute for every act; whole numbers that sum to 100 at any time."""

    def __init__(self, mix: dict[str, float]) -> None:
        weights = {act: max(0.0, mix.get(act, 0.0)) for act in ACTS}
        if sum(weights.values()) <= 0:
            weights[_SPARE] = 1.0
        self.shares = whole_shares(weights, WHOLE)
        # Others keep their proportions while one is moved to and fro, even through zero.
        self._weights = {act: float(share) for act, share in self.shares.items()}
        self._moving: str | None = None

    def set(self, act: str, share: float) -> None:
        """Give `act` this many per cent; the others share the rest in their old proportions."""
        if act != self._moving:
            self._moving = act
            self._weights = {name: float(value) for name, value in self.shares.items()}
        share = max(0, min(WHOLE, round(share)))
        others = {name: weight for name, weight in self._weights.items() if name != act}
        if sum(others.values()) <= 0:
            others[_SPARE if act != _SPARE else _SPARE_OF_SPARE] = 1.0
        rest = whole_shares(others, WHOLE - share)
        self.shares = {name: share if name == act else rest[name] for name in ACTS}

    @property
    def mix(self) -> dict[str, float]:
        """The shares of the acts that have any, as fractions."""
        return {act: share / WHOLE for act, share in self.shares.items() if share}


class ShareSlider(Slider):
    """A slider by single per cent for the mouse and by five for the keys."""

    def key(self, key: int) -> bool:
        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            step = _KEY_STEP if key == pygame.K_RIGHT else -_KEY_STEP
            self._set(self.value() + step)
            return True
        return False


class BlendScreen(Screen):
    """A sheet over the live. `told(message, error)` hears what came of it."""

    covers = False
    arrival = "pause"

    def __init__(self, app, session: Session, told) -> None:
        super().__init__(app)
        self.session = session
        self._told = told
        self._was_paused = session.paused
        session.paused = True
        self._tactic = session.seen.room.tactic
        self._before = Blend(dict(session.seen.room.mix))
        self.blend = Blend(dict(session.seen.room.mix))
        self.first_focus = f"share:{ACTS[0]}"

    # -- layout --------------------------------------------------------------------------------
    @staticmethod
    def _sheet(painter: Painter):
        return painter.width / 2 - 440, painter.height / 2 - 296, 880, 592

    def _row(self, painter: Painter, number: int):
        """The box of one act: name, slider, share and seconds."""
        x, y, width, _ = self._sheet(painter)
        rows = -(-len(ACTS) // _COLUMNS)
        each = (width - 60) / _COLUMNS
        column, row = divmod(number, rows)
        return x + 30 + column * each, y + 122 + row * 54, each - 16, 46

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        widgets: list[Widget] = []
        for number, act in enumerate(ACTS):
            left, top, wide, high = self._row(painter, number)
            widgets.append(
                ShareSlider(
                    f"share:{act}", (left + 118, top + 8, wide - 214, high - 16), 0, WHOLE, 1,
                    lambda a=act: self.blend.shares[a], lambda v, a=act: self.blend.set(a, v),
                )
            )  # fmt: skip
        bottom = y + height - 62
        for name, left, wide, action, kind in (
            ("cancel", 30, 150, self.back, "plain"),
            ("reset", 194, 150, self._reset, "plain"),
            ("apply", width - 250, 220, self._apply, "main"),
        ):
            words_of = functools.partial(_say, name)
            box = (x + left, bottom, wide, 44)
            widgets.append(Button(name, box, words_of, action, kind))
        return widgets

    # -- what it does --------------------------------------------------------------------------
    def _reset(self) -> None:
        self.blend = Blend(dict(self.session.seen.room.mix))

    def _apply(self) -> Change:
        from sim.model.decisions import SetMix

        if self.blend.shares == self._before.shares:
            # The exact shares may differ from whole per cents, so nothing is better left alone.
            self._told(Phrase("blend.editor.unchanged"), None)
            return self.back()
        error = self.session.decide(SetMix(self.blend.mix))
        self._told(Phrase("blend.editor.applied"), error)
        return self.back()

    def back(self) -> Change:
        self.session.paused = self._was_paused
        return Pop()

    def before_controls(self, event, point):
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            focused = self.group.focused
            if focused is None or not isinstance(focused, Button):
                return True, self._apply()
        return False, None

    def key(self, event: pygame.event.Event):
        if event.key == pygame.K_b:
            return self.back()
        return super().key(event)

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        painter.veil()
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        heading(painter, _say("heading", language), x + 30, y + 18, width - 330)
        if self._tactic in self.session.scenario.tactics:
            title = self.session.scenario.tactics[self._tactic].title.text(language)
            source = wording.text("blend.editor.from", language, tactic=title)
        else:
            source = _say("from_own", language)
        box = (x + width - 330, y + 24, 300, 32)
        painter.text(source, box, theme.BODY, "medium", theme.BRICK, "right")
        note = (x + 30, y + 66, width - 60, 44)
        painter.text(
            _say("note", language), note, 15, "regular", theme.SOFT_INK, vertical="top", lines=2
        )
        for number, act in enumerate(ACTS):
            self._paint_row(painter, self._row(painter, number), act, language)
        total = wording.text("blend.editor.total", language, share=sum(self.blend.shares.values()))
        box = (x + width - 400, y + height - 62, 136, 44)
        painter.text(total, box, theme.BODY, "bold", theme.INK, "right")
        box = (x + 30, y + height - 106, width - 60, 26)
        painter.text(
            _say("keys", language), box, theme.SMALL, "medium", theme.SOFT_INK, "center"
        )  # fmt: skip

    def _paint_row(self, painter: Painter, box, act: str, language: str) -> None:
        left, top, wide, high = box
        share, before = self.blend.shares[act], self._before.shares[act]
        focused = self.group.get(f"share:{act}").focused
        if focused:
            painter.rect((left - 10, top, wide + 16, high), (255, 255, 255, 200), 12)
        weight = "bold" if share else "medium"
        colour = theme.INK if share else theme.FAINT_INK
        painter.text(
            words.say(f"act.{act}", language), (left, top, 114, high), theme.BODY, weight, colour,
            smallest=12,
        )  # fmt: skip
        number = wording.text("blend.editor.share", language, share=share)
        right = left + wide - 92
        colour = theme.INK if share == before else theme.BRICK
        painter.text(number, (right, top, 46, high), theme.BODY, "bold", colour, "right")
        seconds = wording.text("blend.editor.seconds", language, seconds=round(share * 0.6))
        painter.text(
            seconds, (right + 48, top, 44, high), theme.SMALL, "medium", theme.SOFT_INK, "right"
        )  # fmt: skip
