"""What the librarian sees of copies: their part of the settings, the sheet, and putting back."""
