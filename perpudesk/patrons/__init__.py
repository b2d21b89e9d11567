"""People known by name (optional), and the anonymous Profile that every record carries."""
