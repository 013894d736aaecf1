package dev.standing.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The paths of Confluent's REST API that this registry answers. */
final class RegistryRoutes {

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Logger LOG = LoggerFactory.getLogger(RegistryRoutes.class);

    private static final int SERVER_ERROR = 500;

    /** Confluent's code for a failure of the topic behind the registry. */
    private static final int STORE_ERROR = 50001;

    private final SchemaRegistry registry;

    RegistryRoutes(SchemaRegistry registry) {
        this.registry = registry;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", answer(request -> RegistryJson.nothing()));
        addSubjects(routes);
        addSchemas(routes);
        addLevels(routes);
        addErrors(routes);
    }

    private void addSubjects(RoutesConfig routes) {
        String versions = "/subjects/{subject}/versions";
        String version = versions + "/{version}";
        routes.get(
                "/subjects",
                answer(request -> RegistryJson.texts(registry.subjects(prefix(request), flag(request, "deleted")))));
        routes.post(
                "/subjects/{subject}",
                answer(request -> RegistryJson.version(
                        registry.lookUp(subject(request), schema(request), flag(request, "deleted")))));
        routes.delete(
                "/subjects/{subject}",
                answer(request ->
                        RegistryJson.numbers(registry.deleteSubject(subject(request), flag(request, "permanent")))));
        routes.get(
                versions,
                answer(request ->
                        RegistryJson.numbers(registry.versions(subject(request), flag(request, "deleted")).stream()
                                .map(SchemaVersion::version)
                                .toList())));
        routes.post(
                versions,
                answer(request -> RegistryJson.object(
                        "id",
                        registry.register(subject(request), schema(request)).id())));
        routes.get(version, answer(request -> RegistryJson.version(one(request))));
        routes.get(version + "/schema", text(request -> one(request).content().text()));
        routes.get(
                version + "/referencedby",
                answer(request -> RegistryJson.numbers(registry.referrers(subject(request), selector(request)))));
        routes.delete(
                version,
                answer(request -> RegistryJson.number(
                        registry.deleteVersion(subject(request), selector(request), flag(request, "permanent")))));
    }

    private void addSchemas(RoutesConfig routes) {
        String byId = "/schemas/ids/{id}";
        routes.get("/schemas/types", answer(request -> RegistryJson.texts(List.of("AVRO"))));
        routes.get(byId, answer(request -> RegistryJson.content(registry.byId(id(request)))));
        routes.get(byId + "/schema", text(request -> registry.byId(id(request)).text()));
        routes.get(
                byId + "/versions",
                answer(request -> RegistryJson.uses(registry.usesOf(id(request), flag(request, "deleted")))));
        routes.get(
                byId + "/subjects",
                answer(request -> RegistryJson.texts(registry.usesOf(id(request), flag(request, "deleted")).stream()
                        .map(SchemaVersion::subject)
                        .distinct()
                        .toList())));
        routes.get(
                "/schemas/guids/{guid}",
                answer(request -> RegistryJson.content(registry.byGuid(request.pathParam("guid")))));
    }

    private void addLevels(RoutesConfig routes) {
        String ofSubject = "/config/{subject}";
        routes.get("/config", answer(request -> level("compatibilityLevel", registry.globalLevel())));
        routes.put("/config", answer(request -> setLevel(request, Optional.empty())));
        routes.delete("/config", answer(request -> level("compatibilityLevel", registry.resetLevel(Optional.empty()))));
        routes.get(
                ofSubject,
                answer(request -> level(
                        "compatibilityLevel", registry.level(subject(request), flag(request, "defaultToGlobal")))));
        routes.put(ofSubject, answer(request -> setLevel(request, Optional.of(subject(request)))));
        routes.delete(
                ofSubject,
                answer(request -> level("compatibilityLevel", registry.resetLevel(Optional.of(subject(request))))));
        String versions = "/compatibility/subjects/{subject}/versions";
        routes.post(
                versions,
                answer(request -> RegistryJson.compatibility(
                        registry.check(subject(request), schema(request)), flag(request, "verbose"))));
        routes.post(
                versions + "/{version}",
                answer(request -> RegistryJson.compatibility(
                        registry.check(subject(request), selector(request), schema(request)),
                        flag(request, "verbose"))));
        routes.get("/mode", answer(request -> RegistryJson.object("mode", "READWRITE")));
        routes.get("/mode/{subject}", answer(request -> RegistryJson.object("mode", "READWRITE")));
    }

    private JsonNode setLevel(Context request, Optional<String> subject) {
        CompatibilityLevel level = RegistryJson.level(request.body());
        registry.setLevel(subject, level);
        return level("compatibility", level);
    }

    private static void addErrors(RoutesConfig routes) {
        routes.exception(
                RegistryRefusal.class,
                (refusal, request) -> send(
                        request.status(refusal.status()), RegistryJson.error(refusal.code(), refusal.getMessage())));
        routes.exception(
                HttpResponseException.class,
                (e, request) -> send(
                        request.status(e.getStatus()),
                        RegistryJson.error(e.getStatus(), "HTTP " + e.getStatus() + " " + e.getMessage())));
        routes.exception(Exception.class, (e, request) -> {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            send(request.status(SERVER_ERROR), RegistryJson.error(STORE_ERROR, String.valueOf(e.getMessage())));
        });
    }

    private SchemaVersion one(Context request) {
        return registry.version(subject(request), selector(request), flag(request, "deleted"));
    }

    private static JsonNode level(String name, CompatibilityLevel level) {
        return RegistryJson.object(name, level.name());
    }

    private static String subject(Context request) {
        return request.pathParam("subject");
    }

    private static String prefix(Context request) {
        String prefix = request.queryParam("subjectPrefix");
        return prefix == null ? "" : prefix;
    }

    private static VersionSelector selector(Context request) {
        return VersionSelector.parse(request.pathParam("version"));
    }

    private static int id(Context request) {
        String id = request.pathParam("id");
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw RegistryRefusal.schemaNotFound(id);
        }
    }

    private static SchemaRequest schema(Context request) {
        return RegistryJson.schemaRequest(request.body(), flag(request, "normalize"));
    }

    private static boolean flag(Context request, String name) {
        return Boolean.parseBoolean(request.queryParam(name));
    }

    private static Handler answer(Function<Context, JsonNode> answer) {
        return request -> send(request, answer.apply(request));
    }

    /** A schema as it is, which is JSON too. */
    private static Handler text(Function<Context, String> answer) {
        return request -> send(request, answer.apply(request));
    }

    private static void send(Context request, JsonNode body) {
        send(request, body.toString());
    }

    private static void send(Context request, String json) {
        // As bytes: the content type names no charset, and Javalin would take Latin-1 for it. JSON is UTF-8.
        request.contentType(CONTENT_TYPE).result(json.getBytes(StandardCharsets.UTF_8));
    }
}
