package dev.standing.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.standing.registry.SchemaDocument.Reference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Standing's own: Confluent's REST API over the JDK's HTTP client. */
final class RestAccess implements RegistryAccess {

    private final RegistryConfig config;
    private final RegistryHttp http;

    RestAccess(RegistryConfig config, Pause pause) {
        this.config = config;
        this.http = new RegistryHttp(config, pause);
    }

    @Override
    public int register(String subject, Schema schema) {
        String path = "/subjects/" + escape(subject) + "/versions" + normalize("?");
        String about = "register " + schema.getFullName() + " under the subject " + subject;
        return id(http.send("POST", path, Optional.of(body(schema)), about), about);
    }

    @Override
    public int lookUp(String subject, Schema schema) {
        String path = "/subjects/" + escape(subject) + normalize("?");
        String about = "look up " + schema.getFullName() + " under the subject " + subject;
        return id(http.send("POST", path, Optional.of(body(schema)), about), about);
    }

    @Override
    public SchemaDocument schema(SchemaKey key) {
        String path = key instanceof SchemaKey.Id id
                ? "/schemas/ids/" + id.value()
                : "/schemas/guids/" + ((SchemaKey.Guid) key).value();
        return document(http.send("GET", path, Optional.empty(), "fetch " + key));
    }

    @Override
    public SchemaVersion latest(String subject) {
        return version(subject, "latest", "fetch the latest version of " + subject);
    }

    @Override
    public List<Integer> versions(String subject) {
        String path = "/subjects/" + escape(subject) + "/versions";
        List<Integer> numbers = new ArrayList<>();
        http.send("GET", path, Optional.empty(), "list the versions of " + subject)
                .forEach(number -> numbers.add(number.asInt()));
        return List.copyOf(numbers);
    }

    @Override
    public SchemaVersion version(String subject, int version) {
        return version(subject, Integer.toString(version), "fetch version " + version + " of " + subject);
    }

    private SchemaVersion version(String subject, String version, String about) {
        String path = "/subjects/" + escape(subject) + "/versions/" + version;
        JsonNode answer = http.send("GET", path, Optional.empty(), about);
        return new SchemaVersion(answer.path("version").asInt(), id(answer, about), document(answer));
    }

    /** {@code {"schema": "...", "schemaType": "AVRO", "references": [{"name", "subject", "version"}]}}. */
    private static SchemaDocument document(JsonNode answer) {
        List<Reference> references = new ArrayList<>();
        answer.path("references")
                .forEach(reference -> references.add(new Reference(
                        reference.path("subject").asText(),
                        reference.path("version").asInt())));
        return new SchemaDocument(
                answer.path("schemaType").asText(SchemaDocument.AVRO),
                Optional.ofNullable(answer.path("schema").textValue()),
                references);
    }

    @Override
    public void setCompatibility(String subject, CompatibilityLevel level) {
        ObjectNode body = http.json().createObjectNode().put("compatibility", level.name());
        http.send(
                "PUT",
                "/config/" + escape(subject),
                Optional.of(body),
                "set the compatibility of " + subject + " to " + level);
    }

    @Override
    public Compatibility compatibility(String subject, Schema schema) {
        String about = "test " + schema.getFullName() + " against the versions of " + subject;
        String path = "/compatibility/subjects/" + escape(subject) + "/versions?verbose=true" + normalize("&");
        return verdict(http.send("POST", path, Optional.of(body(schema)), about), about);
    }

    private static Compatibility verdict(JsonNode answer, String about) {
        JsonNode compatible = answer.path("is_compatible");
        if (!compatible.isBoolean()) {
            throw nonsense(about, answer);
        }
        List<String> reasons = new ArrayList<>();
        answer.path("messages").forEach(message -> reasons.add(message.asText()));
        return new Compatibility(compatible.booleanValue(), compatible.booleanValue() ? List.of() : reasons);
    }

    private static int id(JsonNode answer, String about) {
        if (!answer.path("id").isInt()) {
            throw nonsense(about, answer);
        }
        return answer.path("id").intValue();
    }

    private static RegistryUnavailableException nonsense(String about, JsonNode answer) {
        return new RegistryUnavailableException("The schema registry's answer to: " + about + " is not one: "
                + RegistryAnswers.excerpt(answer.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode body(Schema schema) {
        return http.json().createObjectNode().put("schema", schema.toString());
    }

    private String normalize(String separator) {
        return config.normalize() ? separator + "normalize=true" : "";
    }

    /** For one segment of a path, where a space is %20. */
    private static String escape(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
