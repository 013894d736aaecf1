package dev.standing.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standing.SampleRecords;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.released.ReleasedSchemas;
import dev.standing.serde.UndecodableRecordException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoreCodecTest {

    private static final StoreCodec<Customer> CODEC = new StoreCodec<>(Customer.class);

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Reason reason(byte[] bytes) {
        return catchThrowableOfType(UndecodableRecordException.class, () -> CODEC.decode(bytes))
                .reason();
    }

    @Test
    void writesWhatAvrosOwnEncoderWrites() throws IOException {
        assertThat(CODEC.encode(SampleRecords.customer()))
                .startsWith(0xC3, 0x01)
                .isEqualTo(bytes(SampleRecords.customer().toByteBuffer()));
    }

    @Test
    void readsWhatAvrosOwnEncoderWrites() throws IOException {
        assertThat(CODEC.decode(bytes(SampleRecords.customer().toByteBuffer()))).isEqualTo(SampleRecords.customer());
    }

    @Test
    void readsWhatAnEarlierReleaseWrote() throws IOException {
        Schema older = Schemas.edited(Customer.getClassSchema(), customer -> customer.remove("plannedChanges"));
        Object written = new GenericDatumReader<>(older)
                .read(null, DecoderFactory.get().binaryDecoder(Schemas.encode(older, SampleRecords.customer()), null));
        byte[] bytes = bytes(new BinaryMessageEncoder<>(GenericData.get(), older).encode(written));

        Customer read = new StoreCodec<>(Customer.class, List.of(older)).decode(bytes);

        assertThat(read.getPlannedChanges()).isEmpty();
        assertThat(read.getCustomerId()).isEqualTo("c-1");
        assertThat(reason(bytes)).as("without the older schema").isEqualTo(Reason.UNKNOWN_SCHEMA);
    }

    static List<Class<? extends SpecificRecord>> stored() {
        return StoredValues.types();
    }

    @ParameterizedTest
    @MethodSource("stored")
    void readsWhatEveryReleaseWrote(Class<? extends SpecificRecord> type) throws IOException {
        String name = SpecificData.get().getSchema(type).getFullName();
        StoreCodec<? extends SpecificRecord> codec = new StoreCodec<>(type);
        for (Schema released : ReleasedSchemas.of(name)) {
            BinaryMessageEncoder<Object> writer = new BinaryMessageEncoder<>(GenericData.get(), released);
            for (Object value : new RandomData(released, 3, 1L, true)) {
                assertThat(codec.decode(bytes(writer.encode(value)))).isNotNull();
            }
        }
    }

    @Test
    void takesNoClassThatTheReleasesDoNotKeep() {
        assertThatThrownBy(() -> new StoreCodec<>(CustomerCommand.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CustomerCommand is not among the StoredValues");
    }

    @Test
    void passesNullOn() {
        assertThat(CODEC.serializer().serialize("", null)).isNull();
        assertThat(CODEC.deserializer().deserialize("", null)).isNull();
    }

    @Test
    void isASerde() {
        byte[] bytes = CODEC.serializer().serialize("s", SampleRecords.customer());

        assertThat(CODEC.deserializer().deserialize("s", bytes)).isEqualTo(SampleRecords.customer());
    }

    @Test
    void refusesWhatIsNotAValue() {
        byte[] bytes = CODEC.encode(SampleRecords.customer());

        assertThat(reason(Arrays.copyOf(bytes, 9))).isEqualTo(Reason.TOO_SHORT);
        assertThat(reason(Arrays.copyOf(bytes, bytes.length - 1))).isEqualTo(Reason.CORRUPT);
        assertThat(reason(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(Reason.TRAILING_BYTES);
        assertThat(reason(new StoreCodec<>(ExternalIdClaim.class).encode(SampleRecords.claim())))
                .isEqualTo(Reason.UNKNOWN_SCHEMA);
        bytes[0] = 0;
        assertThat(reason(bytes)).isEqualTo(Reason.WRONG_MAGIC_BYTE);
    }
}
