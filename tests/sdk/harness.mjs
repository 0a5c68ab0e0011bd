// Calls the SDK, tells how it went, and keeps count.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { ONEBOX_SDK_HOME: home, ONEBOX_URL: url, ONEBOX_KEY: key } = process.env;
if (!home || !url || !key) {
  console.error('Start run.sh: it sets what this needs.');
  process.exit(2);
}
const load = createRequire(join(home, 'package.json'));
const { UnipileClient } = load('unipile-node-sdk');
const { Value } = load('@sinclair/typebox/value');

const strict = { validateRequestPayload: true, validateRequestPayloadLevel: 'error' };
export const unchecked = { validateRequestPayload: false };
export const origin = url;
export const client = new UnipileClient(url, key, strict);
export const stranger = new UnipileClient(url, 'not-the-key', strict);

let passed = 0;
let failed = 0;
const called = new Set();
const visited = new Set();

// The SDK's mail update sends its body without saying that it is JSON, so no server can read it: say it here.
const send = client.request.send.bind(client.request);
client.request.send = (input) => {
  const silent = input.method === 'PUT' && input.headers === undefined;
  return send(silent ? { ...input, headers: { 'Content-Type': 'application/json' } } : input)
    .catch((error) => newer(input, error));
};

// What the contract has and the SDK's types do not have yet. README.md says why the server sends it all the same.
const allowances = {
  'attachments that the SDK does not know': (answer) => {
    const known = ['img', 'video', 'audio', 'file', 'linkedin_post'];
    const messages = answer.items ?? [answer];
    for (const message of [...messages, ...messages.map((one) => one.quoted)]) {
      if (message?.attachments) message.attachments = message.attachments.filter((one) => known.includes(one.type));
    }
  },
  'system messages of a kind that the SDK does not know': (answer) => {
    for (const message of answer.items ?? [answer]) {
      if (message.is_event && message.event_type > 9) delete message.event_type;
    }
  },
  'chats that begin with an invitation': (answer) => {
    for (const chat of answer.items ?? [answer]) {
      if (chat.content_type === 'invitation') delete chat.content_type;
    }
  },
  'mails that only went to the trash': (answer) => {
    if (answer.object === 'EmailTrashed') answer.object = 'EmailDeleted';
  },
};
const allowed = {};

/** Lets an answer pass that the SDK accepts once the allowances are left out of it. */
function newer({ validator }, error) {
  if (error?.invalid_response === undefined) throw error;
  const copy = structuredClone(error.invalid_response);
  const used = Object.keys(allowances).filter((name) => {
    const before = JSON.stringify(copy);
    allowances[name](copy);
    return JSON.stringify(copy) !== before;
  });
  if (!validator.Check(copy)) throw error;
  for (const name of used) allowed[name] = (allowed[name] ?? 0) + 1;
  return error.invalid_response;
}

// Remembers which operations were asked for.
const plainFetch = globalThis.fetch;
globalThis.fetch = (target, options = {}) => {
  visited.add(`${options.method ?? 'GET'} ${new URL(target).pathname}`);
  return plainFetch(target, options);
};

export function must(fact, what) {
  if (!fact) throw new Error(what);
}

export function same(found, wanted, what) {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  must(left === right, `${what}: ${left} instead of ${right}`);
}

function good(name, note) {
  passed += 1;
  console.log(`ok    ${name}${note ? `  (${note})` : ''}`);
}

function bad(name, error) {
  failed += 1;
  console.log(`FAIL  ${name}  ${why(error)}`);
}

function why(error) {
  if (error?.invalid_response !== undefined) return `answer refused by the SDK: ${closest(error.body, error.invalid_response)}`;
  if (error?.body !== undefined) return `refused: ${JSON.stringify(error.body)}`;
  return error?.cause ? `${error.message}: ${error.cause.message}` : String(error?.message ?? error);
}

// An answer that fits none of several shapes is compared with the shape it fits best.
function closest(errors, value) {
  const first = errors[0];
  const shapes = first?.schema?.anyOf;
  if (!shapes) return `${first?.path} ${first?.message} ${JSON.stringify(first?.value)?.slice(0, 300)}`;
  const tries = shapes.map((shape) => [...Value.Errors(shape, first.value)]);
  const weight = (faults) => faults.reduce((sum, fault) => sum + (fault.schema?.const === undefined ? 1 : 100), 0);
  tries.sort((a, b) => weight(a) - weight(b));
  const best = tries[0].map((error) => `${error.path} ${error.message} ${JSON.stringify(error.value)?.slice(0, 80)}`);
  const inner = tries[0].find((error) => error.schema?.anyOf && error.value !== null && typeof error.value === 'object');
  const deeper = inner ? ` | ${closest([inner], value)}` : '';
  return `${first.path}: ${best.slice(0, 6).join('; ')}${deeper}`;
}

function method(from, name) {
  const parts = name.split('.');
  const owner = parts.slice(0, -1).reduce((at, part) => at[part], from);
  const found = owner[parts.at(-1)];
  return parts.length === 2 ? found.bind(owner) : found;
}

async function attempt(name, action, check, label = name) {
  try {
    const answer = await action();
    const note = await check?.(answer);
    good(label, note);
    return answer;
  } catch (error) {
    bad(label, error);
    return undefined;
  }
}

/** Calls a method of the SDK, such as `users.getProfile`, and checks its answer. */
export function sdk(name, inputs = [], check = undefined) {
  called.add(name);
  return attempt(name, () => method(client, name)(...inputs), check);
}

/** Calls a method that the server must refuse with this type of error. */
export function refused(name, inputs, type, by = client) {
  called.add(name);
  const action = async () => {
    let answer;
    try {
      answer = await method(by, name)(...inputs);
    } catch (error) {
      must(error?.body?.type === `errors/${type}`, why(error));
      return error.body;
    }
    throw new Error(`was not refused: ${JSON.stringify(answer)}`);
  };
  return attempt(name, action, () => type, `${name} is refused`);
}

/** Walks a list from cursor to cursor until its end and gives everything in it. */
export async function pages(name, input, check = undefined, options = undefined) {
  called.add(name);
  const all = [];
  const action = async () => {
    let cursor;
    let count = 0;
    do {
      const page = await method(client, name)({ ...input, cursor }, options);
      must(page.items.length <= (input.limit ?? 100), `${page.items.length} items on a page`);
      must(page.items.length > 0 || count === 0, 'an empty page follows a cursor');
      all.push(...page.items);
      cursor = page.cursor;
      count += 1;
      must(count < 500, 'the list never ends');
    } while (cursor);
    const ids = all.map((item) => item.id ?? item.member_id);
    same(new Set(ids).size, ids.length, 'ids that are there once');
    return count;
  };
  await attempt(name, action, async (count) => {
    const note = await check?.(all);
    return `${all.length} items on ${count} pages${note ? `, ${note}` : ''}`;
  });
  return all;
}

function ask(verb, path, { query, json, form, validator } = {}) {
  const input = { method: verb, path: path.map(encodeURIComponent), parameters: query, options: unchecked };
  if (json !== undefined) Object.assign(input, { body: json, headers: { 'Content-Type': 'application/json' } });
  if (form !== undefined) input.body = filled(form);
  if (validator) Object.assign(input, { validator, options: undefined });
  return client.request.send(input);
}

/** Asks for something that the SDK has no method for; `object` is the tag that the answer must have. */
export function raw(verb, path, given = {}, object = undefined, check = undefined) {
  const name = `request.send ${verb} ${path.map((part) => (part.length > 20 ? '…' : part)).join('/')}`;
  return attempt(name, () => ask(verb, path, given), (answer) => {
    if (object) same(answer.object, object, 'tag');
    return check?.(answer);
  });
}

export async function rawRefused(verb, path, given, type) {
  const name = `request.send ${verb} ${path.map((part) => (part.length > 20 ? '…' : part)).join('/')} is refused`;
  const action = async () => {
    const answer = await ask(verb, path, given).then(
      (answer) => { throw new Error(`was not refused: ${JSON.stringify(answer)}`); },
      (error) => error,
    );
    must(answer?.body?.type === `errors/${type}`, why(answer));
  };
  await attempt(name, action, () => type);
}

function filled(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value.bytes) form.append(name, new Blob([value.bytes], { type: value.type }), value.name);
    else form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return form;
}

/** A fact about answers that were given before. */
export function fact(name, check) {
  return attempt(name, () => undefined, check);
}

/** Runs a part of the walk; what it cannot go on from counts as one failure. */
export async function part(name, action) {
  console.log(`\n# ${name}`);
  try {
    await action();
  } catch (error) {
    bad(`the part about ${name} ended early`, error);
  }
}

export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Asks again until the answer is as wanted. */
export async function until(action, wanted, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await action();
    if (wanted(answer)) return answer;
    must(Date.now() < end, `not after ${seconds} s: ${JSON.stringify(answer)?.slice(0, 300)}`);
    await pause(300);
  }
}

/** Checks a downloaded file. */
export async function file(blob, { size, type, bytes } = {}) {
  must(blob instanceof Blob, 'not a Blob');
  must(blob.size > 0, 'an empty file');
  if (size !== undefined) same(blob.size, size, 'size');
  if (type !== undefined) same(blob.type, type, 'type');
  if (bytes !== undefined) must(Buffer.from(await blob.arrayBuffer()).equals(bytes), 'other bytes than were sent');
  return `${blob.size} bytes of ${blob.type}`;
}

function methods() {
  const all = [];
  for (const area of ['account', 'messaging', 'users', 'email', 'webhook']) {
    const resource = client[area];
    const names = new Set([...Object.getOwnPropertyNames(Object.getPrototypeOf(resource)), ...Object.keys(resource)]);
    for (const name of names) {
      if (name.startsWith('_') || name === 'constructor' || typeof resource[name] !== 'function') continue;
      all.push(`${area}.${name}`);
      all.push(...Object.keys(resource[name]).map((form) => `${area}.${name}.${form}`));
    }
  }
  return all;
}

function operations() {
  const contract = readFileSync(new URL('../../assets/openapi.yaml', import.meta.url), 'utf8');
  const all = [];
  let path;
  for (const line of contract.split('\n')) {
    path = /^ {2}(\/\S+):$/.exec(line)?.[1] ?? (/^\S/.test(line) ? undefined : path);
    const verb = /^ {4}(get|post|put|patch|delete):/.exec(line)?.[1];
    if (path && verb) all.push([verb.toUpperCase(), path]);
  }
  return all;
}

/** Which operation of the contract a visited address belongs to: words win over placeholders. */
function operationOf(visit, all) {
  const [verb, address] = visit.split(' ');
  const parts = address.split('/');
  const fits = all.filter(([other, path]) => {
    const wanted = path.split('/');
    return other === verb && wanted.length === parts.length && wanted.every((word, at) => word.startsWith('{') || word === parts[at]);
  });
  fits.sort((a, b) => a[1].split('{').length - b[1].split('{').length);
  return fits[0]?.join(' ');
}

/** Says what was walked and gives the exit code. */
export async function end() {
  console.log('\n# coverage');
  const every = methods();
  await attempt('every method of the SDK was called', () => every.filter((name) => !called.has(name)), (left) => {
    same(left, [], 'left out');
    return `${every.length} methods`;
  });
  const all = operations();
  const reached = new Set([...visited].map((visit) => operationOf(visit, all)));
  await attempt('every operation of the contract was reached', () => all.map((one) => one.join(' ')).filter((one) => !reached.has(one)), (left) => {
    must(all.length > 90, 'the contract was not understood');
    same(left, [], 'left out');
    return `${all.length} operations`;
  });
  console.log('\n# newer than the SDK');
  for (const [name, count] of Object.entries(allowed)) console.log(`${count} answers: ${name}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
