"""What is drawn again looks as if it had been worked out, and is worked out when it changes."""

from __future__ import annotations

import pygame
import pytest

from sim.ui import theme
from sim.ui.painter import Painter
from sim.ui.repeat import Repeat, Same


@pytest.fixture
def live(open_app, short):
    player = open_app(scenario=short)
    player.app.settings.reduced_motion = True
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("LiveScreen")
    player.screen.company.look(wait=True)
    player.frames(4)
    return player


def drawn(player, monkeypatch=None) -> bytes:
    player.app.draw()
    return pygame.image.tobytes(player.app.window, "RGB")


def worked_out(player, monkeypatch) -> bytes:
    """The same frame with nothing drawn as before."""
    with monkeypatch.context() as patch:
        patch.setattr(Repeat, "draw", lambda repeat, painter, shows, draw: draw())
        return drawn(player)


def test_drawn_again_it_is_the_same_picture(live, monkeypatch):
    screen = live.screen
    screen.session.paused = True

    def tactic(number: int):
        return lambda: screen.choose(screen.session.scenario.choices[number])

    def point(name: str):
        x, y, width, height = screen.group.get(name).box
        at = live.point((x + width / 2, y + height / 2))
        event = pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0))
        live.app.handle(event)

    changes = (
        lambda: None, tactic(1), tactic(0), lambda: live.app.set_language("en"),
        lambda: live.app.set_large_text(True, save=False), screen.pause, screen.pause,
        lambda: setattr(screen.session, "speed", 16), lambda: point("view"), lambda: point("map"),
        lambda: point(f"tactic:{screen.session.scenario.choices[2]}"),
        lambda: screen.group.focus("speed"), screen.toggle_map, screen.toggle_map,
        screen.next_product, lambda: screen._open_card(int(screen.session.seen.people[0][0])),
        lambda: live.app.set_language("zh"), lambda: live.app.set_large_text(False, save=False),
    )  # fmt: skip
    seen = set()
    for number, change in enumerate(changes):
        change()
        live.frames(1, 0.0)
        again = drawn(live)
        assert again == worked_out(live, monkeypatch), f"after change {number}"
        seen.add(hash(again))
    assert len(seen) > len(changes) / 2, "the changes changed nearly nothing, so this proved little"


def test_a_frame_in_which_nothing_changed_works_nothing_out(live):
    screen = live.screen
    screen.session.paused = True
    live.frames(2, 0.02)
    parts = (screen._bars, screen._views._legend, screen.group._repeat)
    before = [part.drawn for part in parts]
    live.frames(5, 0.02)
    assert [part.drawn for part in parts] == before
    screen.session.seen = screen.session.run.observe()
    live.frames(1, 0.02)
    assert screen._bars.drawn == before[0] + 1


def test_another_scale_is_drawn_anew_and_what_cannot_be_noted_is_refused():
    repeat = Repeat()
    for size in ((320, 180), (640, 360)):
        window = pygame.Surface(size)
        painter = Painter(window)
        repeat.draw(painter, (), lambda p=painter: p.rect((40, 40, 200, 100), theme.CORAL))
        assert window.get_at((size[0] // 9, size[1] // 9))[:3] == theme.rgba(theme.CORAL)[:3]
    assert repeat.drawn == 2
    with pytest.raises(ValueError, match="premultiplied"):
        repeat.draw(painter, (1,), lambda: painter.surface.blit(window, (0, 0)))
    assert painter.surface is window


def test_the_same_thing_is_equal_only_to_itself():
    one, other = [1], [1]
    assert Same(one) == Same(one) != Same(other) and Same(one) != one
    assert len({Same(one), Same(one), Same(other)}) == 2
