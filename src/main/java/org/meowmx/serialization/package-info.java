/**
 * Conversion between objects and JSON, and the rules that JSON must meet before it may be stored.
 *
 * <p>The store keeps text, and applications use records. The interface {@link org.meowmx.serialization.JsonCodec}
 * converts between the two. By default it uses Jackson; an application that wants another library, or its own mapper,
 * provides an {@code @Alternative} bean of that interface.
 *
 * <p>Invariants: no class is ever chosen by a name found in the data; every text is checked before it reaches SQL, so
 * the database never rejects one; no message repeats any of the data.
 */
@NullMarked
package org.meowmx.serialization;

import org.jspecify.annotations.NullMarked;
