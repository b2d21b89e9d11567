-- A step is what one use case wrote: undone and redone as one. Its first line has none.
ALTER TABLE journal ADD COLUMN step INTEGER REFERENCES journal (seq);

-- What a month was when it was closed. `figures` is the canonical JSON, `code` the check code of
-- it; `altered` says that a record of the month changed since. Closed again it is another edition.
CREATE TABLE closings (
  id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL REFERENCES branches (id),
  station_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  created_by TEXT,
  changed_at TEXT,
  changed_by TEXT,
  removed_at TEXT,
  note TEXT,
  month TEXT NOT NULL CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  edition INTEGER NOT NULL CHECK (edition >= 1),
  letter_number TEXT CHECK (length(letter_number) <= 120),
  place TEXT CHECK (length(place) <= 80),
  closed_on TEXT CHECK (closed_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  signatories TEXT NOT NULL CHECK (json_valid(signatories)),
  obstacles TEXT CHECK (length(obstacles) <= 4000),
  follow_up TEXT CHECK (length(follow_up) <= 4000),
  figures TEXT NOT NULL CHECK (json_valid(figures)),
  code TEXT NOT NULL CHECK (length(code) = 8),
  altered INTEGER NOT NULL DEFAULT 0 CHECK (altered IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX closings_by_month ON closings (month, edition, branch_id);

-- The pages of a closed month, so that they print again byte for byte whatever the program became.
CREATE TABLE prints (
  closing_id TEXT NOT NULL REFERENCES closings (id),
  paper TEXT NOT NULL CHECK (paper IN ('a4', 'f4')),
  data BLOB NOT NULL,
  PRIMARY KEY (closing_id, paper)
) STRICT, WITHOUT ROWID;

-- Numbers of a whole month without records behind them: typed, or brought in for last year.
CREATE TABLE period_totals (
  id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL REFERENCES branches (id),
  station_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  created_by TEXT,
  changed_at TEXT,
  changed_by TEXT,
  removed_at TEXT,
  note TEXT,
  month TEXT NOT NULL CHECK (month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
  indicator TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 1000000000),
  basis TEXT NOT NULL CHECK (basis IN ('counted', 'estimated')),
  source TEXT NOT NULL CHECK (length(source) <= 300),
  batch_id TEXT REFERENCES batches (id)
) STRICT;
CREATE UNIQUE INDEX period_totals_by_month ON period_totals (branch_id, indicator, month);
CREATE INDEX period_totals_by_batch ON period_totals (batch_id) WHERE batch_id IS NOT NULL;

-- What a year is to reach; a part of the year is to reach its part of an additive one.
CREATE TABLE targets (
  id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL REFERENCES branches (id),
  station_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  created_by TEXT,
  changed_at TEXT,
  changed_by TEXT,
  removed_at TEXT,
  note TEXT,
  year INTEGER NOT NULL CHECK (year BETWEEN 1945 AND 9998),
  indicator TEXT NOT NULL,
  value REAL NOT NULL CHECK (value > 0)
) STRICT;
CREATE UNIQUE INDEX targets_by_year ON targets (branch_id, indicator, year);

ALTER TABLE branches ADD COLUMN green_from REAL NOT NULL DEFAULT 1.0
  CHECK (green_from BETWEEN 0.01 AND 10);
ALTER TABLE branches ADD COLUMN yellow_from REAL NOT NULL DEFAULT 0.8
  CHECK (yellow_from BETWEEN 0.01 AND 10);

-- Whoever writes into a closed month, and by whatever way: the month is altered from then on.
CREATE TRIGGER visits_added_to_closed_month AFTER INSERT ON visits
WHEN EXISTS (
  SELECT 1 FROM closings WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0
)
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER visits_changed_in_closed_month AFTER UPDATE ON visits
WHEN EXISTS (
  SELECT 1 FROM closings
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0
)
BEGIN
  UPDATE closings SET altered = 1
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0;
END;
CREATE TRIGGER patrons_merged_in_closed_month AFTER UPDATE OF merged_into ON patrons
WHEN NEW.merged_into IS NOT OLD.merged_into
BEGIN
  UPDATE closings SET altered = 1
  WHERE altered = 0
    AND month IN (SELECT substr(local_date, 1, 7) FROM visits WHERE patron_id = NEW.id);
END;
CREATE TRIGGER service_days_set_in_closed_month AFTER INSERT ON service_days
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER service_days_changed_in_closed_month AFTER UPDATE ON service_days
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER holidays_added_to_closed_month AFTER INSERT ON holidays
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER holidays_changed_in_closed_month AFTER UPDATE ON holidays
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER period_totals_typed_for_closed_month AFTER INSERT ON period_totals
BEGIN
  UPDATE closings SET altered = 1 WHERE month = NEW.month AND altered = 0;
END;
CREATE TRIGGER period_totals_changed_in_closed_month AFTER UPDATE ON period_totals
BEGIN
  UPDATE closings SET altered = 1 WHERE month = NEW.month AND altered = 0;
END;
