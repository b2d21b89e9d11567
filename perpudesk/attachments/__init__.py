"""Photos and documents that belong to a record."""
