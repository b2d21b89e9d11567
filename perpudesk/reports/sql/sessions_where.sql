-- The sessions of a period by workstation (the last one, where they moved) and how they ended;
-- minutes as in sessions_when.sql.
WITH chosen AS (
  SELECT device, workstation_id, moves IS NOT NULL AS moved, count,
    CASE WHEN ended_at IS NULL AND precision = 'time' THEN 'open' ELSE coalesce(end_reason, 'unknown')
    END AS "end",
    ended_at IS NULL OR (end_reason = 'forgotten' AND end_estimated = 0) AS unknown,
    CAST(round((julianday(ended_at) - julianday(started_at)) * 86400000) AS INTEGER) - paused_ms AS used
  FROM computer_sessions
  WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
)
SELECT device, workstation_id, moved, "end", unknown, sum(count) AS n,
  sum(CASE WHEN unknown THEN 0 ELSE max(0, used) / 60000 END) AS minutes
FROM chosen
GROUP BY device, workstation_id, moved, "end", unknown
