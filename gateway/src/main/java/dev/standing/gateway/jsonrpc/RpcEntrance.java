package dev.standing.gateway.jsonrpc;

import dev.standing.gateway.access.Caller;
import dev.standing.gateway.access.RpcCredentials;

/** Who may call. Safe for use by many threads. */
interface RpcEntrance {

    /** What becomes of a call. */
    sealed interface Decision {

        /**
         * It is taken.
         *
         * @param leave to be run once, when it is answered
         */
        record In(Caller caller, Runnable leave) implements Decision {}

        /** It is answered with this error. */
        record Away(JsonRpcError error) implements Decision {}
    }

    /**
     * Decides about a call.
     *
     * @param payload the bytes of {@code params.payload}, exactly as they were received
     */
    Decision enter(RpcCredentials credentials, byte[] payload);
}
