"""A QR code drawn square by square on whole pixels, so that any camera reads it."""

from __future__ import annotations

import pygame

from sim.ui.painter import Box, Painter

_QUIET = 4  # white squares round the code, as its standard asks for
_DARK = (38, 26, 32)


def draw_qr(painter: Painter, text: str, box: Box) -> None:
    """The code of `text` on white, as large as whole pixels allow, in the middle of `box`."""
    area = painter.pixels(box)
    side = min(area.size)
    picture = painter.pictures.get(("qr", text, side), lambda: qr_picture(text, side))
    spot = picture.get_rect(center=area.center)
    painter.surface.blit(picture, spot)


def qr_picture(text: str, side: int) -> pygame.Surface:
    """A surface of at most `side` pixels; each square of the code has the same whole size."""
    # Loaded here because only a class needs it.
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix
    squares = len(matrix) + 2 * _QUIET
    each = max(1, side // squares)
    picture = pygame.Surface((each * squares, each * squares))
    picture.fill((255, 255, 255))
    for row, values in enumerate(matrix, _QUIET):
        for column, dark in enumerate(values, _QUIET):
            if dark:
                picture.fill(_DARK, (column * each, row * each, each, each))
    return picture
