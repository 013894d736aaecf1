package dev.standing.audit.verify;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that is wrong, where it is.
 *
 * @param kind what is wrong
 * @param customerId the customer that it concerns; empty: none, or it is not known which
 * @param sequence that of the event that it concerns; empty: none
 * @param site the record at fault
 * @param other another record that tells so, or that it has to do with
 * @param detail what there is besides, in words for people
 */
public record Finding(
        FindingKind kind,
        Optional<String> customerId,
        OptionalLong sequence,
        Site site,
        Optional<Site> other,
        String detail)
        implements Comparable<Finding> {

    private static final Comparator<Finding> IN_ORDER = Comparator.comparing(Finding::site)
            .thenComparing(Finding::kind)
            .thenComparing(finding -> finding.customerId().orElse(""))
            .thenComparing(Finding::detail);

    /** By place, and then by kind. */
    @Override
    public int compareTo(Finding other) {
        return IN_ORDER.compare(this, other);
    }

    /** In JSON, with its members always in the same order. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", kind.name());
        json.put("customerId", customerId.orElse(null));
        if (sequence.isPresent()) {
            json.put("sequence", sequence.getAsLong());
        } else {
            json.putNull("sequence");
        }
        json.set("place", site.toJson());
        json.set("otherPlace", other.map(Site::toJson).orElse(null));
        json.put("detail", detail);
        return json;
    }

    /** In one line, for people. */
    public String text() {
        StringBuilder text = new StringBuilder(site.toString()).append(": ").append(kind);
        customerId.ifPresent(id -> text.append(", customer ").append(id));
        sequence.ifPresent(number -> text.append(", sequence ").append(number));
        text.append(". ").append(kind.meaning());
        if (!detail.isEmpty()) {
            text.append(' ').append(detail);
        }
        other.ifPresent(site -> text.append(" (See ").append(site).append(")"));
        return text.toString();
    }
}
