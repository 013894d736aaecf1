package dev.standing.audit.log;

/** Is told how far the reading has come. Called by several threads. */
public interface Progress extends AutoCloseable {

    /** Nobody looks. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String what, long offsets) {}

        @Override
        public void advanced(long offsets) {}

        @Override
        public void close() {}
    };

    /**
     * A piece of work begins, in place of the one before.
     *
     * @param what in a word or two, for people
     * @param offsets how many offsets there are to read
     */
    void begin(String what, long offsets);

    /** So many more are read. */
    void advanced(long offsets);

    /** All is done, or given up. */
    @Override
    void close();
}
