package dev.standing.audit.whatif;

import dev.standing.audit.log.Place;
import dev.standing.serde.UndecodableRecordException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What can be read of records.
 *
 * @param <T> what they are read as
 */
final class ReadableRecords<T> implements Iterator<T> {

    private final Iterator<ConsumerRecord<byte[], byte[]>> records;
    private final Function<ConsumerRecord<byte[], byte[]>, T> reader;
    private final Consumer<UnreadableRecord> unreadable;
    private Optional<T> next = Optional.empty();

    /** @param unreadable told where the others lie */
    ReadableRecords(
            Iterator<ConsumerRecord<byte[], byte[]>> records,
            Function<ConsumerRecord<byte[], byte[]>, T> reader,
            Consumer<UnreadableRecord> unreadable) {
        this.records = records;
        this.reader = reader;
        this.unreadable = unreadable;
    }

    @Override
    public boolean hasNext() {
        while (next.isEmpty() && records.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            next = read(record);
            if (next.isEmpty()) {
                unreadable.accept(new UnreadableRecord(record.topic(), new Place(record.partition(), record.offset())));
            }
        }
        return next.isPresent();
    }

    private Optional<T> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(record));
        } catch (UndecodableRecordException e) {
            return Optional.empty();
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T read = next.orElseThrow();
        next = Optional.empty();
        return read;
    }
}
