package dev.standing.audit.verify;

import dev.standing.audit.log.Range;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a log is verified.
 *
 * @param range which part of it
 * @param threads how many partitions are read at the same time; at least 1
 * @param mostInMemory how many customers, and as many subordinates, are kept in memory in all; others lie on the disk
 * @param mostFindings how many findings are kept; all are counted
 * @param patience how long to wait for records whose transaction is being committed
 * @param against what the log is held against
 * @param answers whom to ask about the customers
 * @param sample about how many of them are asked about; empty: all
 */
public record VerificationOptions(
        Range range,
        int threads,
        int mostInMemory,
        int mostFindings,
        Duration patience,
        Optional<Against> against,
        Optional<Answers> answers,
        OptionalLong sample) {

    /** How many customers are kept in memory where nobody says otherwise: with little more than 100 MB. */
    public static final int MOST_IN_MEMORY = 40_000;
    /** How many findings are kept where nobody says otherwise. */
    public static final int MOST_FINDINGS = 1_000;
    /** Longer than any transaction that is being committed takes. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The usual ones, for all of the log. */
    public static VerificationOptions of(Range range, int threads) {
        return new VerificationOptions(
                range,
                threads,
                MOST_IN_MEMORY,
                MOST_FINDINGS,
                PATIENCE,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    /** The same, with so many customers in memory. */
    public VerificationOptions withMostInMemory(int most) {
        return new VerificationOptions(range, threads, most, mostFindings, patience, against, answers, sample);
    }

    /** The same, with so many findings. */
    public VerificationOptions withMostFindings(int most) {
        return new VerificationOptions(range, threads, mostInMemory, most, patience, against, answers, sample);
    }

    /** The same, held against a checkpoint. */
    public VerificationOptions withAgainst(Against checkpoint) {
        return new VerificationOptions(
                range, threads, mostInMemory, mostFindings, patience, Optional.of(checkpoint), answers, sample);
    }

    /** The same, and asks about customers. */
    public VerificationOptions withAnswers(Answers whom, OptionalLong howMany) {
        return new VerificationOptions(
                range, threads, mostInMemory, mostFindings, patience, against, Optional.of(whom), howMany);
    }

    /** How many customers of one partition are kept in memory. */
    int mostOfOnePartition() {
        return Math.max(1, mostInMemory / threads);
    }
}
