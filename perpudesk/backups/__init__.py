"""Copies of the records, kept, found, and put back."""
