package shop;

import jakarta.enterprise.context.ApplicationScoped;
import org.meowmx.Metadata;
import org.meowmx.StreamAppend;
import org.meowmx.metadata.MetadataContributor;

@ApplicationScoped
public class ShopMetadata implements MetadataContributor {

    @Override
    public Metadata contribute(StreamAppend append) {
        return Metadata.of("branch", "harbour");
    }
}
