package dev.standing.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.standing.avro.CustomerEvent;
import dev.standing.bench.platform.TestBed;
import dev.standing.serde.AvroDeserializer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/** The event log, committed events only. */
public final class Events {

    private Events() {}

    /** Hands over every event of the customers whose ids begin so; those of a customer in their order. */
    public static void read(TestBed bed, String customers, Consumer<CustomerEvent> each) {
        String topic = bed.topics().events().name();
        try (TopicReader reader = TopicReader.fromBeginning(bed, topic);
                AvroDeserializer<CustomerEvent> deserializer =
                        new AvroDeserializer<>(bed.registry(), CustomerEvent.class, false)) {
            reader.toEnd(record -> {
                if (new String(record.key(), UTF_8).startsWith(customers)) {
                    each.accept(deserializer.deserialize(topic, record.headers(), record.value()));
                }
            });
        }
    }

    /**
     * Follows the events from now on, without decoding them: what is measured meanwhile has the machine for itself.
     *
     * @param customers what the ids of the customers begin with
     * @param each told the customerId, and when the event was seen by {@link System#currentTimeMillis}
     */
    public static Following follow(TestBed bed, String customers, ObjLongConsumer<String> each) {
        return new Following(TopicReader.fromNow(bed, bed.topics().events().name()), customers, each);
    }

    /** A thread that follows the events. */
    public static final class Following implements AutoCloseable {

        private final TopicReader reader;
        private final String customers;
        private final ObjLongConsumer<String> each;
        private final Thread thread = new Thread(this::run, "bench-events");
        private volatile boolean closing;
        private volatile Optional<RuntimeException> failure = Optional.empty();

        private Following(TopicReader reader, String customers, ObjLongConsumer<String> each) {
            this.reader = reader;
            this.customers = customers;
            this.each = each;
            thread.start();
        }

        /** Throws if the events can no longer be read. */
        public void requireNoFailure() {
            failure.ifPresent(cause -> {
                throw new IllegalStateException("Events cannot be read", cause);
            });
        }

        private void run() {
            try {
                while (!closing) {
                    reader.poll(record -> {
                        String customerId = new String(record.key(), UTF_8);
                        if (customerId.startsWith(customers)) {
                            each.accept(customerId, System.currentTimeMillis());
                        }
                    });
                }
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
        }

        @Override
        public void close() {
            closing = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reader.close();
        }
    }
}
