/**
 * Measures the store against the limit, which is bare SQL on the same PostgreSQL, and against what users would pick instead.
 *
 * <p>The idea: what a machine can do changes from one minute to the next, so all contenders take their turns in short rounds, one
 * after the other and again, in one JVM on one server with default durability. Medians of the rounds are compared; a ratio
 * says something, an absolute figure only describes the machine. Every contender is asked afterwards for what it has stored
 * or delivered, and a missing event is an error.
 */
@NullMarked
package org.meowmx.bench;

import org.jspecify.annotations.NullMarked;
