"""Parts of the screen that are about lists of participants."""
