package dev.standing.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Turns a payload of one schema into one of another, by Avro's rules of resolution: fields are found by name, whatever their order, and what is
 * new takes its default. Safe for use by many threads.
 */
final class PayloadConversion {

    private final GenericDatumReader<Object> reader;
    private final GenericDatumWriter<Object> writer;

    PayloadConversion(Schema from, Schema to) {
        GenericData model = new GenericData();
        this.reader = new GenericDatumReader<>(from, to, model);
        this.writer = new GenericDatumWriter<>(to, model);
    }

    byte[] convert(byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length);
        try {
            Object datum = reader.read(null, DecoderFactory.get().binaryDecoder(payload, null));
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            writer.write(datum, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "The record cannot be written with the latest schema: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }
}
