package org.meowmx.server;

import java.nio.file.Path;
import java.util.Locale;

/** The servers on which the WARs are tested. */
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

    /** A file with additional configuration for this server, in the folder with its name. */
    public Path addition(Path folder, String name) {
        return folder.resolve(name().toLowerCase(Locale.ROOT)).resolve(name + ending);
    }
}
