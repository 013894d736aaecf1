package dev.standing.audit.table;

/**
 * How values are written to disk.
 *
 * @param <V> the values
 */
public interface Encoding<V> {

    /** The bytes of a value. */
    byte[] encode(V value);

    /** The value of bytes that {@link #encode} made. */
    V decode(byte[] bytes);
}
