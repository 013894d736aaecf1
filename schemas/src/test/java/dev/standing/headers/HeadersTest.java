package dev.standing.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeadersTest {

    private static Map<String, String> text(Headers headers) {
        Map<String, String> text = new LinkedHashMap<>();
        headers.forEach(header -> assertThat(text.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)))
                .as("one header named " + header.key())
                .isNull());
        return text;
    }

    @Test
    void writesTheHeadersOfCloudEvents() {
        Headers headers = new RecordHeaders();

        new CloudEventHeaders("/standing/processor")
                .write(headers, "e-1", "StateChanged", Instant.parse("2024-04-30T22:00:00.5Z"));

        assertThat(text(headers))
                .isEqualTo(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "e-1",
                        "ce_type", "StateChanged",
                        "ce_source", "/standing/processor",
                        "ce_time", "2024-04-30T22:00:00.500Z"));
        assertThatThrownBy(() -> new CloudEventHeaders(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passesATraceOnIfThereIsOne() {
        Headers cause = new RecordHeaders().add("traceparent", "00-ab-cd-01".getBytes(StandardCharsets.UTF_8));
        Headers with = new RecordHeaders();
        Headers without = new RecordHeaders();

        CloudEventHeaders.passOnTrace(cause, with);
        CloudEventHeaders.passOnTrace(new RecordHeaders().add("traceparent", null), without);
        CloudEventHeaders.passOnTrace(new RecordHeaders(), without);

        assertThat(text(with)).isEqualTo(Map.of("traceparent", "00-ab-cd-01"));
        assertThat(without).isEmpty();
    }

    @Test
    void readsTheLastHeaderOfAName() {
        Headers headers = new RecordHeaders();
        HeaderText.write(headers, HeaderNames.REPLY_TO, "one");
        HeaderText.write(headers, HeaderNames.REPLY_TO, "zwölf");

        assertThat(HeaderText.read(headers, "standing_reply_to")).contains("zwölf");
        assertThat(HeaderText.read(headers, HeaderNames.CORRELATION_ID)).isEmpty();
        assertThat(HeaderText.read(new RecordHeaders().add("n", null), "n")).isEmpty();
    }

    @Test
    void writesWhyARecordWasDeadLetteredInThePlaceOfWhatWasThere() {
        Headers headers = new RecordHeaders();
        new DeadLetter("CORRUPT", "before", "other", 1, 2, 3, OptionalInt.of(9)).writeTo(headers);

        new DeadLetter("TOO_SHORT", "x".repeat(3000), "standing.commands", 7, 1L << 40, -1, OptionalInt.empty())
                .writeTo(headers);

        assertThat(text(headers))
                .isEqualTo(Map.of(
                        "standing_dlq_reason", "TOO_SHORT",
                        "standing_dlq_message", "x".repeat(2000),
                        "standing_dlq_topic", "standing.commands",
                        "standing_dlq_partition", "7",
                        "standing_dlq_offset", "1099511627776",
                        "standing_dlq_timestamp", "-1"));
    }

    @Test
    void writesHowLongARecordWasThatWasCutOff() {
        Headers headers = new RecordHeaders();

        new DeadLetter("R", "", "t", 0, 0, 0, OptionalInt.of(5_000_000)).writeTo(headers);

        assertThat(text(headers)).containsEntry("standing_dlq_truncated_from", "5000000");
    }
}
