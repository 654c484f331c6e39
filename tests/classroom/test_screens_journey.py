"""A whole class on the instructor's console and the projector, against the server itself."""

import pytest

from sim.classroom.pages import build_pages
from sim.classroom.serve import ClassServer
from sim.classroom.store import ClassStore
from tests.classroom.browser import chromium, needs_browser
from tests.classroom.conftest import CODE, PIN, eventually
from tests.classroom.screen_line import Screen

pytestmark = needs_browser

READABLE = 0.022
TACTICS = ("patient", "rushed", "interaction")
NAMES = ("小鹿", "<script>alert(1)", "Mia")


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


class Desk:
    """The instructor at the laptop, who uses the keyboard alone, and the wall."""

    def __init__(self, browser, server, language):
        self.slips = []
        self.console = self._page(browser, f"{server.console_url}?lang={language}", (1280, 800))
        self.board = self._page(browser, f"{server.board_url}&lang={language}", (1280, 720))
        self.console.wait_for_selector("input[name=pin]")
        self.console.focus("input[name=pin]")
        self.console.keyboard.type(PIN)
        self.console.keyboard.press("Enter")
        self.console.wait_for_selector(".act.big")

    def _page(self, browser, address, size):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        context.set_default_timeout(30000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.slips.append(str(error)))
        page.on(
            "console", lambda told: told.type == "error" and self.slips.append(f"told: {told.text}")
        )
        page.goto(address)
        return page

    def looks(self):
        """Both pages as they stand, without a slip."""
        for page, least in ((self.board, READABLE), (self.console, 0.0)):
            seen = Screen(page)
            seen.settle()
            assert seen.slips(least) + seen.poor_names() == []
        assert self.slips == []

    def next(self):
        self.console.wait_for_selector(".act.big:enabled")
        self.console.focus(".act.big")
        self.console.keyboard.press("Enter")

    def wall(self, selector):
        self.board.wait_for_selector(selector)
        self.looks()

    def pick(self, scene, selector):
        self.console.locator(f"input[name=scene][value={scene}]").focus()
        self.console.keyboard.press("Space")
        self.wall(selector)

    def close(self):
        for page in (self.console, self.board):
            page.context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_class_from_the_lobby_to_the_debrief(browser, serve, new_store, join, language):
    server = serve(new_store(ranking="top"), pages=build_pages())
    desk = Desk(browser, server, language)
    try:
        desk.wall(".code")
        assert desk.board.inner_text(".code") == CODE
        phones = [join(server, name, language=language) for name in NAMES]
        desk.board.wait_for_function("() => document.querySelector('.big').textContent === '3'")
        assert desk.console.locator("tbody .col-name").all_text_contents() == list(NAMES)

        desk.next()
        desk.wall(".lines li")
        desk.next()
        desk.wall(".huge")
        desk.next()
        for number in (0, 1):
            desk.wall(".countdown, .open")
            for phone, tactic in zip(phones, TACTICS, strict=True):
                phone.until(
                    lambda view: (
                        view["phase"] == "deciding"
                        and view["round"] == number + 1  # noqa: B023
                        and "deciding" in view
                    )
                )
                hand = {"tactic": tactic}
                assert phone.ask("choose", round=number, hand=hand, ready=True)["type"] == "ack"
            desk.board.wait_for_function(
                "() => document.querySelector('.figure .of')?.parentElement.textContent === '3 / 3'"
            )
            desk.next()
            desk.wall("[data-chart=results] svg")
            desk.next()
        desk.wall("[data-chart=night] svg")
        desk.next()
        desk.wall("[data-chart=results] svg")
        desk.pick("luck", "[data-chart=luck] svg")
        desk.pick("ranking", ".places li")
        desk.pick("duel", ".tabs [aria-current]")
        desk.console.focus(".duel-pick button")
        desk.console.keyboard.press("Enter")
        desk.wall("[data-chart=duel-other] svg")
        desk.pick("street", ".legend")
        assert desk.board.locator("#board script").count() == 0

        # what was done last is taken back, and brought back
        for button, scene in ((3, "duel"), (4, "street")):
            way = f".acts .act:nth-child({button}):enabled"
            desk.console.wait_for_selector(way)
            desk.console.focus(way)
            desk.console.keyboard.press("Enter")
            eventually(lambda: server.room.state.scene == scene)  # noqa: B023
        desk.next()
        eventually(lambda: server.phase() == "over")
        home = server.console_url.removesuffix("/console")
        for link in desk.console.locator(".links a").all():
            answer = desk.console.context.request.get(home + link.get_attribute("href"))
            assert answer.status == 200 and len(answer.body()) > 100, link.get_attribute("href")
        desk.looks()
    finally:
        desk.close()


def test_the_wall_comes_back_after_the_server_did(browser, serve, new_store, class_path, join):
    server, again = serve(new_store(), pages=build_pages()), None
    desk = Desk(browser, server, "en")
    try:
        join(server, "Mia")
        desk.next()
        desk.wall(".lines li")
        port = server.port
        server.stop()
        desk.board.wait_for_selector(".notice.lost")
        assert desk.board.locator(".lines li").count() == 5
        store = ClassStore.open(class_path)
        again = ClassServer(store, pin=PIN, port=port, address="127.0.0.1", pages=build_pages())
        again.start()
        desk.board.wait_for_function("() => !document.querySelector('.notice.lost')")
        desk.console.wait_for_selector(".act.big:enabled")
        desk.next()
        eventually(lambda: again.phase() == "bets")
    finally:
        desk.close()
        if again is not None:
            again.stop()
