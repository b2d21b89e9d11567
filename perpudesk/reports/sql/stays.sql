-- The minutes that sessions which moved spent at each workstation: whole minutes that add up to
-- those of the session (`minutes_by_workstation` of the tests).
WITH moved AS (
  SELECT id, started_at, ended_at, paused_ms, workstation_id, moves
  FROM computer_sessions
  WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last AND moves IS NOT NULL
    AND ended_at IS NOT NULL AND NOT (end_reason = 'forgotten' AND end_estimated = 0)
),
stays AS (
  SELECT moved.id, started_at, move.key AS place, json_extract(move.value, '$.workstation_id')
      AS workstation_id, json_extract(move.value, '$.until') AS until,
    sum(json_extract(move.value, '$.paused_ms')) OVER (PARTITION BY moved.id ORDER BY move.key)
      AS paused
  FROM moved, json_each(moved.moves) AS move
  UNION ALL
  SELECT id, started_at, json_array_length(moves), workstation_id, ended_at, paused_ms FROM moved
),
marks AS (
  SELECT id, place, workstation_id,
    max(0, CAST(round((julianday(until) - julianday(started_at)) * 86400000) AS INTEGER) - paused)
      / 60000 AS minutes
  FROM stays
)
SELECT workstation_id,
  sum(minutes - coalesce(before, 0)) AS minutes
FROM (
  SELECT workstation_id, minutes, lag(minutes) OVER (PARTITION BY id ORDER BY place) AS before FROM marks
)
GROUP BY workstation_id
