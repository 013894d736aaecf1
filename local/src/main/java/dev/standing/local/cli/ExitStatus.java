package dev.standing.local.cli;

/** The statuses that the process ends with. */
final class ExitStatus {

    /** Done, or stopped as asked. */
    static final int OK = 0;
    /** Something failed. */
    static final int FAILED = 1;
    /** The command line or a setting is wrong: nothing was done. */
    static final int USAGE = 2;

    /** Stopped with something left to do. The process ends with 128 and the number of its signal: this is Ctrl-C's. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
