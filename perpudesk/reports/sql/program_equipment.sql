-- What the library has on the last day of a period, by what it is and its condition then; public
-- computers are the workstations. Nothing where nobody keeps equipment.
WITH items AS (
  SELECT coalesce(equipment.kind, 'computer') AS kind, workstations.id AS item
  FROM workstations LEFT JOIN equipment
    ON equipment.workstation_id = workstations.id AND equipment.removed_at IS NULL
  WHERE workstations.removed_at IS NULL
  UNION ALL
  SELECT kind, id FROM equipment WHERE removed_at IS NULL AND workstation_id IS NULL
),
states AS (
  SELECT workstation_id AS item, local_date, condition, created_at, rowid AS at
  FROM workstation_states WHERE removed_at IS NULL AND local_date <= :last
  UNION ALL
  SELECT equipment_id, local_date, condition, created_at, rowid
  FROM equipment_states WHERE removed_at IS NULL AND local_date <= :last
),
latest AS (
  SELECT item, condition,
    row_number() OVER (PARTITION BY item ORDER BY local_date DESC, created_at DESC, at DESC) AS nth
  FROM states
)
SELECT items.kind, latest.condition, count(*) AS n
FROM items JOIN latest ON latest.item = items.item AND latest.nth = 1
WHERE latest.condition <> 'retired'
  AND EXISTS (SELECT 1 FROM equipment WHERE removed_at IS NULL)
GROUP BY items.kind, latest.condition
