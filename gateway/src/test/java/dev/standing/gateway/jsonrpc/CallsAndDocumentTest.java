package dev.standing.gateway.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.gateway.docs.OpenApi;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the OpenAPI document says of JSON-RPC is so. */
class CallsAndDocumentTest {

    private static final int NOT_AUTHENTICATED = -32001;

    private final OpenApi openApi = new OpenApi();

    @Test
    void itHasTheErrorsOfTheCode() {
        assertThat(openApi.symbols("RpcErrorCode").stream().map(Integer::valueOf))
                .containsExactlyInAnyOrder(
                        JsonRpcError.PARSE_ERROR,
                        JsonRpcError.INVALID_REQUEST,
                        JsonRpcError.METHOD_NOT_FOUND,
                        JsonRpcError.INVALID_PARAMS,
                        JsonRpcError.INTERNAL_ERROR,
                        NOT_AUTHENTICATED,
                        JsonRpcError.REJECTED,
                        JsonRpcError.UNANSWERED,
                        JsonRpcError.UNAVAILABLE);
    }

    @Test
    void itHasTheStatesAsNetXdSpellsThem() {
        List<String> states = Arrays.stream(NetXdState.values()).map(Enum::name).toList();

        assertThat(openApi.symbols("NetXdState")).isEqualTo(states);
    }

    @Test
    void itHasTheMethodAndTheSizeOfABatch() {
        String call = "{\"id\":1,\"method\":\"" + StatusUpdate.METHOD
                + "\",\"params\":{\"payload\":{\"ID\":\"c\",\"status\":\"ACTIVE\"}}}";

        assertThat(openApi.errors("/components/schemas/RpcCall", call)).isEmpty();
        assertThat(openApi.errors("/components/schemas/RpcBatch", batch(call, JsonRpcEndpoint.MAX_BATCH)))
                .isEmpty();
        assertThat(openApi.errors("/components/schemas/RpcBatch", batch(call, JsonRpcEndpoint.MAX_BATCH + 1)))
                .isNotEmpty();
    }

    private static String batch(String call, int size) {
        return "[" + (call + ",").repeat(size - 1) + call + "]";
    }
}
