"""Everything the street is drawn with: shapes, people, shops and scenery, made at start from code."""
