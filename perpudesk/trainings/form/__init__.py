"""What is typed of a course, and what it prints."""
