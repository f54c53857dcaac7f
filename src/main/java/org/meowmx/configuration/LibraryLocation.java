package org.meowmx.configuration;

import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The location of the library in the application. In {@code lib} of an EAR it cannot start, because the servers start its beans outside
 * of any module. There, Open Liberty has no context for transactions, and WildFly has no {@code java:comp}.
 */
final class LibraryLocation {

    private static final Pattern MODULE_OF_EAR = Pattern.compile("\\.ear!?/(?:.*/)?([^/!]+)\\.war!?/WEB-INF/");

    private LibraryLocation() {}

    /** The location of this library, as its class loader knows it; empty if unknown. */
    static String current() {
        return Optional.ofNullable(LibraryLocation.class.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(Object::toString)
                .orElse("");
    }

    /** The file name of the web module that contains the library in an EAR. Empty outside of an EAR, or if unknown. */
    static Optional<String> webModule(String location) {
        return MODULE_OF_EAR
                .matcher(location)
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    static List<String> problems(String location) {
        boolean inEar = location.contains(".ear/") || location.contains(".ear!/");
        boolean inWebModule = location.contains("/WEB-INF/");
        return inEar && !inWebModule
                ? List.of(
                        "The library is in %s, outside of a web module of the EAR, where servers give it no context for transactions and resources. Move it, and the libraries that came with it, to WEB-INF/lib of the one WAR that uses it"
                                .formatted(location))
                : List.of();
    }
}
