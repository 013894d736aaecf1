package dev.standing.service.files;

import java.util.List;

/**
 * What files hold.
 *
 * @param <T> what they are parsed to; immutable
 */
@FunctionalInterface
public interface FileFormat<T> {

    /**
     * Parses files that belong together, such as a certificate and its key.
     *
     * @param contents their bytes, in the order of their paths
     * @throws InvalidFileException if one is not what it should be, or they do not fit together; the message needs not
     *     name the files
     */
    T parse(List<byte[]> contents) throws InvalidFileException;
}
