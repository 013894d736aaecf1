package dev.standing.audit.export;

import dev.standing.audit.export.format.ExportFormat;
import dev.standing.audit.log.Bound;
import dev.standing.audit.log.Range;
import dev.standing.domain.history.PointInTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an export is of: all that must be the same when it goes on.
 *
 * @param values by name, in the order of the manifest
 */
record Terms(Map<String, String> values) {

    /** Keeps a copy, in its order. */
    Terms {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static Terms of(String contents, ExportFormat format, String topic, ExportRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("of", contents);
        values.put("format", format.ending());
        values.put("topic", topic);
        request.range().ifPresent(range -> put(values, range));
        request.point().ifPresent(point -> put(values, point));
        if (request.point().isEmpty()) {
            values.put("chunk", Long.toString(request.chunk()));
        }
        return new Terms(values);
    }

    private static void put(Map<String, String> values, Range range) {
        text(range.from()).ifPresent(from -> values.put("from", from));
        text(range.to()).ifPresent(until -> values.put("until", until));
    }

    private static void put(Map<String, String> values, PointInTime point) {
        point.validAt().ifPresent(valid -> values.put("valid", valid.toString()));
        point.knownAt().ifPresent(known -> values.put("known", known.toString()));
    }

    /** As people would write it. */
    private static Optional<String> text(Bound bound) {
        if (bound instanceof Bound.AtOffset at) {
            return Optional.of(Long.toString(at.offset()));
        }
        if (bound instanceof Bound.AtOffsets at) {
            return Optional.of(at.offsets().entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(",")));
        }
        if (bound instanceof Bound.AtTime at) {
            return Optional.of(at.time().toString());
        }
        return Optional.empty();
    }

    /** In which these differ from others, in words for people; empty if they are the same. */
    List<String> differences(Terms others) {
        Set<String> names = new LinkedHashSet<>(values.keySet());
        names.addAll(others.values.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String here = values.getOrDefault(name, "none");
            String there = others.values.getOrDefault(name, "none");
            if (!here.equals(there)) {
                differences.add(name + " is " + there + ", not " + here);
            }
        }
        return differences;
    }
}
