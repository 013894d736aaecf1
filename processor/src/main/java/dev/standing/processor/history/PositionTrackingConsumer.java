package dev.standing.processor.history;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of a stream thread, which tells {@link ReadPositions} where it goes on. */
final class PositionTrackingConsumer extends KafkaConsumer<byte[], byte[]> {

    private final ReadPositions positions;

    PositionTrackingConsumer(Map<String, Object> config, ReadPositions positions) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.positions = positions;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
        for (TopicPartition partition : assignment()) {
            tell(partition, records.records(partition));
        }
        return records;
    }

    private void tell(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> returned) {
        OptionalLong last = returned.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(returned.get(returned.size() - 1).offset());
        OptionalLong position = knownPosition(partition);
        if (position.isPresent()) {
            positions.polled(partition, position.getAsLong(), last);
        } else if (last.isPresent()) {
            positions.polled(partition, last.getAsLong() + 1, last);
        }
    }

    /** Never waits for a broker. */
    private OptionalLong knownPosition(TopicPartition partition) {
        try {
            return OptionalLong.of(position(partition, Duration.ZERO));
        } catch (TimeoutException | InvalidOffsetException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        positions.moved(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        positions.moved(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::moved);
        super.seekToBeginning(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        partitions.forEach(positions::moved);
        super.seekToEnd(partitions);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Moves(listener));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        super.subscribe(pattern, new Moves(listener));
    }

    /** What was known of a partition before it came or went is not known any more. */
    private final class Moves implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener next;

        Moves(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(positions::moved);
            next.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(positions::moved);
            next.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(positions::moved);
            next.onPartitionsLost(partitions);
        }
    }
}
