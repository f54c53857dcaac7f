/**
 * Conversion of objects to JSON and back, and the rules that JSON must pass before it is stored.
 *
 * <p>The store keeps text; applications use records. The interface {@link org.meowmx.serialization.JsonCodec} connects the two. The
 * default codec uses Jackson. An application that wants another library, or its own mapper, provides an
 * {@code @Alternative @Priority} bean of that interface.
 *
 * <p>Invariants: no class is ever chosen by a name that the data contains. Every text is checked before SQL uses it, so the database
 * never refuses one. No message repeats any of the data.
 */
@NullMarked
package org.meowmx.serialization;

import org.jspecify.annotations.NullMarked;
