"""The live: the street or the room, with the host's controls and the figures around it."""

# Long because it wires every control of the live; its parts lie in files of their own.
from __future__ import annotations

import pygame

from sim import wording
from sim.errors import DecisionError, Phrase
from sim.ui import theme, words
from sim.ui.painter import Painter
from sim.ui.screens import hud
from sim.ui.screens.base import Change, Push, Replace, Screen
from sim.ui.screens.blend import BlendScreen
from sim.ui.screens.follow import Following
from sim.ui.screens.menu import MenuScreen
from sim.ui.screens.shopper_card import ShopperCard
from sim.ui.session import SPEEDS, Session
from sim.ui.sound import tactic_sound
from sim.ui.street.map_view import MapView
from sim.ui.street.room import RoomView
from sim.ui.street.view import StreetView
from sim.ui.tutorial.coach import Coach
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Choice, TacticButton

_SAY_SECONDS = 3.0
_SWITCH_SECONDS = 0.28
# Blending larger windows than this takes longer than a frame.
_MOST_PIXELS_TO_FADE = 2600 * 1500
# Single acts: key, act, seconds of the host's time.
SINGLE_ACTS = (
    (pygame.K_d, "detail", 20),
    (pygame.K_p, "poll", 20),
    (pygame.K_s, "story", 30),
    (pygame.K_g, "invite_group", 20),
)
PACE = {1: 1.0, 4: 2.2, 16: 5.0}


class LiveScreen(Screen):
    """Drives the session, hands decisions to it, and shows what it sees."""

    def __init__(self, app, session: Session) -> None:
        super().__init__(app)
        self.session = session
        self.view = StreetView(session.scenario, app.builder)
        self.room = RoomView(session.scenario, self.view.crowd)
        self.map = MapView(session.scenario, self.view.crowd, self.view.rooms)
        self.in_room = False
        self.on_map = False
        self._switch = 0.0
        self._left_behind: pygame.Surface | None = None
        self._shown = (False, False)  # inside the room, on the map
        self._message: tuple[Phrase | DecisionError, float] | None = None
        self._mouse: tuple[float, float] | None = None
        self.hovered_shopper: int | None = None
        self.card: ShopperCard | None = None
        self.following = Following(self)
        self.coach: Coach | None = None

    # -- controls ------------------------------------------------------------------------------
    def build(self, painter: Painter) -> list[Widget]:
        width, height = painter.width, painter.height
        bottom = height - 72
        session = self.session
        widgets: list[Widget] = []
        left, room = hud.TACTICS_LEFT, width - hud.TACTICS_LEFT - hud.TACTICS_RIGHT
        choices = session.scenario.choices
        each = min(132.0, (room - 16 - 6 * (len(choices) - 1)) / len(choices))
        start = left + (room - each * len(choices) - 6 * (len(choices) - 1)) / 2
        self.tactics_box = (
            start - 9,
            bottom - 1,
            each * len(choices) + 6 * (len(choices) - 1) + 18,
            64,
        )
        for i, tactic in enumerate(choices):
            widgets.append(self._tactic(i, tactic, (start + i * (each + 6), bottom + 7, each, 48)))
        speeds = [(speed, lambda _, s=speed: f"{s}×") for speed in SPEEDS]
        widgets.append(
            Button(
                "pause",
                (26, bottom + 4, 38, 30),
                lambda _: "",
                self._pause,
                mark="play" if session.paused else "pause",
                sound=None,
            )
        )
        widgets.append(
            Choice(
                "speed", (70, bottom + 4, 132, 30), speeds, lambda: session.speed, self._set_speed
            )
        )
        widgets.append(
            Button(
                "view",
                (width - 204, 76, 186, 38),
                self._view_words,
                self._toggle_view,
                mark="eye",
                size=14,
            )
        )
        widgets.append(
            Button(
                "next",
                (width - 92, bottom + 13, 66, 38),
                lambda la: words.say("live.next_product", la),
                self._next_product,
                size=13,
            )
        )
        widgets.append(
            Button("menu", (width - 56, 22, 34, 32), lambda _: "", self._menu, "quiet", "gear")
        )
        widgets.append(self.language_choice(painter, 24, width - 152))
        widgets += self._far_and_own(width)
        if self.card is not None:
            widgets.append(
                Button("follow", ShopperCard.follow_box(painter), self._follow_words, self._follow,
                       size=14)
            )  # fmt: skip
        if self.in_room:
            widgets += self._acts(hud.acts_box(painter))
        return widgets

    def _far_and_own(self, width: float) -> list[Widget]:
        """Two more buttons by the switch of views: the map, and a blend of one's own.

        On the street they hang below it, before the sky; elsewhere that place is taken.
        """
        far = "close" if self.on_map else "open"
        below = not (self.in_room or self.on_map)
        left, top, high = (width - 204, 120, 32) if below else (width - 396, 76, 38)

        def words_of(key: str):
            return lambda language: wording.text(key, language)

        return [
            Button(
                "map", (left, top, 90, high), words_of(f"map.view.{far}"), self.toggle_map,
                tip=words_of(f"map.view.{far}_tip"), size=13,
            ),
            Button(
                "blend", (left + 96, top, 90, high), words_of("blend.editor.open"),
                self._open_blend, tip=words_of("blend.editor.open_tip"), size=13,
            ),
        ]  # fmt: skip

    def _acts(self, box) -> list[Widget]:
        """Buttons for single acts, two in a row."""
        x, y, width, _ = box
        each = (width - 34) / 2
        buttons = []

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
                lambda a=act, s=seconds: self._told(self.session.perform(a, s)),
                lambda la, s=seconds, k=letter: words.say("acts.tip", la, seconds=s, key=k),
            )
        add(
            "answer",
            lambda la: words.say("acts.answer", la),
            self._answer,
            lambda la: words.say("acts.answer_tip", la),
        )
        add(
            "undo",
            lambda la: words.say("acts.undo", la),
            self._undo,
            lambda la: words.say("acts.undo_tip", la),
        )
        return buttons

    def _answer(self) -> None:
        queue = [int(shopper) for shopper, _ in self.session.seen.room.queue]
        if self.card is not None and self.card.shopper in queue:
            self._told(self.session.answer(self.card.shopper))
        elif queue:
            self._told(self.session.answer(queue[0]))
        else:
            self._told(DecisionError(Phrase("ui.acts.nobody")))

    def _undo(self) -> None:
        error = self.session.undo()
        if error is None:
            self._message = (Phrase("ui.acts.undone"), _SAY_SECONDS)
        self._told(error)
        self.rebuild()

    def _open_card(self, shopper: int | None) -> None:
        self.card = None if shopper is None else ShopperCard(self.session, shopper)
        self.rebuild()

    def _follow(self) -> None:
        self.following.toggle(self.card.shopper if self.card is not None else None)

    @property
    def showing_room(self) -> bool:
        """Whether the room is on the window now; it may have been asked for and not be ready."""
        return self._shown[0]

    def _card_beside(self, step: int) -> None:
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

    def _tactic(self, number: int, tactic: str, box) -> TacticButton:
        spec = self.session.scenario.tactics[tactic]

        def tip(language: str) -> str:
            acts = sorted(spec.mix.items(), key=lambda item: -item[1])[:5]
            parts = [
                f"{words.say(f'act.{act}', language)} {words.per_cent(share, 0)}"
                for act, share in acts
            ]
            return (
                spec.summary.text(language)
                + "\n"
                + words.say("live.minute_of", language, acts=" · ".join(parts))
            )

        return TacticButton(
            f"tactic:{tactic}", box, number, spec.title.text, lambda: self._choose(tactic),
            lambda: self.session.seen.room.tactic == tactic, tip,
        )  # fmt: skip

    def _view_words(self, language: str) -> str:
        return words.say("live.to_street" if self.in_room else "live.to_room", language) + "  (Tab)"

    def _follow_words(self, language: str) -> str:
        key = "start" if self.following.shopper is None else "stop"
        return words.say(f"follow.{key}", language) + "  (F)"

    def _told(self, error: DecisionError | None, sound: str | None = None) -> None:
        """Show why a decision was impossible; `sound` is heard when it was not."""
        if error is not None:
            self.app.sound.play("error")
        elif sound:
            self.app.sound.play(sound)
        if error is not None:
            self._message = (error, _SAY_SECONDS)

    def _blended(self, message: Phrase, error: DecisionError | None) -> None:
        if error is None:
            self._message = (message, _SAY_SECONDS)
        self._told(error, "coin")

    def _choose(self, tactic: str) -> None:
        mix = self.session.scenario.tactics[tactic].mix
        self._told(self.session.set_tactic(tactic), tactic_sound(mix))

    def _pause(self) -> None:
        self.session.paused = not self.session.paused
        self.app.sound.play("pause" if self.session.paused else "resume")
        self.rebuild()

    def _set_speed(self, speed: int) -> None:
        self.session.speed = speed

    def toggle_map(self) -> None:
        """Step back until everybody on the street is a dot, or close again."""
        self.on_map = not self.on_map
        if self.on_map:
            self.in_room = False
            self.map.start()
        self._switch = _SWITCH_SECONDS
        self.rebuild()

    def _open_blend(self) -> Change:
        return Push(BlendScreen(self.app, self.session, self._blended))

    def _toggle_view(self) -> None:
        self.in_room, self.on_map = not self.in_room, False
        self._switch = _SWITCH_SECONDS
        self.rebuild()

    def _next_product(self) -> None:
        products = [product.id for product in self.session.scenario.host.products]
        shown = self.session.seen.room.product
        index = products.index(shown) if shown in products else -1
        self._told(self.session.show_product(products[(index + 1) % len(products)]))

    def teach(self) -> None:
        """Show the controls by doing, from the first step."""
        self.coach = Coach(self)

    def _menu(self) -> Change:
        return Push(MenuScreen(self.app, self.session, self.teach))

    def before_controls(self, event, point):
        if self.coach is not None and self.coach.handle(event, point):
            return True, None
        # Here Tab belongs to the view; the arrow keys move the focus.
        if event.type == pygame.KEYDOWN and event.key == pygame.K_TAB:
            self._toggle_view()
            return True, None
        if event.type == pygame.KEYDOWN and event.key == pygame.K_SPACE:
            self._pause()
            return True, None
        if event.type == pygame.MOUSEMOTION:
            self._mouse = point
        return False, None

    def key(self, event: pygame.event.Event):
        number = event.key - pygame.K_1
        choices = self.session.scenario.choices
        if 0 <= number < len(choices):
            self._choose(choices[number])
        elif event.key == pygame.K_r:
            self._toggle_view()
        elif event.key == pygame.K_n:
            self._next_product()
        elif event.key == pygame.K_f and (self.card or self.following.shopper is not None):
            self._follow()
        elif event.key == pygame.K_f:
            self.session.cycle_speed()
        elif event.key == pygame.K_a:
            self._answer()
        elif event.key == pygame.K_b:
            return self._open_blend()
        elif event.key == pygame.K_z:
            self.toggle_map()
        elif event.key in (pygame.K_u, pygame.K_BACKSPACE):
            self._undo()
        elif event.key in (pygame.K_LEFTBRACKET, pygame.K_RIGHTBRACKET):
            self._card_beside(1 if event.key == pygame.K_RIGHTBRACKET else -1)
        elif event.key == pygame.K_ESCAPE:
            if self.following.shopper is not None:
                self._follow()
            elif self.card is None:
                return self._menu()
            else:
                self._open_card(None)
        else:
            for key, act, seconds in SINGLE_ACTS:
                if key == event.key:
                    self._told(self.session.perform(act, seconds), "click")
                    return None
            return False
        return None

    def mouse(self, event, point) -> Change | None:
        if event.type != pygame.MOUSEBUTTONDOWN or event.button != 1:
            return None
        if self.in_room:
            asking = self.room.question_at(point)
            if asking is not None:
                self._told(self.session.answer(asking))
            self._open_card(asking if asking is not None else self.room.person_at(point))
        elif self.on_map:
            self._open_card(self.map.nearest(*point))
        elif 70 < point[1] < self.app.painter.height - 80:
            street = self.view.street_for(self.app.painter)
            point = self.following.camera.on_street(point)
            found = self.view.person_in_window(point)
            self._open_card(found if found is not None else self.view.crowd.nearest(*point, street))
        return None

    def closed(self) -> None:
        if self.coach is not None:
            self.coach.close()
        # A run that goes on to the nights keeps its journal; one that is left gives the file back.
        if self.session.phase in ("before", "live"):
            self.session.close()

    # -- time ----------------------------------------------------------------------------------
    def opened(self) -> None:
        self.session.take_unheard()  # what happened before anybody looked
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
        self._switch = max(0.0, self._switch - seconds)
        if self._message is not None:
            error, left = self._message
            self._message = (error, left - seconds) if left > seconds else None
        pace = 0.0 if session.paused else PACE[session.speed]
        still = self.app.settings.reduced_motion
        if not (self.in_room and self._shown[0]):
            self.app.builder.rehearsal.keep(self.app.painter, session, self.app.language)
        self.view.take(session.seen, self.app.painter)
        self.view.take_feed(session.feed)
        self.view.move(seconds, pace)
        gone = self.following.update(seconds)
        if gone is not None:
            self._message = (gone, _SAY_SECONDS)
        self.room.move(0.0 if still else seconds, session)
        if self.on_map:
            self.map.move(seconds, self.view.street_for(self.app.painter), still)
        return None

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        session = self.session
        self._choose_view(painter)
        if self._shown[0]:
            self.room.draw(painter, session, language, self.card.shopper if self.card else None)
        elif self.on_map:
            self.map.draw(painter, session.seen.street["away"], language)
            if self.card is not None:
                hud.arrow_at(painter, self.map.spot(self.card.shopper))
        else:
            street = self.view.street_for(painter)
            self.hovered_shopper = None
            if self._mouse is not None and 70 < self._mouse[1] < painter.height - 80:
                at = self.following.camera.on_street(self._mouse)
                self.hovered_shopper = self.view.crowd.nearest(*at, street)
            close = self.following.camera.draw(painter, self.view, language)
            if not close:
                self.view.draw(painter, language)
            if self.card is not None and not close:
                hud.marker(painter, self.view.crowd, street, self.card.shopper)
            if self.hovered_shopper is not None and self.card is None and not close:
                hud.shopper_tag(
                    painter, session, self.view.crowd, street, self.hovered_shopper, language
                )
            if self.card is None:
                hud.legend(painter, self.view.crowd, language)
        if not self.on_map:
            self.following.draw_tag(painter, language)
        self._fade(painter)
        hud.top_bar(painter, session, language)
        hud.bottom_bar(painter, session, self.tactics_box, language)

    def _choose_view(self, painter: Painter) -> None:
        """Show the view that was asked for: the room only once its pictures are there."""
        inside = self.in_room and self.app.builder.rehearsal.ready(painter)
        wanted = (inside, self.on_map)
        if wanted == self._shown:
            return
        self._shown = wanted
        if painter.width * painter.height * painter.unit**2 > _MOST_PIXELS_TO_FADE:
            return
        if not self.app.settings.reduced_motion:
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

    def paint_over(self, painter: Painter, language: str) -> None:
        session = self.session
        if self.in_room and not self._shown[0]:
            hud.notice(painter, self.say("live.opening_room"), theme.TEAL, 170)
        if self.card is not None:
            self.card.draw(painter, language)
            follow = self.group.get("follow")
            if follow is not None:
                follow.draw(painter, language)
        if self.coach is not None:
            self.coach.draw(painter, language)
        if self._message is not None:
            said = self._message[0]
            if isinstance(said, DecisionError):
                hud.notice(painter, said.in_language(language), theme.POOR, 124)
            else:
                hud.notice(painter, said.text(language), theme.TEAL, 124)
        elif session.paused:
            hud.notice(
                painter,
                f"{self.say('live.paused')} · {self.say('live.paused_hint')}",
                theme.PLUM,
                124,
            )
        elif session.not_saved is not None:
            reason = session.not_saved
            reason = reason.text(language) if isinstance(reason, Phrase) else reason
            hud.notice(painter, self.say("resume.not_saved", reason=reason), theme.AMBER, 124)
        elif session.phase == "before":
            seconds = max(0.0, -session.seen.minute * 60)
            hud.notice(
                painter, self.say("live.before", time=words.short_time(seconds)), theme.TEAL, 124
            )
