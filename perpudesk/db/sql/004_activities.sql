-- Activities: courses and community meetings share the date, the list and the marks.

CREATE TABLE training_topics (
  slug TEXT PRIMARY KEY,
  label TEXT,
  counts_under TEXT REFERENCES training_topics (slug),
  position INTEGER NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;
CREATE TABLE community_fields (
  slug TEXT PRIMARY KEY,
  label TEXT,
  counts_under TEXT REFERENCES community_fields (slug),
  position INTEGER NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;

-- The share of the meetings held that a certificate asks for, in percent; how its number is made
-- (empty: by the program's own pattern); after how many months without a meeting a community is
-- called dormant.
ALTER TABLE branches ADD COLUMN certificate_threshold INTEGER NOT NULL DEFAULT 75
  CHECK (certificate_threshold BETWEEN 0 AND 100);
ALTER TABLE branches ADD COLUMN certificate_pattern TEXT CHECK (length(certificate_pattern) <= 80);
ALTER TABLE branches ADD COLUMN dormant_months INTEGER NOT NULL DEFAULT 6
  CHECK (dormant_months BETWEEN 1 AND 60);

-- A training. `topic` is a list's slug; trainers are patrons (names live there only), as a JSON
-- list of ids. `threshold`: of this course alone, else the branch's.
CREATE TABLE courses (
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
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  topic TEXT NOT NULL DEFAULT 'unknown' REFERENCES training_topics (slug),
  strategy TEXT NOT NULL DEFAULT 'information_service' CHECK (strategy IN
    ('information_service', 'community_engagement', 'advocacy', 'publicity')),
  audience TEXT NOT NULL DEFAULT 'community' CHECK (audience IN ('community', 'staff')),
  target_group TEXT CHECK (length(target_group) <= 120),
  organiser TEXT CHECK (length(organiser) <= 200),
  trainer_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(trainer_ids)),
  partner TEXT CHECK (length(partner) <= 200),
  funding TEXT CHECK (funding IN ('apbn', 'apbd', 'village', 'csr', 'self')),
  cost INTEGER CHECK (cost BETWEEN 0 AND 1000000000000),
  capacity INTEGER CHECK (capacity BETWEEN 1 AND 999),
  place TEXT CHECK (length(place) <= 120),
  mode TEXT NOT NULL DEFAULT 'on_site' CHECK (mode IN ('on_site', 'off_site', 'online')),
  starts_on TEXT CHECK (starts_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),  -- as planned, while no meeting is
  ends_on TEXT CHECK (ends_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  minutes_per_meeting INTEGER NOT NULL DEFAULT 120 CHECK (minutes_per_meeting BETWEEN 1 AND 1440),
  threshold INTEGER CHECK (threshold BETWEEN 0 AND 100),
  batch_id TEXT REFERENCES batches (id),
  CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on)
) STRICT;
CREATE INDEX courses_by_batch ON courses (batch_id) WHERE batch_id IS NOT NULL;

-- A date at which people come together: of a course, else of the community. It was held when
-- somebody said so, at the latest by the first mark. Who came beside the list is its headcount,
-- with what was counted of it by sex and age: [{"sex", "age_band", "count"}, …]; the rest is not
-- recorded. With `count_visits` whoever is present is a visit too: linked, never counted twice.
CREATE TABLE meetings (
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
  course_id TEXT REFERENCES courses (id),
  title TEXT CHECK (length(title) <= 200),
  local_date TEXT NOT NULL CHECK (local_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  starts_minute INTEGER CHECK (starts_minute BETWEEN 0 AND 1439),  -- of its day, branch's clock
  minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440),
  mode TEXT NOT NULL DEFAULT 'on_site' CHECK (mode IN ('on_site', 'off_site', 'online')),
  place TEXT CHECK (length(place) <= 120),
  state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'held', 'cancelled')),
  headcount INTEGER CHECK (headcount BETWEEN 0 AND 9999),
  parts TEXT CHECK (parts IS NULL OR json_valid(parts)),
  method TEXT NOT NULL DEFAULT 'counted' CHECK (method IN ('counted', 'estimated')),
  count_visits INTEGER NOT NULL DEFAULT 0 CHECK (count_visits IN (0, 1)),
  visit_id TEXT REFERENCES visits (id),  -- the visit that the headcount is
  reservation_id TEXT REFERENCES reservations (id),  -- the workstations that it has
  batch_id TEXT REFERENCES batches (id),
  CHECK (headcount IS NULL OR state = 'held'),
  CHECK (course_id IS NOT NULL OR title IS NOT NULL)
) STRICT;
CREATE INDEX meetings_by_day ON meetings (local_date) WHERE removed_at IS NULL;
CREATE INDEX meetings_by_course ON meetings (course_id, local_date) WHERE removed_at IS NULL;
CREATE INDEX meetings_by_batch ON meetings (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX meetings_by_visit ON meetings (visit_id) WHERE visit_id IS NOT NULL;

-- Who is on the list of a course, or of a community meeting (`list_id`: the id of either): a
-- patron, one of the staff, or a profile alone; the profile is frozen here. One who was withdrawn
-- keeps the marks that were made. Scores are 0 to 100, answers 1 to 5.
CREATE TABLE participants (
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
  list_id TEXT NOT NULL,
  patron_id TEXT REFERENCES patrons (id),
  staff_id TEXT REFERENCES staff (id),
  status TEXT NOT NULL DEFAULT 'enrolled' CHECK (status IN ('enrolled', 'waiting', 'withdrawn')),
  type TEXT NOT NULL DEFAULT 'unknown' CHECK (type IN ('member', 'non_member', 'unknown')),
  sex TEXT NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female', 'male', 'unknown')),
  age_years INTEGER CHECK (age_years BETWEEN 0 AND 130),
  age_band TEXT REFERENCES age_bands (slug),
  occupation TEXT NOT NULL DEFAULT 'unknown' REFERENCES occupations (slug),
  education TEXT NOT NULL DEFAULT 'unknown' REFERENCES educations (slug),
  score_before INTEGER CHECK (score_before BETWEEN 0 AND 100),
  score_after INTEGER CHECK (score_after BETWEEN 0 AND 100),
  learned INTEGER CHECK (learned BETWEEN 1 AND 5),
  confident INTEGER CHECK (confident BETWEEN 1 AND 5),
  will_use INTEGER CHECK (will_use BETWEEN 1 AND 5),
  certificate_number TEXT CHECK (length(certificate_number) <= 120),
  certified_on TEXT CHECK (certified_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  batch_id TEXT REFERENCES batches (id),
  CHECK (patron_id IS NULL OR staff_id IS NULL),
  CHECK (age_years IS NULL OR age_band IS NULL)
) STRICT;
CREATE INDEX participants_by_list ON participants (list_id) WHERE removed_at IS NULL;
CREATE INDEX participants_by_patron ON participants (patron_id) WHERE patron_id IS NOT NULL;
-- Nobody is on a list twice: at each station.
CREATE UNIQUE INDEX participants_once ON participants (list_id, patron_id, station_id)
  WHERE patron_id IS NOT NULL AND removed_at IS NULL;
CREATE UNIQUE INDEX staff_participants_once ON participants (list_id, staff_id, station_id)
  WHERE staff_id IS NOT NULL AND removed_at IS NULL;
CREATE UNIQUE INDEX certificates_once ON participants (certificate_number, station_id)
  WHERE certificate_number IS NOT NULL AND removed_at IS NULL;

-- Who was there and who was not; without a mark that stands nobody looked.
CREATE TABLE marks (
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
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  participant_id TEXT NOT NULL REFERENCES participants (id),
  present INTEGER NOT NULL CHECK (present IN (0, 1)),
  visit_id TEXT REFERENCES visits (id),
  made_visit INTEGER NOT NULL DEFAULT 0 CHECK (made_visit IN (0, 1)),  -- else the visit was there
  CHECK (present = 1 OR visit_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX marks_once ON marks (meeting_id, participant_id);
-- All that a list is read by: ten thousand marks are one run through it.
CREATE INDEX marks_by_participant ON marks (participant_id, removed_at, meeting_id, present);
CREATE INDEX marks_by_visit ON marks (visit_id) WHERE visit_id IS NOT NULL;

CREATE TABLE communities (
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
  field TEXT NOT NULL DEFAULT 'unknown' REFERENCES community_fields (slug),
  contact_id TEXT REFERENCES patrons (id),
  founded TEXT CHECK (founded GLOB '[12][0-9][0-9][0-9]'
    OR founded GLOB '[12][0-9][0-9][0-9]-[01][0-9]' OR founded GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),  -- as exactly as known
  born_here INTEGER CHECK (born_here IN (0, 1)),  -- empty: not recorded
  ended_on TEXT CHECK (ended_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),  -- not active any more since
  batch_id TEXT REFERENCES batches (id)
) STRICT;

-- How many members it had on a day.
CREATE TABLE community_members (
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
  community_id TEXT NOT NULL REFERENCES communities (id),
  local_date TEXT NOT NULL CHECK (local_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  female INTEGER NOT NULL DEFAULT 0 CHECK (female BETWEEN 0 AND 99999),
  male INTEGER NOT NULL DEFAULT 0 CHECK (male BETWEEN 0 AND 99999),
  unknown INTEGER NOT NULL DEFAULT 0 CHECK (unknown BETWEEN 0 AND 99999)
) STRICT;
CREATE UNIQUE INDEX members_by_day ON community_members (community_id, local_date);

-- What a meeting is to the community; the meeting has its date, title, list and headcount.
CREATE TABLE community_meetings (
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
  meeting_id TEXT NOT NULL UNIQUE REFERENCES meetings (id),
  community_id TEXT REFERENCES communities (id),
  kind TEXT NOT NULL CHECK (kind IN ('community_activity', 'stakeholder_meeting', 'peer_learning')),
  role TEXT NOT NULL CHECK (role IN ('organised', 'co_organised', 'room_only')),
  strategy TEXT NOT NULL DEFAULT 'community_engagement' CHECK (strategy IN
    ('information_service', 'community_engagement', 'advocacy', 'publicity')),
  domain TEXT CHECK (domain IN
    ('education', 'health', 'economy', 'social_culture', 'governance', 'digital_inclusion')),
  partner TEXT CHECK (length(partner) <= 200),
  result TEXT CHECK (length(result) <= 4000),
  batch_id TEXT REFERENCES batches (id)
) STRICT;
CREATE INDEX meetings_by_community ON community_meetings (community_id) WHERE removed_at IS NULL;

-- What a meeting decided. Its owner is somebody known by name, or an office.
CREATE TABLE decisions (
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
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
  owner_id TEXT REFERENCES patrons (id),
  owner_office TEXT CHECK (length(owner_office) <= 120),
  due_on TEXT CHECK (due_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  done_on TEXT CHECK (done_on GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
) STRICT;
CREATE INDEX decisions_by_meeting ON decisions (meeting_id) WHERE removed_at IS NULL;

-- Photos and documents of a record of whatever kind; the file lies in the data folder under the
-- SHA-256 of what is kept.
CREATE TABLE attachments (
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
  record_kind TEXT NOT NULL,
  record_id TEXT NOT NULL,
  file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  media_type TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  size INTEGER NOT NULL CHECK (size > 0)
) STRICT;
CREATE INDEX attachments_by_record ON attachments (record_id) WHERE removed_at IS NULL;

-- Whoever writes into a closed month, and by whatever way, alters it: only what is counted does.
CREATE TRIGGER meetings_added_to_closed_month AFTER INSERT ON meetings WHEN NEW.state = 'held'
BEGIN
  UPDATE closings SET altered = 1 WHERE month = substr(NEW.local_date, 1, 7) AND altered = 0;
END;
CREATE TRIGGER meetings_changed_in_closed_month AFTER UPDATE ON meetings
WHEN NEW.state = 'held' OR OLD.state = 'held'
BEGIN
  UPDATE closings SET altered = 1
  WHERE month IN (substr(NEW.local_date, 1, 7), substr(OLD.local_date, 1, 7)) AND altered = 0;
END;
CREATE TRIGGER marks_added_to_closed_month AFTER INSERT ON marks
BEGIN
  UPDATE closings SET altered = 1 WHERE altered = 0 AND month =
    (SELECT substr(local_date, 1, 7) FROM meetings WHERE id = NEW.meeting_id);
END;
CREATE TRIGGER marks_changed_in_closed_month AFTER UPDATE ON marks
BEGIN
  UPDATE closings SET altered = 1 WHERE altered = 0 AND month =
    (SELECT substr(local_date, 1, 7) FROM meetings WHERE id = NEW.meeting_id);
END;
CREATE TRIGGER participants_changed_in_closed_month
AFTER UPDATE OF patron_id, staff_id, type, sex, age_years, age_band, occupation, education, removed_at
ON participants
BEGIN
  UPDATE closings SET altered = 1 WHERE altered = 0 AND month IN (
    SELECT substr(meetings.local_date, 1, 7)
    FROM marks JOIN meetings ON meetings.id = marks.meeting_id
    WHERE marks.participant_id = NEW.id AND marks.present = 1 AND marks.removed_at IS NULL
  );
END;
CREATE TRIGGER courses_changed_in_closed_month
AFTER UPDATE OF title, topic, strategy, audience, removed_at ON courses
BEGIN
  UPDATE closings SET altered = 1 WHERE altered = 0 AND month IN (
    SELECT substr(local_date, 1, 7) FROM meetings WHERE course_id = NEW.id AND state = 'held'
  );
END;
CREATE TRIGGER community_meetings_added_to_closed_month AFTER INSERT ON community_meetings
BEGIN
  UPDATE closings SET altered = 1 WHERE altered = 0 AND month =
    (SELECT substr(local_date, 1, 7) FROM meetings WHERE id = NEW.meeting_id AND state = 'held');
END;
CREATE TRIGGER community_meetings_changed_in_closed_month
AFTER UPDATE OF community_id, kind, role, domain, removed_at ON community_meetings
BEGIN
  UPDATE closings SET altered = 1 WHERE altered = 0 AND month =
    (SELECT substr(local_date, 1, 7) FROM meetings WHERE id = NEW.meeting_id AND state = 'held');
END;
CREATE TRIGGER participants_merged_in_closed_month AFTER UPDATE OF merged_into ON patrons
WHEN NEW.merged_into IS NOT OLD.merged_into
BEGIN
  UPDATE closings SET altered = 1 WHERE altered = 0 AND month IN (
    SELECT substr(meetings.local_date, 1, 7)
    FROM participants
    JOIN marks ON marks.participant_id = participants.id
    JOIN meetings ON meetings.id = marks.meeting_id
    WHERE participants.patron_id = NEW.id
  );
END;
