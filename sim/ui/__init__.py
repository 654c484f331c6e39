"""The window: everything that draws with pygame lives here, and nothing here decides how people act.

The window gives decisions to a `Run` and looks at its observations and events; that is all it knows.
"""
