"""The one SQLite file of a station: connection, schema, journal, copies. Knows no room."""
