package org.meowmx.subscription.engine.cluster;

import io.hypersistence.utils.hibernate.type.json.JsonType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.Type;
import org.meowmx.subscription.NodeStatus;
import org.meowmx.subscription.engine.declaration.Filter;

/** A running application instance, as a row that it updates with every heartbeat. */
@Entity
@Table(name = "meowmx_nodes")
@SuppressWarnings("NullAway.Init")
public class RunningNode {

    @Id
    private UUID instance;

    private String name;

    private String release;

    @Type(JsonType.class)
    @Column(columnDefinition = "jsonb")
    private Map<String, Filter> filters;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "seen_at")
    private Instant seenAt;

    private long beat;

    protected RunningNode() {}

    RunningNode(Node node, Map<String, Filter> filters, Instant started, Instant seen) {
        this.instance = node.instance();
        this.name = node.name();
        this.release = node.release();
        this.filters = filters;
        this.startedAt = started;
        this.seenAt = seen;
    }

    void useFilters(Map<String, Filter> current) {
        filters = current;
    }

    UUID instance() {
        return instance;
    }

    long beat() {
        return beat;
    }

    /** The filter that its observers request for a subscription; empty if it does not declare the subscription. */
    public Optional<Filter> filter(String subscription) {
        return Optional.ofNullable(filters.get(subscription));
    }

    /** The subscriptions that it declares. */
    Set<String> subscriptions() {
        return filters.keySet();
    }

    NodeStatus status(boolean alive) {
        return new NodeStatus(name, release, startedAt, seenAt, alive);
    }
}
