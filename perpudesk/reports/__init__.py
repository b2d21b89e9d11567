"""What the branch counted: indicators, figures, and the month as it is printed."""
