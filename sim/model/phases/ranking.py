"""What the platform learns of each card, once a minute, so that nobody's turn matters within it."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.events import Kind, record


@rule
def note_impressions(s, town, log, tick):
    """One event a host for the cards seen in this tick."""
    for h in range(len(town.hosts)):
        seen = int(s.rooms[h].impressions)
        if seen > 0:
            record(log, tick, Kind.IMPRESSIONS, -1, h, -1, seen, 0.0)
            s.rooms[h].impressions = 0


@rule
def learn_ranking(s):
    """engagement e = (clicks + dwell minutes / 2 + comments / 2) / (impressions + 40),
    kept as e / (e + 0.15); sales = orders / (clicks + 10), kept as x / (x + 0.1)."""
    for c in range(int(s.clock[0].cards)):
        card = s.cards[c]
        liked = card.clicks + card.dwell / 120.0 + card.comments / 2.0
        e = liked / (np.float64(card.impressions) + 40.0)
        card.engagement = e / (e + 0.15)
        x = np.float64(card.orders) / (np.float64(card.clicks) + 10.0)
        card.sales = x / (x + 0.1)
