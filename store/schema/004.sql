-- Keys that ever sealed, by their id in the key file: what they sealed can't be opened without them.
CREATE TABLE sealing_keys (
    id   INTEGER PRIMARY KEY,
    mark INTEGER NOT NULL
) STRICT;
