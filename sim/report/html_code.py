"""A capsule's code as a QR picture."""

from __future__ import annotations

from sim.play.capsule_code import scannable
from sim.report.html_markup import Markup, element

_QUIET = 4  # modules of white that a reader needs all round


def qr_picture(code: str, title: str) -> Markup | None:
    """An SVG of the code; None where the library that lays QR codes out is not installed."""
    try:
        import segno
    except ImportError:
        return None
    rows = segno.make(scannable(code), error="m", micro=False).matrix
    size = len(rows) + 2 * _QUIET
    path = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                path.append(f"M{x + _QUIET} {y + _QUIET}h{length}v1h-{length}z")
            x += max(length, 1)
    return element(
        "svg",
        element("title", title),
        element("rect", width=size, height=size, fill="#FFFFFF"),
        element("path", d="".join(path), fill="#43303B"),
        viewBox=f"0 0 {size} {size}",
        role="img",
        aria_label=title,
        class_="qr",
        shape_rendering="crispEdges",
    )
