"""Who did what: every journal line in plain words."""
