"""Giving memory back to the system once a debrief is left."""

from __future__ import annotations

import ctypes
import gc
import sys


def give_back() -> None:
    """Collect what hangs together in circles, and hand free memory back where that can be asked.

    While the window is open garbage is collected only in part, and Linux keeps freed pieces of the
    size of a crowd for later: 150 MB after one debrief.
    """
    gc.collect()
    if not sys.platform.startswith("linux"):
        return
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (OSError, AttributeError):
        return  # another C library, which does not know this
