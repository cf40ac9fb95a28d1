-- Since when its subscriber has had the number blocked: lost, or stolen.
ALTER TABLE accounts ADD COLUMN stopped_at INTEGER;
