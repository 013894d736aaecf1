// Reads every topic of Standing from its beginning to its end, and prints the records as JSON, one a line.
// Ends non-zero if a value cannot be decoded.
//
//   node read-topics.mjs [--kafka localhost:9092] [--registry http://localhost:8081] [--prefix standing.]
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import kafkajs from 'kafkajs';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    kafka: { type: 'string', default: 'localhost:9092' },
    registry: { type: 'string', default: 'http://localhost:8081' },
    prefix: { type: 'string', default: 'standing.' },
  },
});

const TOPICS = ['commands', 'events', 'results', 'customers', 'subordinate-updates', 'external-ids', 'commands.dlq']
  .map((name) => options.prefix + name);
const DEAD_LETTERS = `${options.prefix}commands.dlq`;

const { Kafka, logLevel } = kafkajs;
const kafka = new Kafka({ clientId: 'read-topics', brokers: [options.kafka], logLevel: logLevel.ERROR });
const registry = new SchemaRegistry({ host: options.registry });

/** Where each partition ends that has anything in it, by topic. */
async function endsOf(topics) {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map();
  for (const topic of topics) {
    const partitions = await admin.fetchTopicOffsets(topic);
    ends.set(topic, new Map(partitions
      .filter(({ low, high }) => BigInt(high) > BigInt(low))
      .map(({ partition, high }) => [partition, BigInt(high)])));
  }
  await admin.disconnect();
  return ends;
}

async function show(topic, partition, message) {
  const value = topic === DEAD_LETTERS
    ? { bytes: message.value?.toString('hex'), reason: message.headers.standing_dlq_reason?.toString() }
    : message.value && await registry.decode(message.value);
  const record = { topic, partition, offset: message.offset, key: message.key?.toString(), value };
  console.log(JSON.stringify(record, (_, part) => (typeof part === 'bigint' ? Number(part) : part)));
}

const ends = await endsOf(TOPICS);
const open = new Set([...ends].flatMap(([topic, partitions]) => [...partitions.keys()].map((p) => `${topic}/${p}`)));
const counts = new Map(TOPICS.map((topic) => [topic, 0]));
const consumer = kafka.consumer({ groupId: `read-topics-${process.pid}-${Date.now()}` });
let failure;

await consumer.connect();
await consumer.subscribe({ topics: TOPICS, fromBeginning: true });
await new Promise((finished) => {
  if (open.size === 0) {
    finished();
  }
  consumer.run({
    eachBatchAutoResolve: true,
    eachBatch: async ({ batch }) => {
      try {
        for (const message of batch.messages) {
          await show(batch.topic, batch.partition, message);
          counts.set(batch.topic, counts.get(batch.topic) + 1);
        }
      } catch (error) {
        failure ??= error;
        finished();
      }
      // A transaction's marker takes an offset, too: the batch tells how far it reaches, markers included.
      if (BigInt(batch.lastOffset()) + 1n >= (ends.get(batch.topic).get(batch.partition) ?? 0n)) {
        open.delete(`${batch.topic}/${batch.partition}`);
      }
      if (open.size === 0) {
        finished();
      }
    },
  });
});
await consumer.disconnect();

for (const [topic, count] of counts) {
  console.error(`${topic}: ${count} records`);
}
if (failure) {
  console.error(failure);
  process.exit(1);
}
