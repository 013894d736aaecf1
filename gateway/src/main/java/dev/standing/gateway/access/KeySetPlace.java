package dev.standing.gateway.access;

import java.net.URI;
import java.nio.file.Path;

/** Where an issuer's key set is. */
public sealed interface KeySetPlace {

    /** Behind a URL of http or https. */
    record Url(URI url) implements KeySetPlace {}

    /** In a file. */
    record InFile(Path path) implements KeySetPlace {}
}
