-- The minutes for which classes that are over had each workstation, by day.
SELECT reservations.local_date, kept.value AS workstation_id,
  sum(CAST(round((julianday(ends_at) - julianday(starts_at)) * 86400000) AS INTEGER) / 60000) AS minutes
FROM reservations, json_each(workstation_ids) AS kept
WHERE reservations.removed_at IS NULL AND kind = 'class' AND ends_at <= :now
  AND reservations.local_date BETWEEN :first AND :last
GROUP BY reservations.local_date, kept.value
