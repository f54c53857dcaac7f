/**
 * Measures the store against the limit, which is bare SQL on the same PostgreSQL, and against the alternatives of
 * users.
 *
 * <p>The speed of a machine changes from one minute to the next. Therefore all contenders take turns in short rounds,
 * in one JVM and on one server with default durability, and the medians of the rounds are compared. A ratio is
 * meaningful; an absolute figure only describes the machine. After the measurement, each contender must have stored or
 * delivered every event, and a missing event is an error.
 */
@NullMarked
package org.meowmx.bench;

import org.jspecify.annotations.NullMarked;
