package org.meowmx.configuration;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The name that the server gives to the application. It distinguishes applications that share a server or a database. A web module of
 * an EAR has the names of EAR and module, for example {@code shop/orders}, because each module with the library is an application of
 * its own to the store.
 *
 * <p>The lookup is repeated until it succeeds, because on some servers only threads of the application can look the name up. The thread
 * that starts the application is one of them.
 */
@ApplicationScoped
public class ApplicationName {

    private static final String APPLICATION = "java:app/AppName";
    private static final String MODULE = "java:module/ModuleName";

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
            return of(InitialContext.doLookup(APPLICATION), module());
        } catch (NamingException e) {
            return null;
        }
    }

    /**
     * The location comes first: WildFly starts the beans of all modules of an EAR in the naming context of one of them. A server
     * that deploys an EAR under another path, as Open Liberty does without {@code autoExpand}, has the right context.
     */
    @SuppressWarnings("BanJNDI") // the name is a constant
    private static String module() throws NamingException {
        Optional<String> located = LibraryLocation.webModule(LibraryLocation.current());
        return located.isPresent() ? located.get() : InitialContext.doLookup(MODULE);
    }

    /** Servers give a WAR that is deployed alone the same name for the application and for its only module. */
    static String of(String application, String module) {
        return application.equals(module) ? application : application + "/" + module;
    }

    /** The name of a health check of this application, for example {@code meowmx-store@shop}. */
    public String qualified(String check) {
        return get().map(name -> check + "@" + name).orElse(check);
    }
}
