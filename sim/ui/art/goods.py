"""Goods that a topic's one drawing would not tell apart: a towel, a tent, a jar of honey."""

from __future__ import annotations

import functools

from sim.ui import theme
from sim.ui.art.canvas import Canvas

# Parts of a product's id and the drawing each stands for. Two words joined come before one, and
# of single words the last of an id counts most: tea_towels are towels, hill_tea is tea.
BY_WORDS = {
    "quilt_cover": "bedding", "duvet_cover": "bedding", "dry_food": "sack",
    "freeze_dried": "bowl", "spice_box": "jar", "flower_tea": "pouch",
    "coat": "coat", "jacket": "coat", "dress": "dress", "skirt": "dress", "shirt": "style",
    "cream": "beauty", "lamp": "home", "shoe": "sport", "buds": "tech", "bud": "tech",
    "cup": "food", "mug": "food", "box": "family", "case": "travel",
    "towel": "towel", "quilt": "bedding", "pillow": "bedding", "sheets": "bedding",
    "blanket": "rug", "rug": "rug", "trousers": "trousers", "jeans": "trousers",
    "sock": "socks", "apron": "apron", "teapot": "teapot", "kettle": "teapot", "tray": "tray",
    "pot": "pot", "pan": "pot", "book": "book", "cover": "wallet", "wallet": "wallet",
    "diary": "book", "pen": "pen",
    "plant": "plant", "vase": "plant", "flower": "plant", "bag": "bag", "backpack": "bag",
    "tin": "tin", "tea": "tin", "coffee": "tin", "bowl": "bowl", "tent": "tent",
    "chair": "chair", "stool": "chair", "sack": "sack", "flour": "sack", "mix": "sack",
    "rice": "sack", "granola": "sack", "honey": "jar", "jam": "jar", "jar": "jar",
    "starter": "jar", "oil": "bottle", "essence": "flask", "lotion": "flask",
    "toner": "flask", "serum": "bottle", "cleanser": "beauty", "shampoo": "flask",
    "soap": "soap", "candle": "candle",
}  # fmt: skip

COVERS = {
    "towel": ("#D9EDE6", "#8FC3B2"), "bedding": ("#E2E6F3", "#9EA9CF"),
    "trousers": ("#F3E3CF", "#D0A77C"), "socks": ("#F8DED2", "#E0A08A"),
    "apron": ("#E3EAD4", "#A7B988"), "rug": ("#F5DEC6", "#D99A72"),
    "teapot": ("#DCEBDD", "#8DB79A"), "tray": ("#F0E2D0", "#C9A27C"),
    "pot": ("#F3DDD2", "#CF9383"), "book": ("#EFE3CE", "#C2A074"), "pen": ("#E4E3EA", "#A3A0B8"),
    "plant": ("#E3EFD6", "#9DBF86"), "bag": ("#E6E0EF", "#A996BE"),
    "tin": ("#DDEDE3", "#86B79C"), "bowl": ("#FFE9C0", "#EFBE6B"),
    "tent": ("#D5E8EE", "#86B3C2"), "chair": ("#EADFD0", "#BF9E7C"),
    "sack": ("#F6E8C9", "#DCB679"), "jar": ("#FBE7BC", "#E5B255"),
    "bottle": ("#FFE3D6", "#EDAA94"), "soap": ("#E4F0E4", "#A5C9A7"),
    "candle": ("#F6E2D4", "#CF9F86"), "pouch": ("#F8DEE2", "#DBA0AC"),
    "wallet": ("#E9DDD0", "#B99A80"), "flask": ("#DCEFEF", "#8FC4C6"),
}  # fmt: skip


@functools.cache
def named(product_id: str) -> str | None:
    """The drawing that the words of a product's id ask for, if any does."""
    for words, name in BY_WORDS.items():
        if "_" in words and words in product_id:
            return name
    for part in reversed(product_id.lower().split("_")):
        for word, name in BY_WORDS.items():
            # A long word may end another one (raincoat, notebook); a short one says too little.
            whole = part in (word, word + "s", word + "es")
            if whole or (len(word) >= 4 and part.endswith((word, word + "s"))):
                return name
    return None


def ground(c: Canvas, width: float, y: float) -> None:
    """The soft shadow that a thing stands in."""
    c.soft_ellipse(-width / 2, y, width, 0.26, 0.1, 80)


def _towel(c: Canvas) -> None:
    ground(c, 1.7, 0.6)
    for i, (tone, foot) in enumerate((("#F4B8A6", "#D98A78"), ("#FFFFFF", "#E6DCD0"),
                                      ("#9FD0C4", "#66A79A"))):  # fmt: skip
        y = 0.34 - i * 0.4
        c.shaded_rect(-0.82 + i * 0.05, y, 1.64 - i * 0.1, 0.4, [(0, tone), (1, foot)], 0.18)
        c.rect(-0.5, y + 0.08, 0.07, 0.26, (255, 255, 255, 150), 0.02)
        c.rect(-0.36, y + 0.08, 0.04, 0.26, (255, 255, 255, 120), 0.02)
        c.line((0.0, y + 0.21), (0.76 - i * 0.05, y + 0.21), theme.shade(foot, -0.12), 0.03)


def _bedding(c: Canvas) -> None:
    ground(c, 1.9, 0.6)
    c.shaded_rect(-0.9, -0.56, 0.86, 0.5, [(0, "#FFFFFF"), (1, "#E3E2EC")], 0.2)
    c.shaded_rect(0.02, -0.56, 0.86, 0.5, [(0, "#FFFFFF"), (1, "#E3E2EC")], 0.2)
    c.shaded_rect(-0.94, -0.2, 1.88, 0.92, [(0, "#B9C3E2"), (1, "#8490BE")], 0.16)
    c.shaded_rect(-0.94, -0.2, 1.88, 0.26, [(0, "#FFFFFF"), (1, "#ECEAF3")], 0.12)
    for x in (-0.56, -0.06, 0.44):
        for y in (0.22, 0.48):
            c.circle(x + (0.2 if y > 0.3 else 0), y, 0.05, (255, 255, 255, 190))


def _trousers(c: Canvas) -> None:
    ground(c, 1.4, 0.8)
    left = [(-0.44, -0.66), (0.0, -0.66), (0.02, -0.1), (-0.08, 0.88), (-0.74, 0.88)]
    for side in (1, -1):
        c.shaded_polygon(
            [(x * side, y) for x, y in left], [(0, "#8C9CB4"), (1, "#5D6E8A")]
        )  # fmt: skip
        c.line((-0.27 * side, -0.5), (-0.42 * side, 0.84), "#52627C", 0.035)
    c.rect(-0.46, -0.84, 0.92, 0.2, "#6C7C98", 0.05)
    c.circle(0, -0.74, 0.05, theme.MUSTARD)
    c.line((0, -0.62), (0, -0.16), "#4A5972", 0.04)


def _socks(c: Canvas) -> None:
    ground(c, 1.5, 0.66)
    for dx, tone in ((0.3, "#E79A84"), (-0.14, "#FFF6EA")):
        c.polygon(
            [(-0.34 + dx, -0.8), (0.1 + dx, -0.8), (0.1 + dx, 0.2), (0.36 + dx, 0.34),
             (0.42 + dx, 0.62), (0.2 + dx, 0.76), (-0.26 + dx, 0.6), (-0.36 + dx, 0.3)], tone,
        )  # fmt: skip
        c.rect(-0.36 + dx, -0.82, 0.48, 0.18, theme.shade(tone, -0.14), 0.05)
        c.circle(-0.2 + dx, 0.42, 0.16, theme.shade(tone, -0.12))


def _apron(c: Canvas) -> None:
    ground(c, 1.3, 0.78)
    c.ring(0, -0.62, 0.26, 0.3, 0.06, 1, "#7A5A44")
    c.line((-0.6, 0.02), (-0.94, 0.14), "#7A5A44", 0.06)
    c.line((0.6, 0.02), (0.94, 0.14), "#7A5A44", 0.06)
    body = [(-0.34, -0.6), (0.34, -0.6), (0.36, -0.3), (0.64, 0.0), (0.6, 0.86), (-0.6, 0.86),
            (-0.64, 0.0), (-0.36, -0.3)]  # fmt: skip
    c.shaded_polygon(body, [(0, "#F3E7D2"), (1, "#D6BE98")])
    c.rect(-0.32, 0.22, 0.64, 0.36, "#C4A97E", 0.06)


def _rug(c: Canvas) -> None:
    ground(c, 1.8, 0.5)
    c.shaded_rect(-0.86, -0.34, 1.72, 0.92, [(0, "#E9806A"), (1, "#C9553F")], 0.2)
    for x in (-0.5, -0.08, 0.34):
        c.rect(x, -0.34, 0.14, 0.92, (255, 246, 230, 180))
    c.rect(-0.86, 0.0, 1.72, 0.12, (255, 246, 230, 150))
    c.circle(0.78, 0.12, 0.4, "#F6D9B8")
    c.ring(0.78, 0.12, 0.28, 0.28, 0.08, 1, "#C9553F")


def _teapot(c: Canvas) -> None:
    ground(c, 1.7, 0.62)
    c.ring(0, -0.46, 0.5, 0.44, 0.1, 0.5, "#8A5A3C", 180)
    c.polygon([(-0.5, 0.3), (-0.98, -0.24), (-0.82, -0.3), (-0.42, 0.02)], "#4F8F7C")
    c.ellipse(-0.66, -0.34, 1.32, 1.06, "#5FA28E")
    c.ellipse(-0.5, -0.28, 0.6, 0.4, (255, 255, 255, 70))
    c.ellipse(-0.34, -0.42, 0.68, 0.22, "#4F8F7C")
    c.circle(0, -0.46, 0.1, theme.MUSTARD)


def _tray(c: Canvas) -> None:
    ground(c, 1.9, 0.46)
    c.shaded_rect(-0.94, 0.06, 1.88, 0.44, [(0, "#B77B50"), (1, "#8A5636")], 0.12)
    for i in range(6):
        c.rect(-0.78 + i * 0.28, 0.14, 0.16, 0.05, "#6A3E26", 0.02)
    c.shaded_rect(-0.62, -0.34, 0.5, 0.42, [(0, "#FFFFFF"), (1, "#E3D6C8")], 0.14)
    c.shaded_rect(0.12, -0.34, 0.5, 0.42, [(0, "#FFFFFF"), (1, "#E3D6C8")], 0.14)
    for x in (-0.6, 0.14):
        c.ellipse(x, -0.4, 0.46, 0.14, "#A9713F")


def _pot(c: Canvas) -> None:
    ground(c, 1.8, 0.58)
    for x in (-0.98, 0.74):
        c.rect(x, -0.06, 0.26, 0.16, "#3C2E34", 0.07)
    c.shaded_rect(-0.76, -0.16, 1.52, 0.84, [(0, "#D9604A"), (1, "#A83C30")], 0.24)
    c.shaded_rect(-0.82, -0.32, 1.64, 0.22, [(0, "#E87A62"), (1, "#C24E3E")], 0.1)
    c.ellipse(-0.6, -0.5, 1.2, 0.3, "#D9604A")
    c.rect(-0.14, -0.64, 0.28, 0.18, "#3C2E34", 0.07)


def _book(c: Canvas) -> None:
    ground(c, 1.4, 0.74)
    c.rect(-0.5, -0.76, 1.14, 1.56, "#FFF8EA", 0.06)
    c.shaded_rect(-0.62, -0.8, 1.14, 1.56, [(0, "#A86B48"), (1, "#7A452C")], 0.08)
    c.rect(-0.62, -0.8, 0.18, 1.56, "#5E3422", 0.06)
    for i in range(5):
        c.line((-0.53, -0.62 + i * 0.3), (-0.44, -0.52 + i * 0.3), "#F2D9B0", 0.035)
    c.rect(-0.22, -0.44, 0.54, 0.32, "#F2E2C6", 0.04)
    c.rect(0.28, 0.3, 0.08, 0.62, theme.CORAL)


def _pen(c: Canvas) -> None:
    ground(c, 1.5, 0.5)
    c.stroke([(-0.62, 0.56), (0.34, -0.4)], "#B98A3A", 0.2)
    c.stroke([(-0.1, 0.04), (0.66, -0.72)], "#D8AE5C", 0.24)
    c.stroke([(0.02, -0.02), (0.6, -0.6)], "#F3DCA4", 0.05)
    c.polygon([(-0.82, 0.76), (-0.7, 0.46), (-0.52, 0.64)], "#4A3A36")
    c.stroke([(0.4, -0.62), (0.14, -0.34)], "#8A6426", 0.06)


def _plant(c: Canvas) -> None:
    ground(c, 1.1, 0.7)
    for x, y in ((-0.44, -0.62), (0.46, -0.56), (0.02, -0.8)):
        c.stroke([(0, 0.1), (x * 0.5, y * 0.4), (x, y)], "#5E8A52", 0.07)
        c.circle(x, y, 0.2, "#F29A8C" if x < 0.1 else "#F7C065")
        c.circle(x, y, 0.08, "#FFF4DC")
    c.ellipse(-0.5, -0.3, 0.36, 0.2, "#7FAE68")
    c.ellipse(0.16, -0.24, 0.36, 0.2, "#6F9E5A")
    c.shaded_polygon(
        [(-0.22, 0.0), (0.22, 0.0), (0.4, 0.46), (0.28, 0.82), (-0.28, 0.82), (-0.4, 0.46)],
        [(0, "#E6F3F4"), (1, "#9CC4CB")],
    )


def _bag(c: Canvas) -> None:
    ground(c, 1.5, 0.72)
    c.ring(0, -0.58, 0.24, 0.26, 0.09, 0.5, "#5A4668", 180)
    c.shaded_rect(-0.62, -0.62, 1.24, 1.44, [(0, "#9A7FB4"), (1, "#6E5488")], 0.34)
    c.rect(-0.46, 0.12, 0.92, 0.52, "#5A4670", 0.12)
    c.rect(-0.46, 0.12, 0.92, 0.12, "#84699E", 0.05)
    c.line((-0.46, -0.2), (0.46, -0.2), "#5A4670", 0.05)
    c.circle(0.34, -0.2, 0.07, theme.MUSTARD)


def _tin(c: Canvas) -> None:
    ground(c, 1.3, 0.72)
    c.shaded_rect(-0.52, -0.5, 1.04, 1.28, [(0, "#5FA58C"), (1, "#2F7462")], 0.1)
    c.ellipse(-0.52, -0.66, 1.04, 0.32, "#D9E4DF")
    c.ellipse(-0.4, -0.61, 0.8, 0.2, "#B3C6BE")
    c.rect(-0.52, -0.08, 1.04, 0.54, "#FFF3DC")
    c.ellipse(-0.24, 0.06, 0.32, 0.2, "#7FAE68")
    c.ellipse(-0.02, 0.14, 0.3, 0.18, "#5E9148")


def _bowl(c: Canvas) -> None:
    ground(c, 1.8, 0.52)
    for i, x in enumerate((-0.42, -0.16, 0.1, 0.36)):
        c.circle(x, -0.14 - (i % 2) * 0.12, 0.2, "#B9783F" if i % 2 else "#C98C4E")
    c.shaded_polygon(
        [(-0.74, -0.1), (0.74, -0.1), (0.92, 0.62), (-0.92, 0.62)],
        [(0, "#6FBBD0"), (1, "#3F8CA6")],
    )
    c.circle(0, 0.36, 0.13, "#FFFFFF")
    for x, y in ((-0.17, 0.2), (0.0, 0.13), (0.17, 0.2)):
        c.circle(x, y, 0.07, "#FFFFFF")


def _tent(c: Canvas) -> None:
    ground(c, 2.0, 0.56)
    c.shaded_polygon([(-0.96, 0.7), (0, -0.72), (0.96, 0.7)], [(0, "#F4A05E"), (1, "#D96F3C")])
    c.polygon([(0, -0.72), (0.96, 0.7), (0.42, 0.7)], "#C25A2E")
    c.polygon([(-0.34, 0.7), (-0.02, -0.24), (0.26, 0.7)], "#5A3628")
    c.polygon([(-0.34, 0.7), (-0.02, -0.24), (-0.14, 0.7)], "#FFE6B8")
    c.line((0, -0.72), (0, -0.88), "#5A3628", 0.06)


def _chair(c: Canvas) -> None:
    ground(c, 1.4, 0.8)
    wood = "#9A6840"
    for x in (-0.5, 0.4):
        c.rect(x, -0.84, 0.12, 1.0, wood, 0.05)
    for y in (-0.74, -0.46):
        c.rect(-0.44, y, 0.88, 0.16, "#B98352", 0.06)
    for x, top in ((-0.5, 0.16), (0.4, 0.16), (-0.64, 0.24), (0.54, 0.24)):
        c.rect(x, top, 0.12, 0.72 if top < 0.2 else 0.68, wood, 0.04)
    c.shaded_rect(-0.7, 0.04, 1.4, 0.26, [(0, "#D9A26C"), (1, "#B07A4A")], 0.08)


def _sack(c: Canvas) -> None:
    ground(c, 1.4, 0.74)
    body = [(-0.5, -0.56), (0.5, -0.56), (0.66, 0.2), (0.58, 0.82), (-0.58, 0.82), (-0.66, 0.2)]
    c.shaded_polygon(body, [(0, "#F8EBD0"), (1, "#D8B884")])
    c.polygon([(-0.52, -0.8), (0.52, -0.8), (0.5, -0.52), (-0.5, -0.52)], "#C79E66")
    c.rect(-0.36, -0.16, 0.72, 0.6, "#FFFFFF", 0.08)
    c.line((0, 0.36), (0, -0.06), "#B98A3A", 0.05)
    for y in (-0.02, 0.1, 0.22):
        c.circle(-0.09, y, 0.065, theme.MUSTARD)
        c.circle(0.09, y, 0.065, theme.MUSTARD)


def _jar(c: Canvas) -> None:
    ground(c, 1.4, 0.72)
    c.shaded_rect(-0.58, -0.42, 1.16, 1.22, [(0, "#FFE4A0"), (1, "#E39A2E")], 0.24)
    c.rect(-0.48, -0.3, 0.1, 0.9, (255, 255, 255, 120), 0.05)
    c.shaded_rect(-0.52, -0.72, 1.04, 0.3, [(0, "#E8806A"), (1, "#C2543F")], 0.08)
    c.rect(-0.36, -0.04, 0.8, 0.5, "#FFF8E8", 0.08)
    c.heart(0.04, 0.2, 0.16, theme.CORAL)


def _bottle(c: Canvas) -> None:
    ground(c, 1.1, 0.74)
    c.rect(-0.13, -0.86, 0.26, 0.3, "#4A3A40", 0.08)
    c.rect(-0.2, -0.6, 0.4, 0.2, "#6B5660", 0.05)
    c.shaded_rect(-0.42, -0.44, 0.84, 1.26, [(0, "#D98A5A"), (1, "#9E5430")], 0.2)
    c.rect(-0.34, -0.3, 0.09, 0.9, (255, 255, 255, 110), 0.04)
    c.rect(-0.26, 0.02, 0.6, 0.46, "#FFF3E2", 0.05)
    c.ellipse(-0.06, 0.14, 0.2, 0.24, theme.CORAL)


def _flask(c: Canvas) -> None:
    ground(c, 1.3, 0.74)
    c.shaded_rect(-0.24, -0.86, 0.48, 0.36, [(0, "#FFFFFF"), (1, "#D8DEDE")], 0.06)
    c.shaded_rect(-0.52, -0.5, 1.04, 1.32, [(0, "#E9FAF6"), (1, "#6FB9B0")], 0.42)
    c.rect(-0.4, -0.2, 0.1, 0.7, (255, 255, 255, 150), 0.05)
    c.ellipse(-0.26, -0.04, 0.5, 0.5, "#FFFFFF")
    c.ellipse(-0.16, 0.06, 0.18, 0.28, "#7FAE68")
    c.ellipse(0.0, 0.06, 0.16, 0.26, "#5E9148")


def _pouch(c: Canvas) -> None:
    ground(c, 1.3, 0.74)
    body = [(-0.56, -0.6), (0.56, -0.6), (0.52, 0.2), (0.62, 0.82), (-0.62, 0.82), (-0.52, 0.2)]
    c.shaded_polygon(body, [(0, "#FFF6EC"), (1, "#EBC9BE")])
    c.rect(-0.58, -0.82, 1.16, 0.24, "#C9657A", 0.04)
    c.circle(0.0, -0.7, 0.06, "#FFF6EC")
    for x, y in ((0.2, 0), (0.06, 0.19), (-0.16, 0.12), (-0.16, -0.12), (0.06, -0.19)):
        c.circle(x, 0.14 + y, 0.14, "#E58AA0")
    c.circle(0, 0.14, 0.11, theme.MUSTARD)


def _wallet(c: Canvas) -> None:
    ground(c, 1.8, 0.56)
    c.shaded_rect(-0.84, -0.56, 1.68, 1.2, [(0, "#B9744A"), (1, "#85492C")], 0.14)
    c.rect(-0.74, -0.46, 1.48, 1.0, "#DDA878", 0.1, 0.035)
    c.rect(0.34, -0.12, 0.56, 0.3, "#6E3A22", 0.12)
    c.circle(0.5, 0.03, 0.08, theme.MUSTARD)


def _soap(c: Canvas) -> None:
    ground(c, 1.7, 0.46)
    c.shaded_rect(-0.82, -0.14, 1.64, 0.74, [(0, "#D6E3A6"), (1, "#9BB267")], 0.24)
    c.rect(-0.42, 0.08, 0.84, 0.24, (255, 255, 255, 90), 0.1)
    for x, y, r in ((-0.44, -0.34, 0.16), (-0.12, -0.5, 0.22), (0.3, -0.32, 0.14)):
        c.circle(x, y, r, (255, 255, 255, 190))
        c.circle(x - r * 0.3, y - r * 0.3, r * 0.3, "#FFFFFF")


def _candle(c: Canvas) -> None:
    c.glow(0, -0.6, 0.9, "#FFE6A8", 0.6)
    ground(c, 1.3, 0.68)
    c.shaded_rect(-0.5, -0.2, 1.0, 0.98, [(0, "#FFFFFF"), (1, "#E6D8C8")], 0.12)
    c.ellipse(-0.5, -0.32, 1.0, 0.26, "#FFF3D6")
    c.line((0, -0.2), (0, -0.36), "#4A3A36", 0.05)
    c.ellipse(-0.11, -0.72, 0.22, 0.38, "#F7A23C")
    c.ellipse(-0.06, -0.56, 0.12, 0.2, "#FFE9A8")
    c.rect(-0.3, 0.16, 0.6, 0.34, "#C98A6A", 0.05)


THINGS = {
    "towel": _towel, "bedding": _bedding, "trousers": _trousers, "socks": _socks,
    "apron": _apron, "rug": _rug, "teapot": _teapot, "tray": _tray, "pot": _pot, "book": _book,
    "pen": _pen, "plant": _plant, "bag": _bag, "tin": _tin, "bowl": _bowl, "tent": _tent,
    "chair": _chair, "sack": _sack, "jar": _jar, "bottle": _bottle, "soap": _soap,
    "candle": _candle, "flask": _flask, "pouch": _pouch, "wallet": _wallet,
}  # fmt: skip
