package org.meowmx.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meowmx.rest.mount.Mounted;

class ApiApplicationTest {

    /** The interfaces that make a class a provider. */
    private static final Set<Class<?>> PROVIDERS = Set.of(
            ContainerRequestFilter.class,
            ContainerResponseFilter.class,
            DynamicFeature.class,
            ExceptionMapper.class,
            Feature.class,
            MessageBodyReader.class,
            MessageBodyWriter.class,
            ParamConverterProvider.class,
            ReaderInterceptor.class,
            WriterInterceptor.class);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.meowmx.rest");

    private static Set<JavaClass> resources() {
        return CLASSES.stream().filter(type -> type.isAnnotatedWith(Path.class)).collect(Collectors.toSet());
    }

    private static Set<JavaClass> providers() {
        return CLASSES.stream()
                .filter(type -> PROVIDERS.stream().anyMatch(type::isAssignableTo))
                .collect(Collectors.toSet());
    }

    /** Servers use what the application lists, and nothing else. */
    @Test
    void every_resource_and_every_provider_is_listed() {
        Set<String> written = Stream.concat(resources().stream(), providers().stream())
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

        assertThat(new ApiApplication().getClasses())
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(written);
    }

    /** In a user's WAR, servers give annotated classes to the user's application as well. */
    @Test
    void no_provider_is_found_by_another_application() {
        assertThat(CLASSES).noneMatch(type -> type.isAnnotatedWith(Provider.class));
    }

    @Test
    void every_resource_is_hidden_from_other_applications() {
        assertThat(resources())
                .allMatch(type -> type.isAnnotatedWith(Mounted.class))
                .allMatch(type -> type.getAnnotationOfType(Path.class).value().startsWith(Mounted.ROOT));
    }
}
