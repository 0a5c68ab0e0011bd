-- What a little use of version 1 leaves behind; for the tests of the scripts that follow it. Version 2 takes it, too.
INSERT INTO accounts (id, uid, provider, name, status, status_since, has_chats, has_mail, stamp)
  VALUES (1, 'acc', 'WHATSAPP', 'Ada', 'OK', 0, 1, 0, 1);
INSERT INTO people (id, key, name) VALUES (1, 'phone:33600000000', 'Noor');
INSERT INTO handles (id, account, provider_id, person, name, stamp) VALUES (1, 1, '33600000000@s.whatsapp.net', 1, 'Noor', 1);
INSERT INTO conversations (id, account, uid, is_mail, kind, title, stamp) VALUES (1, 1, 'chat', 0, '0', 'Noor', 1);
INSERT INTO members VALUES (1, 1);
INSERT INTO messages (id, uid, conversation, sender, text, stamp) VALUES (55705600000000, 'message', 1, 1, 'hello', 1);
INSERT INTO reactions VALUES (55705600000000, '33600000000@s.whatsapp.net', '👍', 0);
INSERT INTO attachments (message, position, uid, kind, name) VALUES
  (55705600000000, 0, 'file0', 'file', 'Report.pdf'), (55705600000000, 1, 'file1', 'file', 'Plan.pdf');
INSERT INTO words (rowid, text, subject, files) VALUES (55705600000000, 'hello', '', 'report pdf plan pdf');
INSERT INTO drafts (id, conversation, account, body, created_at, updated_at) VALUES (1, 'chat', 'acc', '{"text":"draft"}', 0, 0);
INSERT INTO outbox (account, conversation, lane, act, state, due_at, created_at, updated_at, turn)
  VALUES ('acc', 'chat', 'acc/chat', '{}', 'queued', 0, 0, 0, 0);
