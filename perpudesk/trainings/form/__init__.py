"""Parts of the screen that are about trainings: dialogs."""
