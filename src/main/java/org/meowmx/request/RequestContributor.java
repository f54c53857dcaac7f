package org.meowmx.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.meowmx.Metadata;
import org.meowmx.StreamAppend;
import org.meowmx.metadata.MetadataContributor;

/** Adds to each append what the filter has read from the request. */
@ApplicationScoped
class RequestContributor implements MetadataContributor {

    @Inject
    Requests requests;

    @Override
    public Metadata contribute(StreamAppend append) {
        return requests.current().map(CurrentRequest::metadata).orElse(Metadata.none());
    }
}
