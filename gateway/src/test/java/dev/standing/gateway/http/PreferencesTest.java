package dev.standing.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "respond-async                   | PT0S | respond-async",
                "Respond-Async ; foo=bar         | PT0S | respond-async",
                "wait=5                          | PT5S | wait=5",
                "wait = \"5\"                    | PT5S | wait=5",
                "handling=lenient, wait=5        | PT5S | wait=5",
                "respond-async, wait=5           | PT5S | respond-async, wait=5",
                "wait=5, wait=6, respond-async   | PT5S | respond-async, wait=5",
            })
    void theClientWaitsAsLongAsItPrefers(String header, Duration patience, String applied) {
        Preferences preferences = Preferences.read(List.of(header));

        assertThat(preferences.patience()).hasValue(patience);
        assertThat(preferences.applied()).hasValue(applied);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "wait",
                "wait=",
                "wait=-1",
                "wait=1.5",
                "wait=99999999999",
                "return=minimal",
                "xrespond-async"
            })
    void whatIsUnknownOrMalformedIsIgnored(String header) {
        Preferences preferences = Preferences.read(List.of(header));

        assertThat(preferences).isEqualTo(new Preferences(false, Optional.empty()));
        assertThat(preferences.patience()).isEmpty();
        assertThat(preferences.applied()).isEmpty();
    }

    @Test
    void preferencesMayStandInSeveralHeaders() {
        assertThat(Preferences.read(List.of("respond-async", "wait=3")))
                .isEqualTo(new Preferences(true, Optional.of(Duration.ofSeconds(3))));
    }
}
