-- Everything onebox knows. Times are milliseconds since 1970, UTC. `uid` is the server's own id. `stamp` numbers the
-- request that brought a row, so that an older answer never overwrites a newer one.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  id           INTEGER PRIMARY KEY,
  uid          TEXT NOT NULL UNIQUE,
  provider     TEXT NOT NULL,
  name         TEXT NOT NULL,
  identity     TEXT,               -- own mail address, phone number or user name
  own_id       TEXT,               -- the owner's own id at the network
  status       TEXT NOT NULL,
  status_since INTEGER NOT NULL,
  created_at   INTEGER,
  has_chats    INTEGER NOT NULL,
  has_mail     INTEGER NOT NULL,
  signatures   TEXT NOT NULL DEFAULT '[]',
  paused       INTEGER NOT NULL DEFAULT 0,
  synced_at    INTEGER,
  position     INTEGER NOT NULL DEFAULT 0,
  gone         INTEGER NOT NULL DEFAULT 0,
  stamp        INTEGER NOT NULL
) STRICT;

-- A person, reached by one or more handles. The key says what makes two handles the same person.
CREATE TABLE people (
  id   INTEGER PRIMARY KEY,
  key  TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE handles (
  id          INTEGER PRIMARY KEY,
  account     INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  provider_id TEXT NOT NULL,
  uid         TEXT,
  person      INTEGER NOT NULL REFERENCES people,
  name        TEXT NOT NULL,
  is_self     INTEGER NOT NULL DEFAULT 0,
  public_id   TEXT,
  profile_url TEXT,
  picture_url TEXT,
  headline    TEXT,
  stamp       INTEGER NOT NULL,
  UNIQUE (account, provider_id)
) STRICT;
CREATE INDEX handles_by_person ON handles (person);
CREATE INDEX handles_by_uid ON handles (uid) WHERE uid IS NOT NULL;

-- A chat or a thread of mails.
CREATE TABLE conversations (
  id           INTEGER PRIMARY KEY,
  account      INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  uid          TEXT NOT NULL,
  is_mail      INTEGER NOT NULL,
  kind         TEXT NOT NULL,
  provider_id  TEXT,
  other        TEXT,               -- provider id of the other person of a one-to-one chat
  name         TEXT,
  subject      TEXT,
  content      TEXT,
  server_at    INTEGER,            -- last activity as the server tells it
  read_only    INTEGER NOT NULL DEFAULT 0,
  disabled     TEXT NOT NULL DEFAULT '[]',
  archived     INTEGER NOT NULL DEFAULT 0,  -- 0 in the inbox, 1 archived, 2 only in trash, spam or drafts
  pinned       INTEGER NOT NULL DEFAULT 0,
  muted_until  INTEGER,            -- -1 for ever
  unread       INTEGER NOT NULL DEFAULT 0,
  -- Maintained by every write that touches the conversation, so that listing is an index walk:
  title        TEXT NOT NULL DEFAULT '',
  snippet      TEXT NOT NULL DEFAULT '',
  snippet_by   INTEGER REFERENCES handles ON DELETE SET NULL,
  last_message INTEGER,
  last_own     INTEGER NOT NULL DEFAULT 0,
  sort         INTEGER NOT NULL DEFAULT 0,
  has_files    INTEGER NOT NULL DEFAULT 0,
  needs_reply  INTEGER NOT NULL DEFAULT 0,
  starred      INTEGER NOT NULL DEFAULT 0,
  has_draft    INTEGER NOT NULL DEFAULT 0,
  gone         INTEGER NOT NULL DEFAULT 0,
  stamp        INTEGER NOT NULL,
  UNIQUE (uid, account)
) STRICT;
CREATE INDEX conversations_shown ON conversations (archived, pinned, sort, id) WHERE gone = 0;
CREATE INDEX conversations_of_account ON conversations (account, archived, pinned, sort, id) WHERE gone = 0;
CREATE INDEX conversations_unread ON conversations (archived, pinned, sort, id) WHERE unread > 0 AND gone = 0;
CREATE INDEX conversations_waiting ON conversations (archived, pinned, sort, id) WHERE needs_reply = 1 AND gone = 0;
CREATE INDEX conversations_starred ON conversations (archived, pinned, sort, id) WHERE starred = 1 AND gone = 0;
CREATE INDEX conversations_by_other ON conversations (account, other) WHERE other IS NOT NULL;
CREATE INDEX conversations_drafted ON conversations (archived, pinned, sort, id) WHERE has_draft = 1 AND gone = 0;

CREATE TABLE members (
  conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  handle       INTEGER NOT NULL REFERENCES handles ON DELETE CASCADE,
  PRIMARY KEY (conversation, handle)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_handle ON members (handle);

-- Whose list of members was fetched, and since which request it is wanted anew.
CREATE TABLE member_lists (
  conversation INTEGER PRIMARY KEY REFERENCES conversations ON DELETE CASCADE,
  stamp        INTEGER NOT NULL,
  wanted       INTEGER NOT NULL
) STRICT;

-- What the user chose for one conversation and no server knows.
CREATE TABLE settings (
  conversation  INTEGER PRIMARY KEY REFERENCES conversations ON DELETE CASCADE,
  starred       INTEGER NOT NULL DEFAULT 0,
  snoozed_until INTEGER,
  nickname      TEXT,
  read_marks    TEXT,
  last_seen     INTEGER             -- newest message the user has had on screen
) STRICT;

-- A message of a chat or a mail. The id is the time in ms times 2^15 plus a tie-break, so ids are in order of time.
CREATE TABLE messages (
  id           INTEGER PRIMARY KEY,
  uid          TEXT NOT NULL UNIQUE,
  conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  sender       INTEGER REFERENCES handles ON DELETE SET NULL,
  sender_id    TEXT,
  is_mail      INTEGER NOT NULL DEFAULT 0,
  own          INTEGER NOT NULL DEFAULT 0,
  unread       INTEGER NOT NULL DEFAULT 0,  -- mails only; chats count on the server
  starred      INTEGER NOT NULL DEFAULT 0,  -- the user's own mark
  hidden       INTEGER NOT NULL DEFAULT 0,
  deleted      INTEGER NOT NULL DEFAULT 0,
  edited       INTEGER NOT NULL DEFAULT 0,
  forwarded    INTEGER NOT NULL DEFAULT 0,
  silent       INTEGER NOT NULL DEFAULT 0,
  delivered    INTEGER,
  seen         INTEGER,
  event        TEXT,
  has_files    INTEGER NOT NULL DEFAULT 0,
  has_link     INTEGER NOT NULL DEFAULT 0,
  digest       INTEGER NOT NULL DEFAULT 0,  -- of the answer it came in: the same answer again changes nothing
  stamp        INTEGER NOT NULL,
  -- What may be long comes last, so that nothing else lies behind it.
  subject      TEXT,
  quote_uid    TEXT,
  quote_by     TEXT,
  quote_text   TEXT,
  text         TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX messages_of_conversation ON messages (conversation, id);
CREATE INDEX messages_of_sender ON messages (sender, id) WHERE sender IS NOT NULL;
CREATE INDEX messages_unread ON messages (conversation, id) WHERE unread = 1;
CREATE INDEX messages_starred ON messages (conversation, id) WHERE starred = 1;
CREATE INDEX messages_with_files ON messages (has_files) WHERE has_files = 1;
CREATE INDEX messages_with_links ON messages (has_link) WHERE has_link = 1;

CREATE TABLE mails (
  message     INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE ON UPDATE CASCADE,
  message_id  TEXT,
  in_reply_to TEXT,
  thread_id   TEXT,
  provider_id TEXT,
  tracking_id TEXT,
  role        TEXT NOT NULL,
  folders     TEXT NOT NULL DEFAULT '[]',   -- names, as JSON
  read_date   INTEGER,
  sender      TEXT,                         -- addresses as JSON
  recipients  TEXT NOT NULL DEFAULT '{}',
  html        TEXT,
  extent      TEXT NOT NULL,
  is_complete INTEGER,
  origin      TEXT,
  headers     TEXT,
  body_stamp  INTEGER NOT NULL              -- of the answer that brought text, files and headers
) STRICT;
CREATE INDEX mails_by_message_id ON mails (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX mails_by_tracking_id ON mails (tracking_id) WHERE tracking_id IS NOT NULL;

-- What makes two mails parts of one thread.
CREATE TABLE thread_keys (
  account      INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  key          TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_keys_by_conversation ON thread_keys (conversation);

CREATE TABLE folders (
  id          INTEGER PRIMARY KEY,
  account     INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  uid         TEXT NOT NULL,
  name        TEXT NOT NULL,
  role        TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  mails       INTEGER,
  gone        INTEGER NOT NULL DEFAULT 0,
  stamp       INTEGER NOT NULL,
  UNIQUE (account, uid)
) STRICT;

-- Which mail lies in which folder: by the folder's uid, or by `=` and its name where the server gives only names.
CREATE TABLE mail_folders (
  account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  folder  TEXT NOT NULL,
  message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (account, folder, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_folders_by_message ON mail_folders (message);

CREATE TABLE attachments (
  message     INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE ON UPDATE CASCADE,
  position    INTEGER NOT NULL,
  uid         TEXT NOT NULL,
  kind        TEXT NOT NULL,
  name        TEXT,
  mime        TEXT,
  size        INTEGER,
  width       INTEGER,
  height      INTEGER,
  duration    REAL,
  variant     INTEGER NOT NULL DEFAULT 0,   -- sticker, gif or voice note
  unavailable INTEGER NOT NULL DEFAULT 0,
  cid         TEXT,
  url         TEXT,
  extra       TEXT,
  PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE reactions (
  message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE ON UPDATE CASCADE,
  sender  TEXT NOT NULL,
  value   TEXT NOT NULL,
  own     INTEGER NOT NULL,
  PRIMARY KEY (message, sender, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE read_marks (
  message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE ON UPDATE CASCADE,
  reader  TEXT NOT NULL,
  at      INTEGER,
  PRIMARY KEY (message, reader)
) STRICT, WITHOUT ROWID;

CREATE TABLE pictures (
  owner      TEXT PRIMARY KEY,      -- such as `handle:12` or `conversation:7`
  url        TEXT,
  mime       TEXT,
  bytes      BLOB,                  -- absent where there is none
  fetched_at INTEGER NOT NULL
) STRICT;

-- What the server no longer has.
CREATE TABLE tombstones (
  uid   TEXT PRIMARY KEY,
  stamp INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which stretches of time have been fetched, both ends included; what lies between is a gap.
CREATE TABLE ranges (
  scope TEXT NOT NULL,              -- such as `chat:7`, `messages:2`, `mails:3`
  lo    INTEGER NOT NULL,
  hi    INTEGER NOT NULL,
  PRIMARY KEY (scope, lo)
) STRICT, WITHOUT ROWID;

-- How far each list has been read.
CREATE TABLE cursors (
  account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
  list    TEXT NOT NULL,
  cursor  TEXT,
  mark    INTEGER,
  pages   INTEGER NOT NULL DEFAULT 0,
  items   INTEGER NOT NULL DEFAULT 0,
  done_at INTEGER,
  PRIMARY KEY (account, list)
) STRICT, WITHOUT ROWID;

-- What went wrong, counted; `onebox doctor` tells it.
CREATE TABLE troubles (
  account INTEGER NOT NULL DEFAULT 0,
  kind    TEXT NOT NULL,
  count   INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  detail  TEXT NOT NULL,
  PRIMARY KEY (account, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  id           INTEGER PRIMARY KEY,
  conversation TEXT,                -- uid; absent for a new message
  account      TEXT,
  body         TEXT NOT NULL,       -- as JSON
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  UNIQUE (conversation, account)
) STRICT;

-- Acts of the user that the server is to be told. Kept by uid and JSON, so that it means something without the rest.
CREATE TABLE outbox (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  account      TEXT NOT NULL,
  conversation TEXT,
  lane         TEXT NOT NULL,       -- acts of one lane go out in order
  act          TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('scheduled','queued','sending','sent','failed','unknown','canceled')),
  due_at       INTEGER NOT NULL,    -- when it goes out, or is looked for again
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  attempted_at INTEGER,
  tries        INTEGER NOT NULL DEFAULT 0,
  error        TEXT,
  result       TEXT,                -- uid of what came of it
  turn         INTEGER NOT NULL,    -- its place in the lane: when it was due first
  looks        INTEGER NOT NULL DEFAULT 0,
  server_at    INTEGER,             -- when it was tried by the server's clock, where that is known
  twins        TEXT NOT NULL DEFAULT '[]'   -- uids of messages that looked the same before it was tried
) STRICT;
CREATE INDEX outbox_open ON outbox (lane, turn, id) WHERE state NOT IN ('sent','canceled','failed');
CREATE INDEX outbox_unseen ON outbox (account, id) WHERE state = 'unknown' OR state = 'sent' AND result IS NULL;
CREATE INDEX outbox_by_result ON outbox (result) WHERE result IS NOT NULL;
CREATE INDEX outbox_of_conversation ON outbox (conversation, id) WHERE state <> 'canceled';

-- What the server last said about a field that an act has changed ahead of it.
CREATE TABLE shadows (
  act    INTEGER NOT NULL REFERENCES outbox ON DELETE CASCADE,
  entity TEXT NOT NULL,             -- table of the row
  row    TEXT NOT NULL,             -- its uid
  field  TEXT NOT NULL,
  before ANY,
  after  ANY,
  PRIMARY KEY (entity, row, field, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX shadows_by_act ON shadows (act);

CREATE TABLE undo (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,
  label   TEXT NOT NULL,
  acts    TEXT NOT NULL,            -- outbox ids as JSON
  inverse TEXT NOT NULL,            -- acts as JSON
  used    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Words of messages and mails; the row id is the message's, so that walking back in it is walking back in time.
CREATE VIRTUAL TABLE words USING fts5 (
  text, subject, files,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3'
);

-- All words there are, in order; each as often as it is there.
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, instance);

-- Words of the names of people (row id 2n) and of conversations (2n + 1).
CREATE VIRTUAL TABLE names USING fts5 (
  name,
  content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2 3'
);
