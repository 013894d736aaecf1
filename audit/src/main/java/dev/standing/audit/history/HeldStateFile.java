package dev.standing.audit.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.audit.history.AsOfAnswer.AstrayRecord;
import dev.standing.audit.history.AsOfAnswer.BrokenCustomer;
import dev.standing.audit.history.AsOfAnswer.BrokenLater;
import dev.standing.audit.history.AsOfAnswer.Nothing;
import dev.standing.audit.history.AsOfAnswer.NothingHeld;
import dev.standing.audit.log.Place;
import dev.standing.domain.customer.Origin;
import dev.standing.domain.customer.StateValue;
import dev.standing.domain.event.Event;
import dev.standing.domain.event.Fact.StateChanged;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A file with one row for each customer that stood somewhere. It is there whole, or as it was before. */
public final class HeldStateFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many problems are told of one by one. */
    private static final int MOST_TOLD = 20;

    private HeldStateFile() {}

    /** How rows are written. */
    public enum Format {
        /** A JSON object in each line. */
        JSONL,
        /** RFC 4180 with a header; a null is an empty cell without quotes. Lines end with a line feed. */
        CSV;

        /** The format that the ending of a file's name says; empty if it says none. */
        public static Optional<Format> ofName(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
                return Optional.of(JSONL);
            }
            return lower.endsWith(".csv") ? Optional.of(CSV) : Optional.empty();
        }
    }

    /**
     * What was written, and what was not.
     *
     * @param rows the customers in the file
     * @param unrecorded how many of them are there with what is due, but not recorded yet
     * @param unknown customers that were not known then
     * @param stateless customers that were known, but had no state then
     * @param broken customers of which nothing can be said
     * @param brokenLater customers that are told of, though a later record of theirs does not follow
     * @param astray customers of which records lie in a partition where they do not belong
     * @param firstProblems the first of the last three, in words
     */
    public record Written(
            long rows,
            long unrecorded,
            long unknown,
            long stateless,
            long broken,
            long brokenLater,
            long astray,
            List<String> firstProblems) {

        /** Whether all that was read follows, and lies where it belongs. */
        public boolean isSound() {
            return broken + brokenLater + astray == 0;
        }
    }

    /**
     * Writes the file, in the order of the answers.
     *
     * @throws UncheckedIOException if it cannot be written; it is as it was then
     */
    public static Written write(Path file, Format format, Iterator<AsOfAnswer> answers) {
        try {
            return replace(file, format, answers);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e, e);
        }
    }

    private static Written replace(Path file, Format format, Iterator<AsOfAnswer> answers) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Written written;
            try (FileChannel channel = FileChannel.open(
                            beside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
                    BufferedWriter out = new BufferedWriter(
                            new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
                written = write(out, format, answers);
                out.flush();
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static Written write(BufferedWriter out, Format format, Iterator<AsOfAnswer> answers) throws IOException {
        long rows = 0;
        long unrecorded = 0;
        long unknown = 0;
        long stateless = 0;
        long broken = 0;
        long brokenLater = 0;
        long astray = 0;
        List<String> firstProblems = new ArrayList<>();
        if (format == Format.CSV) {
            out.write(String.join(",", Row.COLUMNS) + "\n");
        }
        while (answers.hasNext()) {
            AsOfAnswer whole = answers.next();
            AsOfAnswer answer = whole instanceof BrokenLater later ? later.answer() : whole;
            brokenLater += whole instanceof BrokenLater ? 1 : 0;
            broken += whole instanceof BrokenCustomer ? 1 : 0;
            astray += whole instanceof AstrayRecord ? 1 : 0;
            if (firstProblems.size() < MOST_TOLD) {
                AsOfReport.problem(whole).ifPresent(firstProblems::add);
            }
            if (answer instanceof HeldState held) {
                out.write(format == Format.CSV ? csv(Row.of(held)) : json(Row.of(held)));
                out.write('\n');
                rows++;
                unrecorded += held.isRecorded() ? 0 : 1;
            } else if (answer instanceof NothingHeld nothing) {
                unknown += nothing.why() == Nothing.UNKNOWN_THEN ? 1 : 0;
                stateless += nothing.why() == Nothing.NO_STATE_THEN ? 1 : 0;
            }
        }
        return new Written(
                rows, unrecorded, unknown, stateless, broken, brokenLater, astray, List.copyOf(firstProblems));
    }

    private static String json(Map<String, Optional<?>> row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        row.forEach((column, value) -> json.putPOJO(column, value.orElse(null)));
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String csv(Map<String, Optional<?>> row) {
        return row.values().stream().map(HeldStateFile::cell).collect(Collectors.joining(","));
    }

    private static String cell(Optional<?> value) {
        if (value.isEmpty()) {
            return "";
        }
        String text = value.get().toString();
        boolean isPlain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
        return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** The columns of one customer. */
    private static final class Row {

        static final List<String> COLUMNS = List.of(
                "customerId",
                "externalId",
                "version",
                "state",
                "stateReason",
                "stateValidFrom",
                "recordedAt",
                "eventId",
                "sequence",
                "partition",
                "offset",
                "commandId",
                "requestId",
                "source",
                "policyVersion",
                "cause");

        private Row() {}

        static Map<String, Optional<?>> of(HeldState held) {
            StateValue state = held.standing().state();
            Event event = held.standing().decidedBy();
            Origin origin = event.origin();
            List<Optional<?>> values = List.of(
                    Optional.of(held.customerId()),
                    held.standing().known().externalId(),
                    Optional.of(held.standing().known().version()),
                    Optional.of(state.state().name()),
                    Optional.of(state.reason()),
                    Optional.of(state.validFrom().toString()),
                    held.place().map(place -> event.recordedAt().toString()),
                    Optional.of(event.eventId()),
                    Optional.of(event.sequence()),
                    held.place().map(Place::partition),
                    held.place().map(Place::offset),
                    Optional.of(origin.commandId()),
                    origin.requestId(),
                    Optional.of(origin.source()),
                    Optional.of(event.policyVersion()),
                    event.fact() instanceof StateChanged changed
                            ? Optional.of(changed.cause().name())
                            : Optional.empty());
            Map<String, Optional<?>> row = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                row.put(COLUMNS.get(i), values.get(i));
            }
            return row;
        }
    }
}
