package dev.standing.audit.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a record is no event, in one short sentence. */
class FirstReasonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            It was written as a dev.A, which cannot be read as a dev.B: NAME_MISMATCH x at /; y | it was written as a dev.A
            The record has 2 bytes; 0x00 and a schema id alone are 5                            | the record has 2 bytes
            The record begins with the byte 0x7b: it is not                                     | the record begins with the byte 0x7b
            There is no schema 9.                                                               | there is no schema 9
            """)
    void onlyTheFirstReasonIsTold(String message, String told) {
        assertThat(Words.firstReason(message)).isEqualTo(told);
    }

    @Test
    void onlyTheFirstLineIsTold() {
        assertThat(Words.firstReason("Not so.\nNor so.")).isEqualTo("not so");
    }
}
