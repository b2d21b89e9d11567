-- Whoever was at one of these meetings, mark by mark, with what was frozen of them. `person` is the
-- same for the same patron, whoever that was merged into, and for the same member of the staff.
WITH RECURSIVE present AS (
  SELECT marks.meeting_id, participants.*
  FROM meetings
  JOIN marks ON marks.meeting_id = meetings.id AND marks.present = 1 AND marks.removed_at IS NULL
  JOIN participants ON participants.id = marks.participant_id
  WHERE meetings.removed_at IS NULL AND meetings.state = 'held'
    AND meetings.local_date BETWEEN :first AND :last
),
chain (id, at) AS (
  SELECT DISTINCT patron_id, patron_id FROM present WHERE patron_id IS NOT NULL
  UNION
  SELECT chain.id, patrons.merged_into FROM chain
  JOIN patrons ON patrons.id = chain.at WHERE patrons.merged_into IS NOT NULL
)
SELECT present.meeting_id, present.type, present.sex, present.age_years, present.age_band,
  present.occupation, present.education,
  coalesce(roots.at, present.staff_id, present.id) AS person
FROM present
LEFT JOIN (
  SELECT chain.id, chain.at FROM chain JOIN patrons ON patrons.id = chain.at
  WHERE patrons.merged_into IS NULL
) AS roots ON roots.id = present.patron_id
