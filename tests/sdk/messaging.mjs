// Chats, messages, attendees and their files.
import {
  client, fact, file, must, pages, part, raw, refused, same, sdk, until,
} from './harness.mjs';

// The smallest PNG there is.
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export async function messaging(world) {
  const chats = await reading(world);
  const messages = await part_of('messages', () => all(world, chats));
  await part('messaging: files', () => files(messages));
  await part('messaging: people', () => people(world, chats));
  await part('messaging: sending', () => sending(world, chats));
  await part('messaging: starting', () => starting(world));
  await part('messaging: without methods', () => beyond(world, chats));
}

async function part_of(name, action) {
  let found;
  await part(`messaging: ${name}`, async () => { found = await action(); });
  return found;
}

const sorted = (items) => items.every((item, at) => at === 0 || items[at - 1].timestamp >= item.timestamp);

async function reading(world) {
  const chats = await pages('messaging.getAllChats', { limit: 37 }, (items) => must(items.length > 150, 'too few chats'));
  const linkedin = { account_id: world.LINKEDIN.id };
  await pages('messaging.getAllChats', { ...linkedin, limit: 50 }, (items) => must(items.every((chat) => chat.account_id === world.LINKEDIN.id), 'another account'));
  for (const account_type of ['WHATSAPP', 'LINKEDIN', 'SLACK', 'TWITTER', 'MESSENGER', 'INSTAGRAM', 'TELEGRAM']) {
    await pages('messaging.getAllChats', { account_type, limit: 250 }, (items) => {
      must(items.length > 0 && items.every((chat) => chat.account_type === account_type), 'another network');
      return account_type;
    });
  }
  await pages('messaging.getAllChats', { unread: true, limit: 100 }, (items) => must(items.length > 0 && items.every((chat) => chat.unread_count > 0), 'read'));
  await pages('messaging.getAllChats', { unread: false, limit: 100 }, (items) => must(items.every((chat) => chat.unread_count === 0), 'unread'));
  for (const chat of chats) await client.messaging.getChat(chat.id);
  await sdk('messaging.getChat', [chats[0].id], (chat) => {
    same(chat.id, chats[0].id, 'id');
    return `all ${chats.length} of them`;
  });
  const chat = chats.find((one) => one.account_type === 'LINKEDIN');
  const by = { extra_params: { account_id: chat.account_id } };
  await sdk('messaging.getChat', [encodeURIComponent(chat.provider_id), by], (one) => same(one.id, chat.id, 'id'));
  await refused('messaging.getChat', ['nobody'], 'resource_not_found');
  return chats;
}

async function all(world, chats) {
  const messages = await pages('messaging.getAllMessages', { limit: 250 }, (items) => {
    must(sorted(items), 'not sorted');
    const kinds = new Set(items.flatMap((item) => item.attachments.map((one) => one.type)));
    must(['img', 'video', 'audio', 'file', 'linkedin_post'].every((kind) => kinds.has(kind)), `only ${[...kinds]}`);
    return [...kinds].join(' ');
  });
  const [after, before] = [messages[300].timestamp, messages[50].timestamp];
  await pages('messaging.getAllMessages', { after, before, limit: 40 }, (items) => {
    must(items.length > 100 && items.every((item) => item.timestamp > after && item.timestamp < before), 'outside');
  });
  await refused('messaging.getAllMessages', [{ limit: 251 }], 'invalid_parameters');
  await refused('messaging.getAllMessages', [{ after: '2026-11-20' }], 'invalid_parameters');
  await pages('messaging.getAllMessages', { account_id: world.SLACK.id, limit: 250 }, (items) => {
    must(items.some((item) => item.parent) && items.some((item) => item.replies > 0), 'no threads');
  });
  const { sender_id } = messages.find((item) => !item.is_sender);
  await pages('messaging.getAllMessages', { sender_id, limit: 20 }, (items) => must(items.every((item) => item.sender_id === sender_id), 'another sender'));

  const busy = chats.find((chat) => chat.type === 1);
  const inside = await pages('messaging.getAllMessagesFromChat', { chat_id: busy.id, limit: 30 }, (items) => {
    must(items.length > 0 && sorted(items) && items.every((item) => item.chat_id === busy.id), 'another chat');
  });
  await pages('messaging.getAllMessagesFromChat', { chat_id: busy.id, sender_id: inside[0].sender_id }, (items) => must(items.every((item) => item.sender_id === inside[0].sender_id), 'another sender'));
  await pages('messaging.getAllMessagesFromChat', { chat_id: busy.id, before: inside[0].timestamp, after: inside.at(-1).timestamp }, (items) => must(items.length < inside.length, 'not less'));
  await sdk('messaging.getMessage', [inside[0].id], (message) => same(message, inside[0], 'message'));
  const quoting = messages.find((item) => item.quoted);
  await sdk('messaging.getMessage', [quoting.id], (message) => must(typeof message.quoted.sender_id === 'string', 'no quote'));
  return messages;
}

async function files(messages) {
  for (const [label, fits] of [
    ['img', (one) => one.type === 'img' && !one.sticker],
    ['sticker', (one) => one.type === 'img' && one.sticker],
    ['video', (one) => one.type === 'video' && !one.gif],
    ['gif', (one) => one.type === 'video' && one.gif],
    ['audio', (one) => one.type === 'audio'],
    ['file', (one) => one.type === 'file'],
  ]) {
    const found = messages.find((item) => item.attachments.some((one) => fits(one) && !one.unavailable));
    const attachment = found?.attachments.find((one) => fits(one) && !one.unavailable);
    must(attachment, `no ${label}`);
    await sdk('messaging.getMessageAttachment', [{ message_id: found.id, attachment_id: attachment.id }], async (blob) => `${label}, ${await file(blob, { size: attachment.file_size, type: attachment.mimetype })}`);
  }
  const message_id = messages.find((item) => item.attachments.length === 0).id;
  await refused('messaging.getMessageAttachment', [{ message_id, attachment_id: 'nothing' }], 'resource_not_found');
}

async function people(world, chats) {
  const everybody = await pages('messaging.getAllAttendees', { limit: 90 });
  await pages('messaging.getAllAttendees', { account_id: world.TELEGRAM.id }, (items) => must(items.every((one) => one.account_id === world.TELEGRAM.id), 'another account'));
  const chat = chats.find((one) => one.account_type === 'LINKEDIN' && one.type === 0);
  const inside = await sdk('messaging.getAllAttendeesFromChat', [chat.id], ({ items }) => {
    must(items.some((one) => one.provider_id === chat.attendee_provider_id && !one.is_self), 'the other one is missing');
  });
  for (const one of chats) await client.messaging.getAllAttendeesFromChat(one.id);
  const other = inside.items.find((one) => !one.is_self);
  await sdk('messaging.getAttendee', [other.id], (one) => {
    same([one.id, one.provider_id], [other.id, other.provider_id], 'attendee');
    return `${one.name}, one of ${everybody.length}`;
  });
  await pages('messaging.getAllChatsFromAttendee', { attendee_id: other.id, limit: 1 }, (items) => must(items.some((one) => one.id === chat.id), 'the chat is missing'));
  await pages('messaging.getAllChatsFromAttendee', { attendee_id: other.provider_id, account_id: chat.account_id }, (items) => must(items.some((one) => one.id === chat.id), 'the chat is missing'));
  await pages('messaging.getAllMessagesFromAttendee', { attendee_id: other.id, limit: 5 }, (items) => must(items.some((one) => one.chat_id === chat.id), 'no message of the chat'));
  await refused('messaging.getAttendee', ['nobody'], 'resource_not_found');
}

async function sending(world, chats) {
  const chat = chats.find((one) => one.account_type === 'TELEGRAM' && !one.read_only);
  const attachments = [['note.txt', Buffer.from('A note.\n')], ['dot.png', PICTURE]];
  const sent = await sdk('messaging.sendMessage', [{ chat_id: chat.id, text: 'Sent with the SDK', attachments }], (answer) => must(answer.message_id, 'no id'));
  const message = await sdk('messaging.getMessage', [sent.message_id], (one) => {
    same([one.text, one.is_sender, one.chat_id], ['Sent with the SDK', 1, chat.id], 'message');
    same(one.attachments.map((part) => part.type), ['file', 'img'], 'kinds of the files');
    same(one.attachments[0].file_name, 'note.txt', 'name of the file');
  });
  for (const [at, [name, bytes]] of attachments.entries()) {
    await sdk('messaging.getMessageAttachment', [{ message_id: sent.message_id, attachment_id: message.attachments[at].id }], async (blob) => `${name}, ${await file(blob, { bytes })}`);
  }
  await sdk('messaging.getAllMessagesFromChat', [{ chat_id: chat.id, limit: 1 }], (list) => same(list.items[0].id, sent.message_id, 'newest'));
  await sdk('messaging.getAllChats', [{ limit: 1 }], (list) => same(list.items[0].id, chat.id, 'chat on top'));
  const quoted = { extra_params: { quote_id: sent.message_id } };
  const answer = await sdk('messaging.sendMessage', [{ chat_id: chat.id, text: 'And quoted' }, quoted]);
  await sdk('messaging.getMessage', [answer.message_id], (one) => same(one.quoted.provider_id, message.provider_id, 'quote'));

  const slack = await client.messaging.getAllMessages({ account_id: world.SLACK.id, limit: 100 });
  const thread = slack.items.find((one) => one.replies > 0);
  const reply = await sdk('messaging.sendMessage', [{ chat_id: thread.chat_id, text: 'In the thread', thread_id: thread.id }]);
  await sdk('messaging.getMessage', [reply.message_id], (one) => same(one.parent, thread.id, 'thread'));
  await refused('messaging.sendMessage', [{ chat_id: chat.id, text: '' }], 'missing_parameters');
  await refused('messaging.sendMessage', [{ chat_id: 'nobody', text: 'Hello' }], 'resource_not_found');
}

async function starting(world) {
  const account_id = world.WHATSAPP.id;
  const { items } = await client.messaging.getAllAttendees({ account_id, limit: 250 });
  const others = items.filter((one) => !one.is_self);
  const ids = others.slice(0, 3).map((one) => one.provider_id);
  const group = await sdk('messaging.startNewChat', [{ account_id, text: 'Hello you three', subject: 'Three', attendees_ids: ids, attachments: [['note.txt', Buffer.from('A note.\n')]] }]);
  await sdk('messaging.getChat', [group.chat_id], (chat) => same([chat.name, chat.type, chat.lastMessage.id], ['Three', 1, group.message_id], 'chat'));
  await sdk('messaging.getAllAttendeesFromChat', [group.chat_id], (list) => same(list.items.length, 4, 'people'));
  const single = await sdk('messaging.startNewChat', [{ account_id, text: 'Hello', attendees_ids: [ids[0]] }]);
  await sdk('messaging.startNewChat', [{ account_id, text: 'Hello again', attendees_ids: [ids[0]] }], (again) => same(again.chat_id, single.chat_id, 'chat'));

  const linkedin = world.LINKEDIN.id;
  const found = await client.request.send({
    path: ['linkedin', 'search'],
    method: 'POST',
    parameters: { account_id: linkedin, limit: '50' },
    body: { api: 'classic', category: 'people', network_distance: [2, 3] },
    headers: { 'Content-Type': 'application/json' },
    options: { validateRequestPayload: false },
  });
  const far = { account_id: linkedin, text: 'We have not met', subject: 'Storage', attendees_ids: [found.items[0].id] };
  await refused('messaging.startNewChat', [far], 'no_connection_with_recipient');
  const inmail = { ...far, options: { linkedin: { api: 'classic', inmail: true } } };
  const started = await sdk('messaging.startNewChat', [inmail]);
  await sdk('messaging.getChat', [started.chat_id], (chat) => same([chat.content_type, chat.subject], ['inmail', 'Storage'], 'chat'));
  await refused('messaging.startNewChat', [{ ...far, attendees_ids: ['nobody'] }], 'invalid_recipient');
}

async function beyond(world, chats) {
  const unread = chats.find((one) => one.account_type === 'WHATSAPP' && one.unread_count > 0);
  const chat_id = unread.id;
  await sdk('messaging.setChatStatus', [{ chat_id, action: 'setReadStatus', value: true }]);
  await sdk('messaging.getChat', [chat_id], (chat) => same(chat.unread_count, 0, 'unread'));
  await sdk('messaging.setChatStatus', [{ chat_id, action: 'setReadStatus', value: false }]);
  await sdk('messaging.getChat', [chat_id], (chat) => must(chat.unread_count > 0, 'still read'));
  for (const [action, field] of [['setArchiveStatus', 'archived'], ['setPinnedStatus', 'pinned']]) {
    await sdk('messaging.setChatStatus', [{ chat_id, action, value: true }]);
    await sdk('messaging.getChat', [chat_id], (chat) => same(chat[field], 1, field));
  }
  await refused('messaging.setChatStatus', [{ chat_id, action: 'setNothing', value: true }], 'invalid_action');

  const { message_id } = await client.messaging.sendMessage({ chat_id, text: 'Tpyo' });
  await raw('PATCH', ['messages', message_id], { json: { text: 'Typo' } }, 'MessageEdited');
  await raw('POST', ['messages', message_id, 'reaction'], { json: { reaction: '🐢' } }, 'MessageReactionAdded');
  await sdk('messaging.getMessage', [message_id], (one) => same([one.text, one.edited, one.reactions.map((it) => it.value)], ['Typo', 1, ['🐢']], 'message'));
  const target = chats.find((one) => one.account_id === unread.account_id && one.id !== chat_id && !one.read_only);
  await raw('POST', ['messages', message_id, 'forward'], { json: { chat_id: target.id } }, 'MessageForwarded');
  await sdk('messaging.getAllMessagesFromChat', [{ chat_id: target.id, limit: 1 }], (list) => same(list.items[0].text, 'Typo', 'forwarded text'));
  await raw('DELETE', ['messages', message_id], {}, 'MessageDeleted');
  await sdk('messaging.getMessage', [message_id], (one) => same([one.deleted, one.text], [1, null], 'message'));
  const group = chats.find((one) => one.type === 1);
  await raw('GET', ['chat_attendees', group.id, 'picture'], {}, undefined, (blob) => file(blob, { type: 'image/jpeg' }));
  await raw('GET', ['chats', chat_id, 'sync'], {}, 'ChatHistorySync');
  await fact('the history of the chat is fetched', () => until(
    () => client.request.send({ path: ['chats', chat_id, 'sync'], method: 'GET', options: { validateRequestPayload: false } }),
    (answer) => answer.status === 'SYNC_DONE',
  ).then((answer) => answer.status));
  await raw('DELETE', ['chats', chat_id], {}, 'ChatDeleted');
  await refused('messaging.getChat', [chat_id], 'resource_not_found');
}
