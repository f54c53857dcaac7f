package org.meowmx.anomalies;

import java.util.List;

/** A group of promises, as a question to a history. */
interface Rule {

    List<Finding> findings(History history);
}
