-- How else than by its password an account is entered, and what a change of SIM or owner ends.

ALTER TABLE accounts ADD COLUMN made_at INTEGER;                         -- the password
ALTER TABLE accounts ADD COLUMN asks_code INTEGER NOT NULL DEFAULT 0;    -- a login wants a code from an SMS, too
ALTER TABLE accounts ADD COLUMN is_automatic INTEGER NOT NULL DEFAULT 0; -- its SIM's own mobile data is a login
ALTER TABLE accounts ADD COLUMN pin BLOB;                                -- its mark; NULL: none
ALTER TABLE accounts ADD COLUMN pin_version INTEGER NOT NULL DEFAULT 0;  -- counts PINs
ALTER TABLE accounts ADD COLUMN pin_wrong INTEGER NOT NULL DEFAULT 0;    -- in a row
