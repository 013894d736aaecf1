package dev.standing.mapping;

import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.StateValue;

/** States and state values. */
final class StateMapping {

    static final EnumMapping<CustomerState, dev.standing.avro.CustomerState> STATES =
            new EnumMapping<>(CustomerState.class, dev.standing.avro.CustomerState.class);

    private StateMapping() {}

    static dev.standing.avro.StateValue toAvro(StateValue value) {
        return new dev.standing.avro.StateValue(STATES.toAvro(value.state()), value.reason(), value.validFrom());
    }

    /** Refuses a state that this version does not know: what is stored or logged must not be guessed at. */
    static StateValue toDomain(dev.standing.avro.StateValue value) {
        CustomerState state = STATES.toDomain(value.getState())
                .orElseThrow(() -> new UnknownSymbolException("state " + value.getState()));
        return new StateValue(state, value.getStateReason(), value.getValidFrom());
    }
}
