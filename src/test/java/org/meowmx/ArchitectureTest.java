package org.meowmx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.transaction.Transactional;

/** The arrows between the packages: aggregate, subscription → API ← serialization ← storage; transaction stands alone. */
@AnalyzeClasses(packages = "org.meowmx", importOptions = ArchitectureTest.OnlyMain.class)
class ArchitectureTest {

    /** The classes of the library, without the test kit and the tests. */
    static class OnlyMain implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return new ImportOption.DoNotIncludeTests().includes(location);
        }
    }

    @ArchTest
    static final ArchRule the_api_depends_on_nothing_of_ours = noClasses()
            .that()
            .resideInAPackage("org.meowmx")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.meowmx.*..");

    @ArchTest
    static final ArchRule transactions_depend_on_nothing_of_ours = noClasses()
            .that()
            .resideInAPackage("org.meowmx.transaction..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.meowmx",
                    "org.meowmx.aggregate..",
                    "org.meowmx.serialization..",
                    "org.meowmx.storage..",
                    "org.meowmx.subscription..");

    /** A server's interceptor rolls back without a word what was only marked for it. */
    @ArchTest
    static final ArchRule nobody_else_begins_transactions_of_the_librarys_own = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("org.meowmx.transaction..")
            .should()
            .beAnnotatedWith(new DescribedPredicate<>("@Transactional(REQUIRES_NEW)") {
                @Override
                public boolean test(JavaAnnotation<?> annotation) {
                    return annotation.getRawType().isEquivalentTo(Transactional.class)
                            && annotation.as(Transactional.class).value() == Transactional.TxType.REQUIRES_NEW;
                }
            });

    @ArchTest
    static final ArchRule subscription_knows_the_api_only = noClasses()
            .that()
            .resideInAPackage("org.meowmx.subscription..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.meowmx.storage..", "org.meowmx.serialization..");

    @ArchTest
    static final ArchRule storage_does_not_know_subscriptions = noClasses()
            .that()
            .resideInAPackage("org.meowmx.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.meowmx.subscription..");

    @ArchTest
    static final ArchRule serialization_knows_the_api_only = noClasses()
            .that()
            .resideInAPackage("org.meowmx.serialization..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.meowmx.storage..", "org.meowmx.subscription..");

    @ArchTest
    static final ArchRule aggregates_know_the_api_only = noClasses()
            .that()
            .resideInAPackage("org.meowmx.aggregate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.meowmx.storage..", "org.meowmx.subscription..", "org.meowmx.serialization..");

    @ArchTest
    static final ArchRule nobody_needs_aggregates = noClasses()
            .that()
            .resideOutsideOfPackage("org.meowmx.aggregate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.meowmx.aggregate..");

    @ArchTest
    static final ArchRule imports_know_the_api_only = noClasses()
            .that()
            .resideInAPackage("org.meowmx.migration..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.meowmx.storage..",
                    "org.meowmx.subscription..",
                    "org.meowmx.serialization..",
                    "org.meowmx.aggregate..");

    @ArchTest
    static final ArchRule nobody_needs_imports = noClasses()
            .that()
            .resideOutsideOfPackage("org.meowmx.migration..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.meowmx.migration..");

    @ArchTest
    static final ArchRule nobody_needs_monitoring = noClasses()
            .that()
            .resideOutsideOfPackage("org.meowmx.monitoring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.meowmx.monitoring..");

    @ArchTest
    static final ArchRule there_are_no_cycles =
            slices().matching("org.meowmx.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule storage_shows_nothing_but_its_extension = classes()
            .that()
            .resideInAPackage("org.meowmx.storage..")
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .areNotAssignableTo(jakarta.enterprise.inject.spi.Extension.class)
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule nobody_needs_the_rest_api = noClasses()
            .that()
            .resideOutsideOfPackage("org.meowmx.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.meowmx.rest..");

    @ArchTest
    static final ArchRule the_rest_api_knows_the_api_only = noClasses()
            .that()
            .resideInAPackage("org.meowmx.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.meowmx.storage..", "org.meowmx.subscription..", "org.meowmx.serialization..");

    @ArchTest
    static final ArchRule jackson_stays_behind_the_codec_and_in_the_rest_api = noClasses()
            .that()
            .resideOutsideOfPackages("org.meowmx.serialization..", "org.meowmx.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..");
}
