"""The forms of communities, their meetings and decisions."""
