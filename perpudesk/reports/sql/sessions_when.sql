-- The sessions of a period by day, hour (where `hours` are asked for) and how they and their minutes
-- were counted. Minutes are those of `Session.minutes`: whole milliseconds, pauses taken out, never
-- below 0, rounded down session by session.
WITH chosen AS (
  SELECT local_date, CASE WHEN :hours THEN local_hour END AS local_hour, precision, device, method,
    CASE
      WHEN ended_at IS NULL OR (end_reason = 'forgotten' AND end_estimated = 0) THEN 'unknown'
      WHEN end_estimated = 1 OR method = 'estimated' THEN 'estimated'
      ELSE 'counted'
    END AS duration,
    CAST(round((julianday(ended_at) - julianday(started_at)) * 86400000) AS INTEGER) - paused_ms AS used,
    count
  FROM computer_sessions
  WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
)
SELECT local_date, local_hour, precision, device, method, duration, sum(count) AS n,
  sum(CASE WHEN duration = 'unknown' THEN 0 ELSE max(0, used) / 60000 END) AS minutes
FROM chosen
GROUP BY local_date, local_hour, precision, device, method, duration
