package org.meowmx.demo;

import java.util.UUID;

/** There is no order with this id. */
public class UnknownOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownOrderException(UUID id) {
        super("there is no order " + id);
    }
}
