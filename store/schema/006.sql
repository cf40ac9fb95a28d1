-- What another system is asked to do: written before it is asked for, ended when it is known what came of it.
-- Numbers of effects, channels and verdicts are those of effect.hpp.
CREATE TABLE orders (
    seq          INTEGER PRIMARY KEY,
    name         BLOB    NOT NULL UNIQUE, -- by which the other system knows it
    request      BLOB    NOT NULL,        -- the wish it came of, in the inbox
    msisdn       INTEGER,                 -- none: the person was forgotten meanwhile
    account      INTEGER NOT NULL,
    effect       INTEGER NOT NULL,
    channel      INTEGER NOT NULL,
    amount       INTEGER,
    fee          INTEGER,
    party        INTEGER,
    told         TEXT,                    -- the name of the text that tells the other side
    is_last_try  INTEGER NOT NULL,        -- of a voucher: the last of too many wrong ones, if it is wrong
    outbox       INTEGER,                 -- the row that waits for its end
    when_done    INTEGER NOT NULL,        -- what becomes of that row then: result_sms::birth
    when_refused INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    verdict      INTEGER,                 -- none: it is open
    ended_at     INTEGER
) STRICT;
CREATE INDEX orders_open ON orders (seq) WHERE verdict IS NULL;
CREATE INDEX orders_of ON orders (account, effect, at);
CREATE INDEX orders_number ON orders (msisdn);
CREATE INDEX orders_party ON orders (party) WHERE party IS NOT NULL;

-- What a number without an account is told in.
ALTER TABLE notices ADD COLUMN language TEXT;
