package dev.standing.gateway.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"ID\":\"1\"}",
                "{ \"ID\" :\t\"1\",\r\n \"a\": [1, {\"payload\": {}}], \"b\": {\"params\": {\"payload\": 1}} }",
                "{\"ID\":\"Zoë \uD83D\uDE00 \\u00e9 \\\" } \"}"
            })
    void itIsGivenWithEveryBlankAndEveryByteThatItCameWith(String payload) {
        assertThat(payloads("{\"params\":{\"payload\":" + payload + "}}")).containsExactly(payload);
        assertThat(payloads(
                        " \n{ \"x\":[{\"params\":{\"payload\":{}}}], \"é\":1 , \"params\" : { \"api\" : {\"payload\":{}} ,"
                                + " \"payload\" : " + payload + " , \"y\":{\"payload\":{}}} ,\"id\":\"ü\"} "))
                .containsExactly(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[[]]",
                "7",
                "\"text\"",
                "null",
                "{\"params\":[{\"payload\":{}}]}",
                "{\"params\":\"payload\"}",
                "{\"params\":{\"payload\":[{}]}}",
                "{\"params\":{\"payload\":\"{}\"}}",
                "{\"params\":{\"api\":{\"payload\":{}}}}",
                "{\"payload\":{}}"
            })
    void whatIsNoObjectIsNoPayload(String document) {
        assertThat(payloads(document)).containsExactly("");
    }

    @Test
    void everyElementOfABatchHasItsOwn() {
        String one = "{\"params\":{\"payload\":{ \"n\": 1}}}";
        String other = "{\"params\":{\"payload\":{\"n\":2 }}}";

        assertThat(payloads("[" + one + ",1,[" + one + "],null, {\"params\":3}," + other + "]"))
                .containsExactly("{ \"n\": 1}", "", "", "", "", "{\"n\":2 }");
        assertThat(payloads("[]")).isEmpty();
    }

    /** Whatever was read without complaint is read again without one: names of which the limits count letters, not bytes. */
    @Test
    void aLongNameOfLettersThatTakeSeveralBytesIsANameLikeAnyOther() {
        String name = "\u65e5".repeat(20_000);

        assertThat(payloads("{\"" + name + "\":1,\"params\":{\"payload\":{\"" + name + "\":2}}}"))
                .containsExactly("{\"" + name + "\":2}");
    }

    private static List<String> payloads(String document) {
        return PayloadText.of(document.getBytes(StandardCharsets.UTF_8)).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }
}
