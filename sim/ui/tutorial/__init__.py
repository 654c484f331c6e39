"""The coach that teaches the controls by doing, over the first live."""
