-- The visitors of a period by day, type, sex and how they were counted.
-- A group counts by its parts; what they leave of its count has the record's own sex.
WITH chosen AS (
  SELECT CASE precision WHEN 'month' THEN NULL ELSE local_date END AS day, type, sex, method,
    count, parts
  FROM visits
  WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
),
people AS (
  SELECT day, type, sex, method,
    count - CASE WHEN parts IS NULL THEN 0 ELSE (
      SELECT coalesce(sum(json_extract(part.value, '$.count')), 0) FROM json_each(parts) AS part
    ) END AS count
  FROM chosen
  UNION ALL
  SELECT day, chosen.type, json_extract(part.value, '$.sex'), method,
    json_extract(part.value, '$.count')
  FROM chosen, json_each(chosen.parts) AS part
  WHERE chosen.parts IS NOT NULL
)
SELECT day, type, sex, method, sum(count) AS n
FROM people
WHERE count > 0
GROUP BY day, type, sex, method
