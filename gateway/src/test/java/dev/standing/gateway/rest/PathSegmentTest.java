package dev.standing.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathSegmentTest {

    @ParameterizedTest
    @CsvSource({"c-1._~,c-1._~", "a b,a%20b", "a+b,a%2Bb", "a/b,a%2Fb", "*,%2A", "ü,%C3%BC", ".,%2E", "..,%2E%2E"})
    void whatIsNotUnreservedIsEscaped(String text, String segment) {
        assertThat(PathSegment.of(text)).isEqualTo(segment);
    }
}
