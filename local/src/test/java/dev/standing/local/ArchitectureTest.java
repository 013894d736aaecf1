package dev.standing.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;

/** Dependencies point one way: local, then gateway, processor and audit, then domain and schemas, which do not know each other. */
@AnalyzeClasses(
        packages = "dev.standing",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoJarsOfTests.class})
class ArchitectureTest {

    /** The jars of tests that tests of other modules use. */
    static final class NoJarsOfTests implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String DOMAIN = "dev.standing.domain..";
    private static final String[] SCHEMAS = {
        "dev.standing.avro..",
        "dev.standing.registry..",
        "dev.standing.released..",
        "dev.standing.serde..",
        "dev.standing.topics..",
        "dev.standing.headers.."
    };
    private static final String MAPPING = "dev.standing.mapping..";
    private static final String SERVICE = "dev.standing.service..";
    private static final String EMBEDDED = "dev.standing.embedded..";
    private static final String PROCESSOR = "dev.standing.processor..";
    private static final String GATEWAY = "dev.standing.gateway..";
    private static final String AUDIT = "dev.standing.audit..";
    private static final String LOCAL = "dev.standing.local..";

    @ArchTest
    static final ArchRule THE_DOMAIN_KNOWS_NOTHING_AROUND_IT = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .dependOnClassesThat(oursOutside(DOMAIN))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "com.fasterxml.jackson..",
                    "java.net..",
                    "io.javalin..",
                    "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule THE_DOMAIN_HAS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Instant.class, "now", Clock.class)
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(Clock.class, "system", ZoneId.class)
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule SCHEMAS_KNOW_NOTHING_ELSE_OF_OURS =
            noClasses().that().resideInAnyPackage(SCHEMAS).should().dependOnClassesThat(oursOutside(SCHEMAS));

    @ArchTest
    static final ArchRule THE_MAPPING_KNOWS_ONLY_WHAT_IT_MAPS = noClasses()
            .that()
            .resideInAPackage(MAPPING)
            .should()
            .dependOnClassesThat(oursOutside(and(SCHEMAS, DOMAIN, MAPPING)));

    @ArchTest
    static final ArchRule SERVICE_KNOWS_NOTHING_ELSE_OF_OURS =
            noClasses().that().resideInAPackage(SERVICE).should().dependOnClassesThat(oursOutside(SERVICE));

    @ArchTest
    static final ArchRule EMBEDDED_KNOWS_NOTHING_ELSE_OF_OURS =
            noClasses().that().resideInAPackage(EMBEDDED).should().dependOnClassesThat(oursOutside(EMBEDDED));

    @ArchTest
    static final ArchRule THE_PROCESSOR_KNOWS_ONLY_WHAT_IT_BUILDS_ON = noClasses()
            .that()
            .resideInAPackage(PROCESSOR)
            .should()
            .dependOnClassesThat(oursOutside(and(SCHEMAS, DOMAIN, MAPPING, SERVICE, PROCESSOR)));

    @ArchTest
    static final ArchRule THE_GATEWAY_KNOWS_ONLY_WHAT_IT_BUILDS_ON = noClasses()
            .that()
            .resideInAPackage(GATEWAY)
            .should()
            .dependOnClassesThat(oursOutside(and(SCHEMAS, DOMAIN, MAPPING, SERVICE, GATEWAY)));

    @ArchTest
    static final ArchRule THE_AUDIT_DOES_NOT_TRUST_WHAT_RUNS = noClasses()
            .that()
            .resideInAPackage(AUDIT)
            .should()
            .dependOnClassesThat(oursOutside(and(SCHEMAS, DOMAIN, MAPPING, SERVICE, AUDIT)));

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_LOCAL = noClasses()
            .that()
            .resideOutsideOfPackage(LOCAL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LOCAL);

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.standing.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MODULES_HAVE_NO_CYCLES =
            slices().matching("dev.standing.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_CONSOLE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.standing.local.console")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule LOGGING_GOES_THROUGH_SLF4J = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.apache.logging..", "org.apache.log4j..");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_CLASSES_DO = classes()
            .should()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");

    private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
        return Predicates.resideInAPackage("dev.standing..").and(Predicates.resideOutsideOfPackages(packages));
    }

    private static String[] and(String[] some, String... others) {
        String[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }
}
