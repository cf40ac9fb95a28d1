-- Times are microseconds UTC. Enumerations carry the numbers of effect.hpp, outbox.hpp, rules.hpp.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- key: a mark of the key file that it is sealed with; audit: seals the end of the chain.
INSERT INTO meta (name, value) VALUES ('run', 0), ('feed', 0), ('key', 0), ('audit', 0);

-- An account with its password: the live one, or the trace of the last. One row, for one page of a
-- random account is what an effect costs most.
CREATE TABLE accounts (
    id             INTEGER PRIMARY KEY,
    msisdn         INTEGER NOT NULL UNIQUE,
    status         INTEGER NOT NULL DEFAULT 1,
    language       TEXT    NOT NULL CHECK (length(language) = 2),
    created_at     INTEGER NOT NULL,
    cooldown_until INTEGER,
    blocked_at     INTEGER,
    last_audit     INTEGER,                    -- the head of this account's list in the audit
    kind           INTEGER,                    -- NULL before the first password
    version        INTEGER NOT NULL DEFAULT 0, -- counts passwords
    sealed         BLOB,                       -- the hash, bound to id, kind, version; NULL: annulled
    expires_at     INTEGER,                    -- with life; NULL: static
    life           INTEGER,
    used_at        INTEGER,                    -- a generated one is good for one login
    told_by        INTEGER,                    -- the outbox row that carries it in clear, sealed
    issues         BLOB                        -- what limits count: times of the last day, 8 octets each, big-endian, 0: none
) STRICT;

-- What the operator's feed says of its numbers; an account begins with it. Empty: it says nothing.
CREATE TABLE subscribers (
    msisdn           INTEGER PRIMARY KEY,
    status           INTEGER,
    reason           TEXT    NOT NULL,
    type             TEXT    NOT NULL,
    region           TEXT    NOT NULL,
    language         TEXT    CHECK (length(language) = 2),
    zone             TEXT    NOT NULL,
    sim_changed_at   INTEGER,
    owner_changed_at INTEGER,
    ported_out       INTEGER,
    level            INTEGER,
    email            TEXT    NOT NULL,
    code_word        BLOB,             -- the hash, sealed and bound to msisdn
    cooldown_until   INTEGER,
    added_at         INTEGER NOT NULL, -- when the feed first had it, or first for this owner
    seen             INTEGER NOT NULL  -- the last full feed it came with, or that was under way
) STRICT;

-- Wishes that were heard, with what came of them. Pruned after 24 hours in the order of seq.
CREATE TABLE inbox (
    seq      INTEGER PRIMARY KEY,
    request  BLOB    NOT NULL UNIQUE,
    at       INTEGER NOT NULL,
    mark     BLOB    NOT NULL,    -- of who wished what, without any secret
    verdict  INTEGER NOT NULL,
    language TEXT    NOT NULL,
    until    INTEGER,
    version  INTEGER,             -- of the secret it made
    outbox   INTEGER
) STRICT;

-- id is run << 32 plus a count, so that ids never come twice and their order is that of birth.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    state      INTEGER NOT NULL,
    msisdn     INTEGER NOT NULL,
    from_ton   INTEGER NOT NULL,
    from_npi   INTEGER NOT NULL,
    from_text  TEXT    NOT NULL,
    to_ton     INTEGER NOT NULL,
    to_npi     INTEGER NOT NULL,
    to_text    TEXT    NOT NULL,
    link_group TEXT    NOT NULL,
    action     TEXT    NOT NULL,
    verdict    INTEGER NOT NULL,
    is_repeat  INTEGER NOT NULL,
    language   TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    until      INTEGER,
    expires_at INTEGER NOT NULL,
    life       INTEGER NOT NULL,
    sealed     BLOB,
    CHECK (state < 10 OR sealed IS NULL)
) STRICT;

-- Only rows that nobody sends: a few released ones, and at start what an earlier run left.
CREATE INDEX outbox_pending ON outbox (id) WHERE state = 1;

-- Each row's link is keyed over the link before and the row; the number is a keyed token. An account's
-- rows are a list from accounts.last_audit over previous.
CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    token    INTEGER NOT NULL,
    channel  INTEGER NOT NULL,
    action   INTEGER NOT NULL,
    verdict  INTEGER NOT NULL,
    previous INTEGER,
    link     BLOB    NOT NULL
) STRICT;

-- Filled and emptied to see whether the disk has space again.
CREATE TABLE room (
    filler BLOB NOT NULL
) STRICT;
