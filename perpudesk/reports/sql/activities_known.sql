-- Since when the branch has each kind of activity and record: before that it counts none of it.
SELECT
  (SELECT min(meetings.local_date) FROM meetings JOIN courses ON courses.id = meetings.course_id
   WHERE meetings.removed_at IS NULL AND courses.removed_at IS NULL
     AND courses.audience = 'community') AS trainings,
  (SELECT min(meetings.local_date) FROM meetings JOIN courses ON courses.id = meetings.course_id
   WHERE meetings.removed_at IS NULL AND courses.removed_at IS NULL
     AND courses.audience = 'staff') AS staff,
  (SELECT min(meetings.local_date) FROM meetings
   JOIN community_meetings ON community_meetings.meeting_id = meetings.id
   WHERE meetings.removed_at IS NULL AND community_meetings.removed_at IS NULL) AS meetings,
  (SELECT min(local_date) FROM advocacy_actions WHERE removed_at IS NULL) AS actions,
  (SELECT min(from_on) FROM partners WHERE removed_at IS NULL) AS partners,
  (SELECT min(local_date) FROM media_items WHERE removed_at IS NULL) AS media,
  (SELECT min(local_date) FROM stories WHERE removed_at IS NULL) AS stories,
  (SELECT min(due_on) FROM decisions WHERE removed_at IS NULL) AS decisions
