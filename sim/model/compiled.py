"""How the rules are compiled: ahead of nothing, cached on disk, without the interpreter's lock.

NUMBA_DISABLE_JIT=1 runs the same functions as plain Python, with the same bits. fastmath stays off.
"""

from __future__ import annotations

from numba import njit

rule = njit(cache=True, nogil=True, _nrt=False)
builder = njit(cache=True, nogil=True)
