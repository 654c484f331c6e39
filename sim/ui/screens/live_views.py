"""Which of the live's views is on the window, how one turns into the other, and their drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from sim.ui.ghosts.strip import HEADS_LOWER
from sim.ui.painter import Painter
from sim.ui.repeat import Repeat
from sim.ui.screens import hud

if TYPE_CHECKING:
    from sim.ui.screens.live import LiveScreen

_SWITCH_SECONDS = 0.28
# Blending larger windows than this takes longer than a frame.
_MOST_PIXELS_TO_FADE = 2600 * 1500
_BAR_ABOVE, _BAR_BELOW = 70, 80


class Views:
    """Shows what the live asks for by `in_room` and `on_map`, as soon as it can be shown."""

    def __init__(self, live: LiveScreen) -> None:
        self._live = live
        self._shown = (False, False)  # inside the room, on the map
        self._switch = 0.0
        self._left_behind: pygame.Surface | None = None
        self._legend = Repeat()

    @property
    def showing_room(self) -> bool:
        """Whether the room is on the window now; it may have been asked for and not be ready."""
        return self._shown[0]

    def switched(self) -> None:
        """Another view has just been asked for."""
        self._switch = _SWITCH_SECONDS

    def update(self, seconds: float) -> None:
        self._switch = max(0.0, self._switch - seconds)

    def on_street(self, point: tuple[float, float]) -> bool:
        """Whether a point of the window is neither on the bar above nor on the one below."""
        return _BAR_ABOVE < point[1] < self._live.app.painter.height - _BAR_BELOW

    def paint(self, painter: Painter, language: str) -> None:
        """The view, without the bars."""
        live = self._live
        self._choose(painter)
        if self.showing_room:
            chosen = live.card.shopper if live.card else None
            live.room.before_counter = HEADS_LOWER if live.ghost_box is not None else 0.0
            live.room.draw(painter, live.session, language, chosen)
        elif live.on_map:
            live.map.draw(painter, live.session.seen.street["away"], language)
            if live.card is not None:
                hud.arrow_at(painter, live.map.spot(live.card.shopper))
        else:
            self._street(painter, language)
        if not live.on_map:
            live.following.draw_tag(painter, language)
        self._fade(painter)

    def _street(self, painter: Painter, language: str) -> None:
        live = self._live
        street = live.view.street_for(painter)
        live.hovered_shopper = None
        if live._mouse is not None and self.on_street(live._mouse):
            at = live.following.camera.on_street(live._mouse)
            live.hovered_shopper = live.view.crowd.nearest(*at, street)
        close = live.following.camera.draw(painter, live.view, language)
        if not close:
            live.view.draw(painter, language)
        if live.card is not None:
            if not close:
                hud.marker(painter, live.view.crowd, street, live.card.shopper)
            return
        if live.hovered_shopper is not None and not close:
            hud.shopper_tag(
                painter, live.session, live.view.crowd, street, live.hovered_shopper, language
            )
        crowd = live.view.crowd
        shows = (crowd.people_per_figure, crowd.people_per_head, language)
        self._legend.draw(painter, shows, lambda: hud.legend(painter, crowd, language))

    def _choose(self, painter: Painter) -> None:
        """Show the view that was asked for: the room only once its pictures are there."""
        live = self._live
        inside = live.in_room and live.app.builder.rehearsal.ready(painter)
        wanted = (inside, live.on_map)
        if wanted == self._shown:
            return
        self._shown = wanted
        if painter.width * painter.height * painter.unit**2 > _MOST_PIXELS_TO_FADE:
            return
        if not live.app.settings.reduced_motion:
            # The last frame is still on the window; the new view grows out of it.
            self._left_behind = painter.surface.copy()
            self._switch = _SWITCH_SECONDS

    def _fade(self, painter: Painter) -> None:
        """Let the view that was left fade away over the new one."""
        old = self._left_behind
        if old is None:
            return
        if self._switch <= 0 or old.get_size() != painter.surface.get_size():
            self._left_behind = None
            return
        old.set_alpha(int(255 * self._switch / _SWITCH_SECONDS))
        painter.surface.blit(old, (0, 0))
