"""Parts of the screen that are about computers: dialogs, and sections of the settings."""
