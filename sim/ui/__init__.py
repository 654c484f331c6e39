"""The window: all that draws with pygame lives here, and nothing here decides how people act.

It gives decisions to a `Run` and looks at its observations and events; that is all it knows.
"""
