"""The world: who strolls, what a host does, and what ten seconds change. See sim/MODEL.md.

ENGINE_VERSION names the rules: two engines with the same version give the same bits. It must be
raised with any change that moves the golden digests in tests/model/test_golden.py.
"""

ENGINE_VERSION = "3"
SECONDS_PER_TICK = 10
TICKS_PER_MINUTE = 6
TICKS_PER_HOUR = 360
TICKS_PER_DAY = 8640
