-- Every change of every block, with the whole of what it was then. Nothing is ever changed or deleted here.
CREATE TABLE revision (
    block     TEXT    NOT NULL,
    number    INTEGER NOT NULL,          -- from 1, in each block
    deed      TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    purpose   TEXT,
    chars_max INTEGER NOT NULL,
    read_only INTEGER NOT NULL,
    who       TEXT    NOT NULL,          -- as the kernel named them
    at_ms     INTEGER NOT NULL,          -- by the wall clock
    turn      TEXT    NOT NULL,
    why       TEXT,
    PRIMARY KEY (block, number)
) STRICT;

-- The blocks that are there, each at its newest revision, in the order in which they came.
CREATE TABLE block (
    place  INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    number INTEGER NOT NULL,
    FOREIGN KEY (name, number) REFERENCES revision (block, number)
) STRICT;
