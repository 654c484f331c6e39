"""Figures as reports see them."""

from sim.play.figures import FIVE_MINUTES, METRICS, figures

__all__ = ["FIVE_MINUTES", "METRICS", "figures"]
