"""Files of other programs: read safely, checked whole, brought in as one step."""
