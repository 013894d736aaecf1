package dev.standing.gateway.access;

/** Whether somebody is who they say. */
public sealed interface Verdict {

    /** They are. */
    record Admitted(Caller caller) implements Verdict {}

    /**
     * They are not, or do not say.
     *
     * @param why for the client: never tells a key that exists from one that does not
     */
    record Refused(String why) implements Verdict {}

    /**
     * It cannot be told now.
     *
     * @param why for the client
     */
    record Undecided(String why) implements Verdict {}
}
