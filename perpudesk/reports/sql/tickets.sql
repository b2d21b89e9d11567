-- The queue tickets of a period by day and what became of them, and how long those waited who were
-- served: from the moment the ticket was taken to the one the session began.
SELECT local_date,
  CASE WHEN served_at IS NOT NULL THEN 'served' WHEN left_at IS NOT NULL THEN 'left' ELSE 'unknown'
  END AS outcome,
  count(*) AS n, sum(no_shows) AS no_shows,
  sum(CASE WHEN served_at IS NULL THEN 0 ELSE
    max(0, CAST(round((julianday(served_at) - julianday(taken_at)) * 86400000) AS INTEGER)) / 60000
  END) AS minutes
FROM queue_tickets
WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
GROUP BY local_date, outcome
