"""The main screens look as they did when somebody last looked at them and found them good."""

from __future__ import annotations

import numpy as np
import pytest

from tests.ui import golden


@pytest.mark.parametrize("name", golden.NAMES)
def test_the_screen_looks_as_it_was_kept(name, tmp_path):
    now = golden.drawn(name)
    apart = golden.share_apart(now, golden.kept(name))
    if apart > golden.MOST_PIXELS:
        golden.save(now, tmp_path / f"{name}.png")
    assert apart <= golden.MOST_PIXELS, (
        f"{apart:.2%} of the pixels differ; it looks now as in {tmp_path / name}.png. "
        "If that is meant: python -m tests.ui.golden write"
    )


def test_the_comparison_notices_what_an_eye_would():
    picture = np.full((360, 640, 3), 120, np.uint8)
    assert golden.share_apart(picture, picture + 8) == 0.0
    changed = picture.copy()
    changed[100:140, 100:140, 1] += 9
    assert golden.share_apart(picture, changed) > golden.MOST_PIXELS
    assert golden.share_apart(picture, picture[:-1]) == 1.0


def test_what_is_kept_is_small_and_all_of_it_is_looked_at():
    files = sorted(golden.FOLDER.glob("*.png"))
    assert {path.stem for path in files} == set(golden.NAMES)
    assert sum(path.stat().st_size for path in files) < 2_000_000
