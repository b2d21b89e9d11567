"""The Qt kit from which every page is composed; it knows no room."""
