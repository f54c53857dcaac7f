package org.meowmx.transaction;

import jakarta.transaction.TransactionalException;

/**
 * The commit of a transaction of the library's own failed, and the database did not say why: its reply may be lost. The
 * transaction may have been committed or not.
 *
 * <p>Repeat an append only with the same event ids: then nothing is stored twice. Before you repeat other work, read what was
 * stored.
 */
public class OutcomeUnknownException extends TransactionalException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the transaction manager threw at the commit */
    public OutcomeUnknownException(Throwable cause) {
        super(
                "The transaction was not committed, or the reply to its commit was lost. Repeat an append only with the same event ids; before you repeat other work, read what was stored",
                cause);
    }
}
