-- What accounts have of what the pack sells: services, a tariff, packages. Numbers of kinds are those of wares.hpp.

-- With the terms it was taken on; what the pack says later changes none of them. Rows stay, for operations are
-- named by them.
CREATE TABLE holdings (
    id             INTEGER PRIMARY KEY,
    account        INTEGER NOT NULL,
    kind           INTEGER NOT NULL,
    name           TEXT    NOT NULL, -- in the pack
    fee            INTEGER NOT NULL, -- of each period
    period         INTEGER NOT NULL, -- 0: it costs nothing further
    kept           INTEGER NOT NULL, -- unpaid, before it ends; 0: for good
    renews         INTEGER NOT NULL, -- another period begins when one is over
    minutes        INTEGER NOT NULL, -- what a package holds when a period begins
    sms            INTEGER NOT NULL,
    megabytes      INTEGER NOT NULL,
    left_minutes   INTEGER NOT NULL,
    left_sms       INTEGER NOT NULL,
    left_megabytes INTEGER NOT NULL,
    since_at       INTEGER NOT NULL,
    periods        INTEGER NOT NULL, -- begun and paid
    due_at         INTEGER,          -- when something is to be done about it; NULL: never
    paused_at      INTEGER,          -- its fee could not be paid
    ended_at       INTEGER
) STRICT;

CREATE UNIQUE INDEX holdings_open ON holdings (account, kind, name) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX holdings_tariff ON holdings (account) WHERE kind = 2 AND ended_at IS NULL;
CREATE INDEX holdings_due ON holdings (due_at) WHERE ended_at IS NULL AND due_at IS NOT NULL;

-- What a text is about, by the names of the texts that call it so, and until when.
ALTER TABLE notices ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE notices ADD COLUMN until INTEGER;
ALTER TABLE inbox ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox ADD COLUMN other TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox ADD COLUMN period INTEGER;
ALTER TABLE outbox ADD COLUMN about TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN other TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN period INTEGER;
ALTER TABLE outbox ADD COLUMN holdings TEXT NOT NULL DEFAULT ''; -- of a text that lists them, a line each
