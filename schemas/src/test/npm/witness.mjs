// Decodes records with npm's two clients of a schema registry, and encodes again what they made of them.
//
//   node witness.mjs http://localhost:8081
//
// Takes a line {"topic", "id", "record": hex} for each record from its input, and answers with a line for each client,
// {"client", "topic", "value", "record": hex}; the schema must be the latest of the topic's subject. Bytes are shown in hex.
import { SchemaRegistryClient } from '@confluentinc/schemaregistry/dist/schemaregistry-client.js';
import { AvroDeserializer, AvroSerializer } from '@confluentinc/schemaregistry/dist/serde/avro.js';
import { SerdeType } from '@confluentinc/schemaregistry/dist/serde/serde.js';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import { createInterface } from 'node:readline';

const url = process.argv[2];
const kafkajs = new SchemaRegistry({ host: url });
const client = new SchemaRegistryClient({ baseURLs: [url] });
const serializer = new AvroSerializer(client, SerdeType.VALUE, { autoRegisterSchemas: false, useLatestVersion: true });
const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});

function show(name, topic, value, record) {
  const hex = (key, part) => (part?.type === 'Buffer' ? Buffer.from(part.data).toString('hex') : part);
  console.log(JSON.stringify({ client: name, topic, value, record: Buffer.from(record).toString('hex') }, hex));
}

for await (const line of createInterface({ input: process.stdin })) {
  const { topic, id, record } = JSON.parse(line);
  const bytes = Buffer.from(record, 'hex');
  const one = await kafkajs.decode(bytes);
  show('@kafkajs/confluent-schema-registry', topic, one, await kafkajs.encode(id, one));
  const other = await deserializer.deserialize(topic, bytes);
  show('@confluentinc/schemaregistry', topic, other, await serializer.serialize(topic, other));
}
