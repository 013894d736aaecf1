package dev.standing.audit.export;

/** The directory is not one that this export may write to: nothing was changed. */
public final class ExportRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExportRefusedException(String message) {
        super(message);
    }
}
