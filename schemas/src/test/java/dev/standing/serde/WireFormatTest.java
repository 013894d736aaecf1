package dev.standing.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standing.registry.SchemaKey;
import dev.standing.serde.UndecodableRecordException.Reason;
import dev.standing.serde.WireFormat.Frame;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }

    private static Reason reason(ThrowingCallable call) {
        return catchThrowableOfType(UndecodableRecordException.class, call).reason();
    }

    @Test
    void framesWithAZeroAndTheIdBigEndian() {
        assertThat(WireFormat.frame(0x01020304, hex("0a0b"))).isEqualTo(hex("00010203040a0b"));
        assertThat(WireFormat.frame(1, hex(""))).isEqualTo(hex("0000000001"));
    }

    @Test
    void readsWhatItFrames() {
        assertThat(WireFormat.read(hex("00010203040a0b"))).isEqualTo(new Frame(new SchemaKey.Id(0x01020304), 5, 2));
        assertThat(WireFormat.read(hex("00ffffffff"))).isEqualTo(new Frame(new SchemaKey.Id(-1), 5, 0));
    }

    @Test
    void refusesWhatIsTooShort() {
        assertThat(reason(() -> WireFormat.read(new byte[0]))).isEqualTo(Reason.TOO_SHORT);
        assertThat(reason(() -> WireFormat.read(hex("00000000")))).isEqualTo(Reason.TOO_SHORT);
    }

    @Test
    void refusesAnotherFirstByteAndSaysWhich() {
        UndecodableRecordException e =
                catchThrowableOfType(UndecodableRecordException.class, () -> WireFormat.read(hex("7b2261223a317d")));

        assertThat(e.reason()).isEqualTo(Reason.WRONG_MAGIC_BYTE);
        assertThat(e).hasMessageContaining("0x7b");
    }

    @Test
    void readsAnIdFromTheHeaderOfTheValueOrTheKey() {
        Headers headers = new RecordHeaders()
                .add("__value_schema_id", hex("0000000007"))
                .add("__key_schema_id", hex("0000000008"));

        assertThat(WireFormat.read(headers, false, hex("0a0b0c"))).isEqualTo(new Frame(new SchemaKey.Id(7), 0, 3));
        assertThat(WireFormat.read(headers, true, hex(""))).isEqualTo(new Frame(new SchemaKey.Id(8), 0, 0));
    }

    @Test
    void readsAGuidFromTheHeader() {
        Headers headers = new RecordHeaders().add("__value_schema_id", hex("01897917622336418696742" + "99b90a802e2"));

        assertThat(WireFormat.read(headers, false, hex("0a")))
                .isEqualTo(
                        new Frame(new SchemaKey.Guid(UUID.fromString("89791762-2336-4186-9674-299b90a802e2")), 0, 1));
    }

    @Test
    void readsThePrefixWhereOnlyTheOtherHeaderIs() {
        Headers headers = new RecordHeaders().add("__key_schema_id", hex("0000000008"));

        assertThat(WireFormat.read(headers, false, hex("00000000010a")).schema())
                .isEqualTo(new SchemaKey.Id(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00000000", "000000000101", "0100000001", "02000000010000000100000001000000ff"})
    void refusesAMalformedHeader(String value) {
        Headers headers = new RecordHeaders().add("__value_schema_id", hex(value));

        assertThat(reason(() -> WireFormat.read(headers, false, hex("00000000010a"))))
                .isEqualTo(Reason.MALFORMED_SCHEMA_HEADER);
    }

    @Test
    void refusesAHeaderThatIsNull() {
        Headers headers = new RecordHeaders().add("__value_schema_id", null);

        assertThat(reason(() -> WireFormat.read(headers, false, hex("00000000010a"))))
                .isEqualTo(Reason.MALFORMED_SCHEMA_HEADER);
    }
}
