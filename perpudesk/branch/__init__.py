"""Who we are: identity, letterhead, signatories, opening hours, service days, staff."""
