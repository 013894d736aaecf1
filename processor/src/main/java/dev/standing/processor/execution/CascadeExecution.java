package dev.standing.processor.execution;

import dev.standing.avro.Customer;
import dev.standing.avro.store.OpenCascade;
import dev.standing.domain.cascade.Cascade;
import dev.standing.domain.cascade.CascadeCompletion;
import dev.standing.domain.cascade.CascadeCount;
import dev.standing.domain.cascade.Reach;
import dev.standing.domain.decision.Now;
import dev.standing.domain.decision.Settlement;
import dev.standing.domain.event.Event;
import dev.standing.domain.hierarchy.Hierarchy;
import dev.standing.domain.hierarchy.Subordinate;
import dev.standing.domain.policy.Policy;
import dev.standing.mapping.CascadeMapping;
import dev.standing.mapping.CustomerMapping;
import dev.standing.mapping.SubordinateMapping;
import dev.standing.processor.output.OutgoingRecord;
import dev.standing.processor.output.OutputEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes cascades from one subordinate to the next, and encodes what follows, without any input or output: {@code
 * semantics.md} section 7 with the records around it. Safe for use by many threads.
 */
public final class CascadeExecution {

    private final CascadeCompletion completion;
    private final EventRecording recording;
    private final OutputEncoder encoder;

    /** Completes cascades under the policy, and encodes with the encoder. */
    public CascadeExecution(Policy policy, OutputEncoder encoder) {
        this.completion = new CascadeCompletion(policy);
        this.recording = new EventRecording(new Settlement(policy), encoder);
        this.encoder = encoder;
    }

    /**
     * What follows from going on with a cascade.
     *
     * @param customer the cascade's customer as it is kept
     * @param open the cascade as it is kept
     * @param next the subordinates behind the last one that it reached, in their order
     * @param last whether there are no more behind these
     */
    public CascadeStep step(Customer customer, OpenCascade open, List<Subordinate> next, boolean last, Instant clock) {
        dev.standing.domain.customer.Customer owner = CustomerMapping.toDomain(customer);
        Cascade cascade = CascadeMapping.toDomain(open);
        CascadeCount count = CascadeMapping.count(open);
        Instant now = Now.of(Optional.of(owner), clock);
        List<Subordinate> updated = new ArrayList<>();
        List<OutgoingRecord> updates = new ArrayList<>();
        for (Subordinate subordinate : next) {
            Reach reach = cascade.reach(subordinate);
            count = count.plus(reach);
            if (reach == Reach.UPDATED) {
                updates.add(encoder.update(SubordinateMapping.toUpdate(cascade, subordinate, now)));
                updated.add(subordinate.withState(
                        cascade.state().state(), cascade.state().reason()));
            }
        }
        OpenCascade reached = next.isEmpty() ? open : CascadeMapping.reached(open, next.get(next.size() - 1), count);
        Optional<Effects> completed = last
                ? Optional.of(completed(customer, completion.completed(owner, cascade, count, clock)))
                : Optional.empty();
        return new CascadeStep(reached, updated, updates, completed);
    }

    private Effects completed(Customer customer, Event event) {
        EventRecording.Recorded recorded = recording
                .record(Optional.of(customer), Hierarchy.empty(), List.of(event))
                .orElseThrow();
        return Effects.unasked(recorded.customer(), recorded.records(), event.recordedAt());
    }
}
