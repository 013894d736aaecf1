package dev.standing.mapping;

/** A stored or logged record says something that this version does not know: it was written by a later one. */
public final class UnknownSymbolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownSymbolException(String what) {
        super("This version does not know the " + what + "; a later version wrote it");
    }
}
