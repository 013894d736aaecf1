package dev.standing.audit.export;

import dev.standing.audit.log.Place;
import java.util.ArrayList;
import java.util.List;

/** Collects what could not be exported: records that lie side by side and have one reason are told in one. */
final class UnreadableRecords {

    private final List<Unreadable> all = new ArrayList<>();

    /** A record, which lies behind those before. */
    void add(Place place, String reason) {
        if (!all.isEmpty()) {
            Unreadable last = all.get(all.size() - 1);
            if (last.lastOffset() + 1 == place.offset() && last.reason().equals(reason)) {
                all.set(
                        all.size() - 1,
                        new Unreadable(last.partition(), last.firstOffset(), place.offset(), last.count() + 1, reason));
                return;
            }
        }
        all.add(new Unreadable(place.partition(), place.offset(), place.offset(), 1, reason));
    }

    List<Unreadable> all() {
        return all;
    }
}
