// Linked accounts: reading, linking over every checkpoint, linking again, the wizard, unlinking.
import {
  client, must, origin, pages, part, pause, raw, rawRefused, refused, same, sdk, stranger, until,
} from './harness.mjs';

const CODE = '123456';
const made = [];
let late;

export async function accounts(world) {
  await reading(world);
  await part('accounts: checkpoints', checkpoints);
  await part('accounts: at once', atOnce);
  await part('accounts: by scanning', scanning);
  await part('accounts: again', () => again(world));
  await part('accounts: wizard and history', () => rest(world));
}

async function reading(world) {
  await refused('account.getAll', [], 'missing_credentials', stranger);
  const all = await pages('account.getAll', { limit: 4 }, (items) => same(items.length, 11, 'accounts'));
  for (const account of all) {
    await sdk('account.getOne', [account.id], (one) => {
      same(one, account, 'account');
      return `${one.type} ${one.name}`;
    });
  }
  same(Object.keys(world).length, 10, 'networks');
  await refused('account.getOne', ['nobody'], 'resource_not_found');
}

/** Answers checkpoints one after the other until the account is linked. */
async function solve(started, provider, steps, tag = 'AccountCreated') {
  let at = started;
  for (const [type, code] of steps) {
    same(at.checkpoint.type, type, 'checkpoint');
    at = await sdk('account.solveCodeCheckpoint', [{ provider, account_id: at.account_id, code }], (answer) => {
      same(answer.account_id, started.account_id, 'account');
      return answer.object === 'Checkpoint' ? `then ${answer.checkpoint.type}` : answer.object;
    });
  }
  same(at.object, tag, 'tag');
  return at.account_id;
}

const asks = (type) => (answer) => {
  same([answer.object, answer.checkpoint.type], ['Checkpoint', type], 'answer');
  return type;
};

async function linkedin(word, type, steps) {
  const login = { username: `walker+${word}@nuvem.example`, password: 'demo' };
  const started = await sdk('account.connectLinkedin', [login], asks(type));
  made.push(await solve(started, 'LINKEDIN', steps));
}

async function checkpoints() {
  const wrong = { username: 'walker@nuvem.example', password: 'wrong' };
  await refused('account.connectLinkedin', [wrong], 'invalid_credentials');

  const login = { username: 'walker@nuvem.example', password: 'demo' };
  const started = await sdk('account.connectLinkedin', [login], asks('2FA'));
  await refused('account.connectLinkedin', [login], 'auth_in_progress');
  const guess = { provider: 'LINKEDIN', account_id: started.account_id, code: '000000' };
  await refused('account.solveCodeCheckpoint', [guess], 'invalid_checkpoint_solution');
  await rawRefused('POST', ['accounts', 'checkpoint', 'resend'], { json: { provider: 'LINKEDIN', account_id: started.account_id } }, 'cannot_resend_yet');
  made.push(await solve(started, 'LINKEDIN', [['2FA', CODE]]));

  await linkedin('otp', 'OTP', [['OTP', CODE]]);
  await linkedin('app', 'IN_APP_VALIDATION', [['IN_APP_VALIDATION', 'TRY_ANOTHER_WAY'], ['2FA', CODE]]);
  await linkedin('phone', 'PHONE_REGISTER', [['PHONE_REGISTER', '(+33)639981234'], ['OTP', CODE]]);
  await linkedin('captcha', 'CAPTCHA', [['CAPTCHA', 'human']]);
  await linkedin('contract', 'CONTRACT_CHOOSER', [['CONTRACT_CHOOSER', '512001']]);

  const password = { username: 'walker', password: 'demo' };
  const instagram = await sdk('account.connectInstagram', [password], asks('2FA'));
  made.push(await solve(instagram, 'INSTAGRAM', [['2FA', CODE]]));
  const twitter = await sdk('account.connectTwitter', [{ ...password, email: 'walker@nuvem.example' }], asks('2FA'));
  made.push(await solve(twitter, 'TWITTER', [['2FA', CODE]]));
  const messenger = await sdk('account.connectMessenger', [{ username: 'walker+otp', password: 'demo' }], asks('OTP'));
  late = { started: messenger, at: Date.now() };
}

async function atOnce() {
  const created = (answer) => {
    same(answer.object, 'AccountCreated', 'tag');
    made.push(answer.account_id);
  };
  await sdk('account.connectLinkedinWithCookie', [{ access_token: 'demo', premium_token: 'demo' }], created);
  const tokens = { access_token: 'demo', refresh_token: 'demo' };
  await sdk('account.connect', [{ provider: 'GOOGLE_OAUTH', ...tokens }], created);
  const outlook = { provider: 'OUTLOOK', ...tokens, username: 'walker@atelier-martin.example', id: 'walker' };
  await sdk('account.connect', [outlook], created);
  const imap = {
    provider: 'MAIL',
    imap_user: 'walker@martin.example',
    imap_password: 'demo',
    imap_host: 'imap.martin.example',
    imap_port: 993,
    imap_encryption: 'SSL',
    smtp_user: 'walker@martin.example',
    smtp_password: 'demo',
    smtp_host: 'smtp.martin.example',
    smtp_port: 465,
  };
  const mail = await sdk('account.connect', [imap], created);
  // The SDK's type for linking an IMAP account again has the two passwords only.
  const secrets = { provider: 'MAIL', account_id: mail.account_id, imap_password: 'demo', smtp_password: 'demo' };
  await sdk('account.reconnect', [secrets], (answer) => same(answer, { object: 'AccountReconnected', account_id: mail.account_id }, 'answer'));
  await refused('account.reconnect', [{ ...secrets, imap_password: 'wrong' }], 'invalid_credentials');
  await refused('account.reconnect', [{ ...secrets, provider: 'OUTLOOK', ...outlook }], 'invalid_parameters');

  for (const id of made) {
    await until(() => client.account.getOne(id), (account) => account.sources.every((source) => source.status === 'OK'));
  }
  await sdk('messaging.getAllChats', [{ account_id: made[0] }], (list) => same(list.items.length, 2, 'greetings'));
  await sdk('email.getAll', [{ account_id: mail.account_id }], (list) => same(list.items.length, 1, 'mails'));
}

async function scan(answer) {
  must(answer.qrCodeString.length > 100, 'no QR code');
  const page = await fetch(answer.code);
  same(page.status, 200, 'status of the approval page');
  const account = await until(() => client.account.getOne(answer.account_id), (one) => one.sources[0].status === 'OK');
  return `${account.type} ${account.name}`;
}

async function scanning() {
  const whatsapp = await sdk('account.connectWhatsapp', [], scan);
  await sdk('account.reconnectWhatsapp', [whatsapp.account_id], scan);
  const telegram = await sdk('account.connectTelegram', [], scan);
  await sdk('account.reconnectTelegram', [telegram.account_id], scan);
  made.push(whatsapp.account_id, telegram.account_id);
}

async function again(world) {
  const forms = [
    ['LINKEDIN', 'account.reconnectLinkedin', { username: 'ada-martin-nuvem', password: 'demo' }],
    ['INSTAGRAM', 'account.reconnectInstagram', { username: 'ada.codes', password: 'demo' }],
    ['TWITTER', 'account.reconnectTwitter', { username: 'adacodes', email: 'ada@martin.example', password: 'demo' }],
    ['MESSENGER', 'account.reconnectMessenger', { username: 'ada.m', password: 'demo' }],
  ];
  for (const [provider, name, login] of forms.slice(0, 3)) {
    const account_id = world[provider].id;
    const started = await sdk(name, [{ ...login, account_id }], asks('2FA'));
    same(started.account_id, account_id, 'account');
    await solve(started, provider, [['2FA', CODE]], 'AccountReconnected');
  }
  const [, name, login] = forms[3];
  // Takes the place of the attempt that waits for its second code: done at the end.
  late.again = () => sdk(name, [{ ...login, account_id: world.MESSENGER.id }], asks('2FA'));
  const cookie = { access_token: 'demo', account_id: world.LINKEDIN.id };
  await sdk('account.reconnectLinkedinWithCookie', [cookie], (answer) => same(answer, { object: 'AccountReconnected', account_id: world.LINKEDIN.id }, 'answer'));
  await sdk('account.getOne', [world.INSTAGRAM.id], (account) => same(account.sources[0].status, 'OK', 'status'));
}

async function rest(world) {
  const link = {
    type: 'create',
    providers: ['LINKEDIN', 'GOOGLE'],
    api_url: origin,
    expiresOn: '2026-11-21T15:00:00.000Z',
    name: 'walker',
    success_redirect_url: 'https://example.org/yes',
    failure_redirect_url: 'https://example.org/no',
  };
  await sdk('account.createHostedAuthLink', [link], async ({ url }) => {
    const page = await fetch(url);
    must(page.status === 200 && (await page.text()).includes('LinkedIn'), 'no wizard');
  });
  await sdk('account.createHostedAuthLink', [{ ...link, providers: '*' }], ({ url }) => must(URL.canParse(url), url));
  const { providers, ...same_link } = link;
  await sdk('account.createHostedAuthLink', [{ ...same_link, type: 'reconnect', reconnect_account: world.INSTAGRAM.id }]);
  await refused('account.createHostedAuthLink', [{ ...link, expiresOn: '2020-01-01T00:00:00.000Z' }], 'invalid_parameters');

  const input = { account_id: world.LINKEDIN.id, linkedin_product: 'classic', after: 1700000000000, before: 1795186800000 };
  await sdk('account.resyncLinkedinAccount', [input], (answer) => same(answer.status, 'SYNC_STARTED', 'status'));
  await sdk('account.resyncLinkedinAccount', [input], (answer) => same(answer.status, 'SYNC_RUNNING', 'status'));
  await until(() => client.account.resyncLinkedinAccount(input), (answer) => answer.status === 'SYNC_DONE');
  await raw('POST', ['accounts', world.SLACK.id, 'restart'], { json: {} }, 'AccountRestarted');
}

/** What must wait for half a minute, and the end of every account that was linked here. */
export async function lateAccounts(world) {
  await pause(Math.max(0, late.at + 31_000 - Date.now()));
  const { account_id } = late.started;
  await raw('POST', ['accounts', 'checkpoint', 'resend'], { json: { provider: 'MESSENGER', account_id } }, 'CheckpointResend', (answer) => must(answer.success, 'not sent'));
  made.push(await solve(late.started, 'MESSENGER', [['OTP', CODE]]));
  await solve(await late.again(), 'MESSENGER', [['2FA', CODE]], 'AccountReconnected');
  for (const id of made) {
    await sdk('account.delete', [id], (answer) => same(answer, { object: 'AccountDeleted' }, 'answer'));
  }
  await refused('account.getOne', [made[0]], 'resource_not_found');
  await pages('account.getAll', { limit: 3 }, (items) => same(items.length, 11, 'accounts'));
  same(Object.keys(world).length, 10, 'networks');
}
