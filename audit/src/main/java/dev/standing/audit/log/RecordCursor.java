package dev.standing.audit.log;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The committed records of a {@link Slice}, one by one, in their order. For one thread.
 *
 * <p>Methods throw {@link LogUnavailableException} when Kafka gives nothing for a minute, or refuses.
 */
public final class RecordCursor implements Iterator<ConsumerRecord<byte[], byte[]>>, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MOST_EMPTY_POLLS = 120;

    private final Consumers.Loan loan;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Slice slice;
    private final Progress progress;
    private Iterator<ConsumerRecord<byte[], byte[]>> batch = Collections.emptyIterator();
    private long position;

    RecordCursor(Consumers.Loan loan, Slice slice, Progress progress) {
        this.loan = loan;
        this.consumer = loan.consumer();
        this.partition = new TopicPartition(slice.topic(), slice.partition());
        this.slice = slice;
        this.progress = progress;
        this.position = slice.begin();
        consumer.assign(List.of(partition));
        consumer.seek(partition, slice.begin());
    }

    @Override
    public boolean hasNext() {
        for (int empty = 0; !batch.hasNext() && position < slice.end(); ) {
            long before = position;
            poll();
            empty = position == before ? empty + 1 : 0;
            if (empty == MOST_EMPTY_POLLS) {
                throw new LogUnavailableException("Kafka gives nothing of " + slice.topic() + ", "
                        + new Place(slice.partition(), position) + ", up to offset " + slice.end());
            }
        }
        return batch.hasNext();
    }

    @Override
    public ConsumerRecord<byte[], byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return batch.next();
    }

    private void poll() {
        try {
            List<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).records(partition);
            long reached = Math.min(consumer.position(partition), slice.end());
            batch = polled.stream()
                    .filter(record -> record.offset() < slice.end())
                    .iterator();
            progress.advanced(reached - position);
            position = reached;
        } catch (KafkaException e) {
            throw new LogUnavailableException(
                    "The topic " + slice.topic() + " cannot be read at " + new Place(slice.partition(), position), e);
        }
    }

    /** Lets the connection go. */
    @Override
    public void close() {
        loan.close();
    }
}
