package dev.standing.audit.verify;

import java.util.List;
import java.util.Optional;

/**
 * All that there is of a suspect customer.
 *
 * @param customerId the customer
 * @param exhibits its part of the log, in the order of the log
 * @param first its record before the events were read
 * @param later its record afterwards, if it was written meanwhile
 * @param isRecordReported whether something is wrong with its record as such
 * @param beginsMidway whether there are events before the first one
 * @param endsEarly whether there may be events behind the last one
 */
record Case(
        String customerId,
        List<Exhibit> exhibits,
        Optional<Anchor> first,
        Optional<Anchor> later,
        boolean isRecordReported,
        boolean beginsMidway,
        boolean endsEarly) {

    /** That of a customer that was followed. */
    static Case of(String customerId, List<Exhibit> exhibits, Track track, boolean endsEarly) {
        return new Case(
                customerId,
                exhibits,
                track.first(),
                track.later(),
                track.isRecordReported(),
                track.midway(),
                endsEarly);
    }

    /** The latest record. */
    Optional<Anchor> latest() {
        return later.isPresent() ? later : first;
    }
}
