package dev.standing.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Records the turns that the processor's tasks take at what time brings about, and the pauses of the garbage collector. */
public final class Turns implements AutoCloseable {

    private static final String TURN = "dev.standing.Turn";
    private static final String PAUSE = "jdk.GCPhasePause";

    private final Recording recording = new Recording();

    private Turns() {
        recording.enable(TURN).withThreshold(Duration.ZERO);
        recording.enable(PAUSE).withThreshold(Duration.ZERO);
        recording.start();
    }

    /**
     * One turn.
     *
     * @param task whose it was
     * @param begin when it began
     * @param nanos how long it took
     * @param records about how many records it wrote
     * @param paused whether the garbage collector stopped it meanwhile
     */
    public record Turn(String task, Instant begin, long nanos, int records, boolean paused) {}

    /** Begins to record. */
    public static Turns record() {
        return new Turns();
    }

    /** Ends the recording; the turns since its beginning, in order. */
    public List<Turn> stop() {
        recording.stop();
        try {
            Path file = Files.createTempFile("turns-", ".jfr");
            try {
                recording.dump(file);
                return turns(RecordingFile.readAllEvents(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recording", e);
        }
    }

    private static List<Turn> turns(List<RecordedEvent> events) {
        List<RecordedEvent> pauses = named(events, PAUSE);
        List<Turn> turns = new ArrayList<>();
        for (RecordedEvent event : named(events, TURN)) {
            turns.add(new Turn(
                    event.getString("task"),
                    event.getStartTime(),
                    event.getDuration().toNanos(),
                    event.getInt("records"),
                    pauses.stream().anyMatch(pause -> overlap(pause, event))));
        }
        turns.sort((one, other) -> one.begin().compareTo(other.begin()));
        return turns;
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static boolean overlap(RecordedEvent one, RecordedEvent other) {
        return one.getStartTime().isBefore(other.getEndTime())
                && other.getStartTime().isBefore(one.getEndTime());
    }

    @Override
    public void close() {
        recording.close();
    }
}
