package dev.standing.processor.timing;

import java.util.function.LongSupplier;

/** The agendas of the stream threads of one processor. Safe for use by many threads. */
public final class ThreadAgendas {

    private final ThreadLocal<ThreadAgenda> agendas;

    /** Agendas that go by the stopwatch, which tells nanoseconds as {@link System#nanoTime} does. */
    public ThreadAgendas(LongSupplier nanoTime) {
        this.agendas = ThreadLocal.withInitial(() -> new ThreadAgenda(nanoTime));
    }

    /** That of the thread that asks. */
    public ThreadAgenda current() {
        return agendas.get();
    }
}
