package dev.standing.gateway.query;

import java.util.function.Function;

/**
 * What came of a query.
 *
 * @param <T> what was asked for
 */
public sealed interface QueryAnswer<T> {

    /** It is there. */
    record Found<T>(T value) implements QueryAnswer<T> {}

    /** It is not there, or cannot be told. */
    record Failed<T>(QueryFailure failure) implements QueryAnswer<T> {}

    /** What one of two functions makes of it. */
    default <R> R fold(Function<T, R> found, Function<QueryFailure, R> failed) {
        return this instanceof Found<T> there ? found.apply(there.value()) : failed.apply(((Failed<T>) this).failure());
    }
}
