"""What the librarian sees of taking everything along."""
