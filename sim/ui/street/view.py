"""The street as seen from its near end: scene, shop windows, people, lights, words."""

from __future__ import annotations

import numpy as np

from sim.ui import theme, words
from sim.ui.art import shops
from sim.ui.painter import Painter
from sim.ui.street.backdrop import backdrop_of
from sim.ui.street.crowd import Crowd
from sim.ui.street.figures import Wardrobe, draw_crowd, wardrobe_for
from sim.ui.street.geometry import StreetMap
from sim.ui.street.scene_builder import SceneBuilder
from sim.ui.street.shopfronts import Shopfronts
from sim.ui.street.still import StillStreet


def _tick(observation) -> int:
    """When this was seen; the still street is of no time."""
    return getattr(observation, "tick", -1)


class StreetView:
    """Draws the street of one scenario. It knows observations, never the model."""

    def __init__(self, scenario, builder: SceneBuilder) -> None:
        self.scenario = scenario
        self.builder = builder
        self.rooms = tuple(i == 0 or host.live is not None for i, host in enumerate(scenario.hosts))
        self.crowd = Crowd()
        self.fronts = Shopfronts(scenario, self.crowd)
        self.figures_drawn = 0
        self._wardrobe: Wardrobe | None = None
        self._street: StreetMap | None = None
        self._hosts_of_cards = np.zeros(0, np.int64)
        self._observation = None

    # -- what is known -------------------------------------------------------------------------
    def street_for(self, painter: Painter) -> StreetMap:
        """The geometry for this window, whether or not its picture is ready."""
        known = self._street
        if known is None or (known.width, known.height) != (painter.width, painter.height):
            self._street = StreetMap(painter.width, painter.height, self.rooms)
            # Seats may lie elsewhere now, but whoever sits inside goes on sitting there.
            self.crowd.seat_anew(self._street)
        return self._street

    def take(self, observation, painter: Painter) -> None:
        """Show a new observation from now on."""
        street = self.street_for(painter)
        if observation is self._observation:
            return
        before, self._observation = self._observation, observation
        if isinstance(before, StillStreet):
            # Extras filled the picture; they are nobody whom a live could find there.
            self.crowd.forget()
        went_back = before is not None and _tick(observation) < _tick(before)
        self._hosts_of_cards = np.array([card.host for card in observation.cards], np.int64)
        self.fronts.take(observation)
        self.crowd.take(observation.people, self._hosts_of_cards, street, went_back)

    def take_feed(self, feed) -> None:
        """Show bubbles and comments of our room."""
        for shopper, kind in feed.new_bubbles:
            self.crowd.say(shopper, kind)
        feed.new_bubbles.clear()
        self.crowd.carrying = feed.bought
        self.fronts.lit.comments = feed.comments(3)

    def move(self, seconds: float, pace: float) -> None:
        """Let `seconds` of real time pass, in which people walk at `pace` times their speed."""
        self.fronts.clock += seconds
        if self._street is not None:
            self.crowd.move(seconds, pace, self._street)

    @property
    def _heads(self) -> list[tuple[tuple, int]]:
        return self.fronts.lit.heads(self._street) if self._street is not None else []

    def person_in_window(self, point) -> int | None:
        """The shopper whose head behind a window is under a point in design units."""
        for (x, y, width, height), shopper in reversed(self._heads):
            if x <= point[0] < x + width and y <= point[1] < y + height:
                return shopper
        return None

    def head_of(self, shopper: int) -> tuple[float, float, float] | None:
        """(x, y, scale) of the middle of somebody's head behind a window."""
        for (x, y, width, height), person in self._heads:
            if person == shopper:
                return x + width / 2, y + height / 2, 1.0
        return None

    def host_of_card(self, card: int) -> int | None:
        """In whose window a card hangs."""
        known = self._hosts_of_cards
        return int(known[card]) if 0 <= card < len(known) else None

    # -- drawing -------------------------------------------------------------------------------
    def warm(self, painter: Painter, builder) -> bool:
        """Get ready, a little each time, to draw at another scale; True when all is there."""
        size = painter.surface.get_size()
        scene = builder.want(size, painter.unit, self.rooms)
        here = self._wardrobe
        ready = here is None or wardrobe_for(painter.unit).follow(here)
        return ready and scene is not None and scene.background.get_size() == size

    def draw(self, painter: Painter, language: str, wait: bool = False, builder=None) -> None:
        """Draw the street; with `builder`, from its picture instead of the usual one.

        Until the picture for this window is ready the people walk over the last one, stretched.
        """
        street = self.street_for(painter)
        close = builder is not None
        builder = builder or self.builder
        if self._observation is None:
            self.take(StillStreet(self.scenario), painter)
        scene = builder.want(painter.surface.get_size(), painter.unit, self.rooms, wait)
        backdrop = backdrop_of(builder)
        ready = scene is not None and (
            scene.background.get_size() == painter.surface.get_size()
            and scene.street.plots == street.plots
        )
        if ready:
            backdrop.draw(painter, scene, street, self.fronts, language)
        elif scene is not None:
            backdrop.draw_old(painter, scene)
        else:
            painter.surface.fill(theme.rgba("#F6C79C"))
        wardrobe = wardrobe_for(painter.unit)
        if not close:
            self._wardrobe = wardrobe
        self.figures_drawn = draw_crowd(
            painter.surface, self.crowd, wardrobe, street, painter.still
        )
        if ready:
            backdrop.lights(painter)
            self._ours(painter, street, language)

    def draw_night(self, painter: Painter, language: str, signs: bool = True) -> None:
        """The street after closing: the same picture under a blue night, windows still warm.

        signs: whether names hang over the shops; without them nothing there is to be read
        """
        street = self.street_for(painter)
        scene = self.builder.want(painter.surface.get_size(), painter.unit, self.rooms)
        backdrop_of(self.builder).draw_night(painter, scene, street)
        for plot in street.plots if signs else ():
            self.fronts.sign(painter, plot, language)

    @staticmethod
    def _ours(painter: Painter, street: StreetMap, language: str) -> None:
        """The flag over our own shop, which bobs a little."""
        plot = street.by_host[0]
        sign = plot.box(*shops.sign_box(plot))
        text = words.say("street.ours", language)
        wide = painter.measure(text, 13, "bold") + 26
        lift = 0.0 if painter.still else 2.5 * np.sin(painter.clock * 2.2)
        box = (sign[0] + sign[2] / 2 - wide / 2, sign[1] - 31 + lift, wide, 24)

        def draw(c) -> None:
            c.shadow(0, 0, wide, 24, 12, 5, 90, 0, 3)
            c.polygon([(wide / 2 - 7, 21), (wide / 2 + 7, 21), (wide / 2, 31)], "#F59B2E")
            shops.badge(c, wide, 24, "#FFCF5A", "#F59B2E")

        painter.art(("ours", wide), box, draw, bleed=14)
        painter.text(text, box, 13, "bold", "#6B3410", "center")
