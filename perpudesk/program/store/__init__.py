"""Every statement that touches the tables of this room."""
