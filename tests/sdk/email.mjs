// Mails, folders, attachments, sending, drafts.
import {
  client, file, must, pages, part, raw, refused, same, sdk, until,
} from './harness.mjs';

export async function email(world) {
  const boxes = [world.GOOGLE_OAUTH, world.OUTLOOK, world.MAIL];
  for (const box of boxes) await part(`email: ${box.type}`, () => reading(box));
  await part('email: sending', () => sending(world.GOOGLE_OAUTH));
  for (const box of boxes) await part(`email: changing on ${box.type}`, () => changing(box));
  await part('email: without methods', () => beyond(world));
}

async function reading({ id: account_id, type }) {
  const mails = await pages('email.getAll', { account_id, limit: 60 }, (items) => {
    must(items.length > 50 && items.every((mail) => mail.account_id === account_id && mail.kind === '2_full'), 'not all of it');
    must(items.every((mail, at) => at === 0 || items[at - 1].date >= mail.date), 'not sorted');
  });
  const [after, before] = [mails[30].date, mails[10].date];
  await sdk('email.getAll', [{ account_id, after, before }], (list) => must(list.items.length > 10 && list.items.every((mail) => mail.date > after && mail.date < before), 'outside'));
  const from = mails.find((mail) => mail.role === 'inbox').from_attendee.identifier;
  await sdk('email.getAll', [{ account_id, from }], (list) => must(list.items.length > 0 && list.items.every((mail) => mail.from_attendee.identifier === from), 'another sender'));
  await sdk('email.getAll', [{ account_id, any_email: from }], (list) => must(list.items.length > 0, 'none'));
  const sent = await sdk('email.getAll', [{ account_id, role: 'sent' }], (list) => must(list.items.length > 0 && list.items.every((mail) => mail.role === 'sent'), 'another role'));
  const to = sent.items[0].to_attendees[0].identifier;
  await sdk('email.getAll', [{ account_id, to }], (list) => must(list.items.some((mail) => mail.id === sent.items[0].id), 'not there'));
  await sdk('email.getAll', [{ account_id, limit: 20 }, { extra_params: { meta_only: 'true' } }], (list) => must(list.items.every((mail) => mail.kind === '1_meta' && mail.body === ''), 'bodies'));

  const mail = mails[0];
  await sdk('email.getOne', [mail.id], (one) => same(one, mail, 'mail'));
  await sdk('email.getOne.byId', [mail.id, { extra_params: { include_headers: 'true' } }], (one) => must(one.headers.length > 0, 'no headers'));
  await sdk('email.getOne.byProviderId', [mail.provider_id, account_id], (one) => same(one.id, mail.id, 'id'));
  await refused('email.getOne', ['nobody'], 'resource_not_found');

  const folders = await sdk('email.getAllFolders', [{ account_id }], (list) => {
    must(list.items.every((folder) => folder.account_id === account_id), 'another account');
    must(['inbox', 'sent', 'drafts', 'trash'].every((role) => list.items.some((folder) => folder.role === role)), 'a role is missing');
    return `${list.items.length} folders of ${type}`;
  });
  const inbox = folders.items.find((folder) => folder.role === 'inbox');
  await sdk('email.getOneFolder', [inbox.id], (one) => same(one.id, inbox.id, 'id'));
  await sdk('email.getOneFolder.byId', [inbox.id], (one) => same(one.provider_id, inbox.provider_id, 'provider id'));
  await sdk('email.getOneFolder.byProviderId', [inbox.provider_id, account_id], (one) => same(one.id, inbox.id, 'id'));
  await sdk('email.getAll', [{ account_id, folder: inbox.provider_id }], (list) => must(list.items.length > 0 && list.items.every((one) => one.folderIds.includes(inbox.provider_id)), 'another folder'));

  const holder = mails.find((one) => one.attachments.length > 0);
  const attachment_id = holder.attachments[0].id;
  const facts = { size: holder.attachments[0].size };
  await sdk('email.getEmailAttachment', [{ email_id: holder.id, attachment_id }], (blob) => file(blob, facts));
  await sdk('email.getEmailAttachment.byId', [{ email_id: holder.id, attachment_id }], (blob) => file(blob, facts));
  await sdk('email.getEmailAttachment.byProviderId', [{ email_provider_id: holder.provider_id, attachment_id, account_id }], (blob) => file(blob, facts));
}

const newest = (account_id, role, wanted) => until(() => client.email.getAll({ account_id, role, limit: 5 }), (list) => list.items.some(wanted))
  .then((list) => list.items.find(wanted));

async function sending({ id: account_id }) {
  const bytes = Buffer.from('A note.\n');
  const input = {
    account_id,
    to: [{ display_name: 'Noor Khalil', identifier: 'noor@kestrel.example' }],
    cc: [{ identifier: 'fatou@nuvem.example' }],
    bcc: [{ identifier: 'archive@nuvem.example' }],
    subject: 'Sent with the SDK',
    body: '<p>Hello <b>Noor</b></p>',
    attachments: [['note.txt', bytes]],
    custom_headers: [{ name: 'X-Walk', value: 'yes' }],
    tracking_options: { opens: true, links: false },
  };
  const sent = await sdk('email.send', [input]);
  const mail = await newest(account_id, 'sent', (one) => one.tracking_id === sent.tracking_id);
  await sdk('email.getOne', [mail.id, { extra_params: { include_headers: 'true' } }], (one) => {
    same([one.subject, one.body, one.origin], [input.subject, input.body, 'unipile'], 'mail');
    same(one.to_attendees[0].identifier, 'noor@kestrel.example', 'recipient');
    same(one.cc_attendees[0].identifier, 'fatou@nuvem.example', 'copy');
    must(one.headers.some(({ name, value }) => name === 'X-Walk' && value === 'yes'), 'no header');
  });
  const { attachments: [attachment] } = await client.email.getOne(mail.id);
  await sdk('email.getEmailAttachment', [{ email_id: mail.id, attachment_id: attachment.id }], (blob) => {
    same([attachment.name, attachment.extension], ['note.txt', 'txt'], 'name');
    return file(blob, { bytes });
  });
  const inbox = await client.email.getAll({ account_id, role: 'inbox', limit: 1 });
  const parent = inbox.items[0];
  const answer = await sdk('email.send', [{ account_id, to: [parent.from_attendee], subject: `Re: ${parent.subject}`, body: '<p>Yes.</p>', reply_to: parent.id }]);
  const reply = await newest(account_id, 'sent', (one) => one.tracking_id === answer.tracking_id);
  same([reply.thread_id, reply.in_reply_to], [parent.thread_id, { message_id: parent.message_id, id: parent.id }], 'thread');
  await refused('email.send', [{ account_id, to: [], subject: 'Nobody', body: '' }], 'missing_parameters');

  const draft = { account_id, to: [{ identifier: 'noor@kestrel.example' }], subject: 'Not yet', body: '<p>Later.</p>' };
  const { draft_id } = await raw('POST', ['drafts'], { form: draft }, 'DraftCreated', (made) => must(made.draft_id, 'no id'));
  await newest(account_id, 'drafts', (one) => one.subject === 'Not yet');
  await sdk('email.send', [{ ...draft, draft_id }]);
  await sdk('email.getAll', [{ account_id, role: 'drafts' }], (list) => must(!list.items.some((one) => one.subject === 'Not yet'), 'still a draft'));
  await raw('POST', ['emails', 'drafts'], { form: draft }, 'DraftCreated');
}

async function changing({ id: account_id, type }) {
  const { items } = await client.email.getAll({ account_id, role: 'inbox', limit: 5 });
  const [one, two] = items;
  for (const unread of [true, false]) {
    await sdk('email.update', [{ email_id: one.id, unread }]);
    await sdk('email.getOne', [one.id], (mail) => same(mail.read_date == null, unread, 'unread'));
  }
  await sdk('email.update.byId', [{ email_id: one.id, unread: true }]);
  const { items: folders } = await client.email.getAllFolders({ account_id });
  const archive = folders.find((folder) => folder.role === 'archive').name;
  await sdk('email.update.byProviderId', [{ email_provider_id: two.provider_id, account_id, folders: [archive] }]);
  await sdk('email.getOne', [two.id], (mail) => {
    must(mail.folders.includes(archive), `in ${mail.folders}`);
    return `${type}: ${archive}`;
  });
  await deleting(account_id, items.slice(2));
}

async function deleting(account_id, [three, four, five]) {
  await sdk('email.delete', [three.id], (answer) => answer.object);
  await sdk('email.delete.byId', [four.id], (answer) => answer.object);
  await sdk('email.delete.byProviderId', [five.provider_id, account_id], (answer) => answer.object);
  await sdk('email.delete', [three.id], (answer) => same(answer.object, 'EmailDeleted', 'tag'));
  await refused('email.getOne', [three.id], 'resource_not_found');
  await sdk('email.getAll', [{ account_id, role: 'inbox', limit: 250 }], (list) => must(!list.items.some((mail) => mail.id === three.id), 'still there'));
}

async function beyond(world) {
  const account_id = world.GOOGLE_OAUTH.id;
  const folders = await client.email.getAllFolders({ account_id });
  await raw('GET', ['emails', 'folders'], { query: { account_id } }, 'FolderList', (list) => same(list.items, folders.items, 'folders'));
  await raw('GET', ['emails', 'folders', folders.items[0].id], {}, 'Folder', (one) => same(one, folders.items[0], 'folder'));
  await raw('GET', ['emails', 'contacts'], { query: { account_id } }, undefined, (list) => must(list.items.length > 0, 'none'));
}
