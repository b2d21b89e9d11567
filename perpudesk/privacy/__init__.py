"""People's data: what is held on somebody, how long, and how it is erased."""
