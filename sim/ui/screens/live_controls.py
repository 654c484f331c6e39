"""The controls of the live: where each stands and what it says. What they do is the screen's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from sim import wording
from sim.ui import words
from sim.ui.painter import Box, Painter
from sim.ui.screens import hud
from sim.ui.screens.live_keys import SINGLE_ACTS
from sim.ui.screens.shopper_card import ShopperCard
from sim.ui.session import SPEEDS
from sim.ui.widgets.base import Widget, WidgetGroup
from sim.ui.widgets.button import AbleButton, Button, Choice, TacticButton

if TYPE_CHECKING:
    from sim.ui.ghosts.company import Company
    from sim.ui.screens.live import LiveScreen

_MOST_SHARES = 5
_UPPER = ("view", "map", "blend", "ghosts")


class LiveGroup(WidgetGroup):
    """The controls of a live, with their tips beside what they belong to and not over it."""

    def __init__(self, live: LiveScreen) -> None:
        super().__init__(live.app.sound.play)
        self._live = live

    def tip(self, language: str) -> tuple[str, Box] | None:
        for widget in reversed(self.widgets):
            if (widget.hovered or widget.focused) and (text := widget.tip(language)):
                return text, self._clear_of(widget)
        return None

    def beside(self, target: Box) -> Box:
        """What a sheet about this place must not cover: with a control those around it."""
        upper = [widget.box for widget in self.widgets if widget.name in _UPPER]
        if target not in upper:
            return target
        lowest = max(y + height for _, y, _, height in upper)
        return target[0], target[1], target[2], lowest - target[1]

    def _clear_of(self, widget: Widget) -> Box:
        """The box that the tip must not cover: a control together with those around it."""
        x, _, width, _ = widget.box
        if widget.name.startswith("act:") or widget.name in ("answer", "undo"):
            return hud.acts_box(self._live.app.painter)
        if widget.name in _UPPER:
            # Above them is the bar, so that their tips hang below the lowest of them.
            lowest = max(w.box[1] + w.box[3] for w in self.widgets if w.name in _UPPER)
            return x, 0.0, width, lowest
        if widget.name.startswith("tactic:"):
            sheet = self._live.tactics_box
            return x, sheet[1], width, sheet[3]
        return widget.box


def controls(live: LiveScreen, painter: Painter) -> tuple[list[Widget], Box]:
    """All controls for this window, and the box of the sheet that lies under the tactics."""
    width, bottom = painter.width, painter.height - 72
    tactics, sheet = _tactics(live, width, bottom)
    widgets = [
        *tactics,
        *_pace(live, bottom),
        Button(
            "view", (width - 204, 76, 186, 38), lambda la: _view_words(live, la),
            live.switch_view, mark="eye", size=14,
        ),
        Button(
            "next", (width - 92, bottom + 13, 66, 38),
            lambda la: words.say("live.next_product", la), live.next_product, size=13,
        ),
        Button("menu", (width - 56, 22, 34, 32), lambda _: "", live._menu, "quiet", "gear"),
        live.language_choice(painter, 24, width - 152),
        *_far_and_own(live, width),
        *(hud.FigureNote(name) for name in hud.FIGURE_PLACES),
    ]  # fmt: skip
    if live.card is not None:
        widgets.append(
            Button(
                "follow", ShopperCard.follow_box(painter), lambda la: _follow_words(live, la),
                live.follow, size=14,
            )
        )  # fmt: skip
    if live.in_room:
        widgets += _acts(live, hud.acts_box(painter))
    return widgets, sheet


def _tactics(live: LiveScreen, width: float, bottom: float) -> tuple[list[Widget], Box]:
    choices = live.session.scenario.choices
    left, room = hud.TACTICS_LEFT, width - hud.TACTICS_LEFT - hud.TACTICS_RIGHT
    each = min(132.0, (room - 16 - 6 * (len(choices) - 1)) / len(choices))
    wide = each * len(choices) + 6 * (len(choices) - 1)
    start = left + (room - wide) / 2
    buttons = [
        _tactic(live, i, tactic, (start + i * (each + 6), bottom + 7, each, 48))
        for i, tactic in enumerate(choices)
    ]
    return buttons, (start - 9, bottom - 1, wide + 18, 64)


def _tactic(live: LiveScreen, number: int, tactic: str, box: Box) -> TacticButton:
    spec = live.session.scenario.tactics[tactic]

    def tip(language: str) -> str:
        acts = sorted(spec.mix.items(), key=lambda item: -item[1])[:_MOST_SHARES]
        parts = [
            f"{words.say(f'act.{act}', language)} {words.per_cent(share, 0)}" for act, share in acts
        ]
        minute = words.say("live.minute_of", language, acts=" · ".join(parts))
        return spec.summary.text(language) + "\n" + minute

    return TacticButton(
        f"tactic:{tactic}", box, number, spec.title.text, lambda: live.choose(tactic),
        lambda: live.session.seen.room.tactic == tactic, tip,
    )  # fmt: skip


def _pace(live: LiveScreen, bottom: float) -> list[Widget]:
    session = live.session
    speeds = [(speed, lambda _, s=speed: f"{s}×") for speed in SPEEDS]

    def set_speed(speed: int) -> None:
        session.speed = speed

    return [
        Button(
            "pause", (26, bottom + 4, 38, 30), lambda _: "", live.pause,
            mark="play" if session.paused else "pause", sound=None,
        ),
        Choice("speed", (70, bottom + 4, 132, 30), speeds, lambda: session.speed, set_speed),
    ]  # fmt: skip


def _far_and_own(live: LiveScreen, width: float) -> list[Widget]:
    """More buttons by the switch of views: the map, a blend of one's own, and the ghosts.

    On the street they hang below it, before the sky; elsewhere that place is taken.
    """
    far = "close" if live.on_map else "open"
    below = not (live.in_room or live.on_map)
    left, top, high = (width - 204, 120, 32) if below else (width - 396, 76, 38)
    ghosts = (width - 204, 158, 186, 32) if below else (width - 524, 76, 122, 38)
    if live.on_map:
        ghosts = (18, 312, 204, 34)

    def words_of(key: str):
        return lambda language: wording.text(key, language)

    return [
        Button(
            "map", (left, top, 90, high), words_of(f"map.view.{far}"), live.toggle_map,
            tip=words_of(f"map.view.{far}_tip"), size=13,
        ),
        Button(
            "blend", (left + 96, top, 90, high), words_of("blend.editor.open"),
            live.open_blend, tip=words_of("blend.editor.open_tip"), size=13,
        ),
        AbleButton(
            "ghosts", ghosts, lambda la: _ghost_words(live, la), live.ghosts,
            tip=lambda la: ghost_tip(live.company, la), size=13,
            able=lambda: not live.company.nothing,
        ),
    ]  # fmt: skip


def _acts(live: LiveScreen, box: Box) -> list[Widget]:
    """Buttons for single acts, two in a row."""
    x, y, width, _ = box
    each = (width - 34) / 2
    buttons: list[Widget] = []

    def add(name, label, action, tip) -> None:
        i = len(buttons)
        spot = (x + 14 + (i % 2) * (each + 6), y + 34 + (i // 2) * 36, each, 32)
        buttons.append(Button(name, spot, label, action, tip=tip, size=13.5))

    for key, act, seconds in SINGLE_ACTS:
        letter = pygame.key.name(key).upper()
        add(
            f"act:{act}",
            lambda la, a=act, s=seconds: words.say(
                "acts.button", la, act=words.say(f"act.{a}", la), seconds=s
            ),
            lambda a=act, s=seconds: live.told(live.session.perform(a, s)),
            lambda la, s=seconds, k=letter: words.say("acts.tip", la, seconds=s, key=k),
        )
    for name, action in (("answer", live.answer), ("undo", live._undo)):
        add(
            name,
            lambda la, n=name: words.say(f"acts.{n}", la),
            action,
            lambda la, n=name: words.say(f"acts.{n}_tip", la),
        )
    return buttons


def _view_words(live: LiveScreen, language: str) -> str:
    return words.say("live.to_street" if live.in_room else "live.to_room", language) + "  (Tab)"


def _follow_words(live: LiveScreen, language: str) -> str:
    key = "start" if live.following.shopper is None else "stop"
    return words.say(f"follow.{key}", language) + "  (F)"


def ghost_tip(company: Company, language: str) -> str:
    """What ghosts are, or why there are none."""
    return wording.text(f"ghost.{'sheet.none' if company.nothing else 'control.tip'}", language)


def _ghost_words(live: LiveScreen, language: str) -> str:
    company = live.company
    key = "open" if not company.companions else "hide" if company.shown else "show"
    return wording.text(f"ghost.control.{key}", language) + " H"
