package dev.standing.bench.platform;

import java.util.Map;

/**
 * How the processor is set up for a run.
 *
 * @param partitions of every topic
 * @param threads its stream threads
 * @param settings further settings of the processor, by their names; they win
 */
public record RunOptions(int partitions, int threads, Map<String, String> settings) {

    /** Keeps a copy. */
    public RunOptions {
        settings = Map.copyOf(settings);
    }
}
