package dev.standing.bench.load;

import dev.standing.avro.SubordinateUpdate;
import dev.standing.bench.platform.TestBed;
import dev.standing.serde.AvroDeserializer;
import java.util.function.Consumer;

/** The updates of subordinates, committed ones only. */
public final class Updates {

    private Updates() {}

    /**
     * An update.
     *
     * @param partition where it is
     * @param offset where it is in the partition
     */
    public record Update(int partition, long offset, SubordinateUpdate content) {}

    /** Hands over every update; those of a customer in their order. */
    public static void read(TestBed bed, Consumer<Update> each) {
        String topic = bed.topics().subordinateUpdates().name();
        try (TopicReader reader = TopicReader.fromBeginning(bed, topic);
                AvroDeserializer<SubordinateUpdate> deserializer =
                        new AvroDeserializer<>(bed.registry(), SubordinateUpdate.class, false)) {
            reader.toEnd(record -> each.accept(new Update(
                    record.partition(),
                    record.offset(),
                    deserializer.deserialize(topic, record.headers(), record.value()))));
        }
    }
}
