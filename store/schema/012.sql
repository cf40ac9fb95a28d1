-- What a text lists of an account's operations: when, what and by which way, 10 octets each, big-endian.
ALTER TABLE outbox ADD COLUMN operations BLOB;

-- Where what is open in `orders` was asked for. One row.
CREATE TABLE billing_system (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at  TEXT NOT NULL -- host and port; empty: nowhere
) STRICT;
