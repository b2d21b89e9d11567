CREATE TABLE computer_purposes (
  slug TEXT PRIMARY KEY,
  label TEXT,
  counts_under TEXT REFERENCES computer_purposes (slug),
  position INTEGER NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;

-- How long a use lasts unless the desk says otherwise, in minutes; what runs longer than
-- `forgotten_hours` was forgotten, and its minutes are unknown until someone corrects them.
ALTER TABLE branches ADD COLUMN limit_adult_member INTEGER NOT NULL DEFAULT 30
  CHECK (limit_adult_member BETWEEN 5 AND 720);
ALTER TABLE branches ADD COLUMN limit_adult_other INTEGER NOT NULL DEFAULT 30
  CHECK (limit_adult_other BETWEEN 5 AND 720);
ALTER TABLE branches ADD COLUMN limit_minor_member INTEGER NOT NULL DEFAULT 30
  CHECK (limit_minor_member BETWEEN 5 AND 720);
ALTER TABLE branches ADD COLUMN limit_minor_other INTEGER NOT NULL DEFAULT 30
  CHECK (limit_minor_other BETWEEN 5 AND 720);
ALTER TABLE branches ADD COLUMN forgotten_hours INTEGER NOT NULL DEFAULT 12
  CHECK (forgotten_hours BETWEEN 1 AND 24);

-- The program stopped without being closed: most often the power went. `until_at` is empty where
-- nobody can say when it came back (another day, a clock that lost the time). `checked_at`: the
-- librarian has looked at the sessions that it ended.
CREATE TABLE outages (
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
  local_date TEXT NOT NULL CHECK (local_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  from_at TEXT NOT NULL,
  until_at TEXT CHECK (until_at >= from_at),
  checked_at TEXT
) STRICT;
CREATE INDEX outages_by_day ON outages (local_date) WHERE removed_at IS NULL;

CREATE TABLE workstations (
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
  note TEXT CHECK (length(note) <= 500),
  label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999),  -- what is typed to start or end
  place TEXT CHECK (length(place) <= 80),
  specification TEXT CHECK (length(specification) <= 200),
  batch_id TEXT REFERENCES batches (id)  -- it was named by a file first
) STRICT;

-- What a workstation was from a day on: whether the public had it, and in which condition. The
-- newest of a day stands at its end; one that is retired stays in every figure of its past.
CREATE TABLE workstation_states (
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
  note TEXT CHECK (length(note) <= 500),
  workstation_id TEXT NOT NULL REFERENCES workstations (id),
  local_date TEXT NOT NULL CHECK (local_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  condition TEXT NOT NULL
    CHECK (condition IN ('good', 'minor_damage', 'major_damage', 'retired')),
  is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
  batch_id TEXT REFERENCES batches (id)
) STRICT;
CREATE INDEX states_by_workstation ON workstation_states (workstation_id, local_date)
  WHERE removed_at IS NULL;

CREATE TABLE computer_sessions (
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
  note TEXT CHECK (length(note) <= 500),
  -- The day, hour and month of its start; of a daily total only the day is known, and `count` says
  -- how many sessions it was.
  local_date TEXT NOT NULL CHECK (local_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  local_hour INTEGER CHECK (local_hour BETWEEN 0 AND 23),
  precision TEXT NOT NULL CHECK (precision IN ('time', 'day')),
  count INTEGER NOT NULL DEFAULT 1 CHECK (count BETWEEN 1 AND 9999),
  device INTEGER NOT NULL DEFAULT 0 CHECK (device IN (0, 1)),  -- an own device on the Wi-Fi
  workstation_id TEXT REFERENCES workstations (id),  -- where it is, or was last; may be unknown
  started_at TEXT,
  limit_minutes INTEGER CHECK (limit_minutes BETWEEN 1 AND 1440),
  ended_at TEXT CHECK (ended_at >= started_at),
  end_reason TEXT CHECK (end_reason IN ('done', 'time_up', 'interrupted', 'forgotten', 'class')),
  end_estimated INTEGER NOT NULL DEFAULT 0 CHECK (end_estimated IN (0, 1)),
  -- Pauses that are over, together; one that goes on began at `paused_at`.
  paused_ms INTEGER NOT NULL DEFAULT 0 CHECK (paused_ms >= 0),
  paused_at TEXT,
  -- Where it was before it moved: [{"workstation_id", "until", "paused_ms"}, …], oldest first. One
  -- session stays one row, so undo and merging need no second table; `paused_ms` above has them all.
  moves TEXT CHECK (moves IS NULL OR json_valid(moves)),
  type TEXT NOT NULL DEFAULT 'unknown' CHECK (type IN ('member', 'non_member', 'unknown')),
  sex TEXT NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female', 'male', 'unknown')),
  age_years INTEGER CHECK (age_years BETWEEN 0 AND 130),
  age_band TEXT REFERENCES age_bands (slug),
  occupation TEXT NOT NULL DEFAULT 'unknown' REFERENCES occupations (slug),
  education TEXT NOT NULL DEFAULT 'unknown' REFERENCES educations (slug),
  purpose TEXT NOT NULL DEFAULT 'unknown' REFERENCES computer_purposes (slug),
  assisted INTEGER NOT NULL DEFAULT 0 CHECK (assisted IN (0, 1)),
  method TEXT NOT NULL DEFAULT 'counted' CHECK (method IN ('counted', 'estimated')),
  patron_id TEXT REFERENCES patrons (id),
  visit_id TEXT REFERENCES visits (id),
  batch_id TEXT REFERENCES batches (id),
  CHECK (age_years IS NULL OR age_band IS NULL),
  CHECK (precision = 'day' OR (started_at IS NOT NULL AND local_hour IS NOT NULL)),
  CHECK (precision = 'time' OR (started_at IS NULL AND ended_at IS NULL AND local_hour IS NULL)),
  CHECK (precision = 'day' OR count = 1),
  CHECK (precision = 'day' OR (ended_at IS NULL) = (end_reason IS NULL)),
  CHECK (device = 0 OR workstation_id IS NULL),
  CHECK (paused_at IS NULL OR ended_at IS NULL)
) STRICT;
CREATE INDEX sessions_by_day ON computer_sessions (local_date) WHERE removed_at IS NULL;
CREATE INDEX sessions_by_workstation ON computer_sessions (workstation_id, started_at)
  WHERE removed_at IS NULL;
CREATE INDEX open_sessions ON computer_sessions (started_at)
  WHERE ended_at IS NULL AND precision = 'time' AND removed_at IS NULL;
CREATE INDEX sessions_by_batch ON computer_sessions (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX sessions_by_patron ON computer_sessions (patron_id, local_date)
  WHERE patron_id IS NOT NULL;
-- At each station a workstation has one open session, and so has a person known by name.
CREATE UNIQUE INDEX open_session_of_workstation ON computer_sessions (workstation_id, station_id)
  WHERE ended_at IS NULL AND precision = 'time' AND removed_at IS NULL
    AND workstation_id IS NOT NULL;
CREATE UNIQUE INDEX open_session_of_patron ON computer_sessions (patron_id, station_id)
  WHERE ended_at IS NULL AND precision = 'time' AND removed_at IS NULL AND patron_id IS NOT NULL;

CREATE INDEX moved_sessions ON computer_sessions (local_date) WHERE moves IS NOT NULL;

-- Also by undoing that it was added: what has history is retired, never deleted.
CREATE TRIGGER workstations_keep_their_sessions BEFORE UPDATE OF removed_at ON workstations
WHEN NEW.removed_at IS NOT NULL AND (
  EXISTS (
    SELECT 1 FROM computer_sessions
    WHERE computer_sessions.workstation_id = NEW.id AND removed_at IS NULL
  ) OR EXISTS (
    SELECT 1 FROM computer_sessions, json_each(moves) AS move
    WHERE moves IS NOT NULL AND computer_sessions.removed_at IS NULL
      AND json_extract(move.value, '$.workstation_id') = NEW.id
  ) OR EXISTS (
    SELECT 1 FROM reservations, json_each(workstation_ids) AS kept
    WHERE reservations.removed_at IS NULL AND kept.value = NEW.id
  )
)
BEGIN
  SELECT RAISE(ABORT, 'a workstation with sessions is retired');
END;

-- Who waits for a computer. Waiting: neither served nor left; called: `called_at`, for
-- `workstation_id`. One who did not come (`no_shows`) waits again behind `behind_at`.
CREATE TABLE queue_tickets (
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
  note TEXT CHECK (length(note) <= 500),
  local_date TEXT NOT NULL CHECK (local_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999),
  type TEXT NOT NULL DEFAULT 'unknown' CHECK (type IN ('member', 'non_member', 'unknown')),
  sex TEXT NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female', 'male', 'unknown')),
  age_years INTEGER CHECK (age_years BETWEEN 0 AND 130),
  age_band TEXT REFERENCES age_bands (slug),
  occupation TEXT NOT NULL DEFAULT 'unknown' REFERENCES occupations (slug),
  education TEXT NOT NULL DEFAULT 'unknown' REFERENCES educations (slug),
  patron_id TEXT REFERENCES patrons (id),
  taken_at TEXT NOT NULL,
  behind_at TEXT,
  called_at TEXT,
  workstation_id TEXT REFERENCES workstations (id),
  no_shows INTEGER NOT NULL DEFAULT 0 CHECK (no_shows >= 0),
  served_at TEXT,
  session_id TEXT REFERENCES computer_sessions (id),
  left_at TEXT,
  CHECK (served_at IS NULL OR left_at IS NULL),
  CHECK (age_years IS NULL OR age_band IS NULL)
) STRICT;
-- Also of those taken back: a slip may be in somebody's hand.
CREATE UNIQUE INDEX tickets_by_number ON queue_tickets (local_date, number, station_id);
CREATE INDEX waiting_tickets ON queue_tickets (local_date)
  WHERE served_at IS NULL AND left_at IS NULL AND removed_at IS NULL;

-- Workstations kept for somebody, or for a class: `workstation_ids` is a JSON list. Minutes of a
-- class that was held are class minutes; one that was not held is removed.
CREATE TABLE reservations (
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
  note TEXT CHECK (length(note) <= 500),
  kind TEXT NOT NULL CHECK (kind IN ('person', 'class')),
  title TEXT CHECK (length(title) <= 120),  -- of a class
  patron_id TEXT REFERENCES patrons (id),   -- of a person known by name
  local_date TEXT NOT NULL CHECK (local_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  workstation_ids TEXT NOT NULL CHECK (json_valid(workstation_ids)),
  CHECK (ends_at > starts_at),
  CHECK ((kind = 'class') = (title IS NOT NULL))
) STRICT;
CREATE INDEX reservations_by_day ON reservations (local_date) WHERE removed_at IS NULL;

-- As of visits: whoever writes into a closed month, and by whatever way, alters it.
CREATE TRIGGER sessions_added_to_closed_month AFTER INSERT ON computer_sessions
WHEN EXISTS (
  SELECT 1 FROM closings WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0
)
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER sessions_changed_in_closed_month AFTER UPDATE ON computer_sessions
WHEN EXISTS (
  SELECT 1 FROM closings
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0
)
BEGIN
  UPDATE closings SET altered = 1
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0;
END;
-- A state holds from its day on, so every closed month since then is another.
CREATE TRIGGER states_added_in_closed_month AFTER INSERT ON workstation_states
BEGIN
  UPDATE closings SET altered = 1 WHERE month >= substr(NEW.local_date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER states_changed_in_closed_month AFTER UPDATE ON workstation_states
BEGIN
  UPDATE closings SET altered = 1
  WHERE month >= min(substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0;
END;
CREATE TRIGGER tickets_added_to_closed_month AFTER INSERT ON queue_tickets
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER tickets_changed_in_closed_month AFTER UPDATE ON queue_tickets
BEGIN
  UPDATE closings SET altered = 1
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0;
END;
CREATE TRIGGER classes_added_to_closed_month AFTER INSERT ON reservations WHEN NEW.kind = 'class'
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER classes_changed_in_closed_month AFTER UPDATE ON reservations WHEN NEW.kind = 'class'
BEGIN
  UPDATE closings SET altered = 1
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0;
END;
