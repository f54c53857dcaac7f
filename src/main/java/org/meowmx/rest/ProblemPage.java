package org.meowmx.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.meowmx.rest.message.Problem;
import org.meowmx.rest.message.ProblemType;

/**
 * Gives errors of the server itself, such as a failed authentication, the same form as the errors of resources. Only the
 * {@code web.xml} of the server WAR uses it as a page: in another application, the error pages are the application's own.
 */
public class ProblemPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object refused = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        ProblemType type = refused instanceof Integer status ? ProblemType.of(status) : ProblemType.NOT_FOUND;
        response.setStatus(type.status());
        response.setContentType(Problem.MEDIA_TYPE.toString());
        response.getOutputStream().write(Problem.of(type, type.title()).json());
    }
}
