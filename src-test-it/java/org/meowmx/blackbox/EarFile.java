package org.meowmx.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Builds an EAR from the parts of a WAR: the libraries go into {@code lib}, and each web module gets some of the classes. */
final class EarFile {

    private static final String LIBRARIES = "WEB-INF/lib/";

    private EarFile() {}

    /**
     * @param war the source of the parts
     * @param modules the classes of each web module, which is also its context root: the beginning of their names
     */
    static Path build(Path war, Map<String, String> modules, Path ear) throws IOException {
        try (ZipFile parts = new ZipFile(war.toFile());
                ZipOutputStream target = new ZipOutputStream(Files.newOutputStream(ear))) {
            for (ZipEntry library : entries(parts, name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))) {
                put(target, library.getName().replace(LIBRARIES, "lib/"), bytes(parts, library));
            }
            for (Map.Entry<String, String> module : modules.entrySet()) {
                put(target, module.getKey() + ".war", module(parts, module.getValue()));
            }
            put(target, "META-INF/application.xml", descriptor(modules).getBytes(StandardCharsets.UTF_8));
        }
        return ear;
    }

    private static List<? extends ZipEntry> entries(ZipFile parts, Predicate<String> names) {
        return Collections.list(parts.entries()).stream()
                .filter(entry -> names.test(entry.getName()))
                .toList();
    }

    private static byte[] module(ZipFile parts, String classes) throws IOException {
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        try (ZipOutputStream target = new ZipOutputStream(module)) {
            for (ZipEntry part : entries(
                    parts,
                    name -> name.equals("WEB-INF/beans.xml") || name.startsWith("WEB-INF/classes/" + classes))) {
                put(target, part.getName(), bytes(parts, part));
            }
        }
        return module.toByteArray();
    }

    private static String descriptor(Map<String, String> modules) {
        StringBuilder xml = new StringBuilder("<application xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"10\">");
        modules.keySet()
                .forEach(name -> xml.append(
                        "<module><web><web-uri>%1$s.war</web-uri><context-root>/%1$s</context-root></web></module>"
                                .formatted(name)));
        return xml.append("<library-directory>lib</library-directory></application>").toString();
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
