-- How many distinct patrons known by name came in a period, and how their visits were counted.
-- Patrons that were merged are one: each is followed to where its chain ends.
WITH RECURSIVE named AS (
  SELECT patron_id, method
  FROM visits
  WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last AND patron_id IS NOT NULL
),
chain (id, next) AS (
  SELECT id, merged_into FROM patrons WHERE id IN (SELECT patron_id FROM named)
  UNION
  SELECT patrons.id, patrons.merged_into FROM chain JOIN patrons ON patrons.id = chain.next
)
SELECT
  (SELECT count(*) FROM chain WHERE next IS NULL) AS n,
  (SELECT group_concat(method, ' ') FROM (SELECT DISTINCT method FROM named)) AS methods
