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
from collections.abc import Iterator
from typing import Any

import pytest

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
def opened(browser: Any, address: str, language: str, size: dict | None = None, **more: Any):
    """A page at `address`; every error on it, and every request to elsewhere, fails the test."""
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
        page.goto(address)
        yield page
        # a line that is cut on purpose is told by the browser too
        assert [slip for slip in slips if "WebSocket" not in slip and "ERR_" not in slip] == []
    finally:
        context.close()


# Text that is cut off, runs out of the page, or lies on another text's box.
_OVERFLOW = """() => {
  const wrong = [], wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) wrong.push('the page scrolls sideways');
  for (const node of document.querySelectorAll('body *')) {
    const style = getComputedStyle(node), box = node.getBoundingClientRect();
    if (!box.width || style.visibility === 'hidden' || node.closest('svg, .hidden, .slider')) continue;
    const words = [...node.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim());
    const told = (node.className || node.tagName) + ': ' + node.textContent.trim().slice(0, 40);
    if (/block|flex/.test(style.display) && node.scrollWidth > node.clientWidth + 1 && node.clientWidth)
      wrong.push('runs out of its box: ' + told);
    if (words || ['INPUT', 'BUTTON'].includes(node.tagName)) {
      if (box.left < -0.5 || box.right > wide + 0.5) wrong.push('outside: ' + told);
      if (style.display !== 'inline' && node.scrollWidth > node.clientWidth + 1)
        wrong.push('wider than its box: ' + told);
      if (style.display !== 'inline' && style.overflow !== 'visible' && node.tagName !== 'INPUT'
          && node.scrollHeight > node.clientHeight + 1) wrong.push('cut off: ' + told);
      let around = node.parentElement;
      while (around && around !== document.body) {
        const frame = around.getBoundingClientRect();
        if (['hidden', 'clip'].includes(getComputedStyle(around).overflowX)
            && (box.right > frame.right + 1 || box.bottom > frame.bottom + 1))
          wrong.push('cut off by what is around it: ' + told);
        around = around.parentElement;
      }
    }
  }
  return [...new Set(wrong)];
}"""

# The contrast of every text with what is painted behind it; of a gradient its last colour counts.
_CONTRAST = """(least) => {
  const numbers = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = c => {
    const v = c.slice(0, 3).map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; });
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2];
  };
  const behind = node => {
    const layers = [];
    for (; node; node = node.parentElement) {
      const c = numbers(getComputedStyle(node).backgroundColor);
      const alpha = c.length > 3 ? c[3] : 1;
      if (alpha > 0) layers.push([c, alpha]);
      if (alpha >= 1) break;
    }
    let paint = [255, 255, 255];
    for (const [c, alpha] of layers.reverse()) paint = paint.map((v, i) => v * (1 - alpha) + c[i] * alpha);
    return paint;
  };
  const wrong = [];
  for (const node of document.querySelectorAll('body *')) {
    const box = node.getBoundingClientRect();
    if (!box.width || node.closest('svg, .hidden, [aria-hidden=true] svg')) continue;
    const words = [...node.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim());
    if (!words && node.tagName !== 'INPUT') continue;
    const ink = numbers(getComputedStyle(node).color), paint = behind(node);
    const two = [light(ink), light(paint)].sort((a, b) => b - a);
    const ratio = (two[0] + .05) / (two[1] + .05);
    if (ratio < least) wrong.push(ratio.toFixed(2) + ' ' + (node.className || node.tagName) + ': ' + node.textContent.trim().slice(0, 30));
  }
  return [...new Set(wrong)];
}"""

# Controls without a name, or too small for a thumb.
_CONTROLS = """(least) => {
  const wrong = [];
  for (const node of document.querySelectorAll('button, input, [role=slider], a[href]')) {
    const box = node.getBoundingClientRect();
    if (!box.width) continue;
    const label = node.id && document.querySelector('label[for="' + node.id + '"]');
    const name = node.getAttribute('aria-label') || (label && label.textContent) || node.textContent;
    if (!name.trim()) wrong.push('no name: ' + node.outerHTML.slice(0, 80));
    if (box.height < least - 0.5 || (box.width < least - 0.5)) wrong.push(Math.round(box.width) + 'x' + Math.round(box.height) + ': ' + name.trim().slice(0, 30));
  }
  return wrong;
}"""


def overflow(page: Any) -> list[str]:
    """What does not fit where it stands."""
    return page.evaluate(_OVERFLOW)


def faint(page: Any, least: float = 7.0) -> list[str]:
    """Texts with less contrast than `least` : 1."""
    return page.evaluate(_CONTRAST, least)


def poor_controls(page: Any, least: int = 48) -> list[str]:
    """Controls that nobody can name, or that are smaller than `least` pixels either way."""
    return page.evaluate(_CONTROLS, least)
