package org.meowmx.metadata;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import org.meowmx.Metadata;
import org.meowmx.StreamAppend;

/** The metadata that all contributors add to an append. */
@ApplicationScoped
public class ContributedMetadata {

    private List<MetadataContributor> contributors = List.of();

    /** The beans are resolved once, because each append calls them. */
    @Inject
    void resolve(@Any Instance<MetadataContributor> beans) {
        contributors = beans.handlesStream()
                .sorted(Comparator.comparingInt(
                        handle -> priority(handle.getBean().getBeanClass())))
                .<MetadataContributor>map(Instance.Handle::get)
                .toList();
    }

    private static int priority(Class<?> bean) {
        Priority priority = bean.getAnnotation(Priority.class);
        return priority == null ? Integer.MAX_VALUE : priority.value();
    }

    /**
     * The metadata for one stream of an append.
     *
     * @throws IllegalStateException if a contributor returns null
     */
    public Metadata to(StreamAppend append) {
        Metadata all = Metadata.none();
        for (MetadataContributor contributor : contributors) {
            all = all.withDefaults(of(contributor, append));
        }
        return all;
    }

    @SuppressWarnings("ConstantValue") // the code of an application may return null nevertheless
    private static Metadata of(MetadataContributor contributor, StreamAppend append) {
        Metadata contributed = contributor.contribute(append);
        if (contributed == null) {
            throw new IllegalStateException(
                    "%s returned null for an append to %s. Return Metadata.none() if it has nothing to add"
                            .formatted(contributor.getClass().getName(), append.stream()));
        }
        return contributed;
    }
}
