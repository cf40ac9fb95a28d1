-- Why a number is barred: the numbers of bars.hpp. Debt was no bar to an account until now.
ALTER TABLE accounts ADD COLUMN bar INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET status = 2 WHERE status = 1 AND msisdn IN
    (SELECT msisdn FROM subscribers WHERE status = 2 AND reason = 'debt' AND coalesce(ported_out, 0) = 0);
UPDATE accounts SET bar = coalesce((SELECT CASE s.reason WHEN 'debt' THEN 1 WHEN 'own-request' THEN 2
    WHEN 'suspended' THEN 2 WHEN 'inactivity' THEN 3 WHEN 'fraud' THEN 4 WHEN 'lost' THEN 5 WHEN 'ended' THEN 6
    ELSE 0 END FROM subscribers AS s WHERE s.msisdn = accounts.msisdn AND s.status = 2), 0) WHERE status = 2;

-- When its subscriber used an account last: the term after which it is switched off begins then. NULL: when it
-- was made. Of those that there are nobody knows: theirs begins now.
ALTER TABLE accounts ADD COLUMN active_at INTEGER;
UPDATE accounts SET active_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000000 WHERE id != 0;
