CREATE TABLE word (text TEXT NOT NULL) STRICT;
CREATE INDEX word_by_text ON word (text);
