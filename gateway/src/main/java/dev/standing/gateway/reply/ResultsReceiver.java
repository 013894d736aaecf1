package dev.standing.gateway.reply;

import dev.standing.avro.CommandResult;
import dev.standing.gateway.log.RequestTag;
import dev.standing.headers.HeaderNames;
import dev.standing.headers.HeaderText;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.serde.AvroDeserializer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings results to those who wait for them. What is for another gateway is dropped by its header, before anything is
 * decoded; decoding, which may ask the registry, happens on threads of its own.
 */
final class ResultsReceiver implements ResultsReader.Receiver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResultsReceiver.class);
    private static final int THREADS = 2;

    private final byte[] instanceId;
    private final WaitingRoom waiting;
    private final AvroDeserializer<CommandResult> deserializer;
    private final ExecutorService decoders;

    ResultsReceiver(String instanceId, WaitingRoom waiting, AvroDeserializer<CommandResult> deserializer) {
        this.instanceId = instanceId.getBytes(StandardCharsets.UTF_8);
        this.waiting = waiting;
        this.deserializer = deserializer;
        this.decoders = Executors.newFixedThreadPool(THREADS, runnable -> {
            Thread thread = new Thread(runnable, "gateway-replies");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void receive(ConsumerRecord<byte[], byte[]> result) {
        Header replyTo = result.headers().lastHeader(HeaderNames.REPLY_TO);
        if (replyTo != null && Arrays.equals(replyTo.value(), instanceId)) {
            HeaderText.read(result.headers(), HeaderNames.CORRELATION_ID)
                    .flatMap(waiting::waitingFor)
                    .ifPresent(waiter -> decoders.execute(() -> receive(result, waiter)));
        }
    }

    private void receive(ConsumerRecord<byte[], byte[]> result, Waiter waiter) {
        RequestTag.during(waiter.request(), () -> waiter.complete(reply(result)));
    }

    private Reply reply(ConsumerRecord<byte[], byte[]> result) {
        try {
            CommandResult decoded = deserializer.deserialize(result.topic(), result.headers(), result.value());
            if (decoded != null) {
                return new Reply.Decided(decoded);
            }
            LOG.error("{} holds no result", place(result));
        } catch (RegistryUnavailableException e) {
            LOG.warn("{} cannot be read while the registry is away", place(result), e);
            return new Reply.Unanswered();
        } catch (KafkaException e) {
            LOG.error("{} cannot be read", place(result), e);
        }
        return new Reply.Unreadable();
    }

    private static String place(ConsumerRecord<byte[], byte[]> result) {
        return result.topic() + "-" + result.partition() + "@" + result.offset();
    }

    /** Decodes no more. */
    @Override
    public void close() {
        decoders.shutdownNow();
    }
}
