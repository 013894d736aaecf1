package dev.standing.local.imports.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkReaderTest {

    private static final String HEADER =
            "customerId,externalId,state,stateReason,stateValidFrom,subordinateType,subordinateId,parentType,parentId,attribute.tier\n";

    @Test
    void aLineOfJsonIsARegistrationAndItsSubordinates() throws IOException {
        List<Work> work = json("""
                {"customerId":"c-1","state":{"state":"ACTIVE","stateReason":"dfltActive"},"attributes":{"a":"1"},"subordinates":[{"type":"ACCOUNT","id":"a-1"}]}
                """);
        Work.Customer customer = (Work.Customer) work.get(0);
        assertThat(customer.registration().path()).isEqualTo("/v1/customers");
        assertThat(customer.registration().body())
                .isEqualTo("{\"attributes\":{\"a\":\"1\"},\"customerId\":\"c-1\","
                        + "\"state\":{\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\"}}");
        assertThat(customer.subordinates())
                .containsExactly(new Request(
                        "/v1/customers/c-1/subordinates",
                        "{\"subordinates\":[{\"id\":\"a-1\",\"type\":\"ACCOUNT\"}]}",
                        1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"customerId\":\"c\",\"colour\":1} | colour",
                "{\"customerId\":\"c\",\"requestId\":\"r\"} | requestId",
                "{\"customerId\":\"c\",\"state\":{\"stateValidfrom\":\"x\"}} | state.stateValidfrom",
                "{\"customerId\":\"c\",\"subordinates\":[{\"id\":\"a\"},{\"colour\":1}]} | subordinates[1].colour",
                "{\"customerId\":\"c\",\"subordinates\":[{\"parent\":{\"colour\":1}}]} | subordinates[0].parent.colour",
                "{\"customerId\":\"c\",\"subordinates\":{}} | subordinates",
                "{\"customerId\":1} | customerId",
                "{} | customerId"
            })
    void whatIsUnknownOrOfTheWrongKindIsNamed(String line, String field) throws IOException {
        assertThat(unusable(json(line)).field()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "1", "{\"customerId\":\"c\",\"customerId\":\"c\"}", "{\"customerId\":\"c\"} {}"})
    void whatIsNoJsonObjectIsUnusableAndTheNextLineIsNot(String line) throws IOException {
        List<Work> work = json(line + "\n{\"customerId\":\"next\"}");
        assertThat(work.get(0)).isInstanceOf(Work.Unusable.class);
        assertThat(work.get(1)).isInstanceOf(Work.Customer.class);
    }

    @Test
    void bytesThatAreNoUtf8AreAnUnusableLine() throws IOException {
        List<Work> work =
                read("{\"customerId\":\"\u00e9\"}\n{\"customerId\":\"next\"}".getBytes(ISO_8859_1), FileFormat.JSONL);
        assertThat(((Work.Unusable) work.get(0)).message()).isEqualTo("The line is not UTF-8");
        assertThat(work).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aByteOrderMarkAndBlankLinesAreSkippedAndLinesCounted(String newline) throws IOException {
        List<Work> work = json("\uFEFF{\"customerId\":\"a\"}" + newline + newline + "{\"customerId\":\"b\"}" + newline);
        assertThat(work)
                .extracting(one -> ((Work.Customer) one).line().number())
                .containsExactly(1L, 3L);
        assertThat(work.get(1).end().lines()).isEqualTo(3);
    }

    @Test
    void longListsAreSplit() throws IOException {
        String list = IntStream.range(0, 2_500)
                .mapToObj(i -> "{\"type\":\"ACCOUNT\",\"id\":\"a-" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        Work.Customer customer = (Work.Customer)
                json("{\"customerId\":\"c\",\"subordinates\":" + list + "}").get(0);
        assertThat(customer.subordinates()).extracting(Request::subordinates).containsExactly(1_000, 1_000, 500);
        assertThat(customer.subordinates().get(1).body())
                .contains("\"a-1000\"", "\"a-1999\"")
                .doesNotContain("\"a-2000\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u20ac"})
    void listsOfLongSubordinatesAreSplitSoThatAGatewayTakesThem(String letter) throws IOException {
        String id = letter.repeat(2_000);
        String list = IntStream.range(0, 600)
                .mapToObj(i -> "{\"type\":\"ACCOUNT\",\"id\":\"" + id + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        Work.Customer customer = (Work.Customer)
                json("{\"customerId\":\"c\",\"subordinates\":" + list + "}").get(0);
        assertThat(customer.subordinates()).allMatch(request -> request.body().getBytes(UTF_8).length < 1 << 20);
        assertThat(customer.subordinates())
                .extracting(Request::subordinates)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(600));
    }

    @Test
    void aLineOfCsvIsACustomer() throws IOException {
        Work.Customer customer =
                (Work.Customer) csv("c-1,,SUSPENDED,\"non\"\"Payment\",2024-05-01T00:00:00Z,,,,,\"gold,\nor silver\"\n")
                        .get(0);
        assertThat(customer.registration().body())
                .isEqualTo(
                        "{\"attributes\":{\"tier\":\"gold,\\nor silver\"},\"customerId\":\"c-1\",\"state\":"
                                + "{\"state\":\"SUSPENDED\",\"stateReason\":\"non\\\"Payment\",\"stateValidFrom\":\"2024-05-01T00:00:00Z\"}}");
        assertThat(customer.end().lines()).isEqualTo(3);
    }

    @Test
    void neighbouringSubordinatesOfOneCustomerAreOneRequest() throws IOException {
        List<Work> work = csv("""
                c-1,,,,,,,,,
                c-1,,ACTIVE,dfltActive,,ACCOUNT,a-1,,,
                c-1,,,,,SUBSCRIBER,s-1,ACCOUNT,a-1,
                c-2,,,,,ACCOUNT,a-2,,,
                """);
        Work.Subordinates first = (Work.Subordinates) work.get(1);
        assertThat(work).hasSize(3);
        assertThat(first.together().body())
                .isEqualTo(
                        "{\"subordinates\":[{\"id\":\"a-1\",\"state\":\"ACTIVE\",\"stateReason\":\"dfltActive\",\"type\":\"ACCOUNT\"},"
                                + "{\"id\":\"s-1\",\"parent\":{\"id\":\"a-1\",\"type\":\"ACCOUNT\"},\"type\":\"SUBSCRIBER\"}]}");
        assertThat(first.lines()).extracting(line -> line.line().number()).containsExactly(3L, 4L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "c,e,,,,ACCOUNT,a,,, | externalId",
                "c,,,,2024-05-01T00:00:00Z,ACCOUNT,a,,, | stateValidFrom",
                "c,,,,,ACCOUNT,a,,,gold | attribute.tier",
                ",,,,,ACCOUNT,a,,, | customerId",
                "c,,,,,ACCOUNT,,,, | subordinateId",
                "c,,,,,,a,,, | subordinateId",
                ",,ACTIVE,,,,,,, | customerId"
            })
    void aCellThatIsMissingOrOutOfPlaceIsNamed(String line, String field) throws IOException {
        assertThat(unusable(csv(line)).field()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c,,", "c,,,,,,,,,,,", "\"c\"x,,,,,,,,,", "\"c,,,,,,,,,"})
    void aLineOfCsvThatIsNoneIsUnusable(String line) throws IOException {
        assertThat(unusable(csv(line)).message()).contains("The line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"customerId,colour", "customerId,customerId", "state", "customerId,attribute."})
    void aHeaderThatIsNotUsableIsRefused(String header) {
        assertThatThrownBy(() -> read((header + "\nc\n").getBytes(UTF_8), FileFormat.CSV))
                .isInstanceOf(UnusableFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSONL", "CSV"})
    void whoeverGoesOnBehindSomeWorkGetsTheSameWork(FileFormat format) throws IOException {
        String text = format == FileFormat.CSV
                ? "\uFEFF" + HEADER
                        + "c-1,,,,,,,,,\"a\nb\"\r\nc-1,,,,,ACCOUNT,a,,,\nc-1,,,,,ACCOUNT,b,,,\n\nc-2,,,,,,,,,\nx"
                : "\uFEFF{\"customerId\":\"a\"}\n\nno\n{\"customerId\":\"b\"}\r\n{\"customerId\":\"c\"}";
        List<Work> all = read(text.getBytes(UTF_8), format);
        assertThat(all).hasSizeGreaterThan(3);
        for (int i = 0; i < all.size(); i++) {
            WorkReader reader = WorkReader.open(
                    new ByteArrayInputStream(text.getBytes(UTF_8)),
                    format,
                    all.get(i).end());
            assertThat(all(reader)).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void aLineThatIsTooLongIsNotKeptAndTheNextOneIsRead() throws IOException {
        LineReader reader = new LineReader(
                new ByteArrayInputStream("12345\n1234\n".getBytes(UTF_8)), FileFormat.JSONL, Position.START, 4);
        assertThat(reader.next().orElseThrow().bytes()).isEmpty();
        assertThat(reader.next().orElseThrow().text()).contains("1234");
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void nothingIsReadAheadButABufferAndALine() throws IOException {
        String line = "{\"customerId\":\"c\"}\n";
        long[] given = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return line.charAt((int) (given[0]++ % line.length()));
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }
        };
        WorkReader reader = WorkReader.open(endless, FileFormat.JSONL, Position.START);
        for (int i = 0; i < 10; i++) {
            assertThat(reader.next()).isPresent();
        }
        assertThat(given[0]).isLessThanOrEqualTo(1 << 16);
    }

    @Test
    void theSameContentIsTheSameRequestAndAnyOtherIsNot() throws IOException {
        Request one = registration("{\"customerId\":\"c\",\"externalId\":\"e\"}");
        Request reordered = registration("{\"externalId\":\"e\",  \"customerId\":\"c\"}");
        Request corrected = registration("{\"customerId\":\"c\",\"externalId\":\"f\"}");
        assertThat(reordered.requestId("")).isEqualTo(one.requestId(""));
        assertThat(corrected.requestId("")).isNotEqualTo(one.requestId(""));
        assertThat(one.requestId("again")).isNotEqualTo(one.requestId(""));
    }

    @Test
    void halfASurrogatePairIsSentAsItIsAndNotAsSomethingElse() throws IOException {
        Request half = registration("{\"customerId\":\"c\\ud83d\"}");
        assertThat(half.body()).isEqualTo("{\"customerId\":\"c\\uD83D\"}");
        assertThat(half.requestId(""))
                .isNotEqualTo(registration("{\"customerId\":\"c?\"}").requestId(""));
    }

    @ParameterizedTest
    @CsvSource({"a/b, a%2Fb", "a b%, a%20b%25", "., %2E", ".., %2E%2E", "\u00e9?#+, %C3%A9%3F%23%2B"})
    void anIdIsOneSegmentOfThePath(String id, String segment) throws IOException {
        Work.Customer customer = (Work.Customer)
                json("{\"customerId\":\"" + id + "\",\"subordinates\":[{\"type\":\"ACCOUNT\",\"id\":\"a\"}]}")
                        .get(0);
        assertThat(customer.subordinates().get(0).path()).isEqualTo("/v1/customers/" + segment + "/subordinates");
    }

    private static Request registration(String line) throws IOException {
        return ((Work.Customer) json(line).get(0)).registration();
    }

    private static Work.Unusable unusable(List<Work> work) {
        return (Work.Unusable) work.get(0);
    }

    private static List<Work> json(String lines) throws IOException {
        return read(lines.getBytes(UTF_8), FileFormat.JSONL);
    }

    private static List<Work> csv(String lines) throws IOException {
        return read((HEADER + lines).getBytes(UTF_8), FileFormat.CSV);
    }

    private static List<Work> read(byte[] file, FileFormat format) throws IOException {
        return all(WorkReader.open(new ByteArrayInputStream(file), format, Position.START));
    }

    private static List<Work> all(WorkReader reader) throws IOException {
        List<Work> all = new ArrayList<>();
        for (Optional<Work> next = reader.next(); next.isPresent(); next = reader.next()) {
            all.add(next.get());
        }
        return all;
    }
}
