"""A new program from a stick: ours, whole and newer, or nothing is changed."""
