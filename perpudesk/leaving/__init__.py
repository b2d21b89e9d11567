"""Everything a branch has as open tables, for whoever leaves; and back from them."""
