// Webhooks: making, listing and deleting them, and hearing from one.
import { createServer } from 'node:http';
import { client, fact, must, raw, refused, same, sdk, until } from './harness.mjs';

export async function webhooks(world) {
  const heard = [];
  const receiver = createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      heard.push({ secret: request.headers['x-secret'], body: Buffer.concat(pieces).toString() });
      response.end();
    });
  });
  await new Promise((done) => { receiver.listen(0, '127.0.0.1', done); });
  const request_url = `http://127.0.0.1:${receiver.address().port}/`;
  const forms = [
    { source: 'messaging', events: ['message_received'], headers: [{ key: 'X-Secret', value: 'walk' }], account_ids: [world.TELEGRAM.id] },
    { source: 'messaging', events: ['message_received', 'message_read', 'message_reaction'], format: 'form', enabled: false, data: [{ name: 'what', key: 'message' }] },
    { source: 'messaging' },
    { source: 'email', events: ['mail_received', 'mail_sent'] },
    { source: 'email_tracking', events: ['mail_opened', 'mail_link_clicked'] },
    { source: 'account_status' },
  ];
  const ids = [];
  for (const form of forms) {
    const made = await sdk('webhook.create', [{ request_url, name: `walk ${ids.length}`, ...form }], () => form.source);
    ids.push(made.webhook_id);
  }
  await refused('webhook.create', [{ request_url, source: 'nothing' }], 'invalid_parameters');
  await sdk('webhook.getAll', [], (list) => {
    same(list.items.map((one) => one.id).sort(), [...ids].sort(), 'webhooks');
    const first = list.items.find((one) => one.id === ids[0]);
    same([first.name, first.account_ids.map((one) => one.id), first.events], ['walk 0', [world.TELEGRAM.id], ['message_received']], 'webhook');
    return `${list.items.length}`;
  });
  let cursor;
  let count = 0;
  do {
    const page = await raw('GET', ['webhooks'], { query: { limit: '4', ...(cursor ? { cursor } : {}) } }, 'WebhookList');
    count += page.items.length;
    cursor = page.cursor;
  } while (cursor);
  same(count, ids.length, 'webhooks on all pages');

  const chats = await client.messaging.getAllChats({ account_id: world.TELEGRAM.id, limit: 50 });
  const chat_id = chats.items.find((one) => !one.read_only).id;
  const { message_id } = await client.messaging.sendMessage({ chat_id, text: 'Did you hear?' });
  await fact('a webhook hears of a message', async () => {
    const delivery = await until(() => heard.find((one) => one.secret === 'walk'), Boolean);
    const event = JSON.parse(delivery.body);
    same([event.event, event.message_id, event.message], ['message_received', message_id, 'Did you hear?'], 'event');
  });
  for (const id of ids) await sdk('webhook.delete', [id]);
  await sdk('webhook.getAll', [], (list) => same(list.items, [], 'webhooks'));
  await refused('webhook.delete', [ids[0]], 'resource_not_found');
  must(heard.length > 0, 'nothing was heard');
  receiver.close();
}
