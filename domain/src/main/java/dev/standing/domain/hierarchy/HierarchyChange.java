package dev.standing.domain.hierarchy;

/** What is to be done to a hierarchy that is kept. */
public sealed interface HierarchyChange {

    /**
     * The subordinate is there, and is like this.
     *
     * @param subordinate as it is from here on
     */
    record Put(Subordinate subordinate) implements HierarchyChange {}

    /**
     * The subordinate is there no more.
     *
     * @param subordinate as it was before
     */
    record Remove(Subordinate subordinate) implements HierarchyChange {}
}
