"""Communities, their meetings, and what these decided."""
