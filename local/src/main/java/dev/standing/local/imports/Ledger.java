package dev.standing.local.imports;

import dev.standing.local.imports.input.Position;
import java.io.IOException;
import java.util.Optional;

/** Keeps account of what is done, line after line, in memory and in files. */
final class Ledger {

    private static final int LINES_PER_SAVE = 1_000;

    private final Optional<Files> files;
    private final Display display;
    private Progress progress;
    private Position saved;

    /**
     * Makes one.
     *
     * @param files where it is kept; empty: nowhere
     * @param begin what is done already
     */
    Ledger(Optional<Files> files, Display display, Progress begin) {
        this.files = files;
        this.display = display;
        this.progress = begin;
        this.saved = begin.position();
    }

    /** The two files of an import. */
    record Files(ProgressFile progress, RefusedFile refused) {}

    /** Everything up to a place is done: the next after what was done before. */
    synchronized void done(Position end, Outcome outcome) throws IOException {
        for (Refusal refusal : outcome.refusals()) {
            if (files.isPresent()) {
                files.get().refused().add(refusal);
            }
            display.refused(refusal);
        }
        long refusedBytes = files.map(file -> file.refused().bytes()).orElse(0L);
        progress = new Progress(end, progress.counts().plus(outcome.counts()), refusedBytes);
        if (end.lines() - saved.lines() >= LINES_PER_SAVE) {
            save();
        }
    }

    /** Saves what is not saved. The refusals first, so that the progress never says more than they do. */
    synchronized void save() throws IOException {
        if (files.isPresent() && !progress.position().equals(saved)) {
            files.get().refused().force();
            files.get().progress().save(progress);
        }
        saved = progress.position();
    }

    synchronized Progress progress() {
        return progress;
    }
}
