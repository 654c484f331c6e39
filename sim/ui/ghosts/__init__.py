"""Ghosts in the live: which are picked, the sheet to pick them on, and the strip that shows them.

A ghost is only looked at. Nothing here gives a decision or touches the run that is being played.
"""
