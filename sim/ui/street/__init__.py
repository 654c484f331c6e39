"""The street seen from its near end: where things stand, who walks where, and the picture of it."""
