/**
 * Objects to JSON and back, and the rules that JSON must keep before it may be stored.
 *
 * <p>The idea: the store keeps text, the application likes records, and one small interface,
 * {@link org.meowmx.serialization.JsonCodec}, stands between them. Jackson is behind it; an application that wants another
 * library, or its own mapper, provides an {@code @Alternative} bean of that interface.
 *
 * <p>Invariants: no class is ever chosen by a name found in the data; every text is checked before any SQL sees it, so that
 * the database never refuses one; no message repeats any of the data.
 */
@NullMarked
package org.meowmx.serialization;

import org.jspecify.annotations.NullMarked;
