"""The class lobby: what it shows, what it keeps covered, and that closing it asks first."""

from __future__ import annotations

import pygame
import pytest

from sim import wording
from sim.errors import Phrase
from sim.ui.screens import class_lobby
from sim.ui.screens.base import Push
from sim.ui.screens.class_lobby import PIN_SECONDS, ClassApp, Lobby
from sim.ui.screens.class_lobby_sheets import AddressSheet, HelpSheet, StopSheet
from sim.ui.widgets.qr import qr_picture
from tests.ui.helpers import PlainBuilder, Player
from tests.ui.test_layout import ALL_SIZES, BOTH, Tour, proved

NAMES = ["小鱼", "阿May", "<b>林一</b>", "橙子汽水橙子汽水橙子汽水橙子汽", "Bo", "Wilhelmina-Maria"]


class FakeLobby:
    """An open class of which nothing is real."""

    def __init__(self, scenario) -> None:
        self.scenario = scenario
        self.code, self.pin = "K7MQ4T", "483920"
        self.addresses = ("192.168.100.23", "10.12.0.5")
        self.address = self.addresses[0]
        self.problem = None
        self.joined: list[str] = []
        self.names_shown, self.stopped, self.now = True, False, "lobby"

    @property
    def url(self) -> str:
        return f"http://{self.address}:8765/j/{self.code}"

    @property
    def board_url(self) -> str:
        return f"http://{self.address}:8765/board?key=abcdefgh"

    @property
    def console_url(self) -> str:
        return f"http://{self.address}:8765/console"

    def names(self):
        return list(self.joined)

    def count(self) -> int:
        return len(self.joined)

    def phase(self) -> str:
        return self.now

    def choose(self, address: str) -> None:
        self.address = address

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def opened(monkeypatch):
    """The URLs that were opened in a browser."""
    urls: list[str] = []
    monkeypatch.setattr(class_lobby.webbrowser, "open", lambda url: urls.append(url) or True)
    return urls


@pytest.fixture
def open_lobby(scenario, monkeypatch, opened):
    """open_lobby(size, language) -> a Player in front of a FakeLobby."""
    monkeypatch.setattr("sim.ui.sound.Sound.prepare", lambda sound, wait=False: None)
    apps = []

    def make(size=(1280, 720), language="zh") -> Player:
        app = ClassApp(FakeLobby(scenario), size=size, language=language)
        app.builder = PlainBuilder()
        app.screen.view.builder = app.builder
        apps.append(app)
        player = Player(app)
        player.frames()
        return player

    yield make
    pygame.event.clear()
    for app in apps:
        for screen in app.stack:
            screen.closed()


def texts(player) -> list[str]:
    recorder = player.app.painter.recorder
    recorder.clear()
    recorder.on = True
    player.app.draw()
    recorder.on = False
    return [item.text for item in recorder.texts]


def browser_done(player) -> None:
    if player.screen._opening is not None:  # else it was over within the frame of the key
        player.screen._opening[1].wait()
        player.frames()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_how_to_join_is_on_it(open_lobby, language):
    player = open_lobby(language=language)
    shown = texts(player)
    assert "http://192.168.100.23:8765" in shown and "K 7 M Q 4 T" in shown and "0" in shown
    assert wording.text("class_lobby.people.nobody", language) in shown
    player.app.lobby.joined += NAMES
    player.frames(10, 0.1)
    shown = texts(player)
    assert str(len(NAMES)) in shown
    assert any("<b>林一</b>" in text and "小鱼" in text for text in shown)
    player.app.lobby.names_shown = False
    player.frames(10, 0.1)
    shown = texts(player)
    assert not any("小鱼" in text for text in shown) and str(len(NAMES)) in shown


def test_the_qr_code_is_the_address_that_phones_open(scenario):
    import segno

    url = FakeLobby(scenario).url
    picture = qr_picture(url, 400)
    matrix = segno.make(url, error="m", micro=False).matrix
    each = picture.get_width() // (len(matrix) + 8)
    assert picture.get_width() == each * (len(matrix) + 8)
    for row, values in enumerate(matrix):
        for column, dark in enumerate(values):
            pixel = picture.get_at(((column + 4) * each, (row + 4) * each))
            assert (sum(pixel[:3]) < 200) == bool(dark)


def test_another_address_changes_what_is_shown(open_lobby):
    player = open_lobby()
    player.key(pygame.K_a)
    assert player.name == "AddressSheet"
    player.click("address:10.12.0.5")
    assert player.name == "LobbyScreen"
    assert "http://10.12.0.5:8765" in texts(player)


def test_a_single_address_leaves_nothing_to_choose(open_lobby):
    player = open_lobby()
    player.app.lobby.addresses = ("192.168.100.23",)
    player.frames(10, 0.1)
    assert player.screen.group.get("address") is None
    player.key(pygame.K_a)
    assert player.name == "LobbyScreen"


def test_the_address_in_use_is_always_listed(open_lobby):
    player = open_lobby()
    lobby = player.app.lobby
    lobby.addresses = tuple(f"10.0.0.{number}" for number in range(12))
    lobby.address = "10.0.0.11"
    player.app.apply(Push(AddressSheet(player.app, lobby)))
    assert "10.0.0.11" in texts(player)


def test_the_pin_is_covered_and_covers_itself_again(open_lobby):
    player = open_lobby()
    pin = player.app.lobby.pin
    assert pin not in texts(player)
    player.click("pin")
    assert pin in texts(player)
    player.frames(int(PIN_SECONDS * 10) + 2, 0.1)
    assert pin not in texts(player)
    player.key(pygame.K_p)
    assert pin in texts(player)
    player.key(pygame.K_p)
    assert pin not in texts(player)


def test_board_and_console_open_in_the_browser(open_lobby, opened):
    player = open_lobby()
    lobby = player.app.lobby
    player.click("board")
    browser_done(player)
    player.key(pygame.K_c)
    browser_done(player)
    assert opened == [lobby.board_url, lobby.console_url]
    assert player.screen.failed_url is None


@pytest.mark.parametrize("failure", [lambda url: False, lambda url: 1 / 0])
def test_without_a_browser_the_address_is_told(open_lobby, monkeypatch, failure):
    player = open_lobby(language="en")
    monkeypatch.setattr(class_lobby.webbrowser, "open", failure)
    player.key(pygame.K_b)
    browser_done(player)
    assert any(player.app.lobby.board_url in text for text in texts(player))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_problem_is_told_in_the_language_of_the_window(open_lobby, language):
    player = open_lobby(language=language)
    player.app.lobby.problem = Phrase("trouble.end")
    player.frames(10, 0.1)
    assert wording.text("trouble.end", language) in texts(player)
    player.app.lobby.problem = "The disk is full."
    player.frames(10, 0.1)
    assert "The disk is full." in texts(player)


def test_closing_asks_and_can_be_taken_back(open_lobby):
    player = open_lobby()
    for leave in (lambda: player.key(pygame.K_ESCAPE), lambda: player.click("stop")):
        leave()
        assert player.name == "StopSheet"
        player.key(pygame.K_RETURN)
        assert player.name == "LobbyScreen" and not player.app.lobby.stopped
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    player.frames()
    assert player.name == "StopSheet" and player.app.running
    player.key(pygame.K_TAB, pygame.K_RETURN)
    assert player.app.lobby.stopped and not player.app.running


def test_closing_the_window_twice_closes_it(open_lobby):
    player = open_lobby()
    for _ in range(2):
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        player.frames()
    assert not player.app.running


def test_everything_can_be_reached_with_the_keyboard(open_lobby):
    player = open_lobby()
    seen = set()
    for _ in range(12):
        player.key(pygame.K_TAB)
        seen.add(player.screen.group.focused.name)
    assert seen == {"board", "console", "address", "help", "stop", "pin", "language"}
    player.key(pygame.K_h)
    assert player.name == "HelpSheet"
    assert any("8765" in text for text in texts(player))
    player.key(pygame.K_ESCAPE)
    assert player.name == "LobbyScreen"


def test_an_error_in_the_window_leads_back_to_the_class(open_lobby, monkeypatch, capsys):
    player = open_lobby(language="en")

    def fail(*_):
        raise IndexError("out of the street")

    monkeypatch.setattr(player.screen, "paint", fail)
    player.app.step_safely(0.05)
    assert player.name == "LobbyTrouble" and "IndexError" in capsys.readouterr().err
    assert wording.text("class_lobby.trouble.state", "en") in texts(player)
    player.click("title")
    assert player.name == "LobbyScreen" and not player.app.lobby.stopped


@BOTH
@ALL_SIZES
def test_nothing_overflows(open_lobby, size, large):
    player = open_lobby(size)
    player.app.set_large_text(large)
    walk, lobby, screen = Tour(player, []), player.app.lobby, player.screen
    walk.look()
    lobby.joined += NAMES * 40
    screen._look()
    walk.look_at_every_focus()
    walk.look()
    for screen.phase in ("brief", "bets", "deciding", "computed", "night", "debrief", "over"):
        walk.look()
    screen.names = None
    walk.look()
    screen.toggle_pin()
    screen.failed_url = lobby.board_url + "x" * 40
    walk.look()
    screen.problem = "The class can no longer be saved: " + "no space is left on the disk. " * 5
    walk.look()
    lobby.joined = ["一"]
    screen._look()
    walk.look()
    for address in ("192.168.100.23", "[fe80::1234:5678:9abc:def0]", "localhost"):
        lobby.addresses += (address,) * 3
        lobby.address = address
        walk.look()
        for sheet in (AddressSheet, HelpSheet, StopSheet):
            player.app.apply(Push(sheet(player.app, lobby)))
            player.frames()
            walk.look_at_every_focus()
            walk.look()
            player.key(pygame.K_ESCAPE)
    proved(walk, 300)


def test_a_real_server_has_all_that_the_window_asks_for():
    from sim.classroom.serve import ClassServer

    for name in Lobby.__annotations__:
        known = hasattr(ClassServer, name) or name in ClassServer.__init__.__code__.co_names
        assert known, f"ClassServer has no {name}"
    for name in ("names", "count", "phase", "choose", "stop"):
        assert callable(getattr(ClassServer, name))
