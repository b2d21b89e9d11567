"""Vocabulary that every room shares: no I/O beyond settings, no Qt, no SQL."""
