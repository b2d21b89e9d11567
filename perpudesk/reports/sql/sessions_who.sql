-- The sessions of a period by what was recorded of whoever had them; minutes as in sessions_when.sql.
WITH chosen AS (
  SELECT device, sex, age_years, age_band, type, occupation, education, purpose, count,
    ended_at IS NULL OR (end_reason = 'forgotten' AND end_estimated = 0) AS unknown,
    CAST(round((julianday(ended_at) - julianday(started_at)) * 86400000) AS INTEGER) - paused_ms AS used
  FROM computer_sessions
  WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
)
SELECT device, sex, age_years, age_band, type, occupation, education, purpose, sum(count) AS n,
  sum(CASE WHEN unknown THEN 0 ELSE max(0, used) / 60000 END) AS minutes
FROM chosen
GROUP BY device, sex, age_years, age_band, type, occupation, education, purpose
