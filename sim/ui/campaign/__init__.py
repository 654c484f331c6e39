"""Weeks of an account in the window: the desk, the day, the night, the weeks and the end."""
