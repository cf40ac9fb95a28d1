-- What an order to another system is about, by the name of the text that calls it so, and the period that its terms said.
ALTER TABLE orders ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN period INTEGER;
