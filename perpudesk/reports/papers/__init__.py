"""What is printed beside the report: recaps, a comparison, and sheets in others' order."""
