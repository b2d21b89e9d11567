"""Public computers: workstations, sessions, the queue, reservations, and what a power cut does."""
