package dev.standing.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.standing.avro.CustomerEvent;
import dev.standing.avro.EventType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are imported into a local run. */
class ImportIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int LINES = 300;
    private static final int BIG_LINE = 50;
    private static final int BIG = 2_500;
    private static final int ORPHAN_LINE = 40;
    private static final int ODD_LINE = 5;
    private static final String ODD_ID = "f/\u00e9 ?%2F";

    /** Of those lines nothing is in; of the orphan's, the customer. */
    private static final Map<Integer, String> BAD_LINES = Map.of(
            10, "{\"customerId\": \"f-10\"",
            20, "{\"customerId\": \"f-20\", \"state\": {\"state\": \"ASLEEP\", \"stateReason\": \"tired\"}}",
            30, "{\"customerId\": \"f-30\", \"state\": {\"state\": \"ACTIVE\", \"stateReason\": \"noSuchReason\"}}",
            60, "{\"customerId\": \"f-60\", \"externalId\": \"taken\"}",
            70, "{\"customerId\": \"f-1\", \"attributes\": {\"tier\": \"silver\"}}",
            80, "{\"customerId\": \"f-80\", \"attributes\": {\"tier\": \"" + "x".repeat(2 << 20) + "\"}}");

    private static final List<String> REFUSALS = List.of(
            "10 INVALID_REQUEST null",
            "20 INVALID_REQUEST state.state",
            "30 UNKNOWN_REASON state.stateReason",
            "40 INVALID_HIERARCHY subordinates",
            "60 EXTERNAL_ID_TAKEN externalId",
            "70 ALREADY_REGISTERED customerId",
            "80 BODY_TOO_LARGE null");

    @TempDir
    private static Path directory;

    private static LocalProcess local;
    private static Path file;

    @BeforeAll
    static void start() throws Exception {
        local = LocalProcess.local(directory, directory.resolve("data")).awaitReady();
        local.post("/v1/customers", "{\"requestId\": \"r\", \"customerId\": \"owner\", \"externalId\": \"taken\"}");
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= LINES; i++) {
            lines.add(line(i));
        }
        file = Files.write(directory.resolve("customers.jsonl"), lines);
        try (LocalProcess first = importing(file, "--parallel", "16")) {
            assertThat(first.awaitExit()).as(first.output()).isEqualTo(1);
            assertThat(first.output()).contains("7 lines refused");
        }
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    private static String line(int number) {
        if (BAD_LINES.containsKey(number)) {
            return BAD_LINES.get(number);
        }
        return "{\"customerId\": \"%s\", \"attributes\": {\"name\": \"\u00c4nne %d\"}, \"subordinates\": [%s]}"
                .formatted(customerId(number), number, subordinates(number));
    }

    private static String customerId(int number) {
        return number == ODD_LINE ? ODD_ID : "f-" + number;
    }

    private static String subordinates(int number) {
        return switch (number) {
            case ORPHAN_LINE -> subordinate("SUBSCRIBER", "s", parent("ACCOUNT", "nobody"));
            // Those of a later list belong to those of an earlier one.
            case BIG_LINE ->
                IntStream.range(0, BIG)
                        .mapToObj(i ->
                                subordinate("ACCOUNT", "a-" + i, i < 1_000 ? "" : parent("ACCOUNT", "a-" + i % 1_000)))
                        .collect(Collectors.joining(","));
            default ->
                subordinate("ACCOUNT", "a", "")
                        + "," + subordinate("SUBSCRIBER", "n", parent("ACCOUNT", "a"))
                        + "," + subordinate("SUBSCRIPTION", "s", parent("SUBSCRIBER", "n"));
        };
    }

    private static String subordinate(String type, String id, String parent) {
        return "{\"type\": \"" + type + "\", \"id\": \"" + id + "\"" + parent + "}";
    }

    private static String parent(String type, String id) {
        return ", \"parent\": {\"type\": \"" + type + "\", \"id\": \"" + id + "\"}";
    }

    @Test
    void exactlyTheBadLinesAreRefusedEachWithItsReason() throws Exception {
        assertThat(refusals(file)).containsExactlyElementsOf(REFUSALS);
    }

    @Test
    void everyOtherLineIsInWithItsHierarchy() throws Exception {
        for (int i = 1; i <= LINES; i++) {
            String path = "/v1/customers/" + encoded(customerId(i));
            if (BAD_LINES.containsKey(i)) {
                continue;
            }
            assertThat(local.get(path).path("customerId").asText()).isEqualTo(customerId(i));
            if (i == BIG_LINE) {
                assertThat(allSubordinates(path)).hasSize(BIG).doesNotHaveDuplicates();
            } else {
                assertThat(allSubordinates(path))
                        .containsExactlyElementsOf(
                                i == ORPHAN_LINE
                                        ? List.of()
                                        : List.of("ACCOUNT a of ", "SUBSCRIBER n of a", "SUBSCRIPTION s of n"));
            }
        }
        assertThat(attribute("/v1/customers/" + encoded(ODD_ID), "name")).isEqualTo("\u00c4nne " + ODD_LINE);
    }

    @Test
    void againNothingHappensAndTheSameLinesAreRefused() throws Exception {
        for (List<String> options : List.of(List.<String>of(), List.of("--restart"))) {
            try (LocalProcess again = importing(file, options.toArray(String[]::new))) {
                assertThat(again.awaitExit()).as(again.output()).isEqualTo(1);
                assertThat(again.output()).contains("0 customers and 0 subordinates registered");
            }
            assertThat(refusals(file)).containsExactlyElementsOf(REFUSALS);
            int customers = LINES - BAD_LINES.size();
            assertThat(eventTypes("f"))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            EventType.CUSTOMER_REGISTERED,
                            (long) customers,
                            EventType.SUBORDINATE_REGISTERED,
                            BIG + 3L * (customers - 2)));
        }
    }

    @Test
    void anImportThatIsStoppedGoesOnAndRegistersEachCustomerOnce() throws Exception {
        int customers = 1_000;
        Path stopped = Files.write(
                directory.resolve("stopped.jsonl"),
                IntStream.range(0, customers)
                        .mapToObj(i -> "{\"customerId\": \"i-" + i + "\", \"subordinates\": ["
                                + subordinate("ACCOUNT", "a", "") + "]}")
                        .toList());
        try (LocalProcess first = importing(stopped, "--parallel", "4")) {
            awaitCustomer("i-50");
            first.interrupt();
            assertThat(first.awaitExit()).as(first.output()).isEqualTo(130);
            assertThat(first.output()).contains("goes on from there");
        }
        try (LocalProcess second = importing(stopped, "--parallel", "4")) {
            awaitCustomer("i-400");
            second.terminate();
            assertThat(second.awaitExit()).as(second.output()).isEqualTo(143);
            assertThat(second.output()).contains("goes on from there");
        }
        try (LocalProcess third = importing(stopped)) {
            assertThat(third.awaitExit()).as(third.output()).isZero();
            assertThat(third.output()).contains("(1000 with earlier runs)");
        }
        assertThat(eventTypes("i-"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        EventType.CUSTOMER_REGISTERED, (long) customers,
                        EventType.SUBORDINATE_REGISTERED, (long) customers));
        assertThat(EventLog.of(local, id -> id.startsWith("i-")).stream()
                        .filter(event -> event.getType() == EventType.CUSTOMER_REGISTERED)
                        .map(CustomerEvent::getCustomerId))
                .doesNotHaveDuplicates();
    }

    @Test
    void ofCsvOnlyTheBadLinesAreRefusedToo() throws Exception {
        Path csv = Files.writeString(directory.resolve("customers.csv"), """
                customerId,state,stateReason,subordinateType,subordinateId,parentType,parentId,attribute.tier
                v-1,SUSPENDED,nonPayment,,,,,"gold, or silver"
                v-1,,,ACCOUNT,a,,,
                v-1,,,SUBSCRIBER,lost,ACCOUNT,nobody,
                v-1,SUSPENDED,nonPayment,SUBSCRIBER,n,ACCOUNT,a,
                v-2,ASLEEP,tired,,,,,
                v-2,,,ACCOUNT,a,,,
                v-3,,
                v-4,,,,,,,
                """);
        try (LocalProcess first = importing(csv)) {
            assertThat(first.awaitExit()).as(first.output()).isEqualTo(1);
        }
        assertThat(refusals(csv))
                .containsExactly(
                        "4 INVALID_HIERARCHY subordinates",
                        "6 INVALID_REQUEST state.state",
                        "7 UNKNOWN_CUSTOMER customerId",
                        "8 INVALID_REQUEST null");
        JsonNode customer = local.get("/v1/customers/v-1");
        assertThat(customer.at("/state/stateReason").textValue()).isEqualTo("nonPayment");
        assertThat(attribute("/v1/customers/v-1", "tier")).isEqualTo("gold, or silver");
        assertThat(allSubordinates("/v1/customers/v-1")).containsExactly("ACCOUNT a of ", "SUBSCRIBER n of a");
        assertThat(local.get("/v1/customers/v-4").has("customerId")).isTrue();
    }

    private static LocalProcess importing(Path from, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                from.toString(),
                "--url",
                local.address("HTTP"),
                "--credentials",
                local.credentials().toString()));
        arguments.addAll(List.of(more));
        return LocalProcess.run(directory, arguments.toArray(String[]::new));
    }

    private static void awaitCustomer(String customerId) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> local.get("/v1/customers/" + customerId).has("customerId"));
    }

    private static List<String> refusals(Path from) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(from + ".refused.jsonl"))) {
            JsonNode refusal = JSON.readTree(line);
            refusals.add(refusal.get("line").asInt() + " " + refusal.get("code").asText() + " "
                    + refusal.get("field").asText());
        }
        return refusals;
    }

    /** Of the event of the registration. */
    private static String attribute(String customer, String name) throws Exception {
        return local.get(customer + "/events?limit=1")
                .findPath("attributes")
                .path(name)
                .asText();
    }

    private static List<String> allSubordinates(String customer) throws Exception {
        List<String> all = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            JsonNode page = local.get(customer + "/subordinates?limit=1000" + next.get());
            page.get("subordinates")
                    .forEach(one -> all.add(
                            one.get("type").asText() + " " + one.get("id").asText() + " of "
                                    + one.at("/parent/id").asText()));
            next = Optional.ofNullable(page.get("next").textValue()).map(after -> "&after=" + encoded(after));
        }
        return all;
    }

    private static Map<EventType, Long> eventTypes(String prefix) {
        return EventLog.of(local, id -> id.startsWith(prefix)).stream()
                .collect(Collectors.groupingBy(CustomerEvent::getType, Collectors.counting()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
