package dev.standing.local.cli;

/** The statuses that the process ends with. */
final class ExitStatus {

    /** Done, or stopped as asked. */
    static final int OK = 0;
    /** Something failed. */
    static final int FAILED = 1;
    /** The command line or a setting is wrong: nothing was done. */
    static final int USAGE = 2;

    /** Stopped by Ctrl-C with something left to do: 128 and the number of the signal, as shells have it. */
    static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
