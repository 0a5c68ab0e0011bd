// Walks the official SDK through everything that the demo server offers.
import { accounts, lateAccounts } from './accounts.mjs';
import { calendars } from './calendars.mjs';
import { email } from './email.mjs';
import { client, end, part } from './harness.mjs';
import { linkedin } from './linkedin.mjs';
import { messaging } from './messaging.mjs';
import { users } from './users.mjs';
import { webhooks } from './webhooks.mjs';

// The accounts that the demo begins with, by network; two are WhatsApp.
const { items } = await client.account.getAll({ limit: 100 });
const world = Object.fromEntries(items.reverse().map((account) => [account.type, account]));

await part('accounts', () => accounts(world));
await part('messaging', () => messaging(world));
await part('users', () => users(world));
await part('linkedin', () => linkedin(world));
await part('email', () => email(world));
await part('webhooks', () => webhooks(world));
await part('calendars', () => calendars(world));
await part('accounts again', () => lateAccounts(world));

process.exit(await end());
