-- How long somebody who is not seen any more is known by name. A patron who was erased keeps the id,
-- so that no total moves, and nothing else.
ALTER TABLE branches ADD COLUMN retention_months INTEGER NOT NULL DEFAULT 12
  CHECK (retention_months BETWEEN 1 AND 120);
ALTER TABLE patrons ADD COLUMN erased_at TEXT;
