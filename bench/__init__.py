"""How fast and how large the engine is, measured; see bench.engine."""
