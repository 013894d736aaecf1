package dev.standing.local.imports;

import dev.standing.local.imports.input.Position;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Passes on what is done in the order in which it was begun, and lets only so much be begun ahead of the first that is
 * not done: that bounds the memory, and what the next run does again.
 */
final class InOrder {

    private static final int MAX_PIECES = 2_000;
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final Ledger ledger;
    private final Deque<Piece> begun = new ArrayDeque<>();
    private long bytes;
    private Position last;
    private boolean closed;
    private boolean failed;

    InOrder(Ledger ledger) {
        this.ledger = ledger;
        this.last = ledger.progress().position();
    }

    /** A piece of work on its way. */
    static final class Piece {
        private final Position end;
        private final long bytes;
        private Optional<Outcome> outcome = Optional.empty();

        private Piece(Position end, long bytes) {
            this.end = end;
            this.bytes = bytes;
        }
    }

    /** Begins a piece, as soon as there is room for it; empty: nothing more is to be begun. */
    synchronized Optional<Piece> begin(Position end) throws InterruptedException {
        Piece piece = new Piece(end, end.bytes() - last.bytes());
        while (!closed && !begun.isEmpty() && (begun.size() >= MAX_PIECES || bytes + piece.bytes > MAX_BYTES)) {
            wait();
        }
        if (closed) {
            return Optional.empty();
        }
        last = end;
        bytes += piece.bytes;
        begun.add(piece);
        return Optional.of(piece);
    }

    /**
     * A piece is done.
     *
     * @throws IOException if this cannot be noted; then nothing is noted any more, as it would stand before a gap
     */
    synchronized void done(Piece piece, Outcome outcome) throws IOException {
        piece.outcome = Optional.of(outcome);
        while (!failed && !begun.isEmpty() && begun.peek().outcome.isPresent()) {
            Piece first = begun.remove();
            bytes -= first.bytes;
            failed = true;
            ledger.done(first.end, first.outcome.orElseThrow());
            failed = false;
        }
        notifyAll();
    }

    /** Nothing more is begun: nobody waits any longer. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until all that was begun is done, or nothing more is to be. */
    synchronized void awaitDone() throws InterruptedException {
        while (!closed && !begun.isEmpty()) {
            wait();
        }
    }
}
