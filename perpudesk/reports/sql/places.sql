-- Every workstation with what it was, oldest first.
SELECT workstations.id, label, number, states.local_date, states.condition, states.is_public
FROM workstations
JOIN workstation_states AS states ON states.workstation_id = workstations.id
WHERE workstations.removed_at IS NULL AND states.removed_at IS NULL
ORDER BY workstations.id, states.local_date, states.seq, states.rowid
