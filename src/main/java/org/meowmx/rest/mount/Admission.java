package org.meowmx.rest.mount;

import jakarta.enterprise.context.RequestScoped;

/** Whether this API has admitted the current request. */
@RequestScoped
class Admission {

    private boolean given;

    void give() {
        given = true;
    }

    boolean isGiven() {
        return given;
    }
}
