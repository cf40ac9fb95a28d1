-- The money of subscribers whose operator has no billing system of its own: double entry, in minor units.
-- Numbers of units, kinds and of the operator's purses are those of ledger.hpp.

-- The sums of an account's entries; beyond these bounds a sum could no longer be told from an overflow.
ALTER TABLE accounts ADD COLUMN balance INTEGER NOT NULL DEFAULT 0
    CHECK (balance BETWEEN -99999999999 AND 99999999999);
ALTER TABLE accounts ADD COLUMN points INTEGER NOT NULL DEFAULT 0
    CHECK (points BETWEEN 0 AND 99999999999);

-- The highest id of an account that is gone: none gets it again, for its entries stay.
INSERT INTO meta (name, value) VALUES ('gone', 0);

-- What was done once, by the name of its wish.
CREATE TABLE operations (
    seq  INTEGER PRIMARY KEY,
    name BLOB    NOT NULL UNIQUE,
    mark BLOB    NOT NULL, -- of what it moves, so that another one under its name shows
    at   INTEGER NOT NULL
) STRICT;

-- For what was moved since some time.
CREATE INDEX operations_at ON operations (at);

-- `purse` is an account's id, or below zero one of the operator's. Those of one operation and unit sum to 0.
CREATE TABLE entries (
    purse  INTEGER NOT NULL,
    seq    INTEGER NOT NULL, -- of the operation
    line   INTEGER NOT NULL,
    unit   INTEGER NOT NULL,
    kind   INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount != 0),
    PRIMARY KEY (purse, seq, line)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER operations_stay BEFORE UPDATE ON operations
BEGIN SELECT RAISE(ABORT, 'an operation is never changed'); END;
CREATE TRIGGER operations_remain BEFORE DELETE ON operations
BEGIN SELECT RAISE(ABORT, 'an operation is never taken out'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'an entry is never taken out'); END;

-- Codes bought on a card or in a shop, by keyed mark.
CREATE TABLE vouchers (
    mark       BLOB    PRIMARY KEY,
    amount     INTEGER NOT NULL,
    expires_at INTEGER,
    used_at    INTEGER,
    used_by    INTEGER  -- the account
) STRICT, WITHOUT ROWID;

-- Lent to an account for a term, with the terms it was taken on. At most one is open.
CREATE TABLE promises (
    id          INTEGER PRIMARY KEY,
    account     INTEGER NOT NULL,
    amount      INTEGER NOT NULL,
    fee         INTEGER NOT NULL,
    taken_at    INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    returned_at INTEGER
) STRICT;
CREATE UNIQUE INDEX promises_open ON promises (account) WHERE returned_at IS NULL;
CREATE INDEX promises_due ON promises (due_at) WHERE returned_at IS NULL;
CREATE INDEX promises_of ON promises (account, id);

-- What subscribers are to be told who didn't ask: it waits for the hours when they may be told.
CREATE TABLE notices (
    id      INTEGER PRIMARY KEY,
    msisdn  INTEGER NOT NULL,
    text    TEXT    NOT NULL, -- its name
    at      INTEGER NOT NULL,
    amount  INTEGER,
    balance INTEGER,
    party   INTEGER           -- whom it came from
) STRICT;

-- What an outcome says of money, and of the other side.
ALTER TABLE inbox ADD COLUMN amount INTEGER;
ALTER TABLE inbox ADD COLUMN fee INTEGER;
ALTER TABLE inbox ADD COLUMN balance INTEGER;
ALTER TABLE inbox ADD COLUMN points INTEGER;
ALTER TABLE inbox ADD COLUMN party INTEGER;
ALTER TABLE inbox ADD COLUMN income INTEGER;
ALTER TABLE inbox ADD COLUMN spent INTEGER;
ALTER TABLE outbox ADD COLUMN amount INTEGER;
ALTER TABLE outbox ADD COLUMN fee INTEGER;
ALTER TABLE outbox ADD COLUMN balance INTEGER;
ALTER TABLE outbox ADD COLUMN points INTEGER;
ALTER TABLE outbox ADD COLUMN party INTEGER;
ALTER TABLE outbox ADD COLUMN income INTEGER;
ALTER TABLE outbox ADD COLUMN spent INTEGER;
ALTER TABLE outbox ADD COLUMN movements BLOB; -- of a text that lists them: 17 octets each, big-endian
