package dev.standing.bench.load;

import dev.standing.avro.CommandResult;
import dev.standing.avro.ResultStatus;
import dev.standing.bench.platform.TestBed;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.serde.AvroDeserializer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows the results, committed ones only, and hands them to whoever waits for them. Safe for use by many threads. */
public final class Answers implements AutoCloseable {

    private final String topic;
    private final TopicReader reader;
    private final AvroDeserializer<CommandResult> deserializer;
    private final List<Consumer<Answer>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::follow, "bench-answers");
    private volatile boolean closing;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    private Answers(TestBed bed) {
        this.topic = bed.topics().results().name();
        this.reader = TopicReader.fromNow(bed, topic);
        this.deserializer = new AvroDeserializer<>(bed.registry(), CommandResult.class, false);
    }

    /**
     * An answer.
     *
     * @param commandId of the command that is answered
     * @param status what became of it
     * @param text why, if it was rejected
     * @param seenNanos when it was seen, by {@link System#nanoTime}
     */
    public record Answer(String commandId, ResultStatus status, Optional<String> text, long seenNanos) {}

    /** Follows what is answered from now on. */
    public static Answers follow(TestBed bed) {
        Answers answers = new Answers(bed);
        answers.thread.start();
        return answers;
    }

    /** Hands every answer to the listener, on a thread of its own, until the subscription is closed. */
    public Subscription subscribe(Consumer<Answer> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** That a listener is told of answers. */
    public interface Subscription extends AutoCloseable {

        @Override
        void close();
    }

    /** Throws if answers can no longer be read. */
    public void requireNoFailure() {
        failure.ifPresent(cause -> {
            throw new IllegalStateException("Results cannot be read", cause);
        });
    }

    private void follow() {
        try {
            while (!closing) {
                reader.poll(this::answered);
            }
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    private void answered(ConsumerRecord<byte[], byte[]> record) {
        long seen = System.nanoTime();
        CommandResult result = deserializer.deserialize(topic, record.headers(), record.value());
        Answer answer = new Answer(
                HeaderText.read(record.headers(), HeaderNames.CORRELATION_ID).orElse(result.getCommandId()),
                result.getStatus(),
                result.getMessage(),
                seen);
        listeners.forEach(listener -> listener.accept(answer));
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
