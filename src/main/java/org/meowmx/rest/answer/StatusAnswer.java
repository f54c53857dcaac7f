package org.meowmx.rest.answer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.meowmx.LogStatus;
import org.meowmx.OpenAppend;
import org.meowmx.subscription.NodeStatus;

/** The status of the store. */
@Schema(name = "Status")
public record StatusAnswer(
        UUID log,
        long lastPosition,
        long highWaterMark,
        double eventsPerSecond,
        List<Holder> holders,
        List<Node> nodes,
        Instant now) {

    /** A transaction that has appended and has not ended. */
    @Schema(name = "Holder")
    public record Holder(
            long fence,
            @Schema(nullable = true) @Nullable Integer pid,
            String application,
            @Schema(nullable = true) @Nullable Instant since,
            @Schema(nullable = true) @Nullable String gid) {

        static Holder of(OpenAppend open) {
            return new Holder(open.fence(), open.pid(), open.application(), open.since(), open.gid());
        }
    }

    /** An application instance. */
    @Schema(name = "Node")
    public record Node(String name, String release, Instant startedAt, Instant seenAt, boolean alive) {

        static Node of(NodeStatus node) {
            return new Node(node.name(), node.release(), node.startedAt(), node.seenAt(), node.alive());
        }
    }

    public static StatusAnswer of(UUID log, LogStatus status, double rate, List<NodeStatus> nodes) {
        return new StatusAnswer(
                log,
                status.lastPosition(),
                status.highWaterMark(),
                rate,
                status.openAppends().stream().map(Holder::of).toList(),
                nodes.stream().map(Node::of).toList(),
                Instant.now());
    }
}
