package dev.standing.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standing.embedded.EmbeddedPlatform;
import dev.standing.registry.Compatibility;
import dev.standing.registry.CompatibilityLevel;
import dev.standing.registry.OwnClient;
import dev.standing.registry.RegisteredSchema;
import dev.standing.registry.RegistryRejectedException;
import dev.standing.registry.RegistryRejectedException.Kind;
import dev.standing.registry.RegistryUnavailableException;
import dev.standing.registry.SchemaKey;
import dev.standing.registry.SchemaRegistryClient;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Confluent's client and ours at one registry. */
class ConfluentAccessIT {

    private static final Schema FIRST =
            SchemaBuilder.record("test.R").fields().requiredString("a").endRecord();
    private static final Schema SECOND = SchemaBuilder.record("test.R")
            .fields()
            .requiredString("a")
            .optionalString("b")
            .endRecord();
    private static final Schema MANDATORY = SchemaBuilder.record("test.R")
            .fields()
            .requiredString("a")
            .requiredString("b")
            .endRecord();

    private static EmbeddedPlatform platform;
    private static SchemaRegistryClient ours;

    @BeforeAll
    static void start() {
        platform = EmbeddedPlatform.startTemporary();
        ours = OwnClient.at(platform.registryUrl());
    }

    @AfterAll
    static void stop() {
        ours.close();
        platform.close();
    }

    /** One that remembers nothing yet. */
    private static SchemaRegistryClient theirs() {
        return new SchemaRegistryClient(
                Map.of("schema.registry.url", platform.registryUrl(), "schema.registry.retries", 0));
    }

    @Test
    void whatEitherRegistersTheOtherFindsUnderTheSameId() {
        int first = ours.register("same", FIRST);
        int second = theirs().register("same", SECOND);

        assertThat(theirs().register("same", FIRST)).isEqualTo(first);
        assertThat(theirs().lookUp("same", FIRST)).contains(first);
        assertThat(ours.lookUp("same", SECOND)).contains(second);
        assertThat(theirs().lookUp("same", MANDATORY)).isEmpty();
        assertThat(theirs().lookUp("nothing", FIRST)).isEmpty();
        assertThat(theirs().schema(new SchemaKey.Id(second))).isEqualTo(SECOND);
    }

    @Test
    void aSubjectMayHaveAnyName() {
        int id = theirs().register("a b/c?d%", FIRST);

        assertThat(ours.lookUp("a b/c?d%", FIRST)).contains(id);
        assertThat(theirs().versions("a b/c?d%")).hasSize(1);
    }

    @Test
    void listsTheVersionsOfASubject() {
        int first = ours.register("versions", FIRST);
        int second = ours.register("versions", SECOND);

        assertThat(theirs().versions("versions"))
                .containsExactly(
                        new RegisteredSchema("versions", 1, first, FIRST),
                        new RegisteredSchema("versions", 2, second, SECOND));
        assertThat(theirs().versions("nothing")).isEmpty();
        assertThat(theirs().latest("nothing")).isEmpty();
    }

    /** Confluent's own cache would tell it a minute later. */
    @Test
    void theLatestIsTheLatestAtOnce() {
        SchemaRegistryClient theirs = theirs();
        ours.register("latest", FIRST);
        assertThat(theirs.latest("latest")).map(RegisteredSchema::schema).contains(FIRST);

        ours.register("latest", SECOND);

        assertThat(theirs.latest("latest")).map(RegisteredSchema::schema).contains(SECOND);
    }

    @Test
    void testsCompatibilityAndSaysWhy() {
        theirs().setCompatibility("tested", CompatibilityLevel.FULL_TRANSITIVE);
        assertThat(theirs().compatibility("tested", MANDATORY))
                .as("no version yet")
                .isEqualTo(new Compatibility(true, List.of()));
        ours.register("tested", FIRST);

        assertThat(theirs().compatibility("tested", SECOND)).isEqualTo(new Compatibility(true, List.of()));
        assertThat(theirs().compatibility("tested", MANDATORY)).isEqualTo(ours.compatibility("tested", MANDATORY));
        assertThat(theirs().compatibility("tested", MANDATORY).compatible()).isFalse();
    }

    @Test
    void refusalsAreOfTheSameKindAsWithOurs() {
        theirs().setCompatibility("refused", CompatibilityLevel.FULL_TRANSITIVE);
        ours.register("refused", FIRST);

        assertThatThrownBy(() -> theirs().register("refused", MANDATORY))
                .isInstanceOfSatisfying(
                        RegistryRejectedException.class,
                        no -> assertThat(no.kind()).isEqualTo(Kind.INCOMPATIBLE));
        assertThatThrownBy(() -> theirs().schema(new SchemaKey.Id(999_999)))
                .isInstanceOfSatisfying(
                        RegistryRejectedException.class,
                        no -> assertThat(no.kind()).isEqualTo(Kind.UNKNOWN_SCHEMA));
    }

    @Test
    void aRegistryThatComesBackIsAskedAgain() {
        int id = ours.register("away", FIRST);
        try (SchemaRegistryClient theirs = theirs()) {
            platform.stopRegistry();
            try {
                assertThatThrownBy(() -> theirs.schema(new SchemaKey.Id(id)))
                        .isInstanceOf(RegistryUnavailableException.class);
            } finally {
                platform.startRegistry();
            }
            assertThat(theirs.schema(new SchemaKey.Id(id))).isEqualTo(FIRST);
        }
    }
}
