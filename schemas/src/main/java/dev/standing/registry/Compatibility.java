package dev.standing.registry;

import java.util.List;

/**
 * A registry's verdict on a schema that might become the next version of a subject.
 *
 * @param compatible whether the subject's compatibility level allows it
 * @param reasons why not, in the registry's words; empty if compatible, or if the registry does not say
 */
public record Compatibility(boolean compatible, List<String> reasons) {

    /** Copies the reasons. */
    public Compatibility {
        reasons = List.copyOf(reasons);
    }
}
