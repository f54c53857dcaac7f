package org.meowmx.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Builds an EAR with web modules from the parts of a WAR. */
final class EarFile {

    private static final String LIBRARIES = "WEB-INF/lib/";

    private EarFile() {}

    /**
     * @param war the source of the parts
     * @param modules the classes of each web module, as the beginning of their names, by the name of the module, which is also its
     *     context root
     * @param inLib whether the libraries are in {@code lib} of the EAR; otherwise each web module has them
     */
    static Path build(Path war, Map<String, String> modules, boolean inLib, Path ear) throws IOException {
        try (ZipFile parts = new ZipFile(war.toFile());
                ZipOutputStream target = new ZipOutputStream(Files.newOutputStream(ear))) {
            if (inLib) {
                for (ZipEntry library : entries(parts, EarFile::mayBeInLib)) {
                    put(target, library.getName().replace(LIBRARIES, "lib/"), bytes(parts, library));
                }
            }
            for (Map.Entry<String, String> module : modules.entrySet()) {
                put(target, module.getKey() + ".war", module(parts, module.getValue(), !inLib));
            }
            put(target, "META-INF/application.xml", descriptor(modules.keySet()).getBytes(StandardCharsets.UTF_8));
        }
        return ear;
    }

    /** Excludes the jar of REST API and console, which Open Liberty refuses there because of its executor in {@code java:module}. */
    private static boolean mayBeInLib(String name) {
        return name.startsWith(LIBRARIES) && name.endsWith(".jar") && !name.endsWith("-web.jar");
    }

    private static List<? extends ZipEntry> entries(ZipFile parts, Predicate<String> names) {
        return Collections.list(parts.entries()).stream()
                .filter(entry -> names.test(entry.getName()))
                .toList();
    }

    private static byte[] module(ZipFile parts, String classes, boolean libraries) throws IOException {
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        try (ZipOutputStream target = new ZipOutputStream(module)) {
            for (ZipEntry part : entries(
                    parts,
                    name -> name.equals("WEB-INF/beans.xml")
                            || name.startsWith("WEB-INF/classes/" + classes)
                            || (libraries && name.startsWith(LIBRARIES) && name.endsWith(".jar")))) {
                put(target, part.getName(), bytes(parts, part));
            }
        }
        return module.toByteArray();
    }

    private static String descriptor(Set<String> modules) {
        return modules.stream()
                .map(
                        "<module><web><web-uri>%1$s.war</web-uri><context-root>/%1$s</context-root></web></module>"
                                ::formatted)
                .collect(Collectors.joining(
                        "\n",
                        "<application xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"10\">\n",
                        "\n<library-directory>lib</library-directory>\n</application>\n"));
    }

    private static byte[] bytes(ZipFile parts, ZipEntry entry) throws IOException {
        return parts.getInputStream(entry).readAllBytes();
    }

    private static void put(ZipOutputStream target, String name, byte[] content) throws IOException {
        target.putNextEntry(new ZipEntry(name));
        target.write(content);
        target.closeEntry();
    }
}
