package dev.standing.gateway.reply;

import dev.standing.avro.CommandResult;
import dev.standing.domain.command.Command;
import dev.standing.gateway.metrics.GatewayMetrics;
import dev.standing.registry.SchemaRegistryClient;
import dev.standing.serde.AvroDeserializer;
import dev.standing.serde.AvroSerializer;
import dev.standing.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Request and reply over Kafka: the waiter is registered before the command is sent, and all results are read, by every
 * gateway, from its own start. A gateway that dies loses only the waiting.
 */
public final class KafkaCommandChannel implements CommandChannel, AutoCloseable {

    private final WaitingRoom waiting;
    private final ResultsReceiver receiver;
    private final ResultsReader reader;
    private final CommandSender sender;
    private final GatewayMetrics metrics;
    private volatile boolean stopping;

    private KafkaCommandChannel(
            WaitingRoom waiting,
            ResultsReceiver receiver,
            ResultsReader reader,
            CommandSender sender,
            GatewayMetrics metrics) {
        this.waiting = waiting;
        this.receiver = receiver;
        this.reader = reader;
        this.sender = sender;
        this.metrics = metrics;
    }

    /**
     * Opens a channel. When this returns, no result of a command that it sends is missed.
     *
     * @param kafka settings of all Kafka clients
     * @param registry stays the caller's to close
     * @param clock tells when commands are sent
     * @param metrics is told of commands and their results
     * @throws org.apache.kafka.common.KafkaException if Kafka or the registry do not answer, or the schema of commands
     *     is not registered
     */
    public static KafkaCommandChannel open(
            Map<String, String> kafka,
            SchemaRegistryClient registry,
            TopicCatalogue topics,
            ChannelSettings settings,
            Clock clock,
            GatewayMetrics metrics) {
        String instanceId = UUID.randomUUID().toString();
        Map<String, Object> client = new HashMap<>(kafka);
        client.put("client.id", "standing-gateway-" + instanceId);
        WaitingRoom waiting = new WaitingRoom(settings.maxWaiting(), settings.replyTimeout());
        ResultsReceiver receiver =
                new ResultsReceiver(instanceId, waiting, new AvroDeserializer<>(registry, CommandResult.class, false));
        metrics.watchWaiting(waiting::size);
        Optional<ResultsReader> reader = Optional.empty();
        try {
            reader = Optional.of(
                    ResultsReader.start(new HashMap<>(client), topics.results().name(), receiver));
            CommandSender sender = CommandSender.start(
                    new HashMap<>(client),
                    new AvroSerializer<>(registry, false),
                    topics.commands().name(),
                    instanceId,
                    clock);
            return new KafkaCommandChannel(waiting, receiver, reader.get(), sender, metrics);
        } catch (RuntimeException e) {
            reader.ifPresent(ResultsReader::close);
            receiver.close();
            waiting.close();
            throw e;
        }
    }

    @Override
    public CompletableFuture<Reply> ask(Command command, Delivery delivery) {
        if (stopping) {
            return notTaken("The gateway is stopping. Nothing was recorded.");
        }
        if (reader.failure().isPresent()) {
            return notTaken("The gateway receives no results. Nothing was recorded.");
        }
        Optional<WaitingRoom.Place> place = waiting.enter(command.origin().commandId(), delivery.patience());
        if (place.isEmpty()) {
            return notTaken("Too many requests are waiting for their results. Nothing was recorded; try again later.");
        }
        // Last: whoever is let through to try whether Kafka is back has to send.
        if (!sender.admits()) {
            place.get()
                    .waiter()
                    .complete(new Reply.NotTaken(
                            "Kafka does not confirm requests at present. Nothing was recorded; try again later."));
            return place.get().reply();
        }
        GatewayMetrics.Sent sent = metrics.commandSent();
        sender.send(command, delivery.traceparent(), place.get().waiter());
        return place.get().reply().whenComplete((reply, failure) -> {
            if (reply instanceof Reply.Decided) {
                sent.answered();
            }
        });
    }

    private static CompletableFuture<Reply> notTaken(String why) {
        return CompletableFuture.completedFuture(new Reply.NotTaken(why));
    }

    /** What keeps commands from being answered, for people; empty: nothing. */
    public Optional<String> obstacle() {
        return stopping ? Optional.of("the gateway is stopping") : reader.failure();
    }

    /**
     * Takes no more commands, waits for the results of those that were sent, for so long at most, and gives up on the
     * rest.
     */
    public void drain(Duration atMost) {
        stopping = true;
        waiting.awaitEmpty(atMost);
    }

    /** Ends all waits and all connections, within about a second. */
    @Override
    public void close() {
        stopping = true;
        waiting.close();
        sender.close();
        reader.close();
        receiver.close();
    }
}
