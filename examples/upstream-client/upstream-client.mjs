// An upstream system that knows nothing of Standing but its HTTP API and its topics. It
//
//   - signs a NetXD request and sends it over JSON-RPC, and sends the same with a payload that was tampered with,
//   - sends an OCS.io request over REST, twice with the same Idempotency-Key,
//   - follows the live feed, is cut off once, and goes on where it was,
//   - reads the same events from Kafka, and compares.
//
// Ends non-zero if anything is not as it should be.
//
//   node upstream-client.mjs [--url http://localhost:8080] [--kafka localhost:9092] [--registry http://localhost:8081]
//                            [--prefix standing.]
//                            [--keys ../../.standing/keys.json | --key FILE --signing-key FILE]
//
// --keys is the gateway's file of keys: a key is made in it for this run, with a new key pair, and revoked at the end.
// Whoever has a key gives it instead: --key is a file with KEY_ID:CREDENTIAL, and --signing-key the PEM file of the
// private key (EC P-256) whose public half the gateway has.
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import kafkajs from 'kafkajs';
import { deepStrictEqual as same, ok } from 'node:assert';
import { execFile } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Feed } from './feed.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:8080' },
    kafka: { type: 'string', default: 'localhost:9092' },
    registry: { type: 'string', default: 'http://localhost:8081' },
    prefix: { type: 'string', default: 'standing.' },
    keys: { type: 'string', default: fileURLToPath(new URL('../../.standing/keys.json', import.meta.url)) },
    key: { type: 'string' },
    'signing-key': { type: 'string' },
  },
});

const SOURCE = 'upstream-client';
const STANDING = fileURLToPath(new URL('../../standing', import.meta.url));
const PATIENCE = 60_000;
const UNAUTHENTICATED = -32001;

function step(text) {
  console.log(`  ${text}`);
}

/** A key of this client: what it proves itself with, and what it signs with. */
function keyOf(text, privateKey) {
  const [keyId] = text.split(':');
  return { keyId, basic: `Basic ${Buffer.from(text).toString('base64')}`, privateKey };
}

function givenKey() {
  return keyOf(readFileSync(options.key, 'utf8').trim(), createPrivateKey(readFileSync(options['signing-key'])));
}

async function standing(...args) {
  const { stdout } = await promisify(execFile)(STANDING, args);
  return stdout.trim();
}

/** Makes a key pair and a key, as an operator would; the gateway is told the public key alone. */
async function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const directory = mkdtempSync(join(tmpdir(), 'upstream-client-'));
  try {
    const pem = join(directory, 'public.pem');
    writeFileSync(pem, publicKey.export({ type: 'spki', format: 'pem' }));
    const made = await standing('keys', 'create', '--file', options.keys, '--source', SOURCE, '--public-key', pem);
    return keyOf(made, privateKey);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A gateway that runs follows its file of keys within a second or two. */
async function untilAnswered(key, isAsWanted) {
  const deadline = Date.now() + PATIENCE / 4;
  const ask = async () =>
    (await fetch(`${options.url}/v1/customers/nobody`, { headers: { Authorization: key.basic } })).status;
  let status = await ask();
  while (!isAsWanted(status)) {
    ok(Date.now() < deadline, `The gateway does not follow its file of keys: ${key.keyId} is answered with ${status}`);
    await new Promise((done) => setTimeout(done, 200));
    status = await ask();
  }
}

async function post(path, body, headers) {
  const response = await fetch(options.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, body: await response.json() };
}

/** The signature of a text, as api.signature takes it: ECDSA on P-256 with SHA-256, in the base64 of its DER form. */
function signature(text, privateKey) {
  return sign('sha256', Buffer.from(text, 'utf8'), { key: privateKey, dsaEncoding: 'der' }).toString('base64');
}

/**
 * Sends a NetXD request. The signature is over the payload's very bytes, so the request is put together around the text
 * that was signed: a library that writes it anew might set its blanks and escapes otherwise.
 */
function updateStatus(key, payload, signed) {
  const api = JSON.stringify({ keyId: key.keyId, credential: key.basic, signature: signed });
  return post(
    '/jsonrpc',
    `{"method": "CustomerService.UpdateCustomerStatus", "id": "1", "params": {"api": ${api}, "payload": ${payload}}}`,
    { 'Idempotency-Key': randomUUID() },
  );
}

function register(key, customerId) {
  return post('/v1/customers', JSON.stringify({ customerId }), {
    Authorization: key.basic,
    'Idempotency-Key': `registration-of-${customerId}`,
  });
}

/** Sends an OCS.io request. */
function updateState(key, requestId, customerId, state) {
  return post('/v1/customers/state', JSON.stringify({ customer: { refId: customerId }, state }), {
    Authorization: key.basic,
    'Idempotency-Key': requestId,
  });
}

const { Kafka, logLevel } = kafkajs;

/** Where the events end now: the offset of what comes next, by partition. */
async function endOfEvents(kafka) {
  const admin = kafka.admin();
  await admin.connect();
  const partitions = await admin.fetchTopicOffsets(`${options.prefix}events`);
  await admin.disconnect();
  return new Map(partitions.map(({ partition, high }) => [partition, BigInt(high)]));
}

/** The committed events of a customer that lie between two places; kafkajs leaves out what was aborted. */
async function eventsInKafka(kafka, from, to, customerId) {
  const topic = `${options.prefix}events`;
  const groupId = `upstream-client-${randomUUID()}`;
  const open = new Set([...to.keys()].filter((partition) => to.get(partition) > from.get(partition)));
  const registry = new SchemaRegistry({ host: options.registry });
  const admin = kafka.admin();
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
  const events = [];
  await admin.connect();
  await admin.setOffsets({
    groupId,
    topic,
    partitions: [...from].map(([partition, offset]) => ({ partition, offset: offset.toString() })),
  });
  await consumer.connect();
  await consumer.subscribe({ topic });
  await new Promise((finished, failed) => {
    consumer.run({
      eachBatch: async ({ batch }) => {
        try {
          for (const message of batch.messages.filter(({ key }) => key?.toString() === customerId)) {
            events.push(await registry.decode(message.value));
          }
        } catch (error) {
          failed(error);
        }
        // A transaction's marker takes an offset, too: the batch tells how far it reaches, markers included.
        if (BigInt(batch.lastOffset()) + 1n >= to.get(batch.partition)) {
          open.delete(batch.partition);
        }
        if (open.size === 0) {
          finished();
        }
      },
    });
  });
  await consumer.disconnect();
  await admin.deleteGroups([groupId]);
  await admin.disconnect();
  return events;
}

async function run(key) {
  const customerId = `upstream-${randomUUID()}`;
  const kafka = new Kafka({ clientId: SOURCE, brokers: [options.kafka], logLevel: logLevel.ERROR });
  const before = await endOfEvents(kafka);
  const feed = new Feed(`${options.url}/v1/events`, { Authorization: key.basic });
  await feed.begin();
  const seen = [];
  /** Others may use this gateway, too: their events are passed over. */
  const see = async (count) => {
    while (seen.length < count) {
      const event = await feed.next();
      if (event.customerId === customerId) {
        seen.push(event);
      }
    }
  };

  const registered = await register(key, customerId);
  same([registered.status, registered.body.status], [201, 'REGISTERED']);
  step(`registered ${customerId}`);

  const payload = `{"ID": "${customerId}",  "status": "DORMANT", "notes": "unterschrieben: geprüft"}`;
  const signed = signature(payload, key.privateKey);
  const changed = await updateStatus(key, payload, signed);
  same(changed, { status: 200, body: { id: '1', result: { Id: customerId, Status: 'DORMANT' } } });
  step('NetXD, signed: DORMANT');

  const tampered = await updateStatus(key, payload.replace('DORMANT', 'BLACK_LISTED'), signed);
  same(tampered.body.error?.code, UNAUTHENTICATED, `A tampered payload is answered ${JSON.stringify(tampered)}`);
  const respaced = await updateStatus(key, payload.replace(',  ', ', '), signed);
  same(respaced.body.error?.code, UNAUTHENTICATED, `A payload set anew is answered ${JSON.stringify(respaced)}`);
  step(`NetXD, tampered with: refused with ${UNAUTHENTICATED}, "${tampered.body.error.message}"`);

  await see(2);
  feed.cut();
  step('the feed brought two events, and is cut off');

  const suspension = { state: 'SUSPENDED', stateReason: 'nonPayment', stateValidFrom: '2024-05-01T00:00:00+02:00' };
  const first = await updateState(key, 'suspension', customerId, suspension);
  same([first.status, first.body.status, first.body.replayed], [200, 'APPLIED', false]);
  const again = await updateState(key, 'suspension', customerId, suspension);
  same(again, { status: 200, body: { ...first.body, replayed: true } });
  step('OCS.io, sent twice: SUSPENDED, and replayed');

  await see(3);
  const back = await updateState(key, 'back', customerId, { state: 'ACTIVE', stateReason: 'dfltActive' });
  same([back.status, back.body.status], [200, 'APPLIED']);
  await see(4);
  feed.cut();
  same(seen.map(({ sequence }) => sequence), [1, 2, 3, 4], 'The feed lost an event, or repeated one');
  same(seen.map(({ type }) => type), ['CustomerRegistered', 'StateChanged', 'StateChanged', 'StateChanged']);
  ok(options.key || seen.every(({ source }) => source === SOURCE), "The events do not carry the key's source");
  step('the feed went on where it was: no event lost, none twice');

  const stored = await eventsInKafka(kafka, before, await endOfEvents(kafka), customerId);
  same(stored.map(({ eventId }) => eventId), seen.map(({ eventId }) => eventId), 'Kafka has other events than the feed');
  step(`Kafka has the same events: ${stored.map(({ eventId }) => eventId.slice(customerId.length)).join(' ')}`);
}

async function main() {
  if ((options.key === undefined) !== (options['signing-key'] === undefined)) {
    throw new Error('--key and --signing-key go together');
  }
  if (options.key) {
    await run(givenKey());
    return;
  }
  const key = await newKey();
  try {
    await untilAnswered(key, (status) => status !== 401);
    step(`the gateway knows ${key.keyId}`);
    await run(key);
  } finally {
    await standing('keys', 'revoke', '--file', options.keys, key.keyId);
  }
  await untilAnswered(key, (status) => status === 401);
  step(`${key.keyId} is revoked, and admits nobody any more`);
}

const tooLong = new Promise((_, failed) => {
  setTimeout(() => failed(new Error(`Not done within ${PATIENCE / 1000} s`)), PATIENCE).unref();
});
try {
  await Promise.race([main(), tooLong]);
} catch (error) {
  console.error(error);
  process.exit(1);
}
