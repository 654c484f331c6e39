"""The course: its lessons as shops of one street, their levels and stars, and a lesson's card."""
