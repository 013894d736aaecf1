package dev.standing.local.imports;

import dev.standing.local.imports.input.Position;
import dev.standing.local.imports.input.UnusableFileException;
import dev.standing.local.imports.input.Work;
import dev.standing.local.imports.input.WorkReader;
import dev.standing.local.imports.send.Gateway;
import dev.standing.local.imports.send.Halt;
import dev.standing.local.imports.send.Patience;
import dev.standing.local.imports.send.Pause;
import dev.standing.local.imports.send.Sender;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An import from its beginning, or from where the last run stopped, to its end. Used once.
 *
 * <p>The work of one customer is done in the order of the file, that of different ones at the same time.
 */
public final class Import {

    /** How long what is under way may take when it is to stop: less than the process has for its end. */
    private static final Duration LAST_ANSWERS = Duration.ofMillis(1_500);

    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(Import.class);

    private final ImportOptions options;
    private final Gateway gateway;
    private final InstantSource clock;
    private final Optional<Pause> pause;
    private final Display display;
    private final Halt halt = new Halt();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, CompletableFuture<Void>> customers = new ConcurrentHashMap<>();

    /** Makes one that pauses as long as it says. */
    public Import(ImportOptions options, Gateway gateway, InstantSource clock, Display display) {
        this(options, gateway, clock, Optional.empty(), display);
    }

    Import(ImportOptions options, Gateway gateway, InstantSource clock, Optional<Pause> pause, Display display) {
        this.options = options;
        this.gateway = gateway;
        this.clock = clock;
        this.pause = pause;
        this.display = display;
    }

    /** Has {@link #run} stop soon, with its progress saved, and waits for that. */
    public void stop() throws InterruptedException {
        halt.call();
        ended.await();
    }

    /**
     * Runs it.
     *
     * @throws UnusableFileException if nothing of the file can be imported
     * @throws IOException if a file cannot be read or written
     */
    public ImportResult run() throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(options.file())) {
            if (options.dryRun()) {
                Ledger ledger = new Ledger(Optional.empty(), display, Progress.NONE);
                return run(WorkReader.open(in, options.format(), Position.START), new DryRun(), ledger);
            }
            return register(in);
        } finally {
            ended.countDown();
        }
    }

    private ImportResult register(InputStream in) throws IOException, InterruptedException {
        ProgressFile file =
                new ProgressFile(options.progress(), FileIdentity.of(options.file()), options.format(), options.url());
        Progress begin = options.restart() ? Progress.NONE : file.load().orElse(Progress.NONE);
        WorkReader reader = WorkReader.open(in, options.format(), begin.position());
        try (RefusedFile refused = RefusedFile.open(options.refused())) {
            // First the progress: it never counts on refusals that are not there.
            file.save(begin);
            refused.keep(begin.refusedBytes());
            if (begin.position().lines() > 0) {
                display.note("Going on behind line " + begin.position().lines() + ", as " + options.progress()
                        + " remembers");
            }
            Ledger ledger = new Ledger(Optional.of(new Ledger.Files(file, refused)), display, begin);
            Sender sender = new Sender(
                    gateway,
                    new Patience(
                            options.patience(),
                            clock,
                            why -> display.note(why + "; trying again for " + options.patience())),
                    pause.orElse(duration -> halt.await(duration)),
                    halt);
            return run(reader, new Registration(sender, options.again()), ledger);
        }
    }

    private ImportResult run(WorkReader reader, Registrar registrar, Ledger ledger)
            throws IOException, InterruptedException {
        Progress begin = ledger.progress();
        display.begin(begin.position(), Files.size(options.file()));
        InOrder inOrder = new InOrder(ledger);
        ExecutorService workers = Executors.newFixedThreadPool(options.parallel(), task -> daemon(task, "import"));
        ScheduledExecutorService ticker =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "import-progress"));
        ScheduledFuture<?> unused = ticker.scheduleAtFixedRate(() -> tick(ledger), 1, 1, TimeUnit.SECONDS);
        halt.whenCalled(inOrder::close);
        try {
            boolean more = true;
            while (more && !halt.isCalled()) {
                Optional<Work> work = reader.next();
                more = work.isPresent() && begin(work.get(), registrar, inOrder, workers);
            }
            inOrder.awaitDone();
        } finally {
            finish(workers, ticker, ledger);
        }
        return result(begin, ledger.progress());
    }

    private boolean begin(Work work, Registrar registrar, InOrder inOrder, ExecutorService workers)
            throws InterruptedException {
        Optional<InOrder.Piece> begun = inOrder.begin(work.end());
        if (begun.isEmpty()) {
            return false;
        }
        Runnable task = () -> carryOut(work, registrar, inOrder, begun.get());
        if (work instanceof Work.Unusable) {
            task.run();
        } else {
            String customerId = work instanceof Work.Customer customer
                    ? customer.customerId()
                    : ((Work.Subordinates) work).customerId();
            CompletableFuture<Void> before =
                    customers.getOrDefault(customerId, CompletableFuture.completedFuture(null));
            CompletableFuture<Void> after = before.thenRunAsync(task, workers);
            customers.put(customerId, after);
            CompletableFuture<Void> unused = after.whenComplete((none, failure) -> customers.remove(customerId, after));
        }
        return true;
    }

    private void carryOut(Work work, Registrar registrar, InOrder inOrder, InOrder.Piece piece) {
        try {
            Optional<Outcome> outcome = registrar.carryOut(work);
            if (outcome.isPresent()) {
                inOrder.done(piece, outcome.get());
            }
        } catch (InterruptedException e) {
            // By the end of the import: what it interrupts is not done, and begun again by the next run.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.error("The import failed before line {}", work.end().lines() + 1, e);
            halt.call("Before line " + (work.end().lines() + 1) + ": " + e);
        }
    }

    private void tick(Ledger ledger) {
        try {
            ledger.save();
            Progress progress = ledger.progress();
            display.reached(progress.position(), progress.counts());
        } catch (IOException | RuntimeException e) {
            LOG.error("The progress cannot be saved", e);
            halt.call("The progress cannot be saved: " + e);
        }
    }

    private void finish(ExecutorService workers, ScheduledExecutorService ticker, Ledger ledger)
            throws IOException, InterruptedException {
        ticker.shutdown();
        workers.shutdown();
        if (!workers.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
            workers.shutdownNow();
            LOG.info(
                    "Under way at the end: {}",
                    !workers.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS));
        }
        ledger.save();
        display.reached(ledger.progress().position(), ledger.progress().counts());
        display.close();
    }

    private ImportResult result(Progress begin, Progress reached) {
        ImportResult.End end = ImportResult.End.COMPLETE;
        if (halt.isCalled()) {
            end = halt.reason().isPresent() ? ImportResult.End.ABANDONED : ImportResult.End.STOPPED;
        }
        return new ImportResult(
                end,
                halt.reason(),
                reached.position().lines(),
                reached.position().lines() - begin.position().lines(),
                reached.counts(),
                reached.counts().minus(begin.counts()));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
