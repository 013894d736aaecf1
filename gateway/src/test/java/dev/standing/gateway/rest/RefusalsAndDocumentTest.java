package dev.standing.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.avro.RejectionCode;
import dev.standing.gateway.RefusedRequests;
import dev.standing.gateway.docs.OpenApi;
import dev.standing.gateway.json.MalformedJsonException;
import dev.standing.gateway.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What REST turns down, the OpenAPI document turns down as well. */
class RefusalsAndDocumentTest {

    private final OpenApi openApi = new OpenApi();

    @ParameterizedTest
    @EnumSource(value = RejectionCode.class, mode = EnumSource.Mode.EXCLUDE, names = "INVALID_REQUEST")
    void everyRejectionHasItsStatus(RejectionCode code) {
        assertThat(openApi.statusesOf(code.name())).containsExactly(RejectionStatus.of(code));
    }

    /** A requestId may be missing for the schema, since a header can give it; what is invisible, no schema tells. */
    @Test
    void everyMalformedBodyIsNoneByTheDocument() {
        Set<String> valid = RefusedRequests.rest()
                .filter(refused -> refused.headers().isEmpty() && isJson(refused.body()))
                .filter(refused ->
                        !refused.path().contains("?") && !refused.body().contains("\\u"))
                .filter(refused -> !refused.field().equals("requestId"))
                .filter(refused ->
                        openApi.errors(schema(refused.path()), refused.body()).isEmpty())
                .map(RefusedRequests.Rest::body)
                .collect(Collectors.toSet());

        assertThat(valid).isEmpty();
    }

    private static String schema(String path) {
        return "/paths/" + path.replace("/", "~1") + "/post/requestBody/content/application~1json/schema";
    }

    private static boolean isJson(String text) {
        try {
            StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }
}
