"""What the command line shows: tables, progress and sentences, in either language."""
