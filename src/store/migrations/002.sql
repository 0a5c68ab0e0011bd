-- Whether anybody may have reacted to a message or said to have read it. Most have neither, so a window of messages need
-- not look for each. Never taken back.
ALTER TABLE messages ADD COLUMN has_marks INTEGER NOT NULL DEFAULT 0;
UPDATE messages SET has_marks = 1 WHERE id IN (SELECT message FROM reactions UNION SELECT message FROM read_marks);
CREATE TRIGGER reaction_marks AFTER INSERT ON reactions BEGIN
  UPDATE messages SET has_marks = 1 WHERE id = new.message AND has_marks = 0; END;
CREATE TRIGGER reader_marks AFTER INSERT ON read_marks BEGIN
  UPDATE messages SET has_marks = 1 WHERE id = new.message AND has_marks = 0; END;

-- Beginnings of four letters are looked up at once, too: FTS5 put all entries of all words that begin so together first.
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (
  text, subject, files,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3 4'
);
INSERT INTO words (rowid, text, subject, files)
  SELECT * FROM (
    SELECT id, index_text(text) AS text, index_text(ifnull(subject, '')) AS subject,
           index_text(ifnull((SELECT group_concat(name, ' ' ORDER BY position) FROM attachments WHERE message = id), ''))
             AS files
    FROM messages WHERE hidden = 0 AND deleted = 0)
  WHERE text <> '' OR subject <> '' OR files <> '' ORDER BY id;
