package dev.standing.audit.history;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The answers of several partitions as one sequence, in the order of the customerIds' bytes in UTF-8. One answer of each is
 * held at a time.
 */
public final class MergedAnswers implements Iterator<AsOfAnswer> {

    private final PriorityQueue<Head> heads = new PriorityQueue<>(Head.IN_ORDER);

    /**
     * The next answer of a partition.
     *
     * @param number breaks the tie if a customer lies in two partitions, which it should not
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    private record Head(byte[] customerId, int number, AsOfAnswer answer, Iterator<? extends AsOfAnswer> rest) {

        private static final Comparator<Head> IN_ORDER =
                Comparator.comparing(Head::customerId, Arrays::compareUnsigned).thenComparingInt(Head::number);
    }

    /** Merges what is sorted already; the caller closes it. */
    public MergedAnswers(List<? extends Iterator<? extends AsOfAnswer>> partitions) {
        for (int number = 0; number < partitions.size(); number++) {
            add(number, partitions.get(number));
        }
    }

    private void add(int number, Iterator<? extends AsOfAnswer> rest) {
        if (rest.hasNext()) {
            AsOfAnswer answer = rest.next();
            heads.add(new Head(answer.customerId().getBytes(StandardCharsets.UTF_8), number, answer, rest));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public AsOfAnswer next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException();
        }
        add(head.number(), head.rest());
        return head.answer();
    }
}
