-- The meetings of a period that were held, of courses and of communities, and who was counted there.
SELECT meetings.id, meetings.local_date, meetings.course_id,
  coalesce(courses.title, meetings.title) AS title,
  courses.audience, courses.topic, coalesce(courses.strategy, gatherings.strategy) AS strategy,
  gatherings.kind, gatherings.role, gatherings.domain,
  communities.id AS community_id, communities.name AS community, communities.field,
  -- A training that a file brought has no hours until somebody says how long it was.
  coalesce(meetings.minutes, CASE WHEN courses.batch_id IS NULL OR courses.changed_at IS NOT NULL
    THEN courses.minutes_per_meeting END) AS minutes,
  meetings.headcount, meetings.parts, meetings.method,
  count(marks.id) AS marks, coalesce(sum(marks.present), 0) AS present
FROM meetings
LEFT JOIN courses ON courses.id = meetings.course_id
LEFT JOIN community_meetings AS gatherings
  ON gatherings.meeting_id = meetings.id AND gatherings.removed_at IS NULL
LEFT JOIN communities ON communities.id = gatherings.community_id
LEFT JOIN marks ON marks.meeting_id = meetings.id AND marks.removed_at IS NULL
WHERE meetings.removed_at IS NULL AND meetings.state = 'held'
  AND meetings.local_date BETWEEN :first AND :last
  AND (courses.id IS NOT NULL OR gatherings.id IS NOT NULL)
GROUP BY meetings.id
ORDER BY meetings.local_date, meetings.starts_minute, meetings.created_at, meetings.rowid
