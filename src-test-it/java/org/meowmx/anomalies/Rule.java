package org.meowmx.anomalies;

import java.util.List;

/** A group of promises that is checked on a history. */
interface Rule {

    List<Finding> findings(History history);
}
