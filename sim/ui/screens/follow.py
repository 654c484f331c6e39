"""Following one shopper through the street and the rooms, with their name over them."""

from __future__ import annotations

from sim.errors import Phrase
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens import hud
from sim.ui.screens.shopper_card import WIDTH
from sim.ui.street.camera import Camera, whereabouts
from sim.ui.street.figures import FIGURE_HEIGHT


class Following:
    """Keeps one person of a live in view. `live` is the LiveScreen it works for."""

    def __init__(self, live) -> None:
        self.live = live
        self.shopper: int | None = None
        self.camera = live.room.camera = Camera(live.app.builder.closer)
        self.at = None
        self._inside = False

    def toggle(self, shopper: int | None) -> None:
        """Follow this person, or stop following."""
        self.shopper = None if self.shopper is not None else shopper
        self.at = None
        self.live.view.crowd.follow(self.shopper)
        self.live.room.followed = self.shopper
        if self.shopper is None:
            self.camera.rest()

    def update(self, seconds: float) -> Phrase | None:
        """Look where they are now; when they have gone home it ends, with the sentence to show."""
        if self.shopper is None:
            return None
        live, painter = self.live, self.live.app.painter
        before = self.at.place if self.at is not None else None
        street = live.view.street_for(painter)
        self.at = whereabouts(live.view, street, live.session.seen.people, self.shopper)
        if self.at.place == "gone":
            name = words.name_of(self.shopper, live.app.language)
            self.toggle(None)
            return Phrase("ui.follow.home", name=name)
        inside = self.at.place == "our_room" and live.view.crowd.spot(self.shopper, street) is None
        if not inside and self.at.place == "our_room":
            self.at = type(self.at)("entering", 0, self.at.spot)
        if inside != live.in_room and (inside or before == "our_room"):
            live._toggle_view()
        if live.showing_room != self._inside:
            # What is near whom in the room has nothing to do with what was on the street.
            self._inside = live.showing_room
            self.camera.rest()
        spot = self._in_room() if self._inside else self.at.spot
        if spot is not None and not live.app.settings.reduced_motion:
            highest = live.room.host_top(painter.height) if self._inside else None
            self.camera.aim(painter, spot, seconds, WIDTH if live.card else 0.0, highest)
        else:
            self.camera.rest()
        return None

    def _in_room(self) -> tuple[float, float, float] | None:
        """(x, y, scale) of their head in our room, when it was drawn last."""
        head = self.live.room.head_of(self.shopper)
        return None if head is None else (head[0] + head[2] / 2, head[1] + head[3] / 2, 1.0)

    def draw_tag(self, painter: Painter, language: str) -> None:
        """An arrow, the name, and where they are; over the person, on the window."""
        if self.shopper is None or self.at is None:
            return
        spot = self._spot_on_window()
        if spot is None:
            return
        hosts = self.live.session.scenario.hosts
        at = self.at
        host = hosts[at.host].name.text(language) if at.host is not None else ""
        where = words.say(f"follow.{at.place}", language, host=host)
        text = f"{words.name_of(self.shopper, language)} · {where}"
        wide = min(330.0, painter.measure(text, 14, "bold") + 28)
        x = min(max(spot[0] - wide / 2, 10), painter.width - wide - 10)
        y = min(max(spot[1] - 52, 118), painter.height - 120)
        painter.panel((x, y, wide, 26), theme.PLUM, 13, 80, opacity=240)
        painter.text(
            text, (x + 12, y, wide - 24, 26), 14, "bold", "#FFFFFF", "center", smallest=10.5,
            may_truncate=True,
        )  # fmt: skip
        if not (self.live.showing_room and self.live.card is not None):
            # There the room itself points at whoever's card is open.
            hud.arrow_at(painter, (spot[0], max(spot[1], y + 50)))

    def _spot_on_window(self) -> tuple[float, float] | None:
        """Just above their head."""
        live = self.live
        if live.showing_room:
            head = live.room.head_of(self.shopper)
            return head and self.camera.on_window(head[0] + head[2] / 2, head[1])
        if self.at.spot is None:
            return None
        x, y, scale = self.at.spot
        behind = live.view.crowd.spot(self.shopper, live.view.street_for(live.app.painter)) is None
        return self.camera.on_window(x, y - (12 if behind else FIGURE_HEIGHT * scale))
