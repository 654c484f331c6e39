"""How the rules are compiled: on first use, kept on disk, without the interpreter's lock.

NUMBA_DISABLE_JIT=1 runs the same functions as plain Python, with the same bits. fastmath stays off.
"""

from __future__ import annotations

from sim.paths import prepare_compiled_cache

prepare_compiled_cache()  # numba reads its cache folder when it is imported, which is here alone

from numba import njit  # noqa: E402

# A rule makes no arrays, so counting references would only cost time: without it a live of two
# hours runs six times faster.
rule = njit(cache=True, nogil=True, _nrt=False, forceinline=True)
# For the two functions that make arrays of their own.
builder = njit(cache=True, nogil=True)
