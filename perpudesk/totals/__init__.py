"""What is known of a month as a whole: totals without records behind them, and targets."""
