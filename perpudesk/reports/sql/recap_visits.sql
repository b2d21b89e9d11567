-- Each visit of a period in order of time, those of a day without a time after the others.
SELECT local_date, local_hour, occurred_at, precision, type, sex, age_years, age_band, purpose, method,
  count, parts
FROM visits
WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
ORDER BY local_date, occurred_at IS NULL, occurred_at, seq
