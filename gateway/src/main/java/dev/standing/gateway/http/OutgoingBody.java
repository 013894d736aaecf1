package dev.standing.gateway.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a body as fast as the client reads it, and holds no thread for that. Whoever has something to write, and the
 * container whenever the client has read, take turns at the container's stream: one at a time, the others only leave word.
 */
final class OutgoingBody implements OpenStream, WriteListener {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingBody.class);
    private static final byte[] NOTHING = {};
    /** If more waits for a client that follows a stream when something new comes up, it is dropped. */
    private static final int MAX_WAITING_BYTES = 256 * 1024;

    /** If no more waits for a client, it reads well enough. */
    private static final int FEW_WAITING_BYTES = 64 * 1024;

    private final ServletOutputStream out;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** How many have asked for a turn since the stream was last idle. */
    private final AtomicInteger turns = new AtomicInteger();

    private volatile boolean begun;
    /** Whether the client is gone, or was dropped: whoever has the next turn ends it. */
    private volatile boolean over;

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private final List<Runnable> patient = new ArrayList<>();
    private int waitingBytes;
    private boolean ending;
    /** Whether something was written that has not been flushed; used within turns only. */
    private boolean unflushed;

    /** A body of an answer that is asynchronous already. */
    OutgoingBody(ServletOutputStream out) {
        this.out = out;
    }

    /** Begins to send; what is written before waits. */
    void begin() {
        out.setWriteListener(this);
    }

    /** Completed, and never exceptionally, when all was sent, or nothing more can be. */
    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public boolean write(String text) {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link OpenStream#write}. */
    boolean write(byte[] bytes) {
        if (!enqueue(bytes)) {
            drop();
            return false;
        }
        takeTurn();
        return !over && !ended.isDone();
    }

    private synchronized boolean enqueue(byte[] bytes) {
        if (over || ending) {
            return true;
        }
        if (waitingBytes > MAX_WAITING_BYTES) {
            return false;
        }
        waiting.add(bytes);
        waitingBytes += bytes.length;
        return true;
    }

    @Override
    public boolean isWritable(Runnable whenItIs) {
        synchronized (this) {
            if (waitingBytes > FEW_WAITING_BYTES && !over) {
                patient.add(whenItIs);
                return false;
            }
        }
        return true;
    }

    /** Those who wait for the client to read, if it has. */
    private synchronized List<Runnable> relieved() {
        if (patient.isEmpty() || waitingBytes > FEW_WAITING_BYTES) {
            return List.of();
        }
        List<Runnable> relieved = List.copyOf(patient);
        patient.clear();
        return relieved;
    }

    @Override
    public void end() {
        synchronized (this) {
            ending = true;
        }
        takeTurn();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The action is its own matter.
    public void whenEnded(Runnable action) {
        ended.thenRun(action);
    }

    private void drop() {
        LOG.info("A client that follows a stream does not read it, and is dropped");
        giveUp();
    }

    /** The end is made within a turn: nobody may stand at the container's stream when it is taken away. */
    private void giveUp() {
        over = true;
        synchronized (this) {
            waiting.clear();
            waitingBytes = 0;
        }
        takeTurn();
    }

    @Override
    public void onWritePossible() {
        begun = true;
        takeTurn();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("The client is gone", failure);
        begun = true;
        giveUp();
    }

    private void takeTurn() {
        if (!begun || turns.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = turns.get();
            send();
        } while (turns.addAndGet(-seen) > 0);
    }

    private void send() {
        try {
            while (!over && !ended.isDone() && out.isReady()) {
                byte[] next = next();
                relieved().forEach(Runnable::run);
                if (next.length > 0) {
                    out.write(next);
                    unflushed = true;
                } else if (isAllSent()) {
                    over = true;
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("The client is gone", e);
            over = true;
        }
        if (over) {
            ended.complete(null);
        }
    }

    private synchronized byte[] next() {
        byte[] next = waiting.isEmpty() ? NOTHING : waiting.poll();
        waitingBytes -= next.length;
        return next;
    }

    private synchronized boolean isAllSent() {
        return ending && waiting.isEmpty();
    }
}
