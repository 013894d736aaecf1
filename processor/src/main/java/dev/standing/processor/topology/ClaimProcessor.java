package dev.standing.processor.topology;

import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.internal.ClaimAnswer;
import dev.standing.avro.internal.ClaimOutcome;
import dev.standing.avro.internal.ClaimRequest;
import dev.standing.processor.intake.ReceivedCommand;
import dev.standing.processor.metrics.ProcessorMetrics;
import dev.standing.processor.output.AnswerHeaders;
import dev.standing.processor.output.OutputEncoder;
import dev.standing.processor.output.Sink;
import dev.standing.processor.store.ClaimStore;
import dev.standing.processor.timing.ThreadAgendas;
import dev.standing.topics.TopicDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Decides whose an externalId is: the first customer that claims it has it ({@code semantics.md} section 2). It knows
 * all externalIds of its partition, which is that of the externalId, not of the customer.
 */
final class ClaimProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    private final TopicDefinition topic;
    private final OutputEncoder encoder;
    private final InstantSource clock;
    private final ProcessorMetrics metrics;
    private final ThreadAgendas agendas;

    private ProcessorContext<byte[], byte[]> context;
    private ClaimStore claims;
    private Outbox outbox;
    private InternalIntake<ClaimRequest> requests;

    ClaimProcessor(
            TopicDefinition topic,
            OutputEncoder encoder,
            InstantSource clock,
            ProcessorMetrics metrics,
            ThreadAgendas agendas) {
        this.topic = topic;
        this.encoder = encoder;
        this.clock = clock;
        this.metrics = metrics;
        this.agendas = agendas;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        claims = new ClaimStore(context.getStateStore(ClaimStore.name()));
        outbox = new Outbox(context, topic, Sink.CLAIM_DEAD_LETTERS, clock, metrics);
        requests = new InternalIntake<>(ClaimRequest.class, outbox);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElseThrow();
        ReceivedCommand received =
                new ReceivedCommand(record.key(), record.value(), record.headers(), record.timestamp(), offset);
        requests.read(received).ifPresent(request -> {
            switch (request.getAction()) {
                case CLAIM -> claim(request, record.headers());
                case RELEASE -> release(request, record.headers());
                case UNKNOWN -> requests.refuse(received, "This version does not know what is asked for");
            }
        });
        if (agendas.current().recordTaken()) {
            context.commit();
        }
    }

    private void claim(ClaimRequest request, Headers headers) {
        Optional<ExternalIdClaim> held = claims.find(request.getExternalId());
        if (held.isEmpty()) {
            ExternalIdClaim granted = new ExternalIdClaim(
                    request.getExternalId(), request.getCustomerId(), request.getCommandId(), now());
            claims.put(granted);
            outbox.send(encoder.granted(granted), answering(request, headers), granted.getDecidedAt());
        }
        boolean isOwn = held.isEmpty() || held.get().getCustomerId().equals(request.getCustomerId());
        ClaimAnswer answer = new ClaimAnswer(
                isOwn ? ClaimOutcome.GRANTED : ClaimOutcome.REFUSED,
                request.getCustomerId(),
                request.getCommandId(),
                request.getExternalId());
        outbox.send(encoder.answer(answer), answering(request, headers), now());
    }

    /** Only the registration that was granted it gives it up. */
    private void release(ClaimRequest request, Headers headers) {
        claims.find(request.getExternalId())
                .filter(held -> held.getCustomerId().equals(request.getCustomerId())
                        && held.getCommandId().equals(request.getCommandId()))
                .ifPresent(held -> {
                    claims.remove(held);
                    outbox.send(encoder.released(held), answering(request, headers), now());
                });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static AnswerHeaders answering(ClaimRequest request, Headers headers) {
        return AnswerHeaders.answering(headers, request.getCommandId());
    }
}
