-- How many visits of a period are linked to an activity, each once; null where none is.
SELECT sum(count) AS n FROM visits
WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last AND id IN (
  SELECT visit_id FROM marks WHERE visit_id IS NOT NULL AND removed_at IS NULL
  UNION SELECT visit_id FROM meetings WHERE visit_id IS NOT NULL AND removed_at IS NULL
)
