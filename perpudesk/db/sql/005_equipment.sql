-- What the program, the state or the village gave. Public computers are the workstations: of one of
-- these only what a workstation does not know is here; its name, place and condition are there.
CREATE TABLE equipment (
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
  workstation_id TEXT REFERENCES workstations (id),
  code TEXT CHECK (length(code) <= 60),
  name TEXT CHECK (length(name) BETWEEN 1 AND 120),
  kind TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('computer', 'laptop', 'server', 'printer',
    'scanner', 'projector', 'television', 'modem', 'router', 'ups', 'generator', 'camera',
    'furniture', 'other')),
  brand TEXT CHECK (length(brand) <= 120),
  source TEXT CHECK (length(source) <= 120),
  program TEXT CHECK (length(program) <= 120),
  funding TEXT CHECK (funding IN ('apbn', 'apbd', 'village', 'csr', 'self')),
  price INTEGER CHECK (price BETWEEN 0 AND 1000000000000),
  received TEXT CHECK (received GLOB '[12][0-9][0-9][0-9]'
    OR received GLOB '[12][0-9][0-9][0-9]-[01][0-9]' OR received GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),  -- as exactly as known
  is_public INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
  place TEXT CHECK (length(place) <= 80),
  CHECK ((workstation_id IS NULL) = (name IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX equipment_by_workstation ON equipment (workstation_id)
  WHERE workstation_id IS NOT NULL AND removed_at IS NULL;

-- In which condition it was from a day on; of a workstation `workstation_states` says it.
CREATE TABLE equipment_states (
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
  equipment_id TEXT NOT NULL REFERENCES equipment (id),
  local_date TEXT NOT NULL CHECK (local_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  condition TEXT NOT NULL
    CHECK (condition IN ('good', 'minor_damage', 'major_damage', 'retired'))
) STRICT;
CREATE INDEX states_by_equipment ON equipment_states (equipment_id, local_date)
  WHERE removed_at IS NULL;

-- Once a year somebody goes round with the list. `item_id` is a piece of equipment or a workstation.
CREATE TABLE equipment_checks (
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
  finished_on TEXT CHECK (finished_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
) STRICT;
CREATE TABLE equipment_check_lines (
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
  check_id TEXT NOT NULL REFERENCES equipment_checks (id),
  item_id TEXT NOT NULL,
  found INTEGER NOT NULL CHECK (found IN (0, 1)),
  condition TEXT CHECK (condition IN ('good', 'minor_damage', 'major_damage', 'retired'))
) STRICT;
CREATE UNIQUE INDEX check_lines_once ON equipment_check_lines (check_id, item_id);
