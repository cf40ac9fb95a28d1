-- What the operator's network is still to be told of a number: the latest only. `version` goes up for ever, so that
-- the network can tell what is newer, whatever arrives last.
CREATE TABLE network_news (
    version    INTEGER PRIMARY KEY AUTOINCREMENT,
    msisdn     INTEGER NOT NULL UNIQUE,
    is_blocked INTEGER NOT NULL,
    since_at   INTEGER NOT NULL,
    again_at   INTEGER -- it was refused, and isn't told before then
) STRICT;
