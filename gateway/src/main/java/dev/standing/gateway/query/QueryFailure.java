package dev.standing.gateway.query;

import java.util.Optional;

/** Why a query has no answer. All texts are for the client. */
public sealed interface QueryFailure {

    /** There is no such customer, or was none at that time; or there is no result of the request. */
    record Unknown(String detail) implements QueryFailure {}

    /**
     * The query is malformed.
     *
     * @param field the parameter that is to blame
     */
    record Refused(Optional<String> field, String detail) implements QueryFailure {}

    /** Nobody can tell now. */
    record Unavailable(String why) implements QueryFailure {}
}
