package dev.standing.gateway.feed;

import dev.standing.gateway.http.OpenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client's connection that takes so many texts until the client reads, and refuses and ends beyond twice as many. */
final class RecordingStream implements OpenStream {

    private final int room;
    private final StringBuilder received = new StringBuilder();
    private final List<Runnable> atEnd = new ArrayList<>();
    private Optional<Runnable> whenWritable = Optional.empty();
    private int waiting;
    private boolean ended;

    RecordingStream(int room) {
        this.room = room;
    }

    /** A client that reads at once. */
    static RecordingStream ofFastClient() {
        return new RecordingStream(Integer.MAX_VALUE / 2);
    }

    @Override
    public synchronized boolean write(String text) {
        if (!ended && waiting >= 2 * room) {
            end();
        }
        if (!ended) {
            waiting++;
            received.append(text);
        }
        return !ended;
    }

    @Override
    public synchronized boolean isWritable(Runnable whenItIs) {
        boolean writable = ended || waiting < room;
        if (!writable) {
            assertNobodyWaits();
            whenWritable = Optional.of(whenItIs);
        }
        return writable;
    }

    private void assertNobodyWaits() {
        if (whenWritable.isPresent()) {
            throw new IllegalStateException("Asked again although the answer is still to come");
        }
    }

    @Override
    public synchronized void end() {
        if (!ended) {
            ended = true;
            atEnd.forEach(Runnable::run);
        }
    }

    @Override
    public synchronized void whenEnded(Runnable action) {
        if (ended) {
            action.run();
        } else {
            atEnd.add(action);
        }
    }

    /** The client takes all that waits for it. */
    void read() {
        Optional<Runnable> next;
        synchronized (this) {
            waiting = 0;
            next = whenWritable;
            whenWritable = Optional.empty();
        }
        next.ifPresent(Runnable::run);
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** All that was written. */
    synchronized String text() {
        return received.toString();
    }

    /** What a browser makes of what was written. */
    ServerSentEvents events() {
        return ServerSentEvents.parse(text());
    }
}
