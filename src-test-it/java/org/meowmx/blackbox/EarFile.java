package org.meowmx.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Builds an EAR with one web module from the parts of a WAR. */
final class EarFile {

    private static final String LIBRARIES = "WEB-INF/lib/";

    private EarFile() {}

    /**
     * @param war the source of the parts
     * @param module the name of the web module, which is also its context root
     * @param classes the classes of the web module: the beginning of their names
     * @param inLib whether the libraries are in {@code lib} of the EAR; otherwise they are in the web module
     */
    static Path build(Path war, String module, String classes, boolean inLib, Path ear) throws IOException {
        try (ZipFile parts = new ZipFile(war.toFile());
                ZipOutputStream target = new ZipOutputStream(Files.newOutputStream(ear))) {
            if (inLib) {
                for (ZipEntry library : entries(parts, EarFile::mayBeInLib)) {
                    put(target, library.getName().replace(LIBRARIES, "lib/"), bytes(parts, library));
                }
            }
            put(target, module + ".war", module(parts, classes, !inLib));
            put(target, "META-INF/application.xml", descriptor(module).getBytes(StandardCharsets.UTF_8));
        }
        return ear;
    }

    /** Not the jar of REST API and console: Open Liberty refuses it there by itself, because of its executor in {@code java:module}. */
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

    private static String descriptor(String module) {
        return """
                <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
                  <module><web><web-uri>%1$s.war</web-uri><context-root>/%1$s</context-root></web></module>
                  <library-directory>lib</library-directory>
                </application>""".formatted(module);
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
