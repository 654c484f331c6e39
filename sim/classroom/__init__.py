"""A class in a room: one laptop, a projector, and everybody's phone."""
