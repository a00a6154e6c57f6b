-- A deleted collection is out of sight at once; its pictures are taken out some at a time, and then its row goes. It gives
-- up its name: one that no person can type stands in its place.
ALTER TABLE collections ADD COLUMN deleted_at INTEGER;
