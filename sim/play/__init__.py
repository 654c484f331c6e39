"""A run of the game: decisions in, observations and events out; kept on disk, replayed, compared."""
