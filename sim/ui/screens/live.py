"""The live: the street or the room, with the host's controls and the figures around it.

Its controls, keys, views and notices lie in the files live_*.py beside this one.
"""

from __future__ import annotations

import pygame

from sim.errors import DecisionError, Phrase
from sim.ui.ghosts.company import Company
from sim.ui.ghosts.sheet import GhostScreen
from sim.ui.ghosts.strip import Strip, place
from sim.ui.painter import Box, Painter
from sim.ui.repeat import Repeat, Same
from sim.ui.screens import hud, live_controls, live_keys, live_notices
from sim.ui.screens.base import Change, Push, Replace, Screen
from sim.ui.screens.blend import BlendScreen
from sim.ui.screens.follow import Following
from sim.ui.screens.live_views import Views
from sim.ui.screens.menu import MenuScreen
from sim.ui.screens.shopper_card import ShopperCard
from sim.ui.session import Session
from sim.ui.sound import tactic_sound
from sim.ui.street.map_view import MapView
from sim.ui.street.room import RoomView
from sim.ui.street.view import StreetView
from sim.ui.tutorial.coach import Coach
from sim.ui.widgets.base import Widget

_SAY_SECONDS = 3.0
_DOOR = 100.0  # our shop begins so far left of its window
PACE = {1: 1.0, 4: 2.2, 16: 5.0}


class LiveScreen(Screen):
    """Drives the session, hands decisions to it, and shows what it sees.

    company: ghosts that were called before the live opened; none when not given
    """

    def __init__(self, app, session: Session, company: Company | None = None) -> None:
        super().__init__(app)
        self.group = live_controls.LiveGroup(self)
        self.session = session
        self.view = StreetView(session.scenario, app.builder)
        self.room = RoomView(session.scenario, self.view.crowd)
        self.map = MapView(session.scenario, self.view.crowd, self.view.rooms)
        self.in_room = False
        self.on_map = False
        self._views = Views(self)
        self._message: tuple[Phrase | DecisionError, float] | None = None
        self._mouse: tuple[float, float] | None = None
        self.hovered_shopper: int | None = None
        self.card: ShopperCard | None = None
        self.following = Following(self)
        self.coach: Coach | None = None
        self.company = Company(session) if company is None else company
        self.company.join(session)
        self._strip = Strip(session, self.company)
        self.tactics_box: Box = (0.0, 0.0, 0.0, 0.0)
        self._bars = Repeat()

    # -- controls and what they do -------------------------------------------------------------
    def build(self, painter: Painter) -> list[Widget]:
        widgets, self.tactics_box = live_controls.controls(self, painter)
        return widgets

    @property
    def showing_room(self) -> bool:
        """Whether the room is on the window now; it may have been asked for and not be ready."""
        return self._views.showing_room

    def choose(self, tactic: str) -> None:
        mix = self.session.scenario.tactics[tactic].mix
        self.told(self.session.set_tactic(tactic), tactic_sound(mix))

    def next_product(self) -> None:
        products = [product.id for product in self.session.scenario.host.products]
        shown = self.session.seen.room.product
        index = products.index(shown) if shown in products else -1
        self.told(self.session.show_product(products[(index + 1) % len(products)]))

    def answer(self) -> None:
        """The one whose card is open comes first, or else the longest wait."""
        queue = [int(shopper) for shopper, _ in self.session.seen.room.queue]
        if self.card is not None and self.card.shopper in queue:
            self.told(self.session.answer(self.card.shopper))
        elif queue:
            self.told(self.session.answer(queue[0]))
        else:
            self.told(DecisionError(Phrase("ui.acts.nobody")))

    def _undo(self) -> None:
        # What came of it is said for as long as time stands still: see live_notices.
        self._message = None
        self.told(self.session.undo())
        self.rebuild()

    def open_blend(self) -> Change:
        return Push(BlendScreen(self.app, self.session, self._blended))

    def _blended(self, message: Phrase, error: DecisionError | None) -> None:
        if error is None:
            self.tell(message)
        self.told(error, "coin")

    def pause(self) -> None:
        self.session.paused = not self.session.paused
        self.app.sound.play("pause" if self.session.paused else "resume")
        self.rebuild()

    def toggle_map(self) -> None:
        """Step back until everybody on the street is a dot, or close again."""
        self.on_map = not self.on_map
        if self.on_map:
            self._end_following()
            self.in_room = False
            self.map.start()
        self._views.switched()
        self.rebuild()

    def switch_view(self) -> None:
        """Go to the room or out of it; whoever is followed is followed no longer."""
        self._end_following()
        self._toggle_view()

    def _end_following(self) -> None:
        # It would take the view straight back to where that person is.
        if self.following.shopper is not None:
            self.following.toggle(None)

    def _toggle_view(self) -> None:
        self.in_room, self.on_map = not self.in_room, False
        self._views.switched()
        self.rebuild()

    def _open_card(self, shopper: int | None) -> None:
        self.card = None if shopper is None else ShopperCard(self.session, shopper)
        self.rebuild()

    def card_beside(self, step: int) -> None:
        """The card of the next or previous person in our room."""
        people = self.session.seen.people
        inside = people["shopper"][(people["place"] == 3) & (people["where"] == 0)].tolist()
        if not inside:
            inside = people["shopper"].tolist()
        if not inside:
            return
        current = self.card.shopper if self.card else inside[0] - 1
        later = [s for s in inside if (s > current if step > 0 else s < current)]
        if later:
            self._open_card(later[0] if step > 0 else later[-1])
        else:
            self._open_card(inside[0] if step > 0 else inside[-1])

    def follow(self) -> None:
        """Follow the one whose card is open with the camera, or stop following."""
        self.following.toggle(self.card.shopper if self.card is not None else None)

    def teach(self) -> None:
        """Show the controls by doing, from the first step."""
        self.coach = Coach(self)

    def _menu(self) -> Change:
        return Push(MenuScreen(self.app, self.session, self.teach, self.pick_ghosts, self.company))

    # -- ghosts --------------------------------------------------------------------------------
    def pick_ghosts(self) -> Change:
        """Open the sheet on which ghosts are called and sent away."""
        return Push(GhostScreen(self.app, self.session, self.company))

    def ghosts(self) -> Change | None:
        """Show or hide the ghosts that were picked; without any, open the sheet."""
        if self.company.nothing:
            self.told(DecisionError(Phrase("ghost.sheet.none")))
            return None
        if not self.company.companions:
            return self.pick_ghosts()
        self.company.shown = not self.company.shown
        self.rebuild()
        return None

    @property
    def ghost_box(self) -> Box | None:
        """Where the ghosts are shown; None while they are not."""
        if not self.company.visible or self.coach is not None:
            return None
        painter, card = self.app.painter, self.card is not None
        plot = self.view.street_for(painter).by_host[0]
        shop = plot.box(*plot.window)[0] - _DOOR
        return place(painter, self.in_room, self.on_map, card, shop)

    # -- what is said --------------------------------------------------------------------------
    def tell(self, message: Phrase | DecisionError) -> None:
        """Say this for a moment."""
        self._message = (message, _SAY_SECONDS)

    def told(self, error: DecisionError | None, sound: str | None = None) -> None:
        """Show why a decision was impossible; `sound` is heard when it was not."""
        if error is not None:
            self.app.sound.play("error")
            self.tell(error)
        elif sound:
            self.app.sound.play(sound)

    # -- events --------------------------------------------------------------------------------
    def before_controls(self, event, point):
        if self.coach is not None and self.coach.handle(event, point):
            return True, None
        if event.type == pygame.KEYDOWN:
            entry = live_keys.find(event.key, first=True)
            if entry is not None:
                return True, entry.do(self)
        if event.type == pygame.MOUSEMOTION:
            # Whoever walks behind the strip is not pointed at.
            self._mouse = None if self._on_strip(point) else point
        return False, None

    def _on_strip(self, point) -> bool:
        box = self.ghost_box
        return box is not None and _contains(box, point)

    def key(self, event: pygame.event.Event):
        number = event.key - pygame.K_1
        choices = self.session.scenario.choices
        if 0 <= number < len(choices):
            self.choose(choices[number])
            return None
        entry = live_keys.find(event.key, first=False)
        return False if entry is None else entry.do(self)

    def mouse(self, event, point) -> Change | None:
        if event.type != pygame.MOUSEBUTTONDOWN or event.button != 1:
            return None
        if self._on_strip(point):
            return self.pick_ghosts()
        if self.in_room:
            asking = self.room.question_at(point)
            if asking is not None:
                self.told(self.session.answer(asking))
            self._open_card(asking if asking is not None else self.room.person_at(point))
        elif self.on_map:
            self._open_card(self.map.nearest(*point))
        elif self._views.on_street(point):
            street = self.view.street_for(self.app.painter)
            point = self.following.camera.on_street(point)
            found = self.view.person_in_window(point)
            self._open_card(found if found is not None else self.view.crowd.nearest(*point, street))
        return None

    def closed(self) -> None:
        if self.coach is not None:
            self.coach.close()
        self.company.close()
        # A run that goes on to the nights keeps its journal; one that is left gives the file back.
        if self.session.phase in ("before", "live"):
            self.session.close()

    # -- time ----------------------------------------------------------------------------------
    def opened(self) -> None:
        self.session.take_unheard()  # what happened before anybody looked
        # In the background: whether there are ghosts to call is shown by their button.
        self.company.look()
        # From the first frame on the street is the one that was seen, even if time stands still.
        self.view.take(self.session.seen, self.app.painter)
        self.rebuild()

    def ambience(self) -> tuple[str | None, float]:
        return "room" if self.in_room else "street", 0.4 if self.session.paused else 1.0

    def _hear(self, phase_before: str) -> None:
        sound = self.app.sound
        if phase_before == "before" and self.session.phase == "live":
            sound.play("live_opens")
        for events in self.session.take_unheard():
            sound.for_events(events)

    def update(self, seconds: float) -> Change | None:
        session = self.session
        phase_before = session.phase
        if self.coach is not None:
            self.coach.update(seconds)
            self.coach = None if self.coach.over else self.coach
        session.advance(0.0 if self.coach is not None and self.coach.holds else seconds)
        self._hear(phase_before)
        if session.phase not in ("before", "live"):
            from sim.ui.screens.end import EndScreen

            return Replace(EndScreen(self.app, session))
        self._views.update(seconds)
        refused = self.company.poll()
        if refused is not None:
            self.tell(DecisionError(refused))
        if self._message is not None:
            message, left = self._message
            self._message = (message, left - seconds) if left > seconds else None
        self._move(seconds)
        return None

    def _move(self, seconds: float) -> None:
        """Let the people of the views walk towards where the session has them."""
        session, painter = self.session, self.app.painter
        pace = 0.0 if session.paused else PACE[session.speed]
        still = self.app.settings.reduced_motion
        if not (self.in_room and self.showing_room):
            self.app.builder.rehearsal.keep(painter, session, self.app.language)
        self.view.take(session.seen, painter)
        self.view.take_feed(session.feed)
        self.view.move(seconds, pace)
        gone = self.following.update(seconds)
        if gone is not None:
            self.tell(gone)
        self.room.move(0.0 if still else seconds, session)
        if self.on_map:
            self.map.move(seconds, self.view.street_for(painter), still)

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        self._views.paint(painter, language)
        box = self.ghost_box
        if box is not None:
            self._strip.draw(painter, box, language)
        if self.session.paused:
            hud.still_frame(painter)
        # An observation is never changed: there is another one when anything has happened.
        session = self.session
        shows = (Same(session.seen), session.speed, self.tactics_box, language)
        self._bars.draw(painter, shows, lambda: self._draw_bars(painter, language))

    def _draw_bars(self, painter: Painter, language: str) -> None:
        hud.top_bar(painter, self.session, language)
        hud.bottom_bar(painter, self.session, self.tactics_box, language)

    def paint_over(self, painter: Painter, language: str) -> None:
        live_notices.draw_opening(self, painter)
        if self.card is not None:
            self.card.draw(painter, language)
            follow = self.group.get("follow")
            if follow is not None:
                follow.draw(painter, language)
        if self.coach is not None:
            self.coach.draw(painter, language)
        live_notices.draw(self, painter, language)


def _contains(box: Box, point) -> bool:
    return box[0] <= point[0] < box[0] + box[2] and box[1] <= point[1] < box[1] + box[3]
