"""One file a screen. A screen returns what should happen next; only the app applies it."""
