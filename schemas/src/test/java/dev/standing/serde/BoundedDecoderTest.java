package dev.standing.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundedDecoderTest {

    private static final byte SIX = 12;

    private interface Call {
        long on(BoundedDecoder decoder) throws IOException;
    }

    static Stream<Named<Call>> calls() {
        return Stream.of(
                named("read array", BoundedDecoder::readArrayStart),
                named("next of array", BoundedDecoder::arrayNext),
                named("skip array", BoundedDecoder::skipArray),
                named("read map", BoundedDecoder::readMapStart),
                named("next of map", BoundedDecoder::mapNext),
                named("skip map", BoundedDecoder::skipMap));
    }

    private static Named<Call> named(String name, Call call) {
        return Named.of(name, call);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void countsNoMoreItemsThanThereAreBytes(Call call) throws IOException {
        byte[] six = {SIX, 0, 0, 0, 0, 0};

        assertThat(call.on(new BoundedDecoder(six, 0, 6))).isEqualTo(6);
        assertThatThrownBy(() -> call.on(new BoundedDecoder(six, 0, 5)))
                .isInstanceOf(AvroRuntimeException.class)
                .hasMessageContaining("6 items");
    }

    @Test
    void countsTheItemsOfAllArraysAndMapsTogether() throws IOException {
        byte[] eleven = {SIX, SIX, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        BoundedDecoder decoder = new BoundedDecoder(eleven, 0, 11);

        decoder.readArrayStart();

        assertThatThrownBy(decoder::readMapStart).isInstanceOf(AvroRuntimeException.class);
    }
}
