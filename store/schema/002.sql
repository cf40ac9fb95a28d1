-- What the portal's door needs: who guessed how often, and when the SIM itself was last heard.

ALTER TABLE accounts ADD COLUMN asked_at INTEGER;   -- by the SIM, the last time
ALTER TABLE accounts ADD COLUMN noticed_at INTEGER; -- the last SMS that said that the access was closed

ALTER TABLE inbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0; -- of a login: wrong ones in a row before it

-- Wrong passwords. `place` is an account's id; a number without an account has one below zero, made of its
-- token. Of those a million are kept.
CREATE TABLE guesses (
    place    INTEGER PRIMARY KEY,
    in_a_row INTEGER NOT NULL,
    in_all   INTEGER NOT NULL
) STRICT;

-- One-time codes, by mark; places as above. `sent` is what limits count, as accounts.issues.
CREATE TABLE codes (
    place      INTEGER NOT NULL,
    purpose    INTEGER NOT NULL,
    code       BLOB    NOT NULL,
    expires_at INTEGER NOT NULL,
    life       INTEGER NOT NULL,
    tries      INTEGER NOT NULL, -- wrong ones; a code that was used has all of them
    sent       BLOB    NOT NULL,
    told_by    INTEGER NOT NULL, -- the outbox row that carries it
    PRIMARY KEY (place, purpose)
) STRICT, WITHOUT ROWID;

CREATE INDEX codes_of_nobody ON codes (expires_at) WHERE place < 0;

-- Nobody's account. A login for a number without one does here what it does to an account elsewhere, so that
-- no clock tells them apart.
INSERT INTO accounts (id, msisdn, language, created_at) VALUES (0, 0, 'xx', 0);
