"""What the librarian sees of the lock: its screen, and roles and PINs in the settings."""
