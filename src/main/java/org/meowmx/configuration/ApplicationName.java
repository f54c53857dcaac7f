package org.meowmx.configuration;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The name that the server gives to the application. It tells applications apart that share a server or a database; web modules
 * of one EAR have the same name.
 *
 * <p>It is looked up until it is found: on some servers only the threads of the application can look it up. The thread that
 * starts the application does so.
 */
@ApplicationScoped
public class ApplicationName {

    private static final String NAME = "java:app/AppName";

    private volatile @Nullable String found;

    /** The name; empty outside of a server. */
    public Optional<String> get() {
        String name = found;
        if (name == null) {
            name = lookUp();
            found = name;
        }
        return Optional.ofNullable(name);
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private static @Nullable String lookUp() {
        try {
            return InitialContext.doLookup(NAME);
        } catch (NamingException e) {
            return null;
        }
    }

    /** The name of a health check of this application, for example {@code meowmx-store@shop}. */
    public String qualified(String check) {
        return get().map(name -> check + "@" + name).orElse(check);
    }
}
