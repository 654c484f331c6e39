"""`bench` is run from a checkout and never installed, so the tests find it by its folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
