package dev.standing.audit.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What was read of one partition of the log.
 *
 * @param partition from 0
 * @param first the first offset that the broker has
 * @param begin where the reading began
 * @param end where it ended, exclusive
 * @param events how many records there were
 * @param customers of how many customers
 * @param subordinates how many subordinates these have
 * @param midway how many of the customers had events before the reading began: they are not folded
 * @param compared how many were held against their records
 */
public record PartitionReport(
        int partition,
        long first,
        long begin,
        long end,
        long events,
        long customers,
        long subordinates,
        long midway,
        long compared) {

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("partition", partition);
        json.put("first", first);
        json.put("begin", begin);
        json.put("end", end);
        json.put("events", events);
        json.put("customers", customers);
        json.put("subordinates", subordinates);
        json.put("enteredMidway", midway);
        json.put("compared", compared);
        return json;
    }
}
