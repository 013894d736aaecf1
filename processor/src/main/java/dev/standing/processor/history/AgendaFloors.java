package dev.standing.processor.history;

import dev.standing.avro.PlannedChangeStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where scans of the agendas of this process begin. Safe for use by many threads. */
final class AgendaFloors {

    private final Map<Integer, Map<PlannedChangeStatus, Floor>> floors = new ConcurrentHashMap<>();

    /** The floors of a partition whose store was opened, at the bottom; what others know of the store before is void. */
    Map<PlannedChangeStatus, Floor> open(int partition) {
        Map<PlannedChangeStatus, Floor> opened = atTheBottom();
        floors.put(partition, opened);
        return opened;
    }

    /** The floors of a partition, by status. */
    Map<PlannedChangeStatus, Floor> of(int partition) {
        return floors.getOrDefault(partition, atTheBottom());
    }

    private static Map<PlannedChangeStatus, Floor> atTheBottom() {
        Map<PlannedChangeStatus, Floor> bottom = new EnumMap<>(PlannedChangeStatus.class);
        for (PlannedChangeStatus status : AgendaRows.STATUSES) {
            bottom.put(status, new Floor(AgendaRows.lowest(status)));
        }
        return bottom;
    }
}
