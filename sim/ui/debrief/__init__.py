"""The debrief: why the evening went as it did, told on five tabs with the same crowd."""
