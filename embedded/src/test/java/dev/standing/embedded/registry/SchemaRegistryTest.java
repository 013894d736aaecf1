package dev.standing.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {

    private static final String A = "a-value";
    private static final String B = "b-value";
    private static final SchemaRequest V1 = thing("{'name':'id','type':'string'}");
    private static final SchemaRequest V2 =
            thing("{'name':'id','type':'string'},{'name':'mail','type':'string','default':''}");
    private static final SchemaRequest WITH_PHONE =
            thing("{'name':'id','type':'string'},{'name':'phone','type':'int','default':0}");
    private static final VersionSelector LATEST = VersionSelector.parse("latest");

    private SchemaRegistry registry;

    @BeforeEach
    void start() {
        RegistryState state = new RegistryState();
        registry = new SchemaRegistry(state, state::apply);
    }

    @Test
    void theSameSchemaIsOneVersion() {
        SchemaVersion first = registry.register(A, V1);
        SchemaVersion again = registry.register(A, new SchemaRequest(" " + V1.schema(), List.of(), false));

        assertThat(again).isEqualTo(first);
        assertThat(registry.versions(A, false)).hasSize(1);
    }

    @Test
    void subjectsShareTheIdOfASchema() {
        registry.register(A, V1);
        registry.register(A, V2);
        SchemaVersion inB = registry.register(B, V2);

        assertThat(inB.id()).isEqualTo(2);
        assertThat(inB.version()).isEqualTo(1);
        assertThat(registry.usesOf(2, false)).extracting(SchemaVersion::subject).containsExactly(A, B);
    }

    @Test
    void theOrderOfPropertiesCountsUnlessNormalized() {
        String one = "{'type':'string','x':1,'y':2}".replace('\'', '"');
        String other = "{'y':2,'x':1,'type':'string'}".replace('\'', '"');
        registry.register(A, new SchemaRequest(one, List.of(), true));

        refusedWith(40403, () -> registry.lookUp(A, new SchemaRequest(other, List.of(), false), false));
        assertThat(registry.lookUp(A, new SchemaRequest(other, List.of(), true), false)
                        .id())
                .isEqualTo(1);
    }

    @Test
    void aNonTransitiveRuleLooksAtTheLatestVersionOnly() {
        twoVersionsOfWhichTheFirstHasAPhone();
        registry.setLevel(Optional.of(A), CompatibilityLevel.FULL);

        assertThat(registry.check(A, retypedPhone())).isEmpty();
    }

    @Test
    void fullTransitiveLooksAtAllVersionsInBothDirections() {
        twoVersionsOfWhichTheFirstHasAPhone();
        registry.setLevel(Optional.of(A), CompatibilityLevel.FULL_TRANSITIVE);

        assertThat(registry.check(A, retypedPhone()))
                .hasSize(2)
                .anySatisfy(violation -> assertThat(violation)
                        .contains("FULL_TRANSITIVE", "cannot read data of version 1", "field 'phone'"))
                .anySatisfy(violation ->
                        assertThat(violation).contains("FULL_TRANSITIVE", "version 1 cannot read", "field 'phone'"));
        refusedWith(409, () -> registry.register(A, retypedPhone()));
        assertThat(registry.versions(A, false)).hasSize(2);
    }

    private void twoVersionsOfWhichTheFirstHasAPhone() {
        registry.register(A, WITH_PHONE);
        registry.register(A, V1);
    }

    private static SchemaRequest retypedPhone() {
        return thing("{'name':'id','type':'string'},{'name':'phone','type':'string','default':''}");
    }

    @Test
    void aSubjectsLevelGoesBeforeTheGlobalOne() {
        assertThat(registry.globalLevel()).isEqualTo(CompatibilityLevel.BACKWARD);
        registry.setLevel(Optional.empty(), CompatibilityLevel.NONE);
        registry.setLevel(Optional.of(A), CompatibilityLevel.FULL);

        assertThat(registry.level(A, false)).isEqualTo(CompatibilityLevel.FULL);
        refusedWith(40408, () -> registry.level(B, false));
        assertThat(registry.level(B, true)).isEqualTo(CompatibilityLevel.NONE);

        assertThat(registry.resetLevel(Optional.of(A))).isEqualTo(CompatibilityLevel.FULL);
        assertThat(registry.level(A, true)).isEqualTo(CompatibilityLevel.NONE);
        refusedWith(40401, () -> registry.resetLevel(Optional.of(A)));
    }

    @Test
    void aDeletedSubjectIsGoneButItsIdsCanBeRead() {
        registry.register(A, V1);
        registry.register(A, V2);
        registry.setLevel(Optional.of(A), CompatibilityLevel.FULL);

        assertThat(registry.deleteSubject(A, false)).containsExactly(1, 2);

        refusedWith(40401, () -> registry.versions(A, false));
        assertThat(registry.subjects("", false)).isEmpty();
        assertThat(registry.subjects("", true)).containsExactly(A);
        assertThat(registry.byId(2).text()).contains("mail");
        refusedWith(40408, () -> registry.level(A, false));
        refusedWith(40404, () -> registry.deleteSubject(A, false));
        assertThat(registry.register(A, V1))
                .extracting(SchemaVersion::version, SchemaVersion::id)
                .containsExactly(3, 1);
    }

    @Test
    void onlyWhatWasDeletedCanBeErased() {
        registry.register(A, V1);

        refusedWith(40405, () -> registry.deleteSubject(A, true));
        registry.deleteSubject(A, false);
        assertThat(registry.deleteSubject(A, true)).containsExactly(1);

        refusedWith(40403, () -> registry.byId(1));
        assertThat(registry.register(A, V2).id()).isEqualTo(2);
    }

    @Test
    void oneVersionCanBeDeletedAndErased() {
        registry.register(A, V1);
        registry.register(A, V2);
        VersionSelector second = VersionSelector.parse("2");

        refusedWith(40407, () -> registry.deleteVersion(A, second, true));
        assertThat(registry.deleteVersion(A, LATEST, false)).isEqualTo(2);
        refusedWith(40406, () -> registry.deleteVersion(A, second, false));
        assertThat(registry.version(A, LATEST, false).version()).isEqualTo(1);
        assertThat(registry.deleteVersion(A, second, true)).isEqualTo(2);
        refusedWith(40402, () -> registry.version(A, second, true));
    }

    @Test
    void aDeletedVersionDoesNotCountForCompatibility() {
        registry.register(A, WITH_PHONE);
        registry.deleteVersion(A, LATEST, false);

        assertThat(registry.register(A, retypedPhone()).version()).isEqualTo(2);
    }

    @Test
    void aSchemaMayUseTypesOfOtherSubjects() {
        registry.register(B, V1);
        SchemaRequest using = new SchemaRequest(
                "{\"type\":\"record\",\"name\":\"User\",\"fields\":[{\"name\":\"thing\",\"type\":\"Thing\"}]}",
                List.of(new SchemaReference("Thing", B, 1)),
                false);

        SchemaVersion registered = registry.register(A, using);

        assertThat(registered.content().references()).hasSize(1);
        assertThat(registered.content().text()).doesNotContain("\"id\"");
        assertThat(registry.lookUp(A, using, false)).isEqualTo(registered);
        assertThat(registry.referrers(B, LATEST)).containsExactly(registered.id());
        refusedWith(42206, () -> registry.deleteSubject(B, false));
        refusedWith(42201, () -> registry.register(A, new SchemaRequest("\"Thing\"", List.of(), false)));
        refusedWith(
                42201,
                () -> registry.register(
                        A, new SchemaRequest("\"Thing\"", List.of(new SchemaReference("Thing", B, 9)), false)));
    }

    @Test
    void aGuidNamesTheContentWhereverItIs() {
        String guid = registry.register(A, V1).content().guid();

        assertThat(registry.byGuid(guid).text()).contains("Thing");
        assertThat(registry.register(B, V1).content().guid()).isEqualTo(guid);
        assertThat(registry.register(A, V2).content().guid()).isNotEqualTo(guid);
        refusedWith(40403, () -> registry.byGuid("none"));
    }

    private static void refusedWith(int code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(RegistryRefusal.class))
                .extracting(RegistryRefusal::code)
                .isEqualTo(code);
    }

    private static SchemaRequest thing(String fields) {
        String schema = "{'type':'record','name':'Thing','fields':[" + fields + "]}";
        return new SchemaRequest(schema.replace('\'', '"'), List.of(), false);
    }
}
