"""Runs: decisions in, observations and events out; kept on disk, replayed, compared."""
