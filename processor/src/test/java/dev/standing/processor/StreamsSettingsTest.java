package dev.standing.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standing.service.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {

    @Test
    void exactlyOnceIsNotForTheOperatorToTurnOff() {
        Map<String, Object> streams = streams("processor.streams.processing.guarantee", "at_least_once");

        assertThat(streams).containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.timeout.ms", "consumer.session.timeout.ms", "main.consumer.session.timeout.ms"})
    void whatTheOperatorSetsWinsWithPrefixOrWithout(String name) {
        StreamsConfig config = new StreamsConfig(streams("processor.streams." + name, "7000"));

        assertThat(String.valueOf(
                        config.getMainConsumerConfigs("g", "c", 0).get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)))
                .isEqualTo("7000");
    }

    @Test
    void deploymentsWithDifferentTopicsHaveDifferentGroups() {
        assertThat(streams("topics.prefix", "a.")).containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "a.processor");
        assertThat(streams("processor.application.id", "mine"))
                .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "mine");
    }

    @Test
    void deadLettersFitIntoARequest() {
        StreamsConfig config = new StreamsConfig(streams("processor.threads", "3"));

        assertThat((int) config.getProducerConfigs("c").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
                .isGreaterThan(2 * 1024 * 1024);
        assertThat(config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG)).isEqualTo(3);
    }

    @Test
    void allClientsGetKafkasSettings() {
        StreamsConfig config = new StreamsConfig(streams("kafka.security.protocol", "SSL"));

        assertThat(config.getAdminConfigs("c")).containsEntry("security.protocol", "SSL");
        assertThat(config.getProducerConfigs("c")).containsEntry("security.protocol", "SSL");
        assertThat(config.getMainConsumerConfigs("g", "c", 0)).containsEntry("security.protocol", "SSL");
    }

    private static Map<String, Object> streams(String name, String value) {
        Map<String, String> given = new HashMap<>(Map.of("kafka.bootstrap.servers", "localhost:1"));
        given.put(name, value);
        return StreamsSettings.of(ProcessorSettings.from(Settings.of(given)));
    }
}
