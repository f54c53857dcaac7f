package shop.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import org.meowmx.Metadata;
import org.meowmx.StreamAppend;
import org.meowmx.metadata.MetadataContributor;

@ApplicationScoped
public class TenantMetadata implements MetadataContributor {

    @Override
    public Metadata contribute(StreamAppend append) {
        return Tenant.of(append.stream())
                .map(tenant -> Metadata.of("tenant", tenant.name()))
                .orElse(Metadata.none());
    }
}
