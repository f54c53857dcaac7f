package org.meowmx.metadata;

import org.meowmx.Metadata;
import org.meowmx.StreamAppend;

/**
 * A source of metadata for every append. Implement it as a CDI bean.
 *
 * <p>It is called in the thread that appends, in the caller's transaction if there is one, once for each stream of an
 * append. It must not append itself.
 *
 * <p>The entries are used for keys that the event does not have yet; the package documentation has the order. If two
 * contributors give the same key, the bean with the smaller {@code @Priority} number gives the value. A bean without the
 * annotation comes last.
 *
 * <p>A bean in {@code @RequestScoped} cannot be called where no request is active, such as in a task of a managed
 * executor. Use {@code @ApplicationScoped} if the application also appends there.
 */
public interface MetadataContributor {

    /**
     * The metadata for the events of an append to one stream; {@link Metadata#none()} if there is none.
     *
     * @param append the stream and its events, as the writer gave them
     * @throws RuntimeException to refuse the append; nothing is written
     */
    Metadata contribute(StreamAppend append);
}
