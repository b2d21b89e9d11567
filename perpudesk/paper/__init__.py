"""What is printed: documents as values, and how they become PDF. Knows no room."""
