-- What every store has beside its daemon's own tables.

-- Deeds that carried a key, and what was answered. An answer that is not there: begun, and perhaps done.
CREATE TABLE IF NOT EXISTS done (
    caller  TEXT NOT NULL,
    key     TEXT NOT NULL,
    type    TEXT NOT NULL,
    hash    BLOB NOT NULL,
    answer  BLOB,
    at_ms   INTEGER NOT NULL,            -- by the running clock
    settled INTEGER NOT NULL DEFAULT 0,  -- whoever made the key will not ask with it again
    PRIMARY KEY (caller, key)
) STRICT;
CREATE INDEX IF NOT EXISTS done_by_age ON done (at_ms);
CREATE INDEX IF NOT EXISTS done_settled_by_age ON done (at_ms) WHERE settled;

-- How long the daemon has been running in all its lives.
CREATE TABLE IF NOT EXISTS running (ran_ms INTEGER NOT NULL) STRICT;
INSERT INTO running SELECT 0 WHERE NOT EXISTS (SELECT * FROM running);
