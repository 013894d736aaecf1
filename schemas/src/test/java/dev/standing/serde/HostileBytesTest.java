package dev.standing.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.standing.SampleRecords;
import dev.standing.avro.Customer;
import dev.standing.avro.CustomerCommand;
import dev.standing.avro.ExternalIdClaim;
import dev.standing.avro.RegisterSubordinates;
import dev.standing.serde.UndecodableRecordException.Reason;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a topic must neither kill its reader nor be taken for a record. */
class HostileBytesTest {

    /** Enough for readers, resolvers and exceptions; far less than what the samples claim. */
    private static final long MODEST = 32L * 1024 * 1024;

    private static final AvroPayload<ExternalIdClaim> CLAIMS = new AvroPayload<>(ExternalIdClaim.class);
    private static final Schema CLAIM = ExternalIdClaim.getClassSchema();

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }

    private static Reason reason(AvroPayload<?> payload, byte[] bytes, Schema written) {
        return catchThrowableOfType(UndecodableRecordException.class, () -> payload.decode(bytes, written))
                .reason();
    }

    @Test
    void refusesWhatEndsTooSoon() {
        byte[] bytes = CLAIMS.encode(SampleRecords.claim());

        for (int length = 0; length < bytes.length; length++) {
            assertThat(reason(CLAIMS, Arrays.copyOf(bytes, length), CLAIM)).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void refusesWhatGoesOn() {
        byte[] bytes = CLAIMS.encode(SampleRecords.claim());

        assertThat(reason(CLAIMS, Arrays.copyOf(bytes, bytes.length + 1), CLAIM))
                .isEqualTo(Reason.TRAILING_BYTES);
    }

    @Test
    void refusesASchemaThatIsNotTheReaders() {
        Schema other = SchemaBuilder.record("dev.standing.avro.ExternalIdClaim")
                .fields()
                .requiredInt("externalId")
                .endRecord();

        UndecodableRecordException e =
                catchThrowableOfType(UndecodableRecordException.class, () -> CLAIMS.decode(hex("02"), other));

        assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        assertThat(e)
                .hasMessageContaining("ExternalIdClaim")
                .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE customerId");
        assertThat(reason(CLAIMS, CLAIMS.encode(SampleRecords.claim()), Customer.getClassSchema()))
                .isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void isNotConfusedByARecordThatItRefused() {
        byte[] good = CLAIMS.encode(SampleRecords.claim());

        for (int i = 0; i < 3; i++) {
            assertThat(reason(CLAIMS, Arrays.copyOf(good, 5), CLAIM)).isEqualTo(Reason.CORRUPT);
            assertThat(CLAIMS.decode(good, CLAIM)).isEqualTo(SampleRecords.claim());
        }
    }

    /** The string, array or map that claims: 2^31-1, 2^31-9, 100 million and 2^40 items or bytes; and negative ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "feffffff0f",
                "eeffffff0f",
                "80c2d75f",
                "80808080808040",
                "ffffffff0f",
                "01",
                "ffffffffffffffffff01"
            })
    void doesNotBelieveAHugeLength(String length) {
        byte[] noise = new byte[90];
        new Random(7).nextBytes(noise);
        String rest = HexFormat.of().formatHex(noise);

        modestly(() -> CLAIMS.decode(hex(length + rest), CLAIM));
        AvroPayload<RegisterSubordinates> arrays = new AvroPayload<>(RegisterSubordinates.class);
        modestly(() -> arrays.decode(hex(length + rest), arrays.schema()));
        AvroPayload<Customer> maps = new AvroPayload<>(Customer.class);
        String customer = HexFormat.of().formatHex(maps.encode(SampleRecords.customer()));
        String beforeMap = customer.substring(0, customer.indexOf("040e7365676d656e74"));
        modestly(() -> maps.decode(hex(beforeMap + length + rest), maps.schema()));
    }

    @Test
    void doesNotBelieveManyItemsWithoutBytesInAFieldThatItSkips() {
        Schema written =
                Schemas.edited(CLAIM, claim -> claim.addFirst("nothings", "{\"type\":\"array\",\"items\":\"null\"}"));

        assertThat(modestly(() -> CLAIMS.decode(hex("80c2d72f" + "00"), written)))
                .hasMessageContaining("50000000 items");
    }

    @Test
    void doesNotOverflowTheStackOnASchemaThatRefersToItself() {
        Schema written = Schemas.edited(
                CLAIM,
                claim -> claim.addFirst(
                        "deep",
                        "{\"type\":\"record\",\"name\":\"D\",\"fields\":[{\"name\":\"d\",\"type\":[\"null\",\"D\"]}]}"));
        byte[] deep = new byte[3_000_000];
        Arrays.fill(deep, (byte) 0x02);

        assertThat(reason(CLAIMS, deep, written)).isEqualTo(Reason.CORRUPT);
    }

    private static Throwable modestly(ThrowingCallable decode) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Throwable thrown = catchThrowable(decode);

        assertThat(thrown).isInstanceOf(UndecodableRecordException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MODEST);
        return thrown;
    }

    static Stream<SpecificRecord> samples() {
        return SampleRecords.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    @SuppressWarnings("unchecked")
    void takesNoiseForNothingElse(SpecificRecord record) {
        AvroPayload<SpecificRecord> payload = new AvroPayload<>((Class<SpecificRecord>) record.getClass());
        byte[] good = payload.encode(record);
        Random random = new Random(42);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = i % 2 == 0 ? noise(random) : mutated(good, random);
            Throwable thrown = catchThrowable(() -> payload.decode(bytes, payload.schema()));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(UndecodableRecordException.class);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = Arrays.copyOf(good, good.length - random.nextInt(2) * random.nextInt(good.length));
        for (int changes = random.nextInt(4); changes >= 0 && bytes.length > 0; changes--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    @Test
    void doesNotUseGeneratedDecodersWhateverTheSystemPropertySays() {
        assertThat(GeneratedClasses.model(CustomerCommand.class).useCustomCoders())
                .isFalse();
        assertThat(GeneratedClasses.model(CustomerCommand.class).isFastReaderEnabled())
                .isFalse();
    }
}
