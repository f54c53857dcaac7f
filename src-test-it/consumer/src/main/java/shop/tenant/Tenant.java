package shop.tenant;

import java.util.Optional;
import org.meowmx.StreamId;

/** A tenant. Its name is the first part of the category of each of its streams. */
public record Tenant(String name) {

    public Tenant {
        if (!name.matches("[a-z0-9-]{1,100}")) {
            throw new IllegalArgumentException("The name of a tenant has 1 to 100 of a-z, 0-9 and -");
        }
    }

    public String category(String kind) {
        return name + "." + kind;
    }

    public StreamId stream(String kind, String id) {
        return StreamId.of(category(kind), id);
    }

    /** The tenant of a stream; empty if the stream belongs to no tenant. */
    public static Optional<Tenant> of(StreamId stream) {
        int end = stream.category().indexOf('.');
        return end < 0
                ? Optional.empty()
                : Optional.of(new Tenant(stream.category().substring(0, end)));
    }
}
