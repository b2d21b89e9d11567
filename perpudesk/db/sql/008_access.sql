-- Who may do what. A PIN stands apart and in no journal line: what was overwritten would be kept.
ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'officer'
  CHECK (role IN ('officer', 'head', 'admin'));

CREATE TABLE staff_pins (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  hash TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  failed_at TEXT
) STRICT;
