"""What goes to whoever comes next: two pages on how it is done, and how the branch stands."""
