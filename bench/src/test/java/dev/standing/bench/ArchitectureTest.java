package dev.standing.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The benchmarks see what any other user sees, and nothing sees them. */
@AnalyzeClasses(packages = "dev.standing", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String BENCH = "dev.standing.bench..";

    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_THE_BENCHMARKS = noClasses()
            .that()
            .resideOutsideOfPackage(BENCH)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BENCH);

    @ArchTest
    static final ArchRule OF_THE_PROCESSOR_THEY_KNOW_THE_SERVICE_ALONE = noClasses()
            .that()
            .resideInAPackage(BENCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.standing.processor.*..", "dev.standing.gateway..", "dev.standing.local..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.standing.bench.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_MAIN_CLASS_KNOWS_WHERE_TO_PRINT = noClasses()
            .that()
            .resideInAPackage(BENCH)
            .and()
            .doNotHaveFullyQualifiedName(Bench.class.getName())
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
