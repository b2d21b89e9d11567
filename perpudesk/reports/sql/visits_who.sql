-- The visitors of a period by what was recorded of them.
-- A group counts by its parts; what they leave of its count has the record's own profile, and all
-- of it has the record's own occupation, education, type and purpose.
WITH chosen AS (
  SELECT type, sex, age_years, age_band, occupation, education, purpose, count, parts
  FROM visits
  WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
),
people AS (
  SELECT type, sex, age_years, age_band, occupation, education, purpose,
    count - CASE WHEN parts IS NULL THEN 0 ELSE (
      SELECT coalesce(sum(json_extract(part.value, '$.count')), 0) FROM json_each(parts) AS part
    ) END AS count
  FROM chosen
  UNION ALL
  SELECT chosen.type, json_extract(part.value, '$.sex'), NULL, json_extract(part.value, '$.age_band'),
    occupation, education, purpose, json_extract(part.value, '$.count')
  FROM chosen, json_each(chosen.parts) AS part
  WHERE chosen.parts IS NOT NULL
)
SELECT type, sex, age_years, age_band, occupation, education, purpose, sum(count) AS n
FROM people
WHERE count > 0
GROUP BY type, sex, age_years, age_band, occupation, education, purpose
