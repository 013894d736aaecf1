package dev.standing.audit.history;

import static dev.standing.domain.decision.Story.NOON;
import static dev.standing.domain.decision.Story.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.audit.history.AsOfAnswer.AstrayRecord;
import dev.standing.audit.history.AsOfAnswer.BrokenCustomer;
import dev.standing.audit.history.AsOfAnswer.BrokenLater;
import dev.standing.audit.history.AsOfAnswer.Nothing;
import dev.standing.audit.history.AsOfAnswer.NothingHeld;
import dev.standing.audit.history.HeldStateFile.Format;
import dev.standing.audit.history.HeldStateFile.Written;
import dev.standing.audit.log.Place;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.decision.Story;
import dev.standing.domain.history.PointInTime;
import dev.standing.domain.policy.PolicyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of all customers. */
class HeldStateFileTest {

    @TempDir
    private Path directory;

    @Test
    void jsonLinesHaveTheseBytes() throws IOException {
        assertThat(written(Format.JSONL))
                .isEqualTo("{\"customerId\":\"c-1\",\"externalId\":null,\"version\":2,\"state\":\"BLOCKED\","
                        + "\"stateReason\":\"fraud\",\"stateValidFrom\":\"2026-03-01T12:01:00Z\","
                        + "\"recordedAt\":\"2026-03-01T12:01:00Z\",\"eventId\":\"c-1:2\",\"sequence\":2,"
                        + "\"partition\":0,\"offset\":2,\"commandId\":\"cmd-4\",\"requestId\":\"r-3\","
                        + "\"source\":\"crm\",\"policyVersion\":\"" + version() + "\",\"cause\":\"COMMAND\"}\n");
    }

    @Test
    void csvHasAHeaderAndEmptyCellsForWhatThereIsNot() throws IOException {
        assertThat(written(Format.CSV))
                .isEqualTo("customerId,externalId,version,state,stateReason,stateValidFrom,recordedAt,eventId,sequence,"
                        + "partition,offset,commandId,requestId,source,policyVersion,cause\n"
                        + "c-1,,2,BLOCKED,fraud,2026-03-01T12:01:00Z,2026-03-01T12:01:00Z,c-1:2,2,0,2,cmd-4,r-3,crm,"
                        + version() + ",COMMAND\n");
    }

    @Test
    void whatIsNotInTheFileIsCounted() {
        List<AsOfAnswer> answers = List.of(
                new NothingHeld("a", Nothing.UNKNOWN_THEN),
                new NothingHeld("b", Nothing.NO_STATE_THEN),
                new NothingHeld("c", Nothing.NO_STATE_THEN),
                new BrokenCustomer("d", new Place(1, 5), "it is odd"),
                new BrokenLater(
                        new NothingHeld("e", Nothing.UNKNOWN_THEN),
                        new BrokenCustomer("e", new Place(1, 6), "it has no value")),
                new AstrayRecord("f", new Place(1, 7), 0));

        Written written = HeldStateFile.write(directory.resolve("all.csv"), Format.CSV, answers.iterator());

        assertThat(written)
                .isEqualTo(new Written(
                        0,
                        0,
                        2,
                        2,
                        1,
                        1,
                        1,
                        List.of(
                                "A record of customer d at partition 1, offset 5 does not follow: it is odd, so that"
                                        + " nothing is said of what comes after it. See ./standing audit verify;"
                                        + " --until 1:5 answers from what lies before it",
                                "Warning: a later record of customer e at partition 1, offset 6 does not follow: it"
                                        + " has no value. See ./standing audit verify",
                                "A record of customer f at partition 1, offset 7 has no part in any answer: it lies in"
                                        + " the wrong place: its customer's partition is 0. See ./standing audit"
                                        + " verify")));
        assertThat(written.isSound()).isFalse();
    }

    @Test
    void aFileIsNotTouchedByARunThatFails() throws IOException {
        Path file = Files.writeString(directory.resolve("all.csv"), "before");
        Iterator<AsOfAnswer> failing = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public AsOfAnswer next() {
                throw new NoSuchElementException("Kafka is away");
            }
        };

        assertThatThrownBy(() -> HeldStateFile.write(file, Format.CSV, failing)).hasMessage("Kafka is away");

        assertThat(file).hasContent("before");
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path file = directory.resolve("nowhere/all.csv");

        assertThatThrownBy(() -> HeldStateFile.write(
                        file, Format.CSV, List.<AsOfAnswer>of().iterator()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nowhere/all.csv cannot be written");
    }

    private String written(Format format) throws IOException {
        List<KeyedRecord> records = ChainedEvents.of(Story.underDefault()
                .registered()
                .later(Duration.ofMinutes(1))
                .given(change(CustomerState.BLOCKED, "fraud"))
                .events());
        AllAsOf all = new AllAsOf(PolicyFile.packagedDefault(), PointInTime.NOW, NOON.plusSeconds(90), 1);
        Path file = directory.resolve("all");
        HeldStateFile.write(
                file, format, List.of(all.one(records).orElseThrow()).iterator());
        return Files.readString(file);
    }

    private static String version() {
        return PolicyFile.packagedDefault().version();
    }
}
