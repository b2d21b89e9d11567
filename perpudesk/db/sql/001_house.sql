-- Every record: id, branch_id, station_id, seq (the journal line that wrote it last), revision,
-- created and changed (when, by whom), removed, note. Tables are STRICT; slugs are checked here
-- for closed lists and by foreign key for lists that grow.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  local_date TEXT NOT NULL,
  station_id TEXT NOT NULL,
  staff_id TEXT,
  kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('create', 'change', 'remove', 'import', 'undo', 'redo')),
  target INTEGER REFERENCES journal (seq),
  overwrote TEXT CHECK (overwrote IS NULL OR json_valid(overwrote)),
  CHECK ((action IN ('undo', 'redo')) = (target IS NOT NULL))
) STRICT;
CREATE INDEX journal_by_day ON journal (local_date);
CREATE INDEX journal_changes ON journal (record_id) WHERE action <> 'create';

CREATE TABLE age_bands (
  slug TEXT PRIMARY KEY,
  lower INTEGER NOT NULL CHECK (lower >= 0),
  upper INTEGER CHECK (upper >= lower)
) STRICT;
CREATE TABLE purposes (
  slug TEXT PRIMARY KEY,
  label TEXT,
  counts_under TEXT REFERENCES purposes (slug),
  position INTEGER NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;
CREATE TABLE occupations (
  slug TEXT PRIMARY KEY,
  label TEXT,
  counts_under TEXT REFERENCES occupations (slug),
  position INTEGER NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;
CREATE TABLE educations (
  slug TEXT PRIMARY KEY,
  label TEXT,
  counts_under TEXT REFERENCES educations (slug),
  position INTEGER NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;

-- Pictures stand apart under the SHA-256 of their bytes, so that a record and its journal line hold
-- a name and not the picture.
CREATE TABLE pictures (
  digest TEXT PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE branches (
  id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL,
  station_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  created_by TEXT,
  changed_at TEXT,
  changed_by TEXT,
  removed_at TEXT,
  note TEXT,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (kind IN ('district', 'subdistrict', 'village', 'community')),
  npp TEXT,
  region_code TEXT,
  place TEXT,
  address TEXT,
  phone TEXT,
  email TEXT,
  population_served INTEGER CHECK (population_served >= 0),
  zone TEXT NOT NULL,
  crest TEXT REFERENCES pictures (digest),
  letterhead TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(letterhead)),
  opening_hours TEXT CHECK (opening_hours IS NULL OR json_valid(opening_hours)),
  age_set TEXT NOT NULL DEFAULT 'desk' CHECK (age_set IN ('desk', 'full')),
  ask_occupation INTEGER NOT NULL DEFAULT 0 CHECK (ask_occupation IN (0, 1)),
  repeat_minutes INTEGER NOT NULL DEFAULT 60 CHECK (repeat_minutes BETWEEN 0 AND 1440),
  secret BLOB NOT NULL
) STRICT;

CREATE TABLE signatories (
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
  place TEXT NOT NULL CHECK (place IN ('left', 'right')),
  name TEXT NOT NULL,
  post TEXT NOT NULL,
  rank TEXT,
  nip TEXT
) STRICT;

CREATE TABLE staff (
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
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120)
) STRICT;

CREATE TABLE service_days (
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
  date TEXT NOT NULL CHECK (date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  state TEXT NOT NULL
    CHECK (state IN ('open_counted', 'open_not_counted', 'estimated', 'closed')),
  reason TEXT CHECK (reason IN ('holiday', 'power', 'no_staff', 'other')),
  minutes_open INTEGER CHECK (minutes_open BETWEEN 0 AND 1440),
  CHECK (reason IS NULL OR state = 'closed')
) STRICT;
CREATE UNIQUE INDEX service_days_by_date ON service_days (branch_id, date);

CREATE TABLE holidays (
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
  date TEXT NOT NULL CHECK (date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  name TEXT  -- no name: the branch works on this day although the shipped list calls it a holiday
) STRICT;
CREATE UNIQUE INDEX holidays_by_date ON holidays (branch_id, date);

CREATE TABLE patrons (
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
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  member_number TEXT CHECK (length(member_number) BETWEEN 1 AND 60),
  sex TEXT NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female', 'male', 'unknown')),
  birth_year INTEGER CHECK (birth_year BETWEEN 1880 AND 2200),
  age_band TEXT REFERENCES age_bands (slug),
  occupation TEXT NOT NULL DEFAULT 'unknown' REFERENCES occupations (slug),
  education TEXT NOT NULL DEFAULT 'unknown' REFERENCES educations (slug),
  village TEXT CHECK (length(village) <= 120),
  contact TEXT CHECK (length(contact) <= 120),
  guardian_consent INTEGER NOT NULL DEFAULT 0 CHECK (guardian_consent IN (0, 1)),
  registered_on TEXT NOT NULL,
  batch_id TEXT REFERENCES batches (id),
  merged_into TEXT REFERENCES patrons (id),
  CHECK (birth_year IS NULL OR age_band IS NULL)
) STRICT;
CREATE UNIQUE INDEX patrons_by_number ON patrons (member_number, station_id)
  WHERE member_number IS NOT NULL AND removed_at IS NULL AND merged_into IS NULL;

CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL REFERENCES branches (id),
  station_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  created_by TEXT,
  changed_at TEXT,
  changed_by TEXT,
  removed_at TEXT,  -- when the batch was undone
  note TEXT,
  source TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_digest TEXT NOT NULL,
  result TEXT NOT NULL CHECK (json_valid(result))
) STRICT;

CREATE TABLE visits (
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
  local_hour INTEGER CHECK (local_hour BETWEEN 0 AND 23),
  occurred_at TEXT,
  precision TEXT NOT NULL CHECK (precision IN ('time', 'day', 'month')),
  type TEXT NOT NULL CHECK (type IN ('member', 'non_member', 'group', 'unknown')),
  count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 100000),
  sex TEXT NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female', 'male', 'unknown')),
  age_years INTEGER CHECK (age_years BETWEEN 0 AND 130),
  age_band TEXT REFERENCES age_bands (slug),
  occupation TEXT NOT NULL DEFAULT 'unknown' REFERENCES occupations (slug),
  education TEXT NOT NULL DEFAULT 'unknown' REFERENCES educations (slug),
  disability TEXT NOT NULL DEFAULT 'unknown' CHECK (disability IN
    ('none', 'physical', 'intellectual', 'mental', 'sensory', 'multiple', 'unknown')),
  purpose TEXT NOT NULL DEFAULT 'unknown' REFERENCES purposes (slug),
  method TEXT NOT NULL DEFAULT 'counted' CHECK (method IN ('counted', 'estimated')),
  patron_id TEXT REFERENCES patrons (id),
  institution TEXT CHECK (length(institution) <= 200),
  leader_id TEXT REFERENCES patrons (id),
  -- A group's parts by sex and age: [{"sex", "age_band", "count"}, …]; what they leave of the
  -- count is not recorded. One record stays one row, so undo and merging need no second table.
  parts TEXT CHECK (parts IS NULL OR json_valid(parts)),
  batch_id TEXT REFERENCES batches (id),
  CHECK (age_years IS NULL OR age_band IS NULL),
  CHECK ((precision = 'time') = (occurred_at IS NOT NULL AND local_hour IS NOT NULL)),
  CHECK (parts IS NULL OR type = 'group')
) STRICT;
CREATE INDEX visits_by_day ON visits (local_date, occurred_at) WHERE removed_at IS NULL;
CREATE INDEX visits_by_patron ON visits (patron_id, local_date) WHERE patron_id IS NOT NULL;
CREATE INDEX visits_by_batch ON visits (batch_id) WHERE batch_id IS NOT NULL;
