"""From the source to what is installed: the program folder, its packages, its signed updates."""
