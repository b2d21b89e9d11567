"""What is filled in about visits: groups, one visit, the days of a month."""
