package dev.standing.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.standing.avro.CancelCause;
import dev.standing.avro.ChangeCause;
import dev.standing.avro.EventType;
import dev.standing.domain.command.CommandValidation;
import dev.standing.domain.command.RejectionCode;
import dev.standing.domain.customer.CustomerState;
import dev.standing.domain.customer.PlannedChangeStatus;
import dev.standing.domain.decision.OutcomeStatus;
import dev.standing.domain.hierarchy.SubordinateType;
import dev.standing.gateway.RecordingChannel;
import dev.standing.gateway.StubQueries;
import dev.standing.gateway.feed.FeedEndpoint;
import dev.standing.gateway.http.ProblemCode;
import dev.standing.gateway.http.Route;
import dev.standing.gateway.jsonrpc.JsonRpcEndpoint;
import dev.standing.gateway.rest.RestRoutes;
import dev.standing.service.metrics.ServiceMetrics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document and the code say the same. */
class CodeAndDocumentTest {

    private final OpenApi openApi = new OpenApi();

    @Test
    void itHasEveryRouteAndNoOther() {
        Set<String> documented = openApi.operations().stream()
                .map(operation -> operation.method() + " " + operation.template())
                .collect(Collectors.toCollection(TreeSet::new));
        Stream<String> routes = RestRoutes.all(RecordingChannel.silent(), new StubQueries()).stream()
                .map(CodeAndDocumentTest::name);
        Set<String> there = Stream.concat(
                        routes,
                        Stream.of(
                                "POST " + JsonRpcEndpoint.PATH,
                                "GET " + FeedEndpoint.PATH,
                                "GET /health/live",
                                "GET /health/ready",
                                "GET " + ServiceMetrics.PATH,
                                "GET " + ApiDocumentation.OPEN_API,
                                "GET " + ApiDocumentation.PAGE,
                                "GET " + ApiDocumentation.FILES))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(there);
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    @Test
    void itHasTheNamesOfTheCode() {
        assertThat(openApi.symbols("State")).isEqualTo(names(CustomerState.values()));
        assertThat(openApi.symbols("ResultStatus")).isEqualTo(names(OutcomeStatus.values()));
        assertThat(openApi.symbols("SubordinateType")).isEqualTo(names(SubordinateType.values()));
        assertThat(openApi.symbols("PlannedChangeStatus"))
                .containsExactlyInAnyOrderElementsOf(names(PlannedChangeStatus.values()));
        assertThat(openApi.symbols("ChangeCause")).isEqualTo(known(ChangeCause.values()));
        assertThat(openApi.symbols("CancelCause")).isEqualTo(known(CancelCause.values()));
    }

    /** A code of a later version is shown as UNKNOWN. */
    @Test
    void itHasTheCodesOfTheCode() {
        assertThat(openApi.symbols("RejectionCode"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("UNKNOWN"), names(RejectionCode.values()).stream())
                                .toList());
        assertThat(openApi.symbols("GatewayCode")).containsExactlyInAnyOrderElementsOf(names(ProblemCode.values()));
    }

    @Test
    void itHasEveryTypeOfEventWithItsData() {
        List<String> types = Arrays.stream(EventType.values())
                .map(CodeAndDocumentTest::spelled)
                .toList();
        Map<String, String> data = new HashMap<>();
        for (JsonNode branch : openApi.at("/components/schemas/EventFrame/allOf")) {
            data.put(
                    branch.at("/if/properties/type/const").asText(),
                    branch.at("/then/properties/data/$ref").asText());
        }

        assertThat(openApi.symbols("EventType")).containsExactlyInAnyOrderElementsOf(types);
        assertThat(data)
                .isEqualTo(types.stream()
                        .collect(Collectors.toMap(type -> type, type -> "#/components/schemas/" + type + "Data")));
    }

    private static String spelled(EventType type) {
        return Arrays.stream(type.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    @Test
    void everyProblemOfTheGatewayHasItsStatus() {
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(openApi.statusesOf(code.name())).as(code.name()).contains(code.status());
        }
        assertThat(Stream.of("RejectionCode", "GatewayCode").flatMap(schema -> openApi.symbols(schema).stream()))
                .allSatisfy(code -> assertThat(openApi.statusesOf(code)).isNotEmpty());
    }

    @Test
    void itHasTheLimitsOfTheCode() {
        Map<String, Integer> limits = Map.of(
                "/Id/maxLength", CommandValidation.MAX_ID_LENGTH,
                "/ChangeId/maxLength", CommandValidation.MAX_CHANGE_ID_LENGTH,
                "/StateReason/maxLength", CommandValidation.MAX_REASON_LENGTH,
                "/Notes/maxLength", CommandValidation.MAX_NOTES_LENGTH,
                "/Attributes/maxProperties", CommandValidation.MAX_ATTRIBUTES,
                "/Attributes/propertyNames/maxLength", CommandValidation.MAX_ATTRIBUTE_NAME_LENGTH,
                "/Attributes/additionalProperties/maxLength", CommandValidation.MAX_ATTRIBUTE_VALUE_LENGTH,
                "/SubordinateRegistration/properties/subordinates/maxItems", CommandValidation.MAX_SUBORDINATES);

        limits.forEach((pointer, limit) -> assertThat(
                        openApi.at("/components/schemas" + pointer).asInt())
                .as(pointer)
                .isEqualTo(limit));
    }

    private static <E extends Enum<E>> List<String> names(E[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    /** Those that are ever written. */
    private static <E extends Enum<E>> List<String> known(E[] constants) {
        return names(constants).stream().filter(name -> !name.equals("UNKNOWN")).toList();
    }
}
