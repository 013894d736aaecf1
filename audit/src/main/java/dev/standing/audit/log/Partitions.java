package dev.standing.audit.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Works on partitions side by side: what concerns one customer lies in one of them. */
public final class Partitions {

    private Partitions() {}

    /**
     * What a function makes of each slice.
     *
     * @param threads how many are worked on at the same time; at least 1
     * @return in the order of the slices, whichever was done first
     * @throws RuntimeException the first failure; the others are interrupted, and over when this is thrown
     */
    public static <R> List<R> map(List<Slice> slices, int threads, Function<Slice, R> work) {
        ExecutorService workers = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "audit");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ExecutorCompletionService<R> done = new ExecutorCompletionService<>(workers);
            List<Future<R>> all = new ArrayList<>();
            slices.forEach(slice -> all.add(done.submit(() -> work.apply(slice))));
            for (int i = 0; i < slices.size(); i++) {
                // A failure is not to wait for those that are behind it in the order.
                done.take().get();
            }
            List<R> results = new ArrayList<>();
            for (Future<R> result : all) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } finally {
            workers.shutdownNow();
            awaitEnd(workers);
        }
    }

    private static void awaitEnd(ExecutorService workers) {
        try {
            if (!workers.awaitTermination(30, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new IllegalStateException("A partition is still being worked on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
