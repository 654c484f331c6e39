"""One file for each step of the ten seconds; sim/model/tick.py holds their order."""
