package dev.standing.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.audit.export.format.ExportFormat;
import dev.standing.audit.log.LoggedEvent;
import dev.standing.audit.log.Place;
import dev.standing.audit.log.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportTest {

    private static final int EVENTS = 60;
    private static final long CHUNK = 25;

    @TempDir
    private Path temporary;

    private static PaperRows log() {
        return log(EVENTS);
    }

    private static PaperRows log(int inPartition1) {
        return PaperRows.of(List.of(
                SampleEvents.hourly(0, EVENTS), SampleEvents.hourly(1, inPartition1), SampleEvents.hourly(2, 0)));
    }

    private ExportResult export(String directory, ExportFormat format, PaperRows rows) {
        return export(directory, format, rows, 1);
    }

    private ExportResult export(String directory, ExportFormat format, PaperRows rows, int threads) {
        ExportRequest request = new ExportRequest(
                temporary.resolve(directory), format, Optional.empty(), Optional.empty(), CHUNK, threads);
        return new Export<>(request, "log", rows, Progress.NONE).run();
    }

    /** All files by path. */
    private Map<String, String> content(String directory) throws IOException {
        Path root = temporary.resolve(directory);
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(root.relativize(file).toString(), HashingFile.hash(file));
            }
        }
        return content;
    }

    private JsonNode manifest(String directory) throws IOException {
        return new ObjectMapper()
                .readTree(temporary.resolve(directory + "/manifest.json").toFile());
    }

    @Test
    void filesLieByDateOfRecordingAndAreNamedByTheirFirstEvent() throws IOException {
        export("out", ExportFormat.JSONL, log());
        assertThat(content("out").keySet())
                .containsExactly(
                        ".lock",
                        "date=2026-03-01/events-p000-00000000000000000000.jsonl",
                        "date=2026-03-01/events-p001-00000000000000000000.jsonl",
                        "date=2026-03-02/events-p000-00000000000000000014.jsonl",
                        "date=2026-03-02/events-p000-00000000000000000025.jsonl",
                        "date=2026-03-02/events-p001-00000000000000000014.jsonl",
                        "date=2026-03-02/events-p001-00000000000000000025.jsonl",
                        "date=2026-03-03/events-p000-00000000000000000038.jsonl",
                        "date=2026-03-03/events-p000-00000000000000000050.jsonl",
                        "date=2026-03-03/events-p001-00000000000000000038.jsonl",
                        "date=2026-03-03/events-p001-00000000000000000050.jsonl",
                        "manifest.json");
    }

    @Test
    void theManifestTellsPlacesCountsSizesAndHashes() throws IOException {
        ExportResult result = export("out", ExportFormat.JSONL, log());
        JsonNode manifest = manifest("out");
        assertThat(manifest.get("terms"))
                .hasToString("{\"of\":\"log\",\"format\":\"jsonl\",\"topic\":\"standing.events\",\"chunk\":\"25\"}");
        assertThat(manifest.get("partitions").get(1))
                .hasToString("{\"partition\":1,\"first\":0,\"begin\":0,\"end\":60,\"count\":60,\"unreadable\":0}");
        JsonNode file = manifest.get("files").get(2);
        Path path = temporary.resolve("out").resolve(file.get("path").asText());
        assertThat(file.get("firstOffset").asLong()).isEqualTo(14);
        assertThat(file.get("lastOffset").asLong()).isEqualTo(24);
        assertThat(file.get("count").asLong())
                .isEqualTo(Files.readAllLines(path).size());
        assertThat(file.get("bytes").asLong()).isEqualTo(Files.size(path));
        assertThat(file.get("sha256").asText()).isEqualTo(HashingFile.hash(path));
        assertThat(manifest.get("total").get("count").asLong()).isEqualTo(120);
        assertThat(result.rows()).isEqualTo(120);
        assertThat(result.manifestSha256()).isEqualTo(content("out").get("manifest.json"));
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void anExportThatIsCutAnywhereEndsWithTheSameBytes(ExportFormat format) throws IOException {
        export("whole", format, log());
        for (int cut = 0; cut < 2 * EVENTS; cut += 17) {
            String directory = "cut-" + cut;
            PaperRows cutOff = log().cutAfter(cut);
            assertThatThrownBy(() -> export(directory, format, cutOff)).isInstanceOf(PaperRows.CutException.class);
            export(directory, format, log());
            assertThat(content(directory)).isEqualTo(content("whole"));
        }
    }

    @Test
    void anExportThatIsCutAgainAndAgainKeepsWhatIsFinished() throws IOException {
        export("whole", ExportFormat.CSV, log());
        for (int run = 0; run < 3; run++) {
            PaperRows cutOff = log().cutAfter(CHUNK + 1);
            assertThatThrownBy(() -> export("cut", ExportFormat.CSV, cutOff));
        }
        PaperRows rest = log();
        ExportResult result = export("cut", ExportFormat.CSV, rest);
        assertThat(result.chunksKept()).isGreaterThanOrEqualTo(3);
        assertThat(rest.read()).isLessThan(2L * EVENTS);
        assertThat(content("cut")).isEqualTo(content("whole"));
    }

    @Test
    void partitionsSideBySideGiveTheSameBytes() throws IOException {
        export("one", ExportFormat.PARQUET, log(), 1);
        export("three", ExportFormat.PARQUET, log(), 3);
        assertThat(content("three")).isEqualTo(content("one"));
    }

    @Test
    void aJournalWhoseLastLineIsTornGoesOn() throws IOException {
        export("whole", ExportFormat.JSONL, log());
        assertThatThrownBy(() -> export("cut", ExportFormat.JSONL, log().cutAfter(CHUNK + 1)));
        Files.writeString(temporary.resolve("cut/.progress.jsonl"), "{\"chunk\":{\"partit", StandardOpenOption.APPEND);
        ExportResult result = export("cut", ExportFormat.JSONL, log());
        assertThat(result.chunksKept()).isEqualTo(1);
        assertThat(content("cut")).isEqualTo(content("whole"));
    }

    @Test
    void aFinishedChunkWhoseFileIsTooShortIsWrittenAgain() throws IOException {
        export("whole", ExportFormat.JSONL, log());
        assertThatThrownBy(() -> export("cut", ExportFormat.JSONL, log().cutAfter(CHUNK + 1)));
        Files.writeString(temporary.resolve("cut/date=2026-03-01/events-p000-00000000000000000000.jsonl"), "x");
        assertThat(export("cut", ExportFormat.JSONL, log()).chunksKept()).isZero();
        assertThat(content("cut")).isEqualTo(content("whole"));
    }

    @Test
    void aFinishedFileThatWasAlteredIsWrittenAgainAndNamed() throws IOException {
        ExportResult whole = export("out", ExportFormat.JSONL, log());
        Map<String, String> before = content("out");
        String path = "date=2026-03-02/events-p000-00000000000000000014.jsonl";
        Path file = temporary.resolve("out").resolve(path);
        Files.writeString(file, Files.readString(file).replace("note 14", "note 15"));
        assertThat(content("out")).isNotEqualTo(before);

        ExportResult result = export("out", ExportFormat.JSONL, log());

        assertThat(result.writtenAgain()).containsExactly(path);
        assertThat(result.chunksWritten()).isEqualTo(1);
        assertThat(whole.writtenAgain()).isEmpty();
        assertThat(content("out")).isEqualTo(before);
    }

    @Test
    void theEndsStayWhereTheFirstRunHasSetThem() throws IOException {
        export("whole", ExportFormat.JSONL, log(EVENTS));
        assertThatThrownBy(() -> export("cut", ExportFormat.JSONL, log(EVENTS).cutAfter(3)));
        export("cut", ExportFormat.JSONL, log(EVENTS + 5));
        assertThat(content("cut")).isEqualTo(content("whole"));
    }

    @Test
    void aFinishedExportGetsWhatHasComeSinceAndKeepsItsCompleteChunks() throws IOException {
        export("whole", ExportFormat.JSONL, log(EVENTS + 30));
        export("grown", ExportFormat.JSONL, log(EVENTS));
        ExportResult result = export("grown", ExportFormat.JSONL, log(EVENTS + 30));
        assertThat(result.chunksKept()).isEqualTo(5);
        assertThat(result.chunksWritten()).isEqualTo(2);
        assertThat(content("grown")).isEqualTo(content("whole"));
    }

    @Test
    void aFinishedExportStaysAsItIsWhenNothingHasCome() throws IOException {
        export("out", ExportFormat.JSONL, log());
        Map<String, String> before = content("out");
        PaperRows again = log();
        assertThat(export("out", ExportFormat.JSONL, again).chunksWritten()).isZero();
        assertThat(again.read()).isZero();
        assertThat(content("out")).isEqualTo(before);
    }

    @Test
    void anotherExportIsRefusedWithWhatDiffers() throws IOException {
        export("out", ExportFormat.JSONL, log());
        Map<String, String> before = content("out");
        assertThatThrownBy(() -> export("out", ExportFormat.CSV, log()))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("its format is jsonl, not csv");
        assertThat(content("out")).isEqualTo(before);
    }

    @Test
    void aLogThatIsShorterThanItWasIsRefused() throws IOException {
        export("out", ExportFormat.JSONL, log(EVENTS));
        Map<String, String> before = content("out");
        assertThatThrownBy(() -> export("out", ExportFormat.JSONL, log(EVENTS - 1)))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("partition 1");
        assertThat(content("out")).isEqualTo(before);
    }

    @Test
    void aDirectoryWithOtherFilesIsRefusedAndLeftAlone() throws IOException {
        Files.createDirectories(temporary.resolve("out"));
        Files.writeString(temporary.resolve("out/letter.txt"), "Dear auditor");
        assertThatThrownBy(() -> export("out", ExportFormat.JSONL, log()))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("not empty");
        assertThat(content("out").keySet()).containsExactly("letter.txt");
    }

    @Test
    void twoExportsToOneDirectoryAreRefused() throws IOException {
        try (ExportDirectory held = ExportDirectory.hold(temporary.resolve("out"))) {
            assertThat(held.files()).isEmpty();
            assertThatThrownBy(() -> export("out", ExportFormat.JSONL, log()))
                    .isInstanceOf(ExportRefusedException.class)
                    .hasMessageContaining("Another export");
        }
        assertThat(export("out", ExportFormat.JSONL, log()).rows()).isEqualTo(120);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsTold() throws IOException {
        Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> export("file/out", ExportFormat.JSONL, log()))
                .isInstanceOf(UnwritableDirectoryException.class)
                .hasMessageContaining("file/out cannot be begun, and no file was written")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestIsExported() throws IOException {
        PaperRows broken = log().with(0, 7, new Row.Broken<>(new Place(0, 7), "CORRUPT"))
                .with(0, 8, new Row.Broken<>(new Place(0, 8), "CORRUPT"))
                .with(1, 3, new Row.Broken<>(new Place(1, 3), "TOO_SHORT"));
        ExportResult result = export("out", ExportFormat.AVRO, broken);
        assertThat(result.unreadable())
                .containsExactly(new Unreadable(0, 7, 8, 2, "CORRUPT"), new Unreadable(1, 3, 3, 1, "TOO_SHORT"));
        assertThat(result.rows()).isEqualTo(117);
        assertThat(manifest("out").get("unreadable")).hasSize(2);
    }

    @Test
    void whatIsKnownInPartIsExportedAndNamed() throws IOException {
        LoggedEvent event = SampleEvents.hourly(0, 1).get(0);
        ExportResult result = export(
                "out", ExportFormat.JSONL, log().with(0, 0, new Row.Partial<>(event.place(), event, "New type")));
        assertThat(result.unreadable()).containsExactly(new Unreadable(0, 0, 0, 1, "New type"));
        assertThat(result.rows()).isEqualTo(120);
    }

    @Test
    void eventsOfManyDaysNeedFewOpenFilesAndAreAllThere() throws IOException {
        int days = DatedFiles.MOST_OPEN + 10;
        List<LoggedEvent> events = new ArrayList<>();
        for (int i = 0; i < 2 * days; i++) {
            events.add(SampleEvents.at(
                    0, i, SampleEvents.START.plus(Duration.ofDays(i % days)), SampleEvents.changed("note")));
        }
        ExportRequest request = new ExportRequest(
                temporary.resolve("out"), ExportFormat.JSONL, Optional.empty(), Optional.empty(), 1_000, 1);
        ExportResult result = new Export<>(request, "log", PaperRows.of(List.of(events)), Progress.NONE).run();
        assertThat(result.rows()).isEqualTo(2L * days);
        assertThat(result.files()).isEqualTo(2L * days);
        assertThat(ExportCheck.check(temporary.resolve("out")).differences()).isEmpty();
    }

    @Test
    void aCheckFindsNothingInAnExportThatIsAsItWas() {
        export("out", ExportFormat.PARQUET, log());
        ExportCheck.Finding found = ExportCheck.check(temporary.resolve("out"));
        assertThat(found.differences()).isEmpty();
        assertThat(found.rows()).isEqualTo(120);
    }

    @Test
    void aCheckNamesFilesThatAreChangedMissingOrAdded() throws IOException {
        export("out", ExportFormat.JSONL, log());
        Path day = temporary.resolve("out/date=2026-03-02");
        Path changed = day.resolve("events-p000-00000000000000000014.jsonl");
        Files.writeString(changed, Files.readString(changed).replace("note 14", "note 15"), StandardCharsets.UTF_8);
        Files.delete(day.resolve("events-p000-00000000000000000025.jsonl"));
        Files.writeString(day.resolve("events-p001-00000000000000000014.jsonl"), "{}");
        Files.writeString(day.resolve("more.jsonl"), "{}");
        assertThat(ExportCheck.check(temporary.resolve("out")).differences())
                .extracting(difference -> difference.path().replaceAll(".*/", "") + " " + difference.what())
                .satisfiesExactly(
                        what -> assertThat(what).contains("p000", "14.jsonl has another SHA-256"),
                        what -> assertThat(what).contains("25.jsonl is missing"),
                        what -> assertThat(what).contains("14.jsonl has 2 bytes, not"),
                        what -> assertThat(what).isEqualTo("more.jsonl is not in the manifest"));
    }

    @Test
    void aCheckFindsCountsThatDoNotAddUp() throws IOException {
        export("out", ExportFormat.JSONL, log());
        Path manifest = temporary.resolve("out/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"count\" : 60", "\"count\" : 61"));
        assertThat(ExportCheck.check(temporary.resolve("out")).differences())
                .extracting(ExportCheck.Difference::path)
                .containsExactly("manifest.json");
    }

    @Test
    void aCheckRefusesAnExportThatIsNotFinished() {
        assertThatThrownBy(() -> export("cut", ExportFormat.JSONL, log().cutAfter(3)));
        assertThatThrownBy(() -> ExportCheck.check(temporary.resolve("cut")))
                .isInstanceOf(ExportRefusedException.class)
                .hasMessageContaining("not finished");
    }
}
