package dev.standing.processor.timing;

/** The agendas of the stream threads of one processor. Safe for use by many threads. */
public final class ThreadAgendas {

    private final ThreadLocal<ThreadAgenda> agendas = ThreadLocal.withInitial(() -> new ThreadAgenda(System::nanoTime));

    /** That of the thread that asks. */
    public ThreadAgenda current() {
        return agendas.get();
    }
}
