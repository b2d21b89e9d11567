-- The totals of whole months that count as visits: those of months without any finer record.
SELECT month, value, basis, source
FROM period_totals
WHERE indicator = 'visits' AND removed_at IS NULL
  AND month BETWEEN substr(:first, 1, 7) AND substr(:last, 1, 7)
  AND NOT EXISTS (
    SELECT 1 FROM visits
    WHERE visits.removed_at IS NULL
      AND visits.local_date BETWEEN period_totals.month || '-01' AND period_totals.month || '-31'
  )
ORDER BY month
