package org.meowmx.rest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Serves the files of the console from the class path. They are not in {@code META-INF/resources}, because a server would publish them
 * in every application that has the jar.
 */
class Console extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** The content types by extension. A file of any other type is not found. */
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml");

    /** No segment begins with a dot. */
    private static final Pattern FILE = Pattern.compile("(?:/\\w[\\w.-]*+)++");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            redirectToFolder(request, response);
            return;
        }
        String file = path.equals("/") ? "/index.html" : path;
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        try (InputStream content = type == null || !FILE.matcher(file).matches()
                ? null
                : Console.class.getResourceAsStream("console" + file)) {
            if (content == null) {
                // replaces the header for files that never change
                response.setHeader("Cache-Control", "no-store");
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            response.setContentType(type);
            content.transferTo(response.getOutputStream());
        }
    }

    /** The addresses in the page are relative to the folder. So is this one, because a proxy may add a prefix to the path. */
    private static void redirectToFolder(HttpServletRequest request, HttpServletResponse response) {
        String address = request.getRequestURI();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", address.substring(address.lastIndexOf('/') + 1) + "/");
    }

    /** Refuses TRACE, because the inherited method would return the headers of the request. */
    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
}
