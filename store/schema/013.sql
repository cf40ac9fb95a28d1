-- Who asked to be called back. What was done stays for a day, for a number has so many calls a day and no more.
CREATE TABLE calls (
    id       INTEGER PRIMARY KEY,
    msisdn   INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    due_at   INTEGER NOT NULL,
    channel  INTEGER NOT NULL,
    language TEXT NOT NULL,
    made_at  INTEGER -- NULL: it is awaited
) STRICT;
CREATE INDEX calls_of ON calls (msisdn);
CREATE UNIQUE INDEX calls_awaited ON calls (msisdn) WHERE made_at IS NULL;
CREATE INDEX calls_due ON calls (due_at) WHERE made_at IS NULL;
CREATE INDEX calls_made ON calls (made_at) WHERE made_at IS NOT NULL;
