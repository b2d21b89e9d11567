"""What is typed for reports: targets of a year, and numbers that no record holds."""
