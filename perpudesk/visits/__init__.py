"""Who came: walk-ins, members, groups; one tap is one record."""
