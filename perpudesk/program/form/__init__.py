"""The forms of the program's records."""
