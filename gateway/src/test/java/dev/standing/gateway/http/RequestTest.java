package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @ParameterizedTest
    @ValueSource(strings = {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    void aValidTraceIsPassedOn(String trace) {
        assertThat(request(trace).traceparent()).hasValue(trace);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"
            })
    void anInvalidTraceIsLeftOut(String trace) {
        assertThat(request(trace).traceparent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""})
    void jsonInUtf8IsTaken(String type) {
        assertThat(MediaType.isUtf8Json(List.of(type))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/json",
                "application/json; charset=utf-16",
                "application/problem+json",
                "application/json, x"
            })
    void otherMediaTypesAreNot(String type) {
        assertThat(MediaType.isUtf8Json(List.of(type))).isFalse();
    }

    private static Request request(String trace) {
        return new Request(Map.of(), "", Map.of("Traceparent", List.of(trace)), new byte[0]);
    }
}
