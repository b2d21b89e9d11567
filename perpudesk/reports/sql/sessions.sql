-- The sessions of a period by all that is told of them, and their minutes as `Session.minutes` has
-- them: whole milliseconds, pauses taken out, never below 0, rounded down session by session.
WITH chosen AS (
  SELECT local_date, local_hour, precision, device, workstation_id, moves IS NOT NULL AS moved, method,
    CASE WHEN ended_at IS NULL AND precision = 'time' THEN 'open' ELSE coalesce(end_reason, 'unknown')
    END AS "end",
    CASE
      WHEN ended_at IS NULL OR (end_reason = 'forgotten' AND end_estimated = 0) THEN 'unknown'
      WHEN end_estimated = 1 OR method = 'estimated' THEN 'estimated'
      ELSE 'counted'
    END AS duration,
    CAST(round((julianday(ended_at) - julianday(started_at)) * 86400000) AS INTEGER) - paused_ms AS used,
    sex, age_years, age_band, type, occupation, education, purpose, count
  FROM computer_sessions
  WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
)
SELECT local_date, local_hour, precision, device, workstation_id, moved, method, "end", duration,
  sex, age_years, age_band, type, occupation, education, purpose, sum(count) AS n,
  sum(CASE WHEN duration = 'unknown' THEN 0 ELSE max(0, used) / 60000 END) AS minutes
FROM chosen
GROUP BY local_date, local_hour, precision, device, workstation_id, moved, method, "end", duration,
  sex, age_years, age_band, type, occupation, education, purpose
