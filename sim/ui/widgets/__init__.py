"""Small controls of our own: each knows its box, how it looks and what to do when pressed."""
