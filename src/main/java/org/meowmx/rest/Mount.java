package org.meowmx.rest;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebListener;
import java.util.Collection;
import org.meowmx.rest.message.Roles;

/**
 * Mounts the console next to the REST API, whose path {@code web.xml} defines: if {@link ApiApplication} is at {@code /events/api/*},
 * the console is at {@code /events/}. If {@code web.xml} maps no path to the API, nothing is mounted.
 *
 * <p>A security constraint belongs to a URL pattern, not to a servlet, so the constraint of the console protects the API, too. The
 * container authenticates callers with the login method of the application. If {@code web.xml} has a constraint for the same pattern,
 * it has precedence.
 */
@WebListener
public class Mount implements ServletContextListener {

    private static final String API = "/api/*";
    private static final String EVERYTHING = "/*";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ServletRegistration api = context.getServletRegistration(ApiApplication.class.getName());
        if (api == null || api.getMappings().isEmpty()) {
            return;
        }
        String root = root(api.getMappings());
        context.declareRoles(Roles.READER, Roles.WRITER, Roles.OPERATOR, Roles.WORKER);
        ServletRegistration.Dynamic console = context.addServlet(Console.class.getName(), new Console());
        if (!console.addMapping(root + EVERYTHING).isEmpty()) {
            throw new IllegalStateException(
                    "The console cannot be mounted at %s%s: another servlet has this URL pattern. Map %s to another path in web.xml"
                            .formatted(root, EVERYTHING, ApiApplication.class.getName()));
        }
        console.setServletSecurity(new ServletSecurityElement(new HttpConstraintElement(
                ServletSecurity.TransportGuarantee.NONE, Roles.READER, Roles.WRITER, Roles.OPERATOR, Roles.WORKER)));
        FilterRegistration.Dynamic headers =
                context.addFilter(SecurityHeaders.class.getName(), new SecurityHeaders(root));
        headers.setAsyncSupported(true);
        headers.addMappingForUrlPatterns(null, true, root + EVERYTHING);
    }

    /** The common path of API and console, which begins with a slash; empty for the root of the application. */
    static String root(Collection<String> mappings) {
        String pattern = mappings.iterator().next();
        if (mappings.size() > 1 || !pattern.endsWith(API)) {
            throw new IllegalStateException(
                    "web.xml must map exactly one URL pattern that ends with %s to the servlet %s, for example /events/api/*. It maps %s"
                            .formatted(API, ApiApplication.class.getName(), String.join(", ", mappings)));
        }
        return pattern.substring(0, pattern.length() - API.length());
    }
}
