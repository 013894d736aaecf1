package dev.standing.gateway.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Parts of requests, besides bodies, as nobody who means well sends them. Text is ISO 8859-1, a byte for a character. */
final class HostileHead {

    private static final String SECRET = HostileServer.MADE_UP_SECRET;

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "QUERY",
            "PRI",
            "get",
            "Post",
            "BEFORE",
            "AFTER",
            "BEFORE_MATCHED",
            "AFTER_MATCHED",
            "WEBSOCKET_BEFORE_UPGRADE",
            "INVALID",
            "*",
            "G",
            "!#$%&'*+-.^_`|~",
            "G\u00c9T",
            "G(T",
            "",
            "x".repeat(9_000));

    private static final List<String> VERSIONS = List.of(
            "HTTP/1.0",
            "HTTP/0.9",
            "HTTP/1.2",
            "HTTP/2.0",
            "HTTP/3",
            "http/1.1",
            "HTTP/1.1 ",
            "HTTP/1,1",
            "HTTP",
            "",
            "HTTPS/1.1",
            "HTTP/1.1\0",
            "HTTP/11",
            "RTSP/1.0");

    private static final List<String> PIECES = List.of(
            "%2e%2e",
            "%2E",
            "..",
            ".",
            "%00",
            "%0d%0aX-Injected:%201",
            "%",
            "%z",
            "%2",
            "%252F",
            "%252e%252e",
            "%c0%af",
            "%C0%80",
            "%ed%a0%80",
            "%f4%90%80%80",
            "%ff",
            "%u0041",
            "\u00ff",
            "\u00c3\u00a9",
            ";jsessionid=1",
            ";",
            "..;",
            ";x=..",
            "//",
            "/",
            "\\",
            "%5c",
            "%2f",
            "%3f",
            "%23",
            "#",
            "?",
            "??",
            "&",
            "=",
            "&&==&",
            "+",
            "%20",
            "*",
            ":",
            "@",
            "a@b",
            "~",
            "|",
            "\"",
            "<script>",
            "{customerId}",
            "${jndi:x}",
            "%e2%80%ae",
            "%EF%BB%BF",
            "limit=0",
            "&limit=1&limit=2",
            "&limit=99999999999999999999",
            "&limit=-1",
            "&limit=%31",
            "&after=9223372036854775807",
            "&asOf=%2B999999999-12-31T23:59:59.999999999-18:00",
            "&unknown=1",
            "&externalId=%00",
            "&customerId=",
            "&source=x",
            "&source=" + SECRET,
            "&externalId=" + SECRET,
            "&asOf=" + SECRET,
            "&%ff=1",
            "&a%0d%0aX-Injected:1=1",
            "\t",
            " ",
            "\0",
            "\u0001",
            "\u007f",
            "x".repeat(300),
            "x".repeat(7_000),
            "x".repeat(20_000),
            "%41".repeat(2_500),
            "/..".repeat(500),
            "/a".repeat(3_000),
            ";".repeat(3_000),
            "&a".repeat(3_000));

    private static final List<String> TARGETS = List.of(
            "*",
            "/",
            "//",
            "///",
            "",
            "http://localhost/v1/customers/c-1",
            "http://evil.invalid/health/live",
            "https://localhost:443/health/live",
            "http://user:" + SECRET + "@localhost/health/live",
            "localhost:80",
            "file:///etc/passwd",
            "//evil.invalid/health/live",
            "/docs/../openapi.json",
            "/docs/%2e%2e/openapi.json",
            "/docs/..%2fopenapi.json",
            "/docs/",
            "/docs//",
            "/v1",
            "/v1/customers/",
            "/v1/customers//events",
            "/jsonrpc/",
            "/JSONRPC",
            "/health/live/",
            "/health",
            "/metrics;x",
            "?",
            "/?",
            "/%",
            "jsonrpc",
            "http:///x",
            "http://[::1/x",
            "http://",
            "/v1/customers/%5B%5D",
            "/.well-known/x");

    private static final List<String> NAMES = List.of(
            "Authorization",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Prefer",
            "traceparent",
            "Last-Event-ID",
            "X-Request-Id",
            "Content-Type",
            "Content-Encoding",
            "Accept",
            "Accept-Encoding",
            "Host",
            "Expect",
            "Connection",
            "X-HTTP-Method-Override",
            "X-Method-Override",
            "Cookie",
            "Range",
            "Upgrade",
            "HTTP2-Settings",
            "Sec-WebSocket-Key",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "Forwarded",
            "Origin",
            "Access-Control-Request-Method",
            "Referer",
            "TE",
            "Trailer",
            "If-Modified-Since",
            "Date",
            "User-Agent",
            "Keep-Alive",
            "Proxy-Authorization",
            "",
            " ",
            "a b",
            "X-\u00e9",
            "X(",
            "X\0",
            "x".repeat(300));

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "x",
            "*",
            "\"",
            "\"3\"",
            "W/\"3\"",
            "\"3\", \"4\"",
            "\"99999999999999999999\"",
            "\"-1\"",
            "%0d%0aX-Injected: 1",
            "a\rX-Injected: 1",
            "a\nX-Injected: 1",
            "a\r\n X-Injected: 1",
            "a\r\n\tb",
            "a\0b",
            "a\u0001b",
            "a\u007fb",
            "\u00e9",
            "\u00c3\u00a9",
            "\u00ff".repeat(100),
            "x".repeat(257),
            "x".repeat(5_000),
            "x".repeat(9_000),
            "x".repeat(100_000),
            " ".repeat(5_000) + "x",
            ",".repeat(5_000),
            ";".repeat(5_000),
            "=".repeat(5_000),
            "Basic",
            "Basic " + SECRET,
            "Basic " + "=".repeat(100),
            "Basic OjpzZWNyZXQ=",
            "Basic gIA6gIA=",
            "Bearer " + SECRET,
            "Bearer a.b.c",
            "Bearer ..",
            "Bearer " + "a.".repeat(2_000),
            "bAsIc\t" + SECRET,
            "Digest username=\"x\"",
            "Negotiate " + SECRET,
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=UTF-16",
            "application/json;charset=x",
            "application/json;charset=\"utf-8\"",
            "application/json;" + " ".repeat(6_000) + ";",
            "application/json\u0000",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "application/problem+json",
            "*/*",
            "text/event-stream",
            "application/openmetrics-text",
            "100-continue",
            "100-Continue",
            "200-ok",
            "close",
            "keep-alive",
            "close, keep-alive",
            "upgrade",
            "Upgrade, HTTP2-Settings",
            "h2c",
            "websocket",
            "AAMAAABkAAQAoAAAAAIAAAAA",
            "gzip",
            "deflate",
            "chunked",
            "GET",
            "DELETE",
            "BEFORE",
            "respond-async",
            "respond-async, wait=0",
            "wait=999999",
            "wait=9999999",
            "wait=-1",
            "wait=\"1\"",
            "respond-async".repeat(300),
            "00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "earliest",
            "0.0.0",
            "1.2.3",
            "9223372036854775807.0.0",
            "9223372036854775808.0.0",
            "0.0",
            "0.0.0.",
            "-1.0.0",
            "00.0.0",
            "localhost",
            "localhost:99999",
            "local host",
            "evil.invalid",
            "[::1",
            "a@b",
            "a/b",
            "bytes=0-0",
            "bytes=0-,0-,0-",
            "../../x",
            "${jndi:ldap://x}",
            "<script>",
            SECRET);

    private final Random random;

    HostileHead(Random random) {
        this.random = random;
    }

    String method() {
        return pick(METHODS);
    }

    String version() {
        return pick(VERSIONS);
    }

    /** Another target: pieces are put into it anywhere, or it is replaced. */
    String target(String target) {
        if (random.nextInt(5) == 0) {
            return pick(TARGETS);
        }
        String hostile = target;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(hostile.length() + 1);
            int end = random.nextBoolean() ? at : at + random.nextInt(hostile.length() - at + 1);
            hostile = hostile.substring(0, at) + pick(PIECES) + hostile.substring(end);
        }
        return hostile;
    }

    /** One or more lines. */
    String header() {
        String name = pick(NAMES);
        String line = name + pick(List.of(": ", ":", ":\t", " : ", "", ": \t ")) + pick(VALUES);
        return switch (random.nextInt(12)) {
            case 0 -> line + "\r\n" + name + ": " + pick(VALUES);
            case 1 -> line + "\r\n" + line;
            case 2 -> " " + line;
            case 3 -> line + "\n" + name + ": " + pick(VALUES);
            case 4 -> String.join("\r\n", Collections.nCopies(200, line));
            case 5 -> String.join("\r\n", Collections.nCopies(3_000, "X-A: b"));
            default -> line;
        };
    }

    /**
     * Headers by which a body that begins with the last chunk, and goes on with another request, ends in one place for one reader
     * and in another for another.
     */
    List<String> ambiguousFraming(int length) {
        String all = "Content-Length: " + length;
        String five = "Content-Length: 5";
        String chunked = "Transfer-Encoding: chunked";
        return pick(List.of(
                List.of(all, chunked),
                List.of(chunked, all),
                List.of(five, chunked),
                List.of(five, all),
                List.of(all, five),
                List.of("Content-Length: 5, " + length),
                List.of("Content-Length: +" + length),
                List.of("Content-Length: -" + length),
                List.of("Content-Length: 0x5"),
                List.of("Content-Length: 5 " + length),
                List.of("Content-Length: 99999999999999999999"),
                List.of("Content-Length:"),
                List.of("Content-Length : 5", chunked),
                List.of(all, "Transfer-Encoding : chunked"),
                List.of(all, "Transfer-Encoding: xchunked"),
                List.of("Transfer-Encoding: xchunked"),
                List.of("Transfer-Encoding: chunked, identity"),
                List.of("Transfer-Encoding: identity"),
                List.of("Transfer-Encoding: gzip"),
                List.of("Transfer-Encoding: chunked, chunked"),
                List.of(chunked, chunked),
                List.of("Transfer-Encoding: \u000bchunked"),
                List.of("Transfer-Encoding:\r\n chunked"),
                List.of("Transfer-Encoding: \"chunked\""),
                List.of(five, "X-A: b\r\n" + "Transfer-Encoding: chunked"),
                List.of(five, "X-A: b\nTransfer-Encoding: chunked"),
                List.of(five, "X-A: b\rTransfer-Encoding: chunked"),
                List.of(five, "\0Transfer-Encoding: chunked"),
                List.of(chunked, "Content-Length: 0")));
    }

    /** A body in chunks, as good as any, or not. */
    byte[] chunks(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int position = 0;
        while (position < body.length) {
            int size = Math.min(body.length - position, 1 + random.nextInt(100));
            String line = random.nextInt(8) == 0 ? sizeLine(size) : Integer.toHexString(size) + "\r\n";
            out.writeBytes(latin1(line));
            out.write(body, position, size);
            out.writeBytes(latin1(random.nextInt(20) == 0 ? pick(List.of("", "\n", "\r", "xx", "\r\n\r\n")) : "\r\n"));
            position += size;
        }
        out.writeBytes(latin1(pick(List.of(
                "0\r\n\r\n",
                "0\r\n\r\n",
                "0\r\n\r\n",
                "",
                "0",
                "0\r\n",
                "00000000000000000000\r\n\r\n",
                "0;x=y\r\n\r\n",
                "0\r\nX-Trailer: 1\r\n\r\n",
                "0\r\nContent-Length: 5\r\n\r\n",
                "0\r\nX: " + "x".repeat(100_000) + "\r\n\r\n",
                "0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))));
        return out.toByteArray();
    }

    private String sizeLine(int size) {
        String hex = Integer.toHexString(size);
        return pick(List.of(
                hex + ";ext\r\n",
                hex + ";ext=\"a\\\"b\"\r\n",
                hex + ";" + "x".repeat(50_000) + "\r\n",
                hex + "\n",
                " " + hex + "\r\n",
                hex + " \r\n",
                "0x" + hex + "\r\n",
                "-" + hex + "\r\n",
                "+" + hex + "\r\n",
                "000000000" + hex + "\r\n",
                "7fffffff\r\n",
                "ffffffff\r\n",
                "100000000\r\n",
                "8000000000000000\r\n",
                "ffffffffffffffffffffffff" + hex + "\r\n",
                "g\r\n",
                "\r\n",
                hex + "\0\r\n"));
    }

    /** Bytes in which a request can hardly be seen, or none. */
    byte[] noise(byte[] request) {
        byte[] noise = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(noise);
        int at = random.nextInt(request.length);
        return switch (random.nextInt(10)) {
            case 0 -> noise;
            case 1 -> latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
            case 2 -> latin1("GET /health/live\r\n");
            case 3 -> latin1("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "x".repeat(500));
            case 4 -> latin1("\r\n".repeat(random.nextInt(5_000)) + new String(request, StandardCharsets.ISO_8859_1));
            case 5 -> Arrays.copyOf(request, at);
            case 6 ->
                latin1(new String(request, StandardCharsets.ISO_8859_1)
                        .replace("\r\n", pick(List.of("\n", "\r", "\n\r"))));
            case 7 ->
                latin1("PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n" + new String(request, StandardCharsets.ISO_8859_1));
            case 8 -> latin1(String.join("\r\n", Collections.nCopies(5_000, "GET")));
            default -> {
                byte[] flipped = request.clone();
                flipped[at] = noise[0];
                yield flipped;
            }
        };
    }

    private <T> T pick(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
