package dev.standing.service.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file, or several that belong together, hold: now, and whenever they change.
 *
 * <p>They are read about once a second, and their bytes compared. Times and sizes are not looked at, and no events of the
 * file system are waited for: a rename over the file, a symbolic link that turns to another one (as Kubernetes mounts
 * secrets), a clock that ticks coarsely and a network file system are all the same to this. What cannot be read or is
 * not valid, such as a file that is half written, leaves in force what was there before, and is logged once.
 *
 * <p>Safe for use by many threads.
 *
 * @param <T> what the files are parsed to
 */
public final class WatchedFile<T> implements AutoCloseable {

    /** How often the files are looked at. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    /** The longest file, in bytes: a path that leads elsewhere by mistake must not fill the memory. */
    static final int MAX_BYTES = 16 * 1_048_576;

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final List<Path> paths;
    private final FileFormat<T> format;
    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What was seen last, valid or not; guarded by this. */
    private Sight seen;

    private volatile T current;

    /** What a look at the files showed. */
    private sealed interface Sight {}

    private record Contents(List<ByteBuffer> bytes) implements Sight {}

    private record Unreadable(String why) implements Sight {}

    private WatchedFile(List<Path> paths, FileFormat<T> format, Contents first, T parsed) {
        this.paths = paths;
        this.format = format;
        this.seen = first;
        this.current = parsed;
    }

    /**
     * Reads files, and watches them from then on.
     *
     * @param paths at least one
     * @throws InvalidFileException naming the files, if one cannot be read or they are not valid
     */
    public static <T> WatchedFile<T> open(List<Path> paths, FileFormat<T> format) throws InvalidFileException {
        return open(paths, format, PERIOD);
    }

    /**
     * Reads files, and watches them from then on.
     *
     * @param paths at least one
     * @param period how often they are looked at
     * @throws InvalidFileException naming the files, if one cannot be read or they are not valid
     */
    public static <T> WatchedFile<T> open(List<Path> paths, FileFormat<T> format, Duration period)
            throws InvalidFileException {
        List<Path> files = List.copyOf(paths);
        Sight first = look(files);
        if (!(first instanceof Contents contents)) {
            throw new InvalidFileException(((Unreadable) first).why());
        }
        WatchedFile<T> file = new WatchedFile<>(files, format, contents, parse(files, format, contents));
        Thread watch = new Thread(
                () -> file.watch(period), "standing-watch-" + files.get(0).getFileName());
        watch.setDaemon(true);
        watch.start();
        return file;
    }

    private void watch(Duration period) {
        try {
            while (!closed.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                refresh();
            }
        } catch (InterruptedException e) {
            // Nobody does that but to end it.
            Thread.currentThread().interrupt();
        }
    }

    /** What the files held when they were last valid. Never waits. */
    public T current() {
        return current;
    }

    /**
     * Has somebody told of every change from now on, on the thread that found it, after {@link #current} gives it.
     *
     * @param listener what it throws is logged, and harms nobody
     */
    public void whenChanged(Consumer<? super T> listener) {
        listeners.add(listener);
    }

    /** Looks at the files now, rather than at the next second. */
    public synchronized void refresh() {
        Sight sight = look(paths);
        if (sight.equals(seen)) {
            return;
        }
        seen = sight;
        if (sight instanceof Contents contents) {
            accept(contents);
        } else {
            refused(((Unreadable) sight).why());
        }
    }

    private void accept(Contents contents) {
        try {
            current = parse(paths, format, contents);
        } catch (InvalidFileException e) {
            // Without the exception: its cause may repeat what stands in the file.
            refused(e.getMessage());
            return;
        }
        LOG.info("Read {} again", names(paths));
        for (Consumer<? super T> listener : listeners) {
            tell(listener, current);
        }
    }

    private void tell(Consumer<? super T> listener, T changed) {
        try {
            listener.accept(changed);
        } catch (RuntimeException e) {
            LOG.error(
                    "The change of {} could not be followed ({})",
                    names(paths),
                    e.getClass().getName());
        }
    }

    private static void refused(String why) {
        LOG.error("{}; what it held before stays in force", why);
    }

    private static <T> T parse(List<Path> paths, FileFormat<T> format, Contents contents) throws InvalidFileException {
        try {
            return format.parse(contents.bytes().stream().map(ByteBuffer::array).toList());
        } catch (InvalidFileException e) {
            throw new InvalidFileException(names(paths) + " is not valid: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // Its message is of somebody who does not know that it must not repeat what stands there.
            throw new InvalidFileException(
                    names(paths) + " is not valid (" + e.getClass().getName() + ")", e);
        }
    }

    private static Sight look(List<Path> paths) {
        List<ByteBuffer> contents = new ArrayList<>();
        for (Path path : paths) {
            try (InputStream content = Files.newInputStream(path)) {
                byte[] bytes = content.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    return new Unreadable(path + " is longer than " + MAX_BYTES + " bytes");
                }
                contents.add(ByteBuffer.wrap(bytes));
            } catch (NoSuchFileException e) {
                return new Unreadable(path + " does not exist");
            } catch (AccessDeniedException e) {
                return new Unreadable(path + " may not be read by this process");
            } catch (IOException e) {
                return new Unreadable(path + " cannot be read: " + e.getMessage());
            }
        }
        return new Contents(contents);
    }

    private static String names(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /** Watches no longer; what was read stays. Without effect the second time. */
    @Override
    public void close() {
        closed.countDown();
    }
}
