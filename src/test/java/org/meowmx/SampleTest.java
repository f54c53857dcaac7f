package org.meowmx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The sample's domain code contains no infrastructure. */
class SampleTest {

    private static final JavaClasses SAMPLE = new ClassFileImporter().importPath(Path.of("target/demo-classes"));

    private static final DescribedPredicate<JavaClass> WHAT_A_DOMAIN_IS_MADE_OF =
            JavaClass.Predicates.resideInAnyPackage("java.lang..", "java.util..", "java.math..", "java.time..")
                    .or(JavaClass.Predicates.resideInAnyPackage("org.meowmx.demo.domain..", "org.jspecify.."))
                    .or(JavaClass.Predicates.equivalentTo(EventType.class));

    @Test
    void the_domain_needs_java_and_the_names_of_its_events_only() {
        classes()
                .that()
                .resideInAPackage("org.meowmx.demo.domain..")
                .should()
                .onlyDependOnClassesThat(WHAT_A_DOMAIN_IS_MADE_OF)
                .check(SAMPLE);
    }
}
