"""What the librarian sees of people's data."""
