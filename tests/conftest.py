"""For all tests: no test depends on wall time, and no window or sound device is needed."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

settings.register_profile("stroll", deadline=None, derandomize=True)
settings.load_profile("stroll")
