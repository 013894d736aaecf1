package dev.standing.processor.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryAddressTest {

    @ParameterizedTest
    @CsvSource({
        "http://processor-1:8082, http://processor-1:8082",
        "https://processor-1/, https://processor-1:443",
        "http://processor-1, http://processor-1:80",
        "http://[::1]:8082, http://[::1]:8082"
    })
    void aUrlNamesSchemeHostAndPort(String url, String expected) {
        assertThat(QueryAddress.parse(url).url()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processor-1:8082",
                "ftp://processor-1",
                "http://processor-1:0",
                "http://processor-1/path",
                "http://processor-1?a=b",
                "http://user@processor-1",
                "http://",
                "not a url"
            })
    void anythingElseIsRefused(String url) {
        assertThatThrownBy(() -> QueryAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url);
    }

    @Test
    void aServerThatIsBoundToAnyAddressIsReachedByTheNameOfItsMachine() {
        assertThat(QueryAddress.bound("127.0.0.1", 8082).url()).isEqualTo("http://127.0.0.1:8082");
        assertThat(QueryAddress.bound("::1", 8082).url()).isEqualTo("http://[::1]:8082");
        assertThat(QueryAddress.bound("0.0.0.0", 8082).host()).isNotEqualTo("0.0.0.0");
        assertThat(QueryAddress.bound("::", 8082).host()).isNotEqualTo("::").isNotEmpty();
    }

    @Test
    void othersHaveTheSameScheme() {
        assertThat(QueryAddress.parse("https://a:1").at("b", 2).url()).isEqualTo("https://b:2");
    }
}
