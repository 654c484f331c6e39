"""A real browser for the pages of a class: found on the system, one for a module, and measures.

pytestmark = needs_browser

@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_MEASURE = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
PHONE = {"width": 360, "height": 740}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str | None:
    """The system's Chromium, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def _missing() -> str:
    """Why no browser can be used here, in one sentence; empty when one can."""
    if executable() is None:
        return "No Chromium is installed here, so the pages of a class are not tried in a browser."
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed here, so no browser can be led through the pages."
    return ""


needs_browser = pytest.mark.skipif(bool(_missing()), reason=_missing() or "there is one")


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """One browser without a window; contexts of their own keep tests apart."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def opened(
    browser: Any,
    address: str,
    language: str,
    size: dict | None = None,
    prepare: Callable[[Any], None] = lambda page: None,
    **more: Any,
) -> Iterator[Any]:
    """A page at `address`; every error on it, and every request to elsewhere, fails the test.

    prepare(page) comes before it is opened; more: options of Playwright's contexts.
    """
    context = browser.new_context(
        viewport=size or PHONE, locale="zh-CN" if language == "zh" else "en-US", **more
    )
    context.set_default_timeout(8000)
    page = context.new_page()
    slips: list[str] = []
    home = "/".join(address.split("/")[:3])
    page.on("pageerror", lambda error: slips.append(f"error: {error}"))
    page.on("console", lambda told: told.type == "error" and slips.append(f"told: {told.text}"))
    page.on(
        "request",
        lambda asked: asked.url.startswith((home, "data:")) or slips.append(f"asked: {asked.url}"),
    )
    try:
        prepare(page)
        page.goto(address)
        yield page
        # a line that is cut on purpose is told by the browser too
        assert [slip for slip in slips if "WebSocket" not in slip and "ERR_" not in slip] == []
    finally:
        context.close()


def _measure(page: Any, what: str, *least: float) -> list[str]:
    # isolated from the page's own policy, which lets no other script in
    page.evaluate(_MEASURE)
    return page.evaluate(f"(least) => measure.{what}(...least)", list(least))


def overflow(page: Any) -> list[str]:
    """What does not fit where it stands."""
    return _measure(page, "overflow")


def faint(page: Any, least: float = 7.0) -> list[str]:
    """Texts with less contrast than `least` : 1."""
    return _measure(page, "faint", least)


def poor_controls(page: Any, least: int = 48) -> list[str]:
    """Controls that nobody can name, or that are smaller than `least` pixels either way."""
    return _measure(page, "controls", least)
