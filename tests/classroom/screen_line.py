"""A screen of a class in a browser with a made-up server behind it: what it is shown, what it says.

with screen(browser, "board", "zh", (1280, 720)) as board:
    board.show(board_view("lobby", "zh"))
    assert board.slips() == []
"""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.classroom.pages import Page, build_page
from sim.paths import assets_folder
from tests.classroom.browser import faint, overflow

_MEASURE = Path(__file__).with_name("measure_screens.js").read_text(encoding="utf-8")
HOME = "http://class.test"


@functools.cache
def page_of(name: str) -> Page:
    """A page as the server sends it, with its own policy."""
    return build_page(assets_folder() / "classroom", f"{name}.html")


class Screen:
    """The board or the console. said: messages that came from it, without pings and languages."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.lines: list[Any] = []
        self.said: list[dict[str, Any]] = []
        self.languages: list[str] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.first: list[dict[str, Any]] = [{"type": "welcome"}]
        self.logins: list[Any] = []
        self._shown = 0

    # -- the server's side

    def hear(self, line: Any) -> None:
        self.lines.append(line)
        line.on_message(lambda text: self._answer(line, json.loads(text)))
        for message in self.first:
            line.send(json.dumps(message))

    def _answer(self, line: Any, message: dict[str, Any]) -> None:
        if message["type"] == "ping":
            line.send(json.dumps({"type": "pong", "id": message["id"]}))
        elif message["type"] == "language":
            self.languages.append(message["language"])
        else:
            self.said.append(message)
            answer = self.answers.get(message.get("do", ""), {"type": "ack"})
            line.send(json.dumps({**answer, "id": message["id"]}))

    def serve(self, route: Any) -> None:
        """The page, and the way in."""
        request = route.request
        if request.method == "POST":
            self.logins.append(request.post_data_json)
            right = request.post_data_json == {"pin": "482915"}
            if right:
                self.first = [{"type": "welcome"}]
            body = {"ok": True} if right else {"key": "console_pin", "text": "<b>no</b>"}
            route.fulfill(status=200 if right else 403, json=body)
            return
        name = request.url.removeprefix(HOME).partition("?")[0].strip("/")
        page = page_of(name)
        policy = page.policy_for("class.test")
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        route.fulfill(body=page.plain, headers=headers)

    # -- what a test does

    def show(self, view: dict[str, Any]) -> None:
        """Sends a view and waits until the page has drawn it and is still."""
        self._shown += 1
        title = f"{view['title']} {self._shown}"
        self.lines[-1].send(json.dumps({"type": "view", "view": {**view, "title": title}}))
        self.page.wait_for_function("title => document.title.includes(title)", arg=title)
        self.settle()

    def settle(self) -> None:
        """Until what follows from the last change is drawn."""
        self.page.evaluate(
            "() => new Promise(done => { let n = 0; const next = () => "
            "++n > 6 ? done() : requestAnimationFrame(next); next(); })"
        )

    def slips(self, least_text: float = 0.0) -> list[str]:
        """Texts that overflow, lie on each other, are faint or small; empty when all is well."""
        found = overflow(self.page) + [f"faint: {text}" for text in faint(self.page, 4.5)]
        self.page.evaluate(_MEASURE)
        return found + self.page.evaluate("least => measureScreens.all(least)", least_text)

    def poor_names(self) -> list[str]:
        """Controls and pictures that a screen reader could not name."""
        self.page.evaluate(_MEASURE)
        return self.page.evaluate("() => measureScreens.unnamed()")

    def acts(self) -> list[dict[str, Any]]:
        """What was asked for, without numbers."""
        return [
            {name: value for name, value in message.items() if name not in ("id", "type")}
            for message in self.said
            if message["type"] == "act"
        ]


@contextlib.contextmanager
def screen(
    browser: Any,
    name: str,
    language: str,
    size: tuple[int, int],
    query: str = "?key=k",
    **more: Any,
) -> Iterator[Screen]:
    """A page that is open; every error on it, and every request to elsewhere, fails the test."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN" if language == "zh" else "en-US",
        **more,
    )
    context.set_default_timeout(8000)
    page = context.new_page()
    found = Screen(page)
    slips: list[str] = []
    page.on("pageerror", lambda error: slips.append(f"error: {error}"))
    page.on("console", lambda told: told.type == "error" and slips.append(f"told: {told.text}"))
    page.on(
        "request",
        lambda asked: asked.url.startswith((HOME, "data:")) or slips.append(f"asked: {asked.url}"),
    )
    page.route(f"{HOME}/**", found.serve)
    page.route_web_socket("ws://class.test/**", found.hear)
    try:
        page.goto(f"{HOME}/{name}{query}")
        page.wait_for_selector("h1, .title")
        yield found
        # the browser tells of a pin that was refused, which is what is asked for there
        assert [slip for slip in slips if "403" not in slip] == []
    finally:
        context.close()
