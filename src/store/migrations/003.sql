-- What a provider holds of the drafts of mails. A draft has more than one copy while a newer one takes the place of an
-- older one; a copy without a draft and without an act is to be taken away there.
CREATE TABLE draft_copies (
  id       INTEGER PRIMARY KEY,
  draft    INTEGER REFERENCES drafts ON DELETE SET NULL,
  act      INTEGER,                 -- the mail in the outbox that the draft has become
  account  TEXT NOT NULL,
  name     TEXT,                    -- as a header of it says
  draft_id TEXT,                    -- by which it is sent
  mail     TEXT,                    -- uid of the mail as which it is listed
  stored   TEXT NOT NULL,           -- digest of all that was stored
  words    TEXT NOT NULL,           -- digest of what of that can be told from the mail
  seen     TEXT,                    -- the same of the mail as it was listed last
  state    TEXT NOT NULL CHECK (state IN ('storing','stored','refused')),
  own      INTEGER NOT NULL,        -- written by onebox on this machine
  replaced INTEGER NOT NULL DEFAULT 0,
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_copies_of_draft ON draft_copies (draft) WHERE draft IS NOT NULL;
CREATE INDEX draft_copies_of_account ON draft_copies (account);
CREATE INDEX draft_copies_by_mail ON draft_copies (mail) WHERE mail IS NOT NULL;
