"""What the street is drawn with: shapes, people, shops and scenery, all made from code."""
