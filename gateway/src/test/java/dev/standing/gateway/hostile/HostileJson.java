package dev.standing.gateway.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Documents that were well formed, and then something was done to them. */
final class HostileJson {

    /**
     * What came of a document.
     *
     * @param isMalformed whether it certainly is not what any operation takes; false: it may be
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Mutant(byte[] bytes, boolean isMalformed) {}

    /** Texts that take the place of any value. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-0",
            "7",
            "1.50",
            "1e999999999",
            "-1e-999999999",
            "1e2147483648",
            "1e99999999999999999999",
            "1" + "0".repeat(900),
            "9".repeat(100_000),
            "0." + "1".repeat(100_000),
            "1e" + "9".repeat(900),
            "{}",
            "[]",
            "[{}]",
            "{\"\":{}}",
            "{\"__proto__\":{\"state\":\"ACTIVE\"}}",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"c\\u0000-1\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\\ufeff\\u200b\"",
            "\"a\\r\\nX-Injected: 1\\r\\n\\r\\n<script>\"",
            "\"..\"",
            "\"../../health/live\"",
            "\"%2e%2e%2f%00\"",
            "\"${jndi:ldap://x}{}\"",
            "\"\uD83D\uDE00\u0130\u212A\"",
            "\"" + "x".repeat(256) + "\"",
            "\"" + "x".repeat(257) + "\"",
            "\"" + "\\u0061".repeat(30_000) + "\"",
            "\"" + "x".repeat(200_000) + "\"",
            "\"" + "\u65e5".repeat(60_000) + "\"",
            "\"2024-05-01T00:00:00Z\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"+999999999-12-31T23:59:59.999999999-18:00\"",
            "\"9999-12-31T23:59:59.999999999-18:00\"",
            "\"0001-01-01T00:00:00+18:00\"",
            "\"2024-05-01T00:00:00+99:99\"",
            "\"DEACTIVATED\"",
            "\"IN_ACTIVE\"",
            nested("[", "", "]", 900),
            nested("{\"a\":", "1", "}", 900),
            array("{}", 1_001),
            array("0", 20_000),
            "{" + IntStream.range(0, 5_000).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(",")) + "}",
            "{" + colliding(12) + "}");

    /** Texts that are no values at all, wherever they stand. */
    private static final List<String> NO_VALUES = List.of(
            "",
            "NaN",
            "-Infinity",
            "01",
            "+1",
            ".5",
            "1.",
            "0x10",
            "1_000",
            "nul",
            "True",
            "undefined",
            "'c-1'",
            "\"\n\"",
            "\"\\x41\"",
            "\"\\u12\"",
            "\"c",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\"}",
            "[1 2]",
            "/* */1",
            "// 1",
            "# 1",
            "{\"a\":1,\"a\":1}",
            nested("[", "", "]", 1_001),
            nested("[", "", "]", 100_000),
            nested("{\"a\":", "1", "}", 40_000),
            "[".repeat(100_000),
            "{\"a\":".repeat(40_000),
            "]".repeat(1_000));

    private final Random random;

    HostileJson(Random random) {
        this.random = random;
    }

    /** Something is done to a document: mostly to one of its values or members, or else to its bytes. */
    Mutant mutant(JsonNode document) {
        return switch (random.nextInt(4)) {
            case 0 -> bytes(document.toString().getBytes(StandardCharsets.UTF_8));
            case 1 -> new Mutant(utf8(with(document, random.nextInt(size(document)), pick(NO_VALUES))), true);
            case 2 -> member(document);
            default -> new Mutant(utf8(with(document, random.nextInt(size(document)), pick(VALUES))), false);
        };
    }

    /** One object gets another member. */
    private Mutant member(JsonNode document) {
        String text = document.toString();
        List<Integer> objects = IntStream.range(0, text.length())
                .filter(i -> text.charAt(i) == '{')
                .boxed()
                .toList();
        int at = pick(objects) + 1;
        String name = text.substring(at + 1, text.indexOf('"', at + 1));
        String value = pick(List.of("1", "null", "\"c-2\"", "{}", "\"" + HostileServer.MADE_UP_SECRET + "\""));
        List<String> others = List.of(
                name.toUpperCase(java.util.Locale.ROOT),
                name + " ",
                "",
                "credential",
                "Credential",
                "\\u0000",
                "\\ud800",
                "\u212AeyId",
                "x".repeat(60_000),
                "\u65e5".repeat(20_000),
                "x\\r\\nX-Injected: 1");
        boolean isDuplicate = random.nextInt(3) == 0;
        String added = isDuplicate ? escaped(name) : pick(others);
        String mutant = text.substring(0, at) + "\"" + added + "\":" + value + "," + text.substring(at);
        return new Mutant(utf8(mutant), isDuplicate);
    }

    private String escaped(String name) {
        return random.nextBoolean() ? name : String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
    }

    private Mutant bytes(byte[] text) {
        int at = random.nextInt(text.length);
        return switch (random.nextInt(16)) {
            case 0 -> new Mutant(Arrays.copyOf(text, at), true);
            case 1 -> new Mutant(joined(text, utf8(pick(List.of("{}", "1", "]", "}", ",", "\0", "x", "/**/")))), true);
            case 2 -> new Mutant(joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, text), true);
            case 3 -> new Mutant(new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16), true);
            case 4 -> new Mutant(new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE), true);
            case 5 -> new Mutant(inserted(text, at, 0xFF), true);
            case 6 -> new Mutant(inserted(text, at, 0xC0, 0x80), true);
            case 7 -> new Mutant(inserted(text, at, 0xC0, 0xA2), true);
            case 8 -> new Mutant(inserted(text, at, 0xED, 0xA0, 0x80), true);
            case 9 -> new Mutant(inserted(text, at, 0xF4, 0x90, 0x80, 0x80), true);
            case 10 -> new Mutant(inserted(text, at, 0), true);
            case 11 -> new Mutant(inserted(text, at, 0xE6, 0x97), true);
            case 12 -> new Mutant(inserted(text, at, random.nextInt(256)), false);
            case 13 ->
                new Mutant(utf8(array(new String(text, StandardCharsets.UTF_8), pick(List.of(1, 3, 101)))), false);
            case 14 -> {
                byte[] any = new byte[random.nextInt(64)];
                random.nextBytes(any);
                yield new Mutant(any, false);
            }
            default -> {
                byte[] flipped = text.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield new Mutant(flipped, false);
            }
        };
    }

    /** The document with a text in place of one of its values, counted as they come. */
    private static String with(JsonNode node, int index, String text) {
        if (index == 0) {
            return text;
        }
        int left = index - 1;
        List<String> parts = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> members = node.isObject()
                ? List.copyOf(node.properties())
                : IntStream.range(0, node.size())
                        .mapToObj(i -> Map.entry("", node.get(i)))
                        .toList();
        for (Map.Entry<String, JsonNode> member : members) {
            int size = size(member.getValue());
            String value = left >= 0 && left < size
                    ? with(member.getValue(), left, text)
                    : member.getValue().toString();
            left -= size;
            String name = JsonNodeFactory.instance.textNode(member.getKey()) + ":";
            parts.add(node.isObject() ? name + value : value);
        }
        String all = String.join(",", parts);
        return node.isObject() ? "{" + all + "}" : "[" + all + "]";
    }

    private static int size(JsonNode node) {
        int size = 1;
        for (JsonNode child : node) {
            size += size(child);
        }
        return size;
    }

    /** Members whose names have one hash, in a parser that multiplies by 33. */
    static String colliding(int pairs) {
        return IntStream.range(0, 1 << pairs)
                .mapToObj(number -> IntStream.range(0, pairs)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "ab" : "bA")
                        .collect(Collectors.joining("", "\"", "\":0")))
                .collect(Collectors.joining(","));
    }

    static String nested(String open, String inside, String close, int depth) {
        return open.repeat(depth) + inside + close.repeat(depth);
    }

    static String array(String element, int count) {
        return "[" + String.join(",", java.util.Collections.nCopies(count, element)) + "]";
    }

    private <T> T pick(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private static byte[] inserted(byte[] text, int at, int... bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, at);
        for (int value : bytes) {
            out.write(value);
        }
        out.write(text, at, text.length - at);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return inserted(
                first,
                first.length,
                IntStream.range(0, second.length).map(i -> second[i]).toArray());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
