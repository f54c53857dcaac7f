package org.meowmx.rest.message;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Notices that requests work again after an outage of the database. */
public class RecoveryFilter implements ContainerResponseFilter {

    /** Only a successful request has certainly used the database. Others may have been refused before that. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() / 100 == 2) {
            ProblemMapper.worked();
        }
    }
}
