package org.meowmx;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
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

/** The allowed dependencies between packages, as the {@code package-info} files state them. */
@AnalyzeClasses(packages = "org.meowmx", importOptions = ArchitectureTest.OnlyMain.class)
class ArchitectureTest {

    private static final String STORE = "org.meowmx";
    private static final String SUBSCRIPTION = "org.meowmx.subscription";
    private static final String LEASE = "org.meowmx.subscription.lease";
    private static final String PROJECTION = "org.meowmx.projection";
    private static final String EVOLUTION = "org.meowmx.evolution";
    private static final String RETRY = "org.meowmx.retry";
    private static final String AGGREGATE = "org.meowmx.aggregate";
    private static final String CLOUDEVENTS = "org.meowmx.cloudevents";
    private static final String CONCURRENT = "org.meowmx.concurrent";
    private static final String TRANSACTION = "org.meowmx.transaction";
    private static final String SERIALIZATION = "org.meowmx.serialization";
    private static final String GROUP_COMMIT = "org.meowmx.groupcommit";
    private static final String STORAGE = "org.meowmx.storage";
    private static final String ENGINE = "org.meowmx.subscription.engine";
    private static final String DECLARATION = "org.meowmx.subscription.engine.declaration";
    private static final String CLUSTER = "org.meowmx.subscription.engine.cluster";
    private static final String MONITORING = "org.meowmx.monitoring";
    private static final String IMPORTING = "org.meowmx.importing";
    private static final String CONFIGURATION = "org.meowmx.configuration";
    private static final String METADATA = "org.meowmx.metadata";
    private static final String REQUEST = "org.meowmx.request";
    private static final String REST = "org.meowmx.rest..";

    /** The classes of the library, without the test kit and the tests. */
    static class OnlyMain implements ImportOption {
        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return new ImportOption.DoNotIncludeTests().includes(location);
        }
    }

    @ArchTest
    static final ArchRule the_store_api_stands_alone = only(STORE);

    @ArchTest
    static final ArchRule tools_for_threads_stand_alone = only(CONCURRENT);

    @ArchTest
    static final ArchRule transactions_stand_alone = only(TRANSACTION);

    @ArchTest
    static final ArchRule the_subscription_api_uses_the_store_api = only(SUBSCRIPTION, STORE);

    @ArchTest
    static final ArchRule leases_use_the_apis = only(LEASE, STORE, SUBSCRIPTION);

    @ArchTest
    static final ArchRule the_projection_api_uses_the_apis = only(PROJECTION, STORE, SUBSCRIPTION);

    @ArchTest
    static final ArchRule evolution_uses_the_store_api = only(EVOLUTION, STORE);

    @ArchTest
    static final ArchRule retries_use_the_store_api = only(RETRY, STORE, TRANSACTION);

    @ArchTest
    static final ArchRule aggregates_use_the_store_api = only(AGGREGATE, STORE, TRANSACTION);

    @ArchTest
    static final ArchRule cloud_events_use_the_store_api = only(CLOUDEVENTS, STORE);

    @ArchTest
    static final ArchRule configuration_uses_the_store_api = only(CONFIGURATION, STORE);

    @ArchTest
    static final ArchRule serialization_uses_the_apis = only(SERIALIZATION, STORE, EVOLUTION, CONFIGURATION);

    @ArchTest
    static final ArchRule storage_knows_no_subscription =
            only(STORAGE, STORE, METADATA, SERIALIZATION, TRANSACTION, CONFIGURATION, GROUP_COMMIT);

    @ArchTest
    static final ArchRule group_commit_knows_only_threads = only(GROUP_COMMIT);

    @ArchTest
    static final ArchRule metadata_uses_the_store_api = only(METADATA, STORE, TRANSACTION, CONFIGURATION);

    @ArchTest
    static final ArchRule requests_use_the_store_api = only(REQUEST, STORE, METADATA, TRANSACTION, CONFIGURATION);

    @ArchTest
    static final ArchRule declarations_know_neither_database_nor_thread =
            only(DECLARATION, STORE, SUBSCRIPTION, TRANSACTION, CONFIGURATION);

    @ArchTest
    static final ArchRule the_cluster_knows_no_turns =
            only(CLUSTER, STORE, SUBSCRIPTION, TRANSACTION, CONCURRENT, DECLARATION, CONFIGURATION);

    @ArchTest
    static final ArchRule the_engine_uses_no_storage = only(
            ENGINE,
            STORE,
            SUBSCRIPTION,
            LEASE,
            PROJECTION,
            TRANSACTION,
            CONCURRENT,
            DECLARATION,
            CLUSTER,
            CONFIGURATION);

    @ArchTest
    static final ArchRule imports_use_the_store_api = only(IMPORTING, STORE, TRANSACTION, RETRY, CONFIGURATION);

    @ArchTest
    static final ArchRule monitoring_uses_the_apis_and_the_engine =
            only(MONITORING, STORE, SUBSCRIPTION, TRANSACTION, CONCURRENT, CONFIGURATION, ENGINE);

    @ArchTest
    static final ArchRule the_rest_api_uses_the_apis = only(
            REST,
            STORE,
            METADATA,
            REQUEST,
            SUBSCRIPTION,
            LEASE,
            PROJECTION,
            RETRY,
            CLOUDEVENTS,
            TRANSACTION,
            CONCURRENT,
            CONFIGURATION);

    @ArchTest
    static final ArchRule only_monitoring_looks_into_the_engine = noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE + "..", MONITORING)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE + "..");

    @ArchTest
    static final ArchRule there_are_no_cycles =
            slices().matching("org.meowmx.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule storage_is_sealed = classes()
            .that()
            .resideInAPackage(STORAGE)
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .areNotAssignableTo(jakarta.enterprise.inject.spi.Extension.class)
            .and()
            .areNotAssignableTo(org.hibernate.service.spi.ServiceContributor.class)
            .should()
            .notBePublic();

    /** The interceptor of a server silently rolls back a transaction that was only marked for rollback. */
    @ArchTest
    static final ArchRule nobody_else_begins_transactions_of_the_librarys_own = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage(TRANSACTION)
            .should()
            .beAnnotatedWith(new DescribedPredicate<>("@Transactional(REQUIRES_NEW)") {
                @Override
                public boolean test(JavaAnnotation<?> annotation) {
                    return annotation.getRawType().isEquivalentTo(Transactional.class)
                            && annotation.as(Transactional.class).value() == Transactional.TxType.REQUIRES_NEW;
                }
            });

    @ArchTest
    static final ArchRule jackson_stays_behind_the_codec_and_in_the_rest_api = noClasses()
            .that()
            .resideOutsideOfPackages(SERIALIZATION, CLOUDEVENTS, REST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..");

    /** A package may use itself and the named packages of the library. An optional package can be deleted. */
    private static ArchRule only(String owner, String... used) {
        String[] allowed = new String[used.length + 1];
        allowed[0] = owner;
        System.arraycopy(used, 0, allowed, 1, used.length);
        return classes()
                .that()
                .resideInAPackage(owner)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("org.meowmx..").or(resideInAnyPackage(allowed)));
    }
}
