package dev.standing.gateway.docs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract lets pass what is documented, and nothing else. */
class ApiContractTest {

    private static final String LIVE = "{\"status\":\"UP\"}";
    private static final String NOT_FOUND = "{\"type\":\"urn:standing:problem:not-found\",\"title\":\"Not found\","
            + "\"status\":404,\"detail\":\"There is nothing at this path\",\"code\":\"NOT_FOUND\"}";
    private static final String CUSTOMER = "{\"customerId\":\"c\",\"externalId\":null,\"version\":1,\"state\":"
            + "{\"state\":\"ACTIVE\",\"stateReason\":\"r\",\"stateValidFrom\":\"2024-05-01T00:00:00Z\",\"recordedAt\":"
            + "\"2024-05-01T00:00:00Z\"},\"plannedChanges\":[]}";

    private final ApiContract contract = ApiContract.get();

    private void check(String method, String path, int status, String type, String body, String... headers) {
        Map<String, List<String>> all = new java.util.HashMap<>(Map.of("x-request-id", List.of("a")));
        if (!type.isEmpty()) {
            all.put("content-type", List.of(type));
        }
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        contract.check(new Exchange(method, path, Optional.empty(), status, all, body));
    }

    private void refuses(String why, Runnable exchange) {
        assertThatThrownBy(exchange::run).isInstanceOf(AssertionError.class).hasMessageContaining(why);
    }

    @Test
    void whatIsDocumentedPasses() {
        assertThatCode(() -> {
                    check("GET", "/health/live", 200, "application/json; charset=utf-8", LIVE);
                    check("HEAD", "/health/live", 200, "application/json", "");
                    check("GET", "/v1/customers/state", 200, "application/json", CUSTOMER, "ETag", "\"1\"");
                    check("GET", "/v1/customers/a%2Fb", 304, "", "", "ETag", "\"1\"");
                    check("OPTIONS", "/v1/customers", 204, "", "", "Allow", "GET");
                    check("GET", "/no/such/path", 404, "application/problem+json", NOT_FOUND);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aStatusIsDocumented() {
        refuses("does not have this status", () -> check("GET", "/health/live", 404, "application/json", LIVE));
        refuses("no operation is asked for", () -> check("GET", "/no/such/path", 200, "application/json", "{}"));
        refuses("no operation is asked for", () -> check("PUT", "/v1/customers", 201, "application/json", "{}"));
        refuses("Allow is missing", () -> check("OPTIONS", "/v1/customers", 204, "", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"version\":1', '\"version\":\"1\"', version",
        "'\"version\":1', '\"version\":1,\"extra\":true', extra",
        "'\"version\":1,', '', version",
        "ACTIVE, SLEEPING, state",
        "'\"stateValidFrom\":\"2024-05-01T00:00:00Z\"', '\"stateValidFrom\":\"2024-05-01T00:00:00+02:00\"', stateValidFrom",
        "'\"stateValidFrom\":\"2024-05-01T00:00:00Z\"', '\"stateValidFrom\":\"2024-05-32T00:00:00Z\"', stateValidFrom",
        "'\"externalId\":null', '\"externalId\":\" \"', externalId"
    })
    void aBodyIsAsItsSchemaSays(String part, String other, String named) {
        refuses(named, () -> check("GET", "/v1/customers/c", 200, "application/json", CUSTOMER.replace(part, other)));
    }

    @Test
    void aProblemHasACodeOfItsStatus() {
        refuses(
                "code",
                () -> check(
                        "GET",
                        "/v1/customers/c",
                        404,
                        "application/problem+json",
                        NOT_FOUND.replace("NOT_FOUND", "UNAVAILABLE")));
    }

    @Test
    void aMediaTypeIsDocumented() {
        refuses("media type is text/html", () -> check("GET", "/health/live", 200, "text/html", LIVE));
        refuses("media type is none", () -> check("GET", "/health/live", 200, "", LIVE));
        refuses("a body is not documented", () -> check("GET", "/v1/customers/c", 304, "", "{}", "ETag", "\"1\""));
        refuses("HEAD is answered", () -> check("HEAD", "/health/live", 200, "application/json", LIVE));
    }

    @Test
    void headersAreDocumentedAndThoseThatMustBeAreThere() {
        refuses("ETag is missing", () -> check("GET", "/v1/customers/c", 304, "", ""));
        refuses("ETag", () -> check("GET", "/v1/customers/c", 304, "", "", "ETag", "W/\"1\""));
        refuses(
                "Location is not documented",
                () -> check("GET", "/health/live", 200, "application/json", LIVE, "Location", "/x"));
        refuses(
                "X-Request-Id",
                () -> check("GET", "/health/live", 200, "application/json", LIVE, "x-request-id", "not well-formed"));
    }

    @Test
    void aRequestThatWasTakenIsDocumented() {
        String answer = "{\"id\":\"1\",\"result\":{\"Id\":\"c\",\"Status\":\"ACTIVE\"}}";
        String call = "{\"id\":\"1\",\"method\":\"CustomerService.UpdateCustomerStatus\",\"params\":{\"payload\":"
                + "{\"Id\":\"c\",\"STATUS\":\"ACTIVE\"}}}";
        Map<String, List<String>> headers =
                Map.of("Content-Type", List.of("application/json"), "X-Request-Id", List.of("a"));

        assertThatCode(() -> contract.check(new Exchange("POST", "/jsonrpc", Optional.of(call), 200, headers, answer)))
                .doesNotThrowAnyException();
        refuses(
                "the request was taken",
                () -> contract.check(new Exchange(
                        "POST", "/jsonrpc", Optional.of(call.replace("Id", "Ident")), 200, headers, answer)));
    }

    @Test
    void everyEventOfAFeedIsAsItsSchemaSays() {
        refuses(
                "customerId",
                () -> check(
                        "GET", "/v1/events", 200, "text/event-stream", "id: 1.0\ndata: {\"sequence\":1}\n\n: \n\n"));
    }
}
