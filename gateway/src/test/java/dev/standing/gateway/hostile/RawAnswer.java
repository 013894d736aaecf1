package dev.standing.gateway.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One answer as it came over the wire.
 *
 * @param head the status line and the headers, as they stand there
 * @param headers names in any letter case, with their values
 * @param body without chunks
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record RawAnswer(int status, String head, Map<String, List<String>> headers, byte[] body) {

    private static final int INTERIM = 200;
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");

    /**
     * All complete answers of a connection that was read to its end, without interim ones.
     *
     * @param mayBeOfHead whether some may have a length and no body
     */
    static List<RawAnswer> read(byte[] bytes, boolean mayBeOfHead) {
        List<RawAnswer> answers = new ArrayList<>();
        int position = 0;
        while (true) {
            int end = indexOf(bytes, END_OF_HEAD, position);
            if (end < 0) {
                return answers;
            }
            String head = new String(bytes, position, end - position, StandardCharsets.ISO_8859_1);
            if (!head.startsWith("HTTP/1.")) {
                throw new AssertionError("What comes back is no answer: " + Wire.shown(bytes));
            }
            int status = Integer.parseInt(head.substring(9, 12));
            Map<String, List<String>> headers = headers(head);
            position = end + END_OF_HEAD.length;
            if (status < INTERIM) {
                continue;
            }
            Optional<Framed> framed = body(bytes, position, status, headers, mayBeOfHead);
            if (framed.isEmpty()) {
                return answers;
            }
            answers.add(new RawAnswer(status, head, headers, framed.get().body()));
            position = framed.get().next();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Framed(byte[] body, int next) {}

    private static Optional<Framed> body(
            byte[] bytes, int position, int status, Map<String, List<String>> headers, boolean mayBeOfHead) {
        boolean nothingFollows = position == bytes.length || startsWith(bytes, position, "HTTP/1.");
        if (status == 204 || status == 304 || (mayBeOfHead && nothingFollows)) {
            return Optional.of(new Framed(new byte[0], position));
        }
        if (headers.containsKey("Content-Length")) {
            int length = Integer.parseInt(headers.get("Content-Length").get(0));
            return position + length > bytes.length
                    ? Optional.empty()
                    : Optional.of(
                            new Framed(Arrays.copyOfRange(bytes, position, position + length), position + length));
        }
        if (headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked")) {
            return chunks(bytes, position);
        }
        return Optional.of(new Framed(Arrays.copyOfRange(bytes, position, bytes.length), bytes.length));
    }

    private static Optional<Framed> chunks(byte[] bytes, int begin) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int position = begin;
        while (true) {
            int end = indexOf(bytes, ascii("\r\n"), position);
            if (end < 0) {
                return Optional.empty();
            }
            int size = Integer.parseInt(new String(bytes, position, end - position, StandardCharsets.US_ASCII), 16);
            position = end + 2;
            if (position + size + 2 > bytes.length) {
                return Optional.empty();
            }
            body.write(bytes, position, size);
            position += size + 2;
            if (size == 0) {
                return Optional.of(new Framed(body.toByteArray(), position));
            }
        }
    }

    private static Map<String, List<String>> headers(String head) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        head.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new AssertionError("This line is no header: " + head);
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        });
        return headers;
    }

    /** The text of the body. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The media type, without parameters; empty if there is none. */
    String mediaType() {
        return headers.getOrDefault("Content-Type", List.of("")).get(0).split(";", 2)[0];
    }

    private static boolean startsWith(byte[] bytes, int position, String prefix) {
        return Arrays.equals(
                bytes, position, Math.min(bytes.length, position + prefix.length()), ascii(prefix), 0, prefix.length());
    }

    static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return head + "\n\n" + text();
    }
}
