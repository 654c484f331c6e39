"""Fonts, fitting text into boxes, and every character that we ship being drawable."""

from __future__ import annotations

import pygame
import pytest

from sim import wording
from sim.paths import assets_folder
from sim.ui import text as lettering
from sim.ui.painter import Painter, unit_for
from sim.ui.text import set_text

SHOWN = ("ui", "decisions", "errors", "metrics")


@pytest.mark.parametrize("weight", ["regular", "medium", "bold", "display"])
def test_every_character_that_the_window_shows_can_be_drawn(weight):
    for file in SHOWN:
        for key, both in wording.catalogue(file).items():
            for text in both.values():
                face = lettering.usable_weight(text, weight)
                missing = {c for c in text if not lettering._has_glyph(face, c)}
                assert not missing, key


def test_a_rare_name_falls_back_to_the_face_that_has_it():
    assert lettering.usable_weight("\u9f98\u5929", "bold") == "regular"
    assert lettering.usable_weight("逛街", "bold") == "bold"
    assert lettering.measure("\u9f98", 20, "bold") > 10


def test_text_shrinks_before_it_is_cut():
    wide = lettering.measure("净成交额", 20, "bold")
    whole = set_text("净成交额", wide * 0.9, 40, 20, "bold")
    assert not whole.truncated and whole.size < 20 and whole.lines == ("净成交额",)
    cut = set_text("净成交额", wide * 0.5, 40, 20, "bold")
    assert cut.truncated and cut.lines[0].endswith("…")
    assert lettering.measure(cut.lines[0], cut.size, "bold") <= wide * 0.5


def test_lines_are_limited_by_the_height_of_the_box():
    long = "耐心" * 40
    assert len(set_text(long, 200, 60, 20, "regular", 9, 20).lines) == 2


@pytest.mark.parametrize(
    ("size", "unit"),
    [((1280, 720), 1.0), ((1024, 768), 0.8), ((1920, 1080), 1.5), ((3840, 2160), 3.0)],
)
def test_the_unit_keeps_the_design_inside_the_window(size, unit):
    assert unit_for(size) == pytest.approx(unit)
    assert size[0] / unit >= 1280 - 1e-6 and size[1] / unit >= 720 - 1e-6


def test_text_is_drawn_at_the_real_pixel_size():
    pygame.display.init()
    pygame.display.set_mode((640, 360))
    heights = []
    for scale in (1, 2, 3):
        surface = pygame.Surface((1280 * scale, 720 * scale))
        painter = Painter(surface)
        painter.recorder.on = True
        painter.text("逛街", (100, 100, 200, 40), 20)
        heights.append(painter.recorder.texts[0].drawn.height)
    assert heights[1] == pytest.approx(2 * heights[0], abs=2)
    assert heights[2] == pytest.approx(3 * heights[0], abs=3)


def test_assets_stay_small_and_carry_their_licences():
    files = [path for path in assets_folder().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 15_000_000
    for name in ("NotoSansSC-OFL.txt", "ZCOOLKuaiLe-OFL.txt"):
        assert "SIL Open Font License" in (assets_folder() / "licences" / name).read_text("utf-8")


def test_marks_beside_latin_letters_take_only_their_ink():
    plain = lettering.measure("Dont rush", 20)
    assert lettering.measure("Don\u2019t rush", 20) - plain < 20 * 0.35
    quoted = lettering.measure("\u201cRushed\u201d", 20) - lettering.measure("Rushed", 20)
    assert quoted < 20 * 1.0, "two marks as wide as an ideograph would take twice the size"
    assert lettering.measure("Wait\u2026", 20) == lettering.measure("Wait...", 20)


def test_marks_beside_chinese_keep_the_width_of_an_ideograph():
    quoted = lettering.measure("\u201c催单\u201d", 20) - lettering.measure("催单", 20)
    assert quoted == pytest.approx(40, abs=2)


def test_a_drawn_line_is_as_wide_as_it_measures():
    pygame.display.init()
    pygame.display.set_mode((64, 36))
    for text in ("\u201cLively Q&A\u201d \u00b7 4\u00d7", "don\u2019t", "“催单” \u00b7 20:00"):
        picture, _ = lettering.TextCache().get(text, 20, "bold", (0, 0, 0, 255))
        wide = lettering.measure(text, 20, "bold")
        assert wide - 10 <= picture.get_width() <= wide + 3
