"""The keys of the live: one table, which presses are looked up in and the key help is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from sim.ui.screens.base import Change
    from sim.ui.screens.live import LiveScreen

# Single acts: key, act, seconds of the host's time.
SINGLE_ACTS = (
    (pygame.K_d, "detail", 20),
    (pygame.K_p, "poll", 20),
    (pygame.K_s, "story", 30),
    (pygame.K_g, "invite_group", 20),
)


@dataclass(frozen=True)
class LiveKey:
    """One thing that keys do.

    keys   any of them does it
    first  taken before the controls see it, because a control would use it for itself
    """

    name: str
    keys: tuple[int, ...]
    do: Callable[[LiveScreen], Change | None]
    first: bool = False


def _speed_or_follow(live: LiveScreen) -> None:
    if live.card or live.following.shopper is not None:
        live.follow()
    else:
        live.session.cycle_speed()


def _close_or_menu(live: LiveScreen) -> Change | None:
    if live.following.shopper is not None:
        live.follow()
    elif live.card is None:
        return live._menu()
    else:
        live._open_card(None)
    return None


def _act(act: str, seconds: int) -> Callable[[LiveScreen], None]:
    return lambda live: live.told(live.session.perform(act, seconds), "click")


TABLE = (
    LiveKey("pause", (pygame.K_SPACE,), lambda live: live.pause(), first=True),
    # Here Tab belongs to the view; the arrow keys move the focus.
    LiveKey("view", (pygame.K_TAB,), lambda live: live.switch_view(), first=True),
    LiveKey("view", (pygame.K_r,), lambda live: live.switch_view()),
    LiveKey("speed", (pygame.K_f,), _speed_or_follow),
    LiveKey("product", (pygame.K_n,), lambda live: live.next_product()),
    LiveKey("answer", (pygame.K_a,), lambda live: live.answer()),
    *(LiveKey(act, (key,), _act(act, seconds)) for key, act, seconds in SINGLE_ACTS),
    LiveKey("blend", (pygame.K_b,), lambda live: live.open_blend()),
    LiveKey("map", (pygame.K_z,), lambda live: live.toggle_map()),
    LiveKey("ghosts", (pygame.K_h,), lambda live: live.ghosts()),
    LiveKey("undo", (pygame.K_u, pygame.K_BACKSPACE), lambda live: live._undo()),
    LiveKey("others", (pygame.K_LEFTBRACKET,), lambda live: live.card_beside(-1)),
    LiveKey("others", (pygame.K_RIGHTBRACKET,), lambda live: live.card_beside(1)),
    LiveKey("menu", (pygame.K_ESCAPE,), _close_or_menu),
)


def find(key: int, first: bool) -> LiveKey | None:
    """What a key does, among those that come before the controls or those that come after."""
    return next((entry for entry in TABLE if key in entry.keys and entry.first == first), None)
