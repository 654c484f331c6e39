"""What must be true before a window can open: the right pygame, its variables, a display."""

from __future__ import annotations

import contextlib
import os
import warnings

from sim.errors import DisplayError, Phrase

# SDL reads these once, when it starts, so they must be set before pygame is initialised.
_VARIABLES = {
    "SDL_WINDOWS_DPI_AWARENESS": "permonitorv2",
    "SDL_IME_SHOW_UI": "1",
    # Frames are composed in memory; handing SDL a finished picture is faster than its renderer.
    "SDL_FRAMEBUFFER_ACCELERATION": "0",
    "PYGAME_HIDE_SUPPORT_PROMPT": "1",
}


def load_pygame():
    """Import pygame-ce, or raise DisplayError with a sentence that says how to mend it."""
    for name, value in _VARIABLES.items():
        os.environ.setdefault(name, value)
    try:
        import pygame
    except ImportError as error:
        raise DisplayError(Phrase("ui.error.no_pygame")) from error
    if not getattr(pygame, "IS_CE", False):
        raise DisplayError(Phrase("ui.error.wrong_pygame"))
    return pygame


SMALLEST_WINDOW = (800, 500)


def open_window(size: tuple[int, int] | None, title: str):
    """A resizable window; `size` in pixels, or None for one that suits the desktop.

    Raises DisplayError when there is no display.
    """
    pygame = load_pygame()
    try:
        pygame.display.init()
        if size is None:
            desktops = pygame.display.get_desktop_sizes()
            width, height = desktops[0] if desktops else (1280, 720)
            roomy = width >= 1500 and height >= 860
            size = (int(width * 0.86), int(height * 0.86)) if roomy else (1280, 720)
        window = pygame.display.set_mode(size, pygame.RESIZABLE)
        pygame.display.set_caption(title)
        _hold_open(pygame, size)
    except pygame.error as error:
        raise DisplayError(Phrase("ui.error.no_display", reason=str(error))) from error
    return window


def _hold_open(pygame, size: tuple[int, int]) -> None:
    """Keep the window from being drawn so small that nothing on it can be read."""
    smallest = tuple(min(own, least) for own, least in zip(size, SMALLEST_WINDOW, strict=True))
    # Not every system has windows that can be held, and a game in a small one is better than none.
    with contextlib.suppress(pygame.error, AttributeError, ValueError), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pygame.Window.from_display_module().minimum_size = smallest
