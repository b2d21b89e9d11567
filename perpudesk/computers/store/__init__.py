"""Every statement that touches the tables of computers, a module each."""
