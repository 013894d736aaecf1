package dev.standing.domain.cascade;

/**
 * How many subordinates a cascade has reached.
 *
 * @param updated those that got the new state
 * @param skipped those that were DEACTIVATED or had the state and reason already
 */
public record CascadeCount(long updated, long skipped) {

    /** None yet. */
    public static final CascadeCount NONE = new CascadeCount(0, 0);

    /** With one more; one that is not covered does not count. */
    public CascadeCount plus(Reach reach) {
        return switch (reach) {
            case UPDATED -> new CascadeCount(updated + 1, skipped);
            case SKIPPED -> new CascadeCount(updated, skipped + 1);
            case NOT_COVERED -> this;
        };
    }
}
