"""Who may do what: roles, PINs and the lock."""
