package dev.standing.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.processor.memory.StoreMemory;
import dev.standing.service.settings.InvalidSettingsException;
import dev.standing.service.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {

    private static final StoreMemory MEMORY = StoreMemory.ofMebibytes(32);

    @AfterAll
    static void giveMemoryBack() {
        MEMORY.close();
    }

    @Test
    void exactlyOnceIsNotForTheOperatorToTurnOff() {
        Map<String, Object> streams = streams("processor.streams.processing.guarantee", "at_least_once");

        assertThat(streams).containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    }

    @Test
    void failuresAreNotForTheOperatorToPassOver() {
        String handler = "org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler";

        assertThat(streams("processor.streams.processing.exception.handler", handler))
                .containsEntry("processing.exception.handler", LogAndFailProcessingExceptionHandler.class);
        assertThat(history("processor.streams.processing.exception.handler", handler))
                .containsEntry("processing.exception.handler", LogAndFailProcessingExceptionHandler.class);
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

    @Test
    void theReadModelReadsCommittedEventsAloneWhateverTheOperatorSets() {
        for (String name : List.of("isolation.level", "consumer.isolation.level", "main.consumer.isolation.level")) {
            StreamsConfig config = new StreamsConfig(history("processor.streams." + name, "read_uncommitted"));

            assertThat(config.getMainConsumerConfigs("g", "c", 0))
                    .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                    .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        }
    }

    @Test
    void theReadModelIsAGroupOfItsOwnWithThreadsOfItsOwn() {
        Map<String, Object> streams = history("processor.history.threads", "3");

        assertThat(streams)
                .containsEntry(StreamsConfig.APPLICATION_ID_CONFIG, "standing.processor-history")
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE)
                .containsEntry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 3);
        assertThat(history("processor.streams.consumer.session.timeout.ms", "7000"))
                .containsEntry("consumer.session.timeout.ms", "7000");
    }

    @Test
    void anAddressThatNobodyCanReachIsRefused() {
        assertThatThrownBy(() -> streams("processor.query.advertised", "processor-1"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("processor.query.advertised");
    }

    @Test
    void bothClientsShareTheMemoryOfTheirStores() {
        Map<String, Object> processing = streams("processor.threads", "1");
        Map<String, Object> history = history("processor.threads", "1");

        assertThat(processing).containsAllEntriesOf(MEMORY.streamsConfig());
        assertThat(history).containsAllEntriesOf(MEMORY.streamsConfig());
    }

    @Test
    void theMemoryOfStoresIsWithinBounds() {
        assertThat(settings("processor.threads", "1").storeMemory()).isEqualTo(256);
        assertThat(settings("processor.store.memory", "32").storeMemory()).isEqualTo(32);
        assertThatThrownBy(() -> settings("processor.store.memory", "31"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("processor.store.memory");
    }

    private static Map<String, Object> history(String name, String value) {
        return StreamsSettings.history(settings(name, value), MEMORY);
    }

    private static Map<String, Object> streams(String name, String value) {
        return StreamsSettings.of(settings(name, value), MEMORY);
    }

    private static ProcessorSettings settings(String name, String value) {
        Map<String, String> given = new HashMap<>(Map.of("kafka.bootstrap.servers", "localhost:1"));
        given.put(name, value);
        return ProcessorSettings.from(Settings.of(given));
    }
}
