"""Which act a host seems to be at, for faces and hands: the shares of the mix, spread over time."""

from __future__ import annotations

from sim.ui.art.icons import picture_of
from sim.ui.art.people import part

_TICKS_A_GESTURE = 3


def act_shown(mix: dict[str, float], performing: str | None, tick: int, host: int) -> str:
    """The act to show: the one being performed, else one drawn from the mix by a fixed scramble.

    Over many ticks each act is shown for about its share of the minute.
    """
    if performing:
        return performing
    if not mix:
        return "silence"
    fraction = float(part(host * 7919 + tick // _TICKS_A_GESTURE, 90)) * sum(mix.values())
    for act in sorted(mix):
        fraction -= mix[act]
        if fraction <= 0:
            return act
    return max(mix, key=mix.get)


def picture(product) -> str:
    """The name of the drawing that stands for a product."""
    return picture_of(product.id, main_topic(product.topics))


def main_topic(topics: dict[str, float]) -> str:
    """The topic with the largest share."""
    return max(sorted(topics), key=lambda topic: topics[topic])
