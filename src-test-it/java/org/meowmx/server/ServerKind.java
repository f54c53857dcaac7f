package org.meowmx.server;

import java.nio.file.Path;
import java.util.Locale;

/** The servers that the WARs are tested on. */
public enum ServerKind {
    LIBERTY(".xml"),
    WILDFLY(".cli");

    private final String ending;

    ServerKind(String ending) {
        this.ending = ending;
    }

    /** The one that the system property {@code meowmx.server} names. */
    public static ServerKind ofTheBuild() {
        return valueOf(System.getProperty("meowmx.server", "liberty").toUpperCase(Locale.ROOT));
    }

    /** A file that adds to this server's configuration: in a folder of its name. */
    public Path addition(Path folder, String name) {
        return folder.resolve(name().toLowerCase(Locale.ROOT)).resolve(name + ending);
    }
}
