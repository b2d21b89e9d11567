-- Advocacy and budget, partners, media, impact stories.

CREATE TABLE partners (
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
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind TEXT NOT NULL DEFAULT 'other' CHECK (kind IN
    ('government', 'village', 'school', 'company', 'organisation', 'media', 'other')),
  mou_number TEXT CHECK (length(mou_number) <= 120),
  from_on TEXT CHECK (from_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  until_on TEXT CHECK (until_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  support TEXT CHECK (length(support) <= 500),
  CHECK (from_on IS NULL OR until_on IS NULL OR until_on >= from_on)
) STRICT;

CREATE TABLE advocacy_actions (
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
  kind TEXT NOT NULL CHECK (kind IN
    ('audience', 'stakeholder_meeting', 'proposal', 'regulation', 'mou', 'budget')),
  institution TEXT NOT NULL CHECK (length(institution) BETWEEN 1 AND 200),
  purpose TEXT CHECK (length(purpose) <= 500),
  result TEXT CHECK (length(result) <= 4000),
  amount INTEGER CHECK (amount BETWEEN 0 AND 1000000000000),
  year INTEGER CHECK (year BETWEEN 1945 AND 9998),
  funding TEXT CHECK (funding IN ('apbn', 'apbd', 'village', 'csr', 'self')),
  document_number TEXT CHECK (length(document_number) <= 120)
) STRICT;
CREATE INDEX advocacy_by_day ON advocacy_actions (local_date) WHERE removed_at IS NULL;

-- What a year had from each source.
CREATE TABLE budgets (
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
  year INTEGER NOT NULL CHECK (year BETWEEN 1945 AND 9998),
  funding TEXT NOT NULL CHECK (funding IN ('apbn', 'apbd', 'village', 'csr', 'self')),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 1000000000000)
) STRICT;
CREATE UNIQUE INDEX budgets_by_year ON budgets (branch_id, year, funding);

CREATE TABLE media_items (
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
  channel TEXT NOT NULL CHECK (channel IN ('newspaper', 'magazine', 'radio', 'television', 'portal',
    'facebook', 'instagram', 'youtube', 'tiktok', 'whatsapp', 'banner', 'leaflet', 'other')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  link TEXT CHECK (length(link) <= 500)
) STRICT;
CREATE INDEX media_by_day ON media_items (local_date) WHERE removed_at IS NULL;

-- What changed for somebody. Nothing of it leaves the screen without consent; it counts when it was
-- verified. `named`: the person agreed to be called by name.
CREATE TABLE stories (
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
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  person_id TEXT REFERENCES patrons (id),
  pseudonym TEXT CHECK (length(pseudonym) <= 80),
  named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1)),
  domain TEXT CHECK (domain IN
    ('education', 'health', 'economy', 'social_culture', 'governance', 'digital_inclusion')),
  before_text TEXT CHECK (length(before_text) <= 4000),
  help_text TEXT CHECK (length(help_text) <= 4000),
  after_text TEXT CHECK (length(after_text) <= 4000),
  evidence TEXT CHECK (length(evidence) <= 1000),
  consent_on TEXT CHECK (consent_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  verified_on TEXT CHECK (verified_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  CHECK (verified_on IS NULL OR consent_on IS NOT NULL),
  CHECK (named = 0 OR (consent_on IS NOT NULL AND person_id IS NOT NULL))
) STRICT;

-- Whoever writes into a closed month alters it.
CREATE TRIGGER advocacy_actions_added_to_closed_month AFTER INSERT ON advocacy_actions
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER advocacy_actions_changed_in_closed_month AFTER UPDATE ON advocacy_actions
BEGIN
  UPDATE closings SET altered = 1
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0;
END;
CREATE TRIGGER media_items_added_to_closed_month AFTER INSERT ON media_items
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER media_items_changed_in_closed_month AFTER UPDATE ON media_items
BEGIN
  UPDATE closings SET altered = 1
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0;
END;
CREATE TRIGGER stories_added_to_closed_month AFTER INSERT ON stories
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.verified_on, 1, 7) AND altered = 0;
END;
CREATE TRIGGER stories_changed_in_closed_month
AFTER UPDATE OF title, person_id, pseudonym, named, domain, verified_on, removed_at ON stories
BEGIN
  UPDATE closings SET altered = 1
  WHERE month IN (substr(NEW.verified_on, 1, 7), substr(OLD.verified_on, 1, 7)) AND altered = 0;
END;
-- Of a month the amount of its year stands beside that of the year before.
CREATE TRIGGER budgets_added_to_closed_month AFTER INSERT ON budgets
BEGIN
  UPDATE closings SET altered = 1
  WHERE substr(month, 1, 4) IN (CAST(NEW.year AS TEXT), CAST(NEW.year + 1 AS TEXT)) AND altered = 0;
END;
CREATE TRIGGER budgets_changed_in_closed_month AFTER UPDATE ON budgets
BEGIN
  UPDATE closings SET altered = 1
  WHERE substr(month, 1, 4) IN (CAST(NEW.year AS TEXT), CAST(NEW.year + 1 AS TEXT)) AND altered = 0;
END;
-- Who is a partner on its last day is counted in every month since.
CREATE TRIGGER partners_added_to_closed_month AFTER INSERT ON partners
BEGIN
  UPDATE closings SET altered = 1
  WHERE month >= coalesce(substr(NEW.from_on, 1, 7), '') AND altered = 0
    AND (NEW.until_on IS NULL OR month <= substr(NEW.until_on, 1, 7));
END;
CREATE TRIGGER partners_changed_in_closed_month
AFTER UPDATE OF name, kind, from_on, until_on, removed_at ON partners
BEGIN
  UPDATE closings SET altered = 1
  WHERE month >= min(coalesce(substr(NEW.from_on, 1, 7), ''), coalesce(substr(OLD.from_on, 1, 7), ''))
    AND altered = 0;
END;
