package dev.standing.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.local.imports.input.FileFormat;
import dev.standing.local.imports.input.Position;
import dev.standing.local.imports.input.SourceLine;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InOrderTest {

    private static final Outcome DONE = new Outcome(new Counts(1, 0, 0, 0), List.of());
    private static final Position FIRST = new Position(1, 10);
    private static final Position SECOND = new Position(2, 20);

    @TempDir
    private Path directory;

    @Test
    void whatIsDoneEarlyIsPassedOnInItsTurn() throws Exception {
        Ledger ledger = new Ledger(Optional.empty(), new SilentDisplay(), Progress.NONE);
        InOrder inOrder = new InOrder(ledger);
        InOrder.Piece first = inOrder.begin(FIRST).orElseThrow();
        InOrder.Piece second = inOrder.begin(SECOND).orElseThrow();

        inOrder.done(second, DONE);
        assertThat(ledger.progress().position()).isEqualTo(Position.START);
        inOrder.done(first, DONE);
        assertThat(ledger.progress().position()).isEqualTo(SECOND);
    }

    @Test
    void behindARefusalThatCannotBeWrittenNothingCountsAsDone() throws Exception {
        RefusedFile refused = RefusedFile.open(directory.resolve("refused"));
        refused.close();
        ProgressFile progress = new ProgressFile(
                directory.resolve("progress"),
                FileIdentity.of(Files.createFile(directory.resolve("file"))),
                FileFormat.JSONL,
                "http://gateway");
        Ledger ledger =
                new Ledger(Optional.of(new Ledger.Files(progress, refused)), new SilentDisplay(), Progress.NONE);
        InOrder inOrder = new InOrder(ledger);
        InOrder.Piece first = inOrder.begin(FIRST).orElseThrow();
        InOrder.Piece second = inOrder.begin(SECOND).orElseThrow();
        Refusal refusal = new Refusal(
                new SourceLine(1, Optional.of("no")), Optional.empty(), "INVALID_REQUEST", Optional.empty(), "no");

        assertThatThrownBy(() -> inOrder.done(first, Outcome.refused(Counts.NONE, List.of(refusal))))
                .isInstanceOf(ClosedChannelException.class);
        inOrder.done(second, DONE);
        assertThat(ledger.progress()).isEqualTo(Progress.NONE);
    }
}
